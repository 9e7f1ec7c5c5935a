"""The page to try three things on, in a real browser: nothing is told before it is guessed, and its numbers are the bank's."""

import math
import re

import chromium
import pytest
from selenium.webdriver.common.by import By

from helpers.bank import data, language
from workshop.kit import try_page

browser = chromium.browser
pytestmark = pytest.mark.browser
BANK = "qingyu_bank"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    language.use("zh")
    path = tmp_path_factory.mktemp("试") / "hands.html"
    path.write_text(try_page.page(BANK, opened="account_opening"), encoding="utf-8")
    return path


def test_the_truth_shows_after_the_guess(browser, place):
    chromium.opened(browser, place)
    assert chromium.asked(browser) == [place.as_uri()]
    numbers = browser.find_elements(By.CLASS_NAME, "told-number")
    assert [one.text for one in numbers] == [""] * 6
    browser.execute_script("document.getElementById('show').click()")
    expected = [f"{100 * share:.1f}%" for _, share in try_page.drop_off(BANK, opened="account_opening")]
    assert [one.text for one in numbers] == expected
    assert expected[1] == "4.7%"
    assert browser.get_log("browser") == []


def test_waiting_less_keeps_as_many_as_the_declared_patience_says(browser, place):
    chromium.opened(browser, place)
    (patience,) = data.truth(BANK, "queue_patience")["estimand"]
    for minutes in (0, 20, 60):
        browser.execute_script(
            "const w = document.getElementById('wait'); w.value = arguments[0]; w.dispatchEvent(new Event('input'))",
            minutes,
        )
        gone = browser.find_element(By.ID, "people").text.count("○")
        assert gone == round(100 * (1 - math.exp(-minutes / patience)))


def test_a_branch_brings_its_own_gaps(browser, place):
    chromium.opened(browser, place)
    _, branches = try_page.gaps(BANK)
    for chosen in (0, 6):
        browser.execute_script(
            "const b = document.getElementById('branch'); b.selectedIndex = arguments[0]; b.dispatchEvent(new Event('change'))",
            chosen,
        )
        told = [one.text for one in browser.find_elements(By.CLASS_NAME, "gap-number")]
        assert told == [f"{value:.2f}".replace("-", "−") for value in branches[chosen][1]]


def test_where_scripts_are_off_pictures_stand_in(place):
    text = place.read_text(encoding="utf-8")
    pictures = re.findall(r"<noscript>\s*<svg.*?</svg>", text, flags=re.DOTALL)
    assert len(pictures) == 3
    assert all('role="img"' in one and "aria-label" in one for one in pictures)
    shares = [f"{100 * share:.1f}%" for _, share in try_page.drop_off(BANK, opened="account_opening")]
    assert all(f">{share}</text>" in pictures[0] for share in shares)
    _, branches = try_page.gaps(BANK)
    fields = re.findall(r">(−?\d\.\d\d)</text>", pictures[2])
    assert fields == [f"{value:.2f}".replace("-", "−") for _, values in branches for value in values]
