"""The day's pages as a screen reader meets them: axe-core finds nothing, at a projector's width and at a phone's."""

import chromium
import pytest
from axe_core_python.selenium import Axe
from collection import ROOT

from helpers.bank import data, language
from workshop.kit import exam, kit_pages, try_page

browser = chromium.browser
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1366, 1920])
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_axe_finds_nothing(browser, tmp_path, spoken, width):
    language.use(spoken)
    made = {
        "quiz": kit_pages.quiz(exam.read(ROOT)[0]),
        "vote": kit_pages.vote(data.codebook("qingyu_bank")),
        "hands": try_page.page("qingyu_bank", opened="account_opening"),
    }
    chromium.seen(browser, width=width)
    for name, text in made.items():
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
        chromium.opened(browser, tmp_path / f"{name}.html")
        browser.execute_script("document.querySelectorAll('#reveal, #show').forEach(one => one.click())")
        found = Axe().run(browser)["violations"]
        assert [(one["id"], [node["html"][:80] for node in one["nodes"]][:2]) for one in found] == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width, name
