"""The glossary as a page, in both languages."""

import json
import re

import pytest

from helpers.bank.codebook import GLOSSARY
from workshop.pages import glossary_page

TERMS = {
    key: term
    for key, term in json.loads(GLOSSARY.read_text(encoding="utf-8")).items()
    if "definition" in term
}
LESSON = {
    "en": [
        "Gaps",
        "en/05_servqual.html",
        [["s0", "Gaps", "hello"], ["s2", "", "Two control groups are met."]],
    ],
    "zh": ["差距", "zh/05_servqual.html", [["s0", "差距", ""], ["s2", "", "这里有一个对照组。"]]],
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_term_stands_with_its_sibling_its_meaning_and_its_lessons(language):
    page = glossary_page.page([LESSON[language]], language=language)
    assert sorted(re.findall(r'<dt id="(\w+)">', page)) == sorted(TERMS)
    (entry,) = re.findall(r'<dt id="control_group">.*?(?=<dt |</dl>)', page, flags=re.DOTALL)
    term, other = TERMS["control_group"], {"en": "zh", "zh": "en"}[language]
    assert (
        term[language] in entry
        and f'<span lang="{"zh-CN" if other == "zh" else "en"}">{term[other]}' in entry
    )
    assert term["definition" if language == "en" else "definition@zh"] in entry.replace("&#39;", "'")
    assert re.findall(r'href="([^"]*)"', entry) == ["05_servqual.html#s2"]
    assert f'href="../{other}/glossary.html"' in page and 'href="../index.html"' in page


def test_chinese_terms_stand_by_their_sound():
    page = glossary_page.page([], language="zh")
    order = re.findall(r'<dt id="\w+">(\S+)', page)
    assert [order.index(term) for term in ("差距", "触点", "服务质量", "期望", "自相关")] == sorted(
        order.index(term) for term in ("差距", "触点", "服务质量", "期望", "自相关")
    )


def test_a_term_inside_another_word_is_not_met():
    assert glossary_page.met("gap", [["", "en/05_a.html", [["s0", "", "a gaping hole, Singapore"]]]]) == {}
    assert glossary_page.met("差距", [["", "zh/05_a.html", [["s0", "", "这个差距不小"]]]]) == {
        "05": ("", "05_a.html#s0")
    }
