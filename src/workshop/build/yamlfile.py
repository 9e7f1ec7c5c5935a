"""What authors write as YAML: contents, needs, glossary."""

import yaml

from helpers.bank import yaml_texts
from helpers.bank.language import wrong


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
        raise wrong("workshop.yamlfile.not_yaml", file=path.name, line=line) from error
