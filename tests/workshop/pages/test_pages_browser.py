"""Pages in a real browser: what it asks for, what it complains of, what it draws, how it is walked through."""

import runpy
from pathlib import Path

import chromium
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from workshop.pages import pages

browser = chromium.browser
pytestmark = pytest.mark.browser
SAMPLE = runpy.run_path(str(Path(__file__).with_name("test_pages.py")))["sample"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("pages with blanks 页")
    for language in ("en", "zh"):
        notebook = SAMPLE(language == "zh")
        (place / language).mkdir()
        for end, text in pages.forms(notebook, stem="a", language=language, links=("en/a", "zh/a")).items():
            (place / language / f"a{end}").write_text(text, encoding="utf-8")
    return place


@pytest.fixture(params=["en/a.html", "en/a_classroom.html", "zh/a.html", "zh/a_classroom.html"])
def opened(browser, folder, request):
    chromium.opened(browser, folder / request.param)
    return browser


def test_the_log_would_show_a_request(browser, folder):
    loud = folder / "loud.html"
    loud.write_text(
        '<link rel="icon" href="data:,"><img src="http://127.0.0.1:65531/a.png" alt="">', encoding="utf-8"
    )
    chromium.opened(browser, loud)
    assert chromium.asked(browser) == [loud.as_uri(), "http://127.0.0.1:65531/a.png"]
    assert browser.get_log("browser")


def test_a_page_asks_for_nothing_but_itself(opened):
    assert chromium.asked(opened) == [opened.current_url]
    assert opened.get_log("browser") == []


def test_formulas_are_drawn(opened):
    opened.execute_script("document.body.classList.remove('paged')")
    formulas = opened.find_elements(By.TAG_NAME, "math")
    assert len(formulas) == 2
    sizes = [formula.size for formula in formulas]
    assert all(size["width"] > 20 and size["height"] > 8 for size in sizes)
    fraction, letter = (opened.find_element(By.TAG_NAME, name).rect for name in ("mfrac", "mi"))
    assert fraction["height"] > 1.5 * letter["height"]  # laid out, not run together in a line


def test_nothing_is_wider_than_the_window(opened):
    for width in (1366, 800, 500):
        opened.set_window_size(width, 768)
        assert opened.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    opened.set_window_size(1366, 768)


def test_pictures_are_drawn(opened):
    opened.execute_script("document.body.classList.remove('paged')")
    (image,) = opened.find_elements(By.TAG_NAME, "img")
    assert opened.execute_script("return arguments[0].naturalWidth", image) == 600


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sections_are_walked_by_key_and_button(browser, folder, language):
    browser.get((folder / language / "a_classroom.html").as_uri())
    assert _screen(browser) == "1"
    body = browser.find_element(By.TAG_NAME, "body")
    _walk(browser, lambda: body.send_keys(Keys.ARROW_RIGHT), "2")
    assert browser.find_element(By.ID, "s1").is_displayed()
    assert not browser.find_element(By.ID, "s0").is_displayed()
    _walk(browser, browser.find_element(By.ID, "next").click, "3")
    for _ in range(20):  # the last screen may be long too
        if not browser.find_element(By.ID, "next").is_enabled():
            break
        browser.find_element(By.ID, "next").click()
    assert not browser.find_element(By.ID, "next").is_enabled()
    _walk(browser, lambda: body.send_keys(Keys.ARROW_LEFT), "2")
    _walk(browser, browser.find_element(By.ID, "previous").click, "1")


def _walk(browser, step, screen, most=12):
    """Step until this screen is reached; each press shows something else, and the counter says so."""
    for _ in range(most):
        before = _place(browser)
        step()
        assert _place(browser) != before
        if _screen(browser) == screen:
            return
    raise AssertionError(f"{screen} was not reached in {most} steps")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_one_screen_is_one_window(browser, folder, size):
    browser.set_window_size(*size)
    browser.get((folder / "zh" / "a_classroom.html").as_uri())
    for _ in range(40):
        assert browser.execute_script("return document.documentElement.scrollHeight - innerHeight") <= 8
        if not browser.find_element(By.ID, "next").is_enabled():
            break
        browser.find_element(By.ID, "next").click()
    browser.set_window_size(1366, 768)


def test_a_guess_survives_closing_a_countdown_runs_and_a_key_blackens(browser, folder):
    page = (folder / "en" / "a_classroom.html").as_uri()
    browser.get(page)
    browser.execute_script("localStorage.clear()")
    box = browser.find_element(By.TAG_NAME, "textarea")
    browser.execute_script(
        "arguments[0].value = 'seven'; arguments[0].dispatchEvent(new Event('input'))", box
    )
    browser.get("about:blank")
    browser.get(page)
    assert browser.find_element(By.TAG_NAME, "textarea").get_attribute("value") == "seven"
    browser.execute_script("localStorage.clear()")
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("t")
    WebDriverWait(browser, 3).until(
        lambda _: browser.find_element(By.ID, "clock").text in ("5:00", "4:59", "4:58")
    )
    body.send_keys("b")
    assert "black" in body.get_attribute("class")
    body.send_keys("x")
    assert "black" not in body.get_attribute("class")


def test_a_phone_reads_on_with_nothing_over_the_text(browser, folder):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True},
    )
    try:
        browser.get((folder / "zh" / "a_classroom.html").as_uri())
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        assert not browser.find_element(By.CLASS_NAME, "pager").is_displayed()
        assert all(screen.is_displayed() for screen in browser.find_elements(By.CLASS_NAME, "screen"))
        browser.execute_script("document.querySelectorAll('.reveal').forEach(button => button.click())")
        (image,) = browser.find_elements(By.TAG_NAME, "img")
        before = image.size["width"]
        browser.execute_script("arguments[0].click()", image)
        assert image.size["width"] > 1.5 * before
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_what_answers_a_prediction_is_covered_until_asked_for(browser, folder):
    browser.get((folder / "en" / "a_classroom.html").as_uri())
    (button,) = browser.find_elements(By.CLASS_NAME, "reveal")
    covered = browser.find_elements(By.CLASS_NAME, "covered")
    assert covered and not any(piece.is_displayed() for piece in covered)
    browser.execute_script("arguments[0].click()", button)
    assert not browser.find_elements(By.CLASS_NAME, "reveal")
    for piece in covered:
        _to(browser, piece)


def test_quick_presses_are_all_counted(browser, folder):
    browser.get((folder / "en" / "a_classroom.html").as_uri())
    body = browser.find_element(By.TAG_NAME, "body")
    before = _place(browser)
    body.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    twice = _place(browser)
    body.send_keys(Keys.ARROW_LEFT)
    assert _place(browser) not in (before, twice)


def test_a_prediction_can_be_typed_without_leaving_the_screen(browser, folder):
    browser.get((folder / "zh" / "a_classroom.html").as_uri())
    box = browser.find_element(By.TAG_NAME, "textarea")
    _to(browser, box)
    box.clear()
    box.send_keys("可靠性")
    before = _place(browser)
    box.send_keys(Keys.ARROW_LEFT, Keys.ARROW_LEFT, "服务")
    assert box.get_attribute("value") == "可服务靠性"
    assert _place(browser) == before


def test_forms_and_languages_link_to_each_other(browser, folder):
    browser.get((folder / "en" / "a.html").as_uri())
    browser.find_element(By.LINK_TEXT, "Classroom edition").click()
    browser.find_element(By.LINK_TEXT, "中文").click()
    assert browser.current_url.endswith("/zh/a_classroom.html")
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "zh-CN"


def _place(browser):
    return browser.find_element(By.ID, "place").text


def _to(browser, piece):
    """Turn pages until this is seen."""
    for _ in range(20):
        if piece.is_displayed():
            return
        browser.find_element(By.ID, "next").click()
    raise AssertionError("it is on no page")


def _screen(browser):
    """The number of the screen, as the minute plan names it."""
    return _place(browser).split(" ")[0].split("·")[0]
