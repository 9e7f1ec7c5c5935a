"""Licences: everything installed has one named, README and LICENSE say what matters, the font's travels with it."""

import importlib.metadata

import pytest
from collection import ROOT
from collection import benchmark as opened

licences = opened("licences")
LISTED = dict(
    line.strip("| ").split(" | ", 1)
    for line in (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
)


def test_every_package_of_the_lock_has_a_licence_named():
    names = licences.locked()
    assert len(names) > 150
    assert set(names) == set(LISTED) - {"package"}
    assert all(licences.licence(name) for name in names)


@pytest.mark.parametrize("name", licences.locked())
def test_the_page_says_what_the_package_says(name):
    assert LISTED[name] == licences.licence(name).strip()
    if name in licences.ELSEWHERE:
        with pytest.raises(importlib.metadata.PackageNotFoundError):
            importlib.metadata.metadata(name)


def test_a_package_that_names_none_would_be_seen():
    assert licences.licence("no-such-package") == ""


def test_what_asks_more_than_a_notice_stands_first():
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    first, rest = text.split("## All the others")
    assert {"| pingouin | GPL-3.0 |", "| certifi | MPL-2.0 |"} <= set(first.splitlines())
    assert not licences.SHARING.search(rest)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", "LICENSE"])
def test_readme_and_licence_name_the_gpl_and_the_font(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "pingouin" in text and "docs/licences.md" in text and "licences/OFL-1.1.txt" in text
    assert any(word in text for word in ("GPL 3", "General Public License 3"))


def test_the_fonts_licence_is_whole_and_is_the_fonts():
    from fontTools.ttLib import TTFont

    from helpers.figures import style

    package, file = style.PACKAGED_FONT
    held = TTFont(str(importlib.resources.files(package) / file))["name"]
    text = (ROOT / "licences" / "OFL-1.1.txt").read_text(encoding="utf-8")
    assert held.getDebugName(0) in text
    assert "SIL Open Font License, Version 1.1" in held.getDebugName(13)
    for part in ("PREAMBLE", "DEFINITIONS", "PERMISSION & CONDITIONS", "TERMINATION", "DISCLAIMER"):
        assert part in text


def test_the_kits_page_for_the_it_department_carries_the_fonts_licence():
    import html

    from workshop.kit import kit, kit_names, kit_pages

    text = (ROOT / kit.FONT_LICENCE).read_text(encoding="utf-8")
    page = kit_pages.department({"a.pdf": b"x"}, names=kit_names.names(), licence=text)
    assert html.escape(text, quote=False)[:60] in page and "OTHER DEALINGS IN THE FONT SOFTWARE." in page
