"""Where the built collection stands, for the tests that look at it as a whole."""

import importlib.util
import json
import os
import re
import shutil
import sys
import warnings
from pathlib import Path
from unittest import mock

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
import yaml

from classroom.exercises import check
from classroom.notebook import placeholders, say
from classroom.notebook import show as showing
from workshop.build import source
from workshop.run import execution

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "zh")
COURSE = yaml.safe_load((ROOT / "course" / "course.yml").read_text(encoding="utf-8"))
LESSONS = [lesson for part in COURSE["parts"] for lesson in part["lessons"]]
REPLICATIONS = COURSE["replications"]["lessons"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))


def benchmark(name):
    """Load one of the benchmarks: they are programs, not a package, and find each other only while they load."""
    place = ROOT / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"{name}_benchmark", place)
    module = importlib.util.module_from_spec(spec)
    with mock.patch.object(sys, "path", [str(place.parent), *sys.path]):
        spec.loader.exec_module(module)
    return module


def paragraphs(lesson, *, naming):
    """The English and the Chinese paragraphs of a lesson's source that name a page of docs."""
    text = (ROOT / "course" / "lessons" / f"{lesson}.md").read_text(encoding="utf-8")
    return re.findall(rf"[^\n]*docs/{naming}\.md[^\n]*", text)


def linked(place):
    """Make a project of this one's notebooks, course and data; what it builds stays apart."""
    for name in ("notebooks", "course", "datasets"):
        os.symlink(ROOT / name, place / name)
    return place


def copied(place, *names):
    """Make a project of a few of this one's notebooks alone."""
    for language in LANGUAGES:
        (place / "notebooks" / language).mkdir(parents=True)
        for name in names:
            shutil.copy(ROOT / "notebooks" / language / f"{name}.ipynb", place / "notebooks" / language)
    shutil.copytree(ROOT / "notebooks" / "texts", place / "notebooks" / "texts")
    return place


def read(path):
    """Read a notebook."""
    return nbformat.read(path, 4)


def code_cells(notebook):
    """The cells of code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def words(notebook, language):
    """Count English words or Chinese characters of the prose."""
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    return len(re.findall(r"[\u4e00-\u9fff]" if language == "zh" else r"[A-Za-z][\w’'-]*", " ".join(prose)))


def solutions(lesson):
    """Run a lesson's solutions in this process: every task's right and known wrong answers."""
    caught = {}

    def answer(task, value, wrong=None, **_):
        caught[task] = value, wrong or {}

    (path,) = (ROOT / "course").glob(f"*/{lesson}/exercises.md")
    cells = source.read(path).in_language("en")
    _performed([cell.text for cell in cells if cell.kind == "code"], answer=answer)
    return caught


def attempted(lesson, language):
    """Run a student's edition in this process with nothing filled in: how each task was judged."""
    judged = {}
    notebook = read(ROOT / "notebooks" / language / f"{lesson}_exercises.ipynb")
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    _performed(cells, check=lambda task, value=...: judged.update({task: check.judge(task, value).name}))
    return judged


def _performed(cells, **instead):
    """Run cells one after the other; nothing is shown, and some names of `classroom` mean something else."""
    with pytest.MonkeyPatch.context() as patch:
        for module, names in (
            (say, ("say",)),
            (showing, ("show",)),
            (check, ("check", "hint", "progress")),
        ):
            for name in names:
                patch.setattr(module, name, instead.get(name, lambda *_, **__: None))
        space = dict(instead)
        with warnings.catch_warnings():
            for message, package in execution.KNOWN:
                warnings.filterwarnings("ignore", message=message, module=package)
            for cell in cells:
                exec(cell, space)
    plt.close("all")


def said(name, key, names, language="en"):
    """What a text of a notebook says once these names are known."""
    texts = json.loads((ROOT / "notebooks" / "texts" / language / f"{name}.json").read_text("utf-8"))
    return placeholders.fill(texts[key]["sentence"], names)


def run_cells(name, *wanted, **known):
    """Run cells of a built English notebook on what is given; nothing is shown; return everything they bound."""
    built = {cell.id: cell.source for cell in read(ROOT / "notebooks" / "en" / f"{name}.ipynb").cells}
    bound = {"np": np, "pd": pd, "show": lambda *given: None, "confidence": 0.95} | known
    for one in wanted:
        exec(built[one], bound)
    return bound
