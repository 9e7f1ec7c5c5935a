"""What stands around the lessons' pages."""

import re

import pytest
from collection import ROOT, read

from helpers.bank import files
from workshop.jobs import stamps
from workshop.pages import front_page, pages

HEAD = "<html><main><section id='s0'><h1>{}</h1><p>{}</p></section></main></html>"


@pytest.fixture
def build(tmp_path):
    """Two small pages, one in each language."""
    for language, title, text in (("en", "Gaps & more", "a <b>wait</b>"), ("zh", "差距", "客户的期望")):
        stamps.write(tmp_path / "results" / language / "05_servqual.json", stamps.Stamp("k", 1, {}, title))
        files.write(tmp_path / language / "05_servqual.html", HEAD.format(title, text))
    return tmp_path


def test_the_first_page_lists_both_languages_and_leads_to_all_that_was_written(build):
    front_page.bind(build)
    page = (build / "index.html").read_text(encoding="utf-8")
    targets = re.findall(r'<a href="([^"]+)"', page)
    assert {
        "en/05_servqual.html",
        "zh/05_servqual.html",
        "zh/glossary.html",
        "reference/helpers.html",
    } <= set(targets)
    assert all((build / target).is_file() for target in targets)
    assert "Gaps &amp; more" in page and "差距" in page


def test_the_search_holds_lessons_glossary_and_reference(build):
    front_page.bind(build)
    page = (build / "index.html").read_text(encoding="utf-8")
    script = page[page.index("const pages") :]
    assert '"客户的期望"' in script and '"a wait"' in script
    for address in ("en/glossary.html", "zh/glossary.html", "reference/helpers/methods/servqual.html"):
        assert f'"{address}"' in script
    assert "</p>" not in script  # no text of a page is markup here


def test_a_text_that_would_end_the_script_is_kept_as_text(build):
    files.write(build / "en" / "05_servqual.html", HEAD.format("T", "&lt;/script&gt;&lt;img src=x&gt;"))
    front_page.bind(build)
    page = (build / "index.html").read_text(encoding="utf-8")
    assert page.count("</script>") == 1 and "\\u003c/script\\u003e" in page


def test_the_reference_is_drawn_again_where_code_or_a_page_has_changed(build, monkeypatch):
    drawn = []
    pages = {"helpers.html": "<main><h1>helpers</h1></main>"}
    monkeypatch.setattr(front_page.reference, "pages", lambda: drawn.append(1) or pages)
    for code, times in (("a", 1), ("a", 1), ("b", 2), (None, 3), (None, 4), ("a", 5)):
        front_page.bind(build, code=code)
        assert len(drawn) == times
    (build / "reference" / "helpers.html").write_text("", encoding="utf-8")
    front_page.bind(build, code="a")
    assert len(drawn) == 6
    assert (build / "reference" / "helpers.html").read_text(encoding="utf-8") == pages["helpers.html"]


@pytest.mark.parametrize("broken", [b"", b"\xff\xfe\x00", b"<main>"])
def test_a_page_that_somebody_spoiled_stops_nothing(build, broken):
    (build / "en" / "05_servqual.html").write_bytes(broken)
    front_page.bind(build)
    assert (build / "index.html").is_file()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_lesson_is_small_enough_to_send(language):
    notebook = read(ROOT / "docs" / "read" / language / "05_servqual.ipynb")
    drawn = pages.forms(notebook, stem="05_servqual", language=language)
    assert all(len(page.encode()) < 3_000_000 for page in drawn.values())
    assert len(re.findall(r'<h3 id="s\d+-\d+">', drawn[".html"])) > 1
