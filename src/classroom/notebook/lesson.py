"""The open lesson: its bank, its parameters, and the fingerprint that stored answers go by."""

import hashlib
import json
import warnings
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
from IPython import get_ipython

from classroom.notebook import data_packages, explain, lesson_texts, parameter_rules
from helpers.bank import data as banks
from helpers.bank import language, needs, opened, paths
from helpers.bank.bank import Bank
from helpers.bank.language import Both, WrongKind, wrong


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
    texts : dict
        What `show` and `say` find by key (`lesson_texts.read`).
    """

    name: str
    folder: Path
    parameters: dict
    texts: dict = field(default_factory=dict)

    @cached_property
    def fingerprint(self):
        """Tell these data and parameters from others: two digests, joined by a hyphen.

        The language is left out, because an answer is the same in both.
        """
        return f"{_data_digest(self.folder)}-{_parameter_digest(self.parameters)}"


# A parameter that is one of the values in a table, and the need that says that they are there.
_HELD = {"wave": "waves", "journey": "journeys"}
_COLUMNS = (("wave", "servqual"), ("journey", "journeys"), ("kind", "customers"))


def start(name, *, data, language, left_out=(), **parameters):
    """Open a lesson: language, style and texts are set, data and parameters are remembered.

    Every notebook calls it once, right below its parameters.

    Parameters
    ----------
    name : str
        The notebook, for instance ``"05_servqual"`` or ``"05_servqual_exercises"``.
    data : str or Path
        A bank in ``datasets``, or a folder with a ``datapackage.json``.
    language : {"en", "zh"}
        The reader's language.
    left_out : list of str
        What these data lack and this notebook does without; ``course run --data`` writes it.
    **parameters : object
        Every other parameter of the notebook. Stored answers hold for their built values alone.

    Returns
    -------
    Bank
        Its tables, what they and their columns are called, its truth.

    Raises
    ------
    TypeError
        If the name is not text.
    ValueError
        If there is no such language, bank or branch, the data lack what the notebook needs, or a package that
        it reads published data from is not installed. A lesson that was open before stays open.
    """
    _use_language(language)
    if not isinstance(name, str):
        raise wrong("classroom.lesson.name", WrongKind, name=name)
    stored = lesson_texts.read(name, language=language)
    data_packages.refuse_absent(stored)
    bank = Bank(data)
    asked = [*stored.get("_needs", []), *(_HELD[name] for name in parameters if name in _HELD)]
    offered = needs.available(bank, has_truth=bank.simulated, names=asked)
    _refuse_lacking(name, stored, bank=bank, offered=offered, left_out=left_out)
    if "branches" in bank.tables and parameters.get("branch") is not None:
        # A branch may be named in either language; it is the same branch, with the same answers.
        parameters["branch"] = bank.branch(parameters["branch"])
    _refuse_values(parameters, bank=bank, offered=offered)
    from helpers.figures import style  # drawing is slow to import, and only notebooks draw

    style.use(language=language, codebook=bank)
    explain.switch_on()
    # In English; the lesson's own sentence says it where cells are few.
    warnings.filterwarnings("ignore", "Low count on (observed|expected) frequencies", UserWarning, "pingouin")
    _offer("reset", "progress")
    pd.options.display.max_colwidth = None  # a question is shown whole
    pd.options.display.html.use_mathjax = False  # and two dollars in it are no formula
    lesson = name.removesuffix("_exercises")  # whose answers they are
    opened.now.lesson = Lesson(lesson, Path(bank.folder).resolve(), parameters, stored)
    return bank


def _refuse_lacking(name, stored, *, bank, offered, left_out):
    """Stop a whole notebook on data that serve only a part of it, and name the command that makes that part."""
    wanted = [
        need for need in stored.get("_needs", []) if not need.startswith("no_") and need not in left_out
    ]
    lacking = needs.unmet(wanted, offered=offered)
    told = [sentence for need in needs.reasons(lacking) if (sentence := needs.lost(need, book=bank))]
    if told:
        lesson, folder = name.removesuffix("_exercises"), bank.folder
        raise wrong("classroom.lesson.lacking", told=Both(**told[0]), lesson=lesson, folder=folder)


def _refuse_values(parameters, *, bank, offered):
    """Stop before the first result where a parameter cannot be what it is."""
    parameter_rules.refuse(parameters)
    for name, table in _COLUMNS:
        if name in parameters and (_HELD[name] in offered if name in _HELD else table in bank.tables):
            _among(name, parameters[name], bank.load(table)[name], bank=bank)


def _among(name, value, column, *, bank):
    """Stop if a parameter names nothing that these data hold, and list what they hold."""
    there = sorted(column.dropna().unique())
    if value not in there:
        listed = [repr(one) if isinstance(one, str) else f"{one:g}" for one in there]
        meant = [bank.label(one) for one in there if isinstance(one, str)]
        called = [f"{one} ({label})" for one, label in zip(listed, meant, strict=True)] if meant else listed
        raise wrong("classroom.lesson.among", name=name, called=list(called), value=value)


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
    return opened.now.lesson


def _data_digest(folder):
    """Digest the bytes of every table that the codebook lists, with the tables' names."""
    digest = hashlib.sha256()
    for resource in sorted(banks.package(folder)["resources"], key=lambda resource: resource["name"]):
        path = folder / resource["path"]
        content = b"" if paths.reason(folder, resource["path"]) else path.read_bytes()
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
