"""The two small pages of the day, in a real browser: ten questions on a phone, ballots counted in the break."""

import chromium
import pytest
from collection import ROOT
from selenium.webdriver.common.by import By

from helpers.bank import data, language
from workshop.kit import exam, kit_pages

browser = chromium.browser
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_choice_is_answered_at_once_and_all_are_counted(browser, tmp_path, spoken):
    language.use(spoken)
    questions, order = exam.read(ROOT)
    assert sorted(order) == list(range(1, 11))
    (tmp_path / "quiz.html").write_text(kit_pages.quiz(questions), encoding="utf-8")
    chromium.opened(browser, tmp_path / "quiz.html")
    for number, shown in enumerate(browser.find_elements(By.CLASS_NAME, "question")):
        assert not shown.find_element(By.CLASS_NAME, "why").is_displayed()
        letter = questions[number].right if number else next(one for one in "ab" if one != questions[0].right)
        choice = shown.find_element(By.CSS_SELECTOR, f"[data-letter={letter}]")
        browser.execute_script("arguments[0].click()", choice)  # the page scrolls smoothly under a pointer
        told = shown.find_element(By.CLASS_NAME, "why")
        assert questions[number].why in told.text
        assert told.text.startswith(
            {"en": ("Not yet.", "Right."), "zh": ("还不对。", "对。")}[spoken][number > 0]
        )
    assert "9" in browser.find_element(By.ID, "sum").text
    assert browser.get_log("browser") == []


def test_ballots_are_counted_and_shown_only_when_asked_for(browser, tmp_path):
    language.use("zh")
    (tmp_path / "vote.html").write_text(kit_pages.vote(data.codebook("qingyu_bank")), encoding="utf-8")
    chromium.opened(browser, tmp_path / "vote.html")
    fields = browser.find_elements(By.TAG_NAME, "input")
    for ballot in ("7" * 5 + "4" * 5, "6" * 5 + "5" * 5):
        for column in (0, 1):
            for row in range(5):
                fields[2 * row + column].send_keys(ballot[5 * column + row])
        browser.find_element(By.ID, "count").click()
    assert browser.find_element(By.ID, "many").text == "2"
    assert not browser.find_element(By.ID, "bars").is_displayed()
    browser.find_element(By.ID, "reveal").click()
    assert [one.text for one in browser.find_elements(By.CLASS_NAME, "said")] == ["−2.00"] * 5
    fields[0].send_keys("9x")
    assert fields[0].get_attribute("value") == ""
    browser.find_element(By.ID, "undo").click()
    assert browser.find_element(By.ID, "many").text == "1"
