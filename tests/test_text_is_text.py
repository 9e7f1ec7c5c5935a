"""Text from data is text: in Markdown, reports, Word files, lesson pages and JupyterLab, in a real browser too."""

import html
import itertools
import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from html.parser import HTMLParser

import hostile
import lxml.html
import nbformat
import pandas as pd
import pytest
from chromium import asked, browser, opened  # noqa: F401 - a fixture
from collection import ROOT, copied
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from nbconvert import HTMLExporter
from platform_export import course
from selenium.webdriver.support.ui import WebDriverWait
from small_survey import bank as plain

from classroom.notebook import placeholders
from helpers.bank import escaping
from helpers.bank.language import WrongValue
from workshop.kit import print_blocks
from workshop.pages import markup, page_check
from workshop.report import reports as run

HARMLESS = {"p", "strong", "table", "thead", "tbody", "tr", "th", "td", "div", "ul", "li", "br"}
SIGNS = st.text("*_`[]()<>&|~$^@\\#+-=.:!{}\"'1a星 ", max_size=12)


class Shown(HTMLParser):
    """The elements of a page, and its text as a reader sees it."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


def seen(text):
    """What a browser shows: blanks run together, the joiner is not seen."""
    return " ".join(text.replace("\u2060", "").split())


def held(name):
    """A template as lessons have them, with a name in the middle, in bold, in a table, at the start, in a list."""
    template = "是**{x}**：and {x}.\n\n| a |\n|---|\n| {x} |\n\n{x}\n\n- {x}"
    return placeholders.fill(template, {"x": name}), seen(
        "是{0}：and {0}. a {0} {0} {0}".format(seen(escaping.line(name)))
    )


@pytest.mark.parametrize("name", hostile.NAMES)
@pytest.mark.parametrize("computed", [True, False])
def test_a_name_in_markdown_is_shown_as_it_is(name, computed):
    text, expected = held(name)
    shown = Shown(markup.prose(text, computed=computed))
    assert seen(shown.text) == expected
    assert shown.tags <= HARMLESS | (set() if computed else {"span"})
    assert not shown.attributes - {"class", "tabindex"}
    blocks = print_blocks.blocks(text)
    cells = ["".join(run.text for run in cell) for block in blocks for row in block.rows for cell in row]
    assert seen(" ".join(block.text for block in blocks[:1])) == seen(expected.split(" a ")[0])
    assert seen(cells[-1]) == seen(escaping.line(name))


def test_a_name_in_a_converted_notebook_is_shown_as_it_is():
    """By nbconvert, which is not ours; what it makes of stress beside a sign is left out."""
    exporter = HTMLExporter(template_name="lab")
    for name in hostile.NAMES:
        text = placeholders.fill("And {x}.\n\n| a |\n|---|\n| {x} |\n\n{x}\n\n- {x}", {"x": name})
        output = nbformat.v4.new_output("display_data", data={"text/markdown": text})
        cell = nbformat.v4.new_code_cell("1", outputs=[output])
        body, _ = exporter.from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
        (drawn,) = lxml.html.fromstring(body).xpath("//*[contains(@class, 'RenderedMarkdown')]")
        shown = seen(escaping.line(name))
        assert seen(drawn.text_content()) == f"And {shown}. a {shown} {shown} {shown}"
        assert {one.tag for one in drawn.iter()} <= HARMLESS | {"span"}


@given(SIGNS)
def test_signs_in_any_order_are_shown_as_they_are(name):
    text, expected = held(name)
    if escaping.line(name):
        assert seen(Shown(markup.prose(text, computed=True)).text) == expected


@given(st.text())
def test_a_line_is_one_line_and_steers_nothing(text):
    line = escaping.line(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line)
    assert escaping.line(line) == line


@pytest.mark.parametrize("name", hostile.HTML)
def test_nothing_in_an_output_of_a_cell_runs_or_asks(name):
    framed = markup.frame(f"<table><tbody><tr><td>{name}</td></tr></tbody></table>")
    page = f'<meta http-equiv="Content-Security-Policy" content="{page_check.policy()}">{framed}'
    assert page_check.inspected(page) == page
    assert not re.search(
        r"<(?:script|style|svg|iframe|math|link|meta|base|form)\b|\son\w+=", framed, re.I
    ) or (Shown(framed).attributes <= {"class", "tabindex", "alt", "src", "href", "title"})


@pytest.mark.parametrize(
    "bad",
    [
        "<script>hit()</script>", "<p onclick=hit()>x</p>", "<a href=' java\tscript:hit()'>x</a>", "<base href=x>",
        "<a href='data:text/html,x'>x</a>", "<iframe srcdoc=x></iframe>", "<form action=x></form>",
        "<meta http-equiv=refresh content=0>", "<svg><a xlink:href='javascript:hit()'></a></svg>",
    ],
)  # fmt: skip
def test_a_page_that_would_run_anything_is_refused(bad):
    meta = f'<meta http-equiv="Content-Security-Policy" content="{page_check.policy()}">'
    with pytest.raises(WrongValue, match=r"runs nothing but its own script|must stand alone"):
        page_check.inspected(f"{meta}{bad}")


def test_a_page_without_a_policy_is_refused_and_words_are_no_address():
    with pytest.raises(WrongValue, match="no Content-Security-Policy"):
        page_check.inspected("<p>x</p>")
    page = f'<meta http-equiv="Content-Security-Policy" content="{page_check.policy()}"><p>url(http://x) @import //x</p>'
    assert page_check.inspected(page) == page
    with pytest.raises(WrongValue, match="asks for 'http://x'"):
        page_check.inspected(page + "<style>p {background: url(http://x)}</style>")


def test_the_own_script_may_run_and_no_other():
    pager = "<script>ours()</script>"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{page_check.policy(pager)}">'
    assert page_check.inspected(meta + pager)
    with pytest.raises(WrongValue, match="'script'"):
        page_check.inspected(f"{meta}{pager}<script>theirs()</script>")


# -- a bank whose every name is hostile ------------------------------------------------------------


def bank(folder):
    """Qingyu Bank's survey under hostile names: title, branches, dimensions, questions."""
    names = itertools.cycle(hostile.NAMES)
    source = ROOT / "datasets" / "qingyu_bank"
    package = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] in ("branches", "servqual")]
    package |= {"title": hostile.HTML[0] + hostile.TEX[0], "title@zh": "*星*" + hostile.HTML[4]}
    survey = package["resources"][1]
    for one in [*survey["dimensions"], *survey["schema"]["fields"], *package["resources"]]:
        one["title"], one["title@zh"] = next(names), next(names)
        one["description"], one["description@zh"] = next(names), next(names)
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    rows = pd.read_csv(source / "servqual.csv").query("wave == 2")
    asked = [column for column in rows if re.fullmatch(r"[EP]\d+", column)]
    rows = rows[rows[asked].le(7).all(axis=1)].groupby("branch").head(12)
    large = rows["branch"].value_counts().loc[lambda n: n == 12].sort_index().index[:12]
    rows = rows[rows["branch"].isin(large)]
    places = pd.read_csv(source / "branches.csv").query("branch in @large")
    places["name_en"] = [" ".join(hostile.NAMES[i::12]).replace("\x00", "") for i in range(12)]
    places["name_zh"] = [hostile.NAMES[10 * i].replace("\x00", "") for i in range(12)]
    places.to_csv(folder / "branches.csv", index=False)
    rows.to_csv(folder / "servqual.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Reports of the hostile bank in both languages; every branch's is written."""
    place = tmp_path_factory.mktemp("reports & <b>")
    given = str(bank(place / "bank <img src=x onerror=window.hit=1>"))
    for spoken in ("en", "zh"):
        assert run.write(run.Order(given, spoken), out=place / spoken, progress=False) == {}
    return place


def names_of(place, spoken):
    folder = next(place.glob("bank*"))
    table = pd.read_csv(folder / "branches.csv", dtype=str)
    return dict(zip(table["branch"], table[f"name_{spoken}"].map(escaping.line), strict=True))


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_reports_show_hostile_names_as_they_are(reports, spoken):
    for branch, name in names_of(reports, spoken).items():
        page = (reports / spoken / f"{branch}.html").read_text(encoding="utf-8")
        shown = Shown(page)
        assert seen(name) in seen(shown.text)
        assert not shown.tags & {"script", "svg", "iframe", "em", "math", "code", "form", "object"}
        assert not {one for one in shown.attributes if one.startswith("on")}
        word = Document(reports / spoken / f"{branch}.docx")
        assert seen(name) in seen(word.paragraphs[0].text)
        inside = re.findall(r"<td>(.*?)</td>", page)
        cells = [cell.text for table in word.tables for row in table.rows[1:] for cell in row.cells]
        assert [html.unescape(one) for one in inside] == cells


@pytest.mark.browser
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_in_a_browser_nothing_of_a_report_runs_or_asks(browser, reports, spoken):  # noqa: F811
    for path in sorted((reports / spoken).glob("*.html")):
        quiet(browser, path)
    quiet(browser, reports / spoken / "index.html")
    text = seen(browser.find_element("tag name", "body").get_attribute("textContent"))
    assert all(seen(name) in text for name in names_of(reports, spoken).values())


def quiet(browser, path):  # noqa: F811
    """Open a page, try every link that leads nowhere else, and hear nothing."""
    opened(browser, path)
    script = "document.querySelectorAll('[onmouseover], [onfocus], a[href^=java]').forEach(a => a.click())"
    browser.execute_script(script)
    assert asked(browser) == [path.as_uri().replace("'", "%27")], path.name
    assert browser.execute_script("return window.hit") is None
    assert browser.get_log("browser") == []


@pytest.mark.browser
def test_in_a_browser_nothing_of_a_lesson_page_runs_or_asks(browser, tmp_path):  # noqa: F811
    home = copied(tmp_path, "05_servqual")
    bank(home / "datasets" / "mine")
    ran = course("run", "05_servqual", "--data", "mine", home=home)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    pages = [path for path in sorted((home / "build").rglob("*.html")) if "reference" not in path.parts]
    assert len(pages) == 7
    for path in pages:
        quiet(browser, path)


@pytest.mark.browser
def test_without_policy_and_escape_they_would_do_harm(browser, tmp_path):  # noqa: F811
    harmed = 0
    for number, name in enumerate(hostile.HTML):
        path = tmp_path / f"{number}.html"
        path.write_text(f'<!DOCTYPE html><link rel="icon" href="data:,">{name}', encoding="utf-8")
        opened(browser, path)
        harmed += browser.execute_script("return window.hit") == 1 or bool(_left(browser))
    assert harmed >= 15


@pytest.mark.browser
def test_the_policy_stops_what_no_check_foresaw(browser, tmp_path):  # noqa: F811
    """Were a script to slip in, the page itself would refuse it: the policy alone is tried here."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{page_check.policy("<script>window.own=1</script>")}">'
    for number, name in enumerate(hostile.HTML):
        path = tmp_path / f"{number}.html"
        path.write_text(
            f'<!DOCTYPE html>{meta}<link rel="icon" href="data:,"><script>window.own=1</script>{name}',
            encoding="utf-8",
        )
        if "refresh" in name:
            continue  # a policy knows nothing of it: `inspected` refuses it
        opened(browser, path)
        assert browser.execute_script("return [window.own, window.hit]") == [1, None], name
        assert _left(browser) == [], name


def _left(browser):  # noqa: F811
    """Requests that left the browser: what a policy forbids is logged, too, and as blocked."""
    told = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    blocked = {one["params"]["requestId"] for one in told if one["params"].get("blockedReason") == "csp"}
    sent = [one["params"] for one in told if one["method"] == "Network.requestWillBeSent"]
    away = [one for one in sent if one["request"]["url"].startswith("http")]
    return [one["request"]["url"] for one in away if one["requestId"] not in blocked]


@pytest.mark.browser
def test_in_jupyterlab_names_are_shown_as_they_are(browser, tmp_path):  # noqa: F811
    text = "\n\n".join(held(name)[0] for name in hostile.NAMES)
    table = pd.DataFrame({"name": [escaping.line(name) for name in hostile.NAMES]})
    whole = ("display.max_colwidth", None, "display.max_rows", None, "display.html.use_mathjax", False)
    with pd.option_context(*whole):
        drawn = table._repr_html_()
    outputs = [
        nbformat.v4.new_output("display_data", data={kind: content, "text/plain": "x"})
        for kind, content in (("text/markdown", text), ("text/html", drawn))
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=outputs)])
    nbformat.write(notebook, tmp_path / "n.ipynb")
    with jupyterlab(tmp_path) as address:
        browser.get(f"{address}/lab/tree/n.ipynb?token=word")
        WebDriverWait(browser, 60).until(
            lambda _: browser.find_elements("css selector", ".jp-OutputArea-output.jp-RenderedHTMLCommon td")
        )
        time.sleep(3)  # formulas, were there any, are drawn after everything else
        said, listed = browser.execute_script(
            "return [...document.querySelectorAll('.jp-OutputArea-output')].map(one => one.textContent)"
        )
        for name in hostile.NAMES:
            assert held(name)[1].partition(" a ")[0] in seen(said), name
            assert seen(escaping.line(name)) in seen(listed), name
        assert browser.execute_script("return window.hit") is None
        assert not browser.find_elements("css selector", "mjx-container, .jp-OutputArea-output em")


class jupyterlab:  # noqa: N801 - used as a function
    """A JupyterLab in a folder, for as long as the block lasts."""

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--allow-root",
                   "--IdentityProvider.token=word", f"--ServerApp.root_dir={self.folder}", "--log-level=ERROR"]  # fmt: skip
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{port}"
        for _ in range(60):
            try:
                urllib.request.urlopen(f"{address}/api?token=word", timeout=5).close()
                return address
            except OSError:
                time.sleep(0.5)
        raise AssertionError("JupyterLab did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)


def test_no_name_steers_the_terminal(capsys):
    from workshop.run import run_summary
    from workshop.run.execution import Outcome

    for name in hostile.SCREEN:
        done = Outcome("05_servqual", "en", "done", results={"worst": name})
        failed = Outcome("05_servqual", "en", "failed", sentence=f"{name} is wrong.")
        told = run_summary.table([done, failed], folder=ROOT)
        assert len(told.split("\n")) == 6
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)


def test_every_page_we_write_carries_a_policy():
    from workshop.room import seats_page

    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.html")}
    assert [name for name, text in texts.items() if "<html" in text] == ["base.html"]
    head = texts.pop("base.html").split("</head>")[0]
    assert head.index('content="{{ policy(self.script()) }}"') < head.index("<title>")
    scripts = {"pager.html", "search.html"}
    assert all(text.startswith("<script>") for name, text in texts.items() if name in scripts)
    assert all(
        '{% extends "pages/base.html" %}' in text for name, text in texts.items() if name not in scripts
    )
    inspector = page_check._Inspector()
    inspector.feed(seats_page.page(["seat-01"], first="en/0 START HERE.md"))
    assert "default-src 'none'" in inspector.policy
    assert (inspector.asks, inspector.runs) == ([], [])
    written = [
        path for path in (ROOT / "src").rglob("*.py") if "<!DOCTYPE html>" in path.read_text(encoding="utf-8")
    ]
    assert [path.name for path in written] == ["seats_page.py"]


def test_a_bank_without_a_title_is_called_by_its_folder_whatever_that_is(tmp_path):
    folder = tmp_path / "<svg onload=window.hit=1> *A$1$* & B"
    plain(folder, keep={"B01": 12, "B03": 12})
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    del package["title"], package["title@zh"]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert run.write(run.Order(str(folder), "en"), out=tmp_path / "out", progress=False) == {}
    for name in ("index.html", "B01.html"):
        shown = Shown((tmp_path / "out" / name).read_text(encoding="utf-8"))
        assert folder.name in shown.text and "svg" not in shown.tags
