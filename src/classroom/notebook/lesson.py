"""The open lesson: its bank, its parameters, and the fingerprint that stored answers go by."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from IPython import get_ipython

from classroom.notebook import explain, needs
from helpers.bank import data as banks
from helpers.bank import language
from helpers.bank.language import WrongKind

_current = None


@dataclass(frozen=True)
class Lesson:
    """Remember what a notebook was started with.

    Attributes
    ----------
    name : str
        The lesson's folder name, for instance ``"05_servqual"``; lesson and exercises share it.
    folder : Path
        The folder of the bank.
    parameters : dict
        What the notebook may change, without the language.
    """

    name: str
    folder: Path
    parameters: dict

    @cached_property
    def fingerprint(self):
        """Tell these data and parameters from others: two digests, joined by a hyphen.

        The language is left out, because an answer is the same in both.
        """
        return f"{_data_digest(self.folder)}-{_parameter_digest(self.parameters)}"


def start(name, *, data, language, **parameters):
    """Open a lesson: language, style and codebook are set, data and parameters are remembered.

    Every notebook calls it once, right below its parameters.

    Parameters
    ----------
    name : str
        The lesson, for instance ``"05_servqual"``.
    data : str or Path
        A bank in ``datasets``, or a folder with a ``datapackage.json``.
    language : {"en", "zh"}
        The reader's language.
    **parameters : object
        Every other parameter of the notebook. Stored answers hold for their built values alone.

    Returns
    -------
    Codebook
        What the tables and columns of this bank are called.

    Raises
    ------
    TypeError
        If the name is not text.
    ValueError
        If there is no such language, bank or branch. A lesson that was open before stays open.
    """
    global _current
    _use_language(language)
    if not isinstance(name, str):
        raise WrongKind(
            en=f"`name` must be the name of a lesson, such as '05_servqual'; it is {name!r}. Correct it.",
            zh=f"`name` 应该是课的名称，例如 '05_servqual'；现在是 {name!r}。请改正。",
        )
    folder, book = banks.folder(data), banks.codebook(data)
    if "branches" in book.tables and isinstance(parameters.get("branch"), str):
        # A branch may be named in either language; it is the same branch, with the same answers.
        parameters["branch"] = banks.find_branch(data, parameters["branch"])
    from helpers.figures import plots  # drawing is slow to import, and only notebooks draw

    plots.use_style(language=language, codebook=book)
    needs.watch(needs.available(book, has_truth=banks.has_truth(data)))
    explain.switch_on()
    _offer("reset", "progress")
    pd.options.display.max_colwidth = None  # a question is shown whole
    _current = Lesson(name, Path(folder).resolve(), parameters)
    return book


def _offer(*names):
    """Let a notebook call these without importing them; `reset(…)` would else be IPython's own, which empties all."""
    import classroom

    shell = get_ipython()
    for name in names if shell is not None else ():
        shell.user_ns.setdefault(name, getattr(classroom, name))


# The keyword of `start` carries the name of the module.
_use_language = language.use


def current():
    """Return the lesson that is open.

    Returns
    -------
    Lesson or None
        None before `start` was called.
    """
    return _current


def _data_digest(folder):
    """Digest the bytes of every table that the codebook lists, with the tables' names."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256()
    for resource in sorted(package.get("resources", []), key=lambda resource: resource["name"]):
        path = folder / str(resource.get("path", ""))
        content = path.read_bytes() if path.is_file() else b""
        if path.suffix != ".parquet":
            content = content.replace(b"\r\n", b"\n")  # a checkout on Windows is the same table
        digest.update(f"{resource['name']} {hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def _parameter_digest(parameters):
    """Digest the parameters; 2 and 2.0 are the same choice."""
    whole = {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in parameters.items()
    }
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
