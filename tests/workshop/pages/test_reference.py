"""The API reference: whole, linked, and asking nothing of anybody."""

import ast
import posixpath
import re
import sys

import pytest
from collection import ROOT

import classroom
from workshop.pages import reference

PAGES = reference.pages()
SOURCES = sorted((ROOT / "src" / "helpers").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_public_function_has_its_place(path):
    name = path.relative_to(ROOT / "src").as_posix().removesuffix("/__init__.py").removesuffix(".py")
    page = PAGES[f"{name}.html"]
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert f'<section id="{node.name}">' in page
            first = re.split(r"[`\n<&'\"*_]", ast.get_docstring(node))[0].strip()
            assert first in page.replace("&#39;", "'")


def test_what_a_notebook_calls_is_there_and_is_still_loaded_when_asked_for():
    assert set(re.findall(r'<section id="(\w+)">', PAGES["classroom.html"])) == set(classroom.__all__)
    assert not set(classroom.__all__) & set(vars(sys.modules["classroom"]))


def test_links_lead_to_what_is_there():
    anchors = {name: {"", *re.findall(r'\bid="([^"]+)"', page)} for name, page in PAGES.items()} | {
        "../index.html": {""}
    }
    seen = 0
    for name, page in PAGES.items():
        for target in re.findall(r'<a [^>]*href="([^"]*)"', page):
            file, _, anchor = target.partition("#")
            place = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) if file else name
            assert place.startswith("http") or anchor in anchors[place], f"{name}: {target}"
            seen += 1
    assert seen > 500


def test_nothing_runs_and_docstrings_are_laid_out():
    for page in PAGES.values():
        assert "<script" not in page and "default-src &#39;none&#39;" in page
        assert not re.search(r"<p>[^<]*-----|&lt;p&gt;", page)
    page = PAGES["helpers/methods/servqual.html"]
    assert {"<h3>Parameters</h3>", "<h3>Returns</h3>", "<h3>Examples</h3>"} <= set(
        re.findall(r"<h3>.*?</h3>", page)
    )
    assert "How far is the service from what customers expect, dimension by dimension?" in page
