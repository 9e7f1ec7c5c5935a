"""The reading edition in a real browser: nothing asked, nothing cut, legible on light and dark ground, found."""

import base64

import chromium
import pytest
from axe_core_python.selenium import Axe
from collection import LANGUAGES, ROOT, read
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from helpers.bank import files
from workshop.jobs import stamps
from workshop.pages import front_page, markup, pages

browser = chromium.browser
pytestmark = pytest.mark.browser
STEM = "05_servqual"
PAGES = [
    "index.html",
    *(
        f"{language}/{name}.html"
        for language in LANGUAGES
        for name in (STEM, f"{STEM}_classroom", "glossary")
    ),
    "reference/helpers.html",
    "reference/helpers/methods/servqual.html",
    "reference/helpers/bank/codebook.html",
    "reference/classroom.html",
]


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Lesson 05 as it ran, in both languages, with all that stands around it."""
    folder = tmp_path_factory.mktemp("reading edition 阅读版")
    links = [f"{language}/{STEM}" for language in LANGUAGES]
    for language in LANGUAGES:
        notebook = read(ROOT / "docs" / "read" / language / f"{STEM}.ipynb")
        stamp = stamps.Stamp("k", 1, {}, pages.title(notebook))
        stamps.write(folder / "results" / language / f"{STEM}.json", stamp)
        for end, text in pages.forms(notebook, stem=STEM, language=language, links=links).items():
            files.write(folder / language / f"{STEM}{end}", text)
    front_page.bind(folder)
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_legible_and_asks_for_nothing(browser, build, name, scheme):
    chromium.seen(browser, scheme=scheme)
    chromium.opened(browser, build / name)
    assert chromium.asked(browser) == [(build / name).as_uri()]
    assert browser.get_log("browser") == []
    browser.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")
    wrong = Axe().run(browser)["violations"]
    assert not wrong, [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in wrong]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_of_a_lesson_has_its_first_heading(browser, build, language):
    chromium.seen(browser)
    chromium.opened(browser, build / language / f"{STEM}_classroom.html")
    for _ in range(3):
        browser.execute_script("document.getElementById('next').click()")
        heads = browser.execute_script(
            "return [...document.querySelectorAll('h1, [role=heading][aria-level=\"1\"]')].filter(one => one.offsetParent).length"
        )
        assert heads == 1
    assert Axe().run(browser)["violations"] == []


def test_a_wide_formula_can_be_scrolled_by_key():
    assert '<div class="math block" tabindex="0">' in markup.prose("$$W = x$$")


@pytest.mark.parametrize("width", [390, 1366, 1920])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(browser, build, name, width):
    chromium.seen(browser, width=width)
    browser.get((build / name).as_uri())
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_the_check_would_see_what_is_not_legible(browser, tmp_path):
    (tmp_path / "pale.html").write_text(
        '<html lang="en"><title>T</title><main><h1 style="color: #ddd">pale</h1><img src="data:,"></main>',
        encoding="utf-8",
    )
    chromium.seen(browser)
    browser.get((tmp_path / "pale.html").as_uri())
    assert {"color-contrast", "image-alt"} <= {one["id"] for one in Axe().run(browser)["violations"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_stay_on_a_light_card(browser, build, language):
    chromium.seen(browser, scheme="dark")
    browser.get((build / language / f"{STEM}.html").as_uri())
    style = "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor"
    assert browser.execute_script(style, "figure img") == "rgb(255, 255, 255)"
    assert browser.execute_script(style, "body") == "rgb(18, 25, 29)"
    browser.get((build / language / f"{STEM}_classroom.html").as_uri())
    assert browser.execute_script(style, "body") == "rgb(255, 255, 255)"  # a room is lit


def _found(browser, build, query, *, width=1366):
    """Type a question into the first page: the links that come, as words and addresses."""
    chromium.seen(browser, width=width)
    browser.get((build / "index.html").as_uri())
    browser.find_element(By.ID, "query").send_keys(query)
    links = browser.find_elements(By.CSS_SELECTOR, "#found li a")
    return [(link.text, link.get_attribute("href").removeprefix(build.as_uri() + "/")) for link in links]


@pytest.mark.parametrize(
    ("query", "language", "target", "marked"),
    [
        ("量子纠缠", None, None, None),
        ("没有达到客户", "zh", "zh/glossary.html#gap", "没有达到客户"),
        ("服务差距", "zh", "zh/05_servqual.html#s0", "服务差距"),
        ("期望与感知", "zh", "zh/glossary.html#gap", "感知"),  # in this order nowhere
        ("ＳＥＲＶＱＵＡＬ", "en", "reference/helpers/methods/servqual.html#", "SERVQUAL"),
        ("Falls Short", "en", "en/glossary.html#gap", "falls"),
        ("paired t interval", "en", "reference/helpers/methods/servqual.html#gaps", "paired"),
    ],
)
def test_what_stands_inside_a_sentence_is_found(browser, build, query, language, target, marked):
    found = _found(browser, build, query)
    if target is None:
        assert found == [] and "0 found · 找到 0 处" in browser.find_element(By.ID, "count").text
        return
    assert target in [address for _, address in found]
    marks = browser.find_elements(By.CSS_SELECTOR, f"#{language} mark")
    assert marked in [mark.text for mark in marks]
    assert not browser.find_element(By.ID, "lessons").is_displayed()


@pytest.mark.parametrize(("query", "language"), [("可靠性", "zh"), ("reliability", "en")])
def test_a_result_leads_to_its_heading_and_the_way_back_to_the_results(browser, build, query, language):
    found = _found(browser, build, query)
    place = next(n for n, (_, address) in enumerate(found) if f"{STEM}.html#" in address)
    words, address = found[place]
    browser.find_elements(By.CSS_SELECTOR, f"#{language} li a")[place].click()
    anchor = address.partition("#")[2]
    assert browser.current_url.endswith(f"{language}/{STEM}.html#{anchor}")
    heading = browser.find_element(By.ID, anchor)
    assert words.endswith(heading.text.split("\n")[0])
    at = "const top = arguments[0].getBoundingClientRect().top; return -5 <= top && top < 200"
    WebDriverWait(browser, 5).until(lambda _: browser.execute_script(at, heading))  # it scrolls there
    browser.back()
    assert browser.find_element(By.ID, "query").get_attribute("value") == query
    assert browser.find_elements(By.CSS_SELECTOR, "#found li a")


def test_a_hit_in_a_heading_alone_shows_how_its_text_begins(browser, build):
    _found(browser, build, "helpers.methods.servqual gaps")
    lines = [line.text for line in browser.find_elements(By.CSS_SELECTOR, "#en li p")]
    assert any(line.startswith("How far is the service from what customers expect") for line in lines)


def test_a_question_is_no_markup_and_no_pattern(browser, build):
    browser.get_log("browser")
    assert _found(browser, build, "<img src=x onerror=alert(1)>") == []
    assert _found(browser, build, "(.*[") == []
    found = _found(browser, build, "−0.98")
    assert any(address.startswith("en/") for _, address in found)
    assert browser.get_log("browser") == []


def test_results_fit_a_phone(browser, build):
    assert _found(browser, build, "gap", width=390)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", [f"en/{STEM}.html", f"zh/{STEM}.html", "zh/glossary.html", PAGES[-2]])
def test_on_paper_nothing_is_cut_and_nothing_leads_anywhere(browser, build, name):
    chromium.seen(browser, width=665, scheme="dark", media="print")  # A4 between its margins
    browser.get((build / name).as_uri())
    look = "return [...document.querySelectorAll(arguments[0])].filter(one => {}).length"
    for led in (".contents", ".top a:not(.course)", ".pager"):
        assert browser.execute_script(look.format("one.checkVisibility()"), led) == 0
    cut = look.format("one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline'")
    assert browser.execute_script(cut, "main *") == 0
    whole = look.format("getComputedStyle(one).breakInside !== 'avoid'")
    assert browser.execute_script(whole, "figure, table, .code, .pdoc-code, .predict") == 0
    style = "return getComputedStyle(document.body).backgroundColor"
    assert browser.execute_script(style) == "rgb(255, 255, 255)"  # paper is light whatever the screen is
    paper = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    assert base64.b64decode(paper["data"]).count(b"/Type /Page\n") >= 1
