"""The page of what a student takes home: every line of Python on it runs."""

import ast
import re
import sys

import pandas as pd
import seaborn as sns
import seaborn.objects as so
from collection import ROOT

from helpers.bank.bank import Bank
from helpers.methods import servqual


def test_every_line_of_python_runs(tmp_path, monkeypatch, recwarn):
    page = (ROOT / "docs" / "take_it_with_you.md").read_text(encoding="utf-8")
    bank = Bank("qingyu_bank")
    answers = bank.load("servqual").query("wave == 2")
    gaps = servqual.gaps(servqual.scores(answers, codebook=bank).dropna())
    space = {"gaps": gaps, "so": so, "sns": sns}
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(block, space)
    assert {path.name for path in tmp_path.iterdir()} == {"gaps.pdf", "gaps.svg", "gaps.csv", "gaps.xlsx"}
    assert (tmp_path / "gaps.pdf").read_bytes().startswith(b"%PDF")
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "gaps.csv"), gaps)
    assert "reliability" in space["latex"]


# What the packages of that line bring along themselves.
BROUGHT = {
    *("fastjsonschema", "jsonschema", "matplotlib", "numpy", "psutil"),
    *("scipy", "sklearn", "threadpoolctl", "yaml"),
}


def test_the_line_of_packages_is_enough_for_the_folder_of_helpers():
    page = (ROOT / "docs" / "take_it_with_you.md").read_text(encoding="utf-8")
    named = {name.removeprefix("google-") for name in re.search(r"^pip install (.+)$", page, re.M)[1].split()}
    asked = set()
    for path in (ROOT / "src" / "helpers").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            asked |= {name.split(".")[0] for name in names}
    assert not asked - named - BROUGHT - {"helpers"} - set(sys.stdlib_module_names)
