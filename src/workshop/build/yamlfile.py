"""What authors write as YAML: contents, needs, glossary."""

import yaml

from helpers.bank import yaml_texts
from helpers.bank.language import WrongValue


def read(path, *, otherwise=None):
    """Read one file.

    Parameters
    ----------
    path : Path
        Which one.
    otherwise : object, optional
        What there is where the file is missing or empty.

    Returns
    -------
    object
        As written.

    Raises
    ------
    WrongValue
        If it is not YAML; the sentence names the line.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        return yaml.load(text, Loader=yaml_texts.Loader) or otherwise  # noqa: S506 - safe, as its name says
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise WrongValue(
            en=f"{path.name}, line {line}: this is not YAML. A text that holds : , or ? is in quotes; correct it.",
            zh=f"{path.name} 第 {line} 行：不符合 YAML 的写法。文字里有 : , ? 时要加引号，请改正。",
        ) from error
