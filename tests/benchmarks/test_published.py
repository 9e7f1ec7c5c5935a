"""Every published figure comes back, as often as the page says, and enough of them from enough sources."""

import re

import pandas as pd
import pytest
from collection import ROOT, benchmark

from helpers.methods import published

ROWS = [(row.source, row.key) for row in published.printed().itertuples()]
again = benchmark("published")


@pytest.fixture(scope="module")
def found():
    return again.everything()


@pytest.mark.filterwarnings("ignore")  # of the packages; the notebooks themselves run strict elsewhere
@pytest.mark.parametrize(("source", "key"), ROWS, ids=[f"{source}: {key}" for source, key in ROWS])
def test_a_published_figure_comes_back(found, source, key):
    (row,) = found[(found["source"] == source) & (found["key"] == key)].itertuples()
    assert row.agrees is True, row


def test_sixty_figures_of_eight_sources_are_counted_and_at_most_ten_of_one():
    table = published.printed()
    counted = table[table["counts"] == "yes"]
    assert set(table["counts"]) == {"yes", "no"} and not table.duplicated(["source", "key"]).any()
    assert len(counted) >= 60 and counted["source"].nunique() >= 8
    assert counted.groupby("source").size().max() <= 10
    # More than half a unit is allowed only with a reason.
    wide = table["tolerance"] > 0.51 * 10.0 ** -table["published"].str.partition(".")[2].str.len()
    assert table.loc[wide, "convention"].ne("").all()


def test_only_what_was_seen_is_counted_and_the_place_is_named():
    table = published.printed()
    text, unseen = (table[table["seen"] == how] for how in ("text", "computed"))
    assert len(text) + len(unseen) == len(table)
    assert set(table.loc[table["counts"] == "yes", "seen"]) == {"text"}
    assert text["where"].ne("").all() and unseen["where"].eq("").all()
    assert not unseen["page"].str.contains(r"\d").any(), "nobody saw that page or table"


def test_certified_values_stand_in_the_file_of_this_repository():
    file = pd.read_csv(ROOT / "tests" / "oracles" / "strd_certified.csv")
    names = {"norris": "Norris", "michelson": "Michelso", "lew": "Lew", "sirstv": "SiRstv"}
    for row in published.printed().query("source == 'NIST StRD'").itertuples():
        certified = file.loc[file["dataset"] == names[row.key.partition("_")[0]], "certified"]
        assert float(row.published) in set(certified), row.key


def test_digits_are_text_and_stand_on_the_page_as_printed():
    table, text = published.printed(), (ROOT / "docs" / "published.md").read_text(encoding="utf-8")
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    assert [(line[0], line[1], line[3]) for line in lines] == list(
        table[["quantity", "source", "published"]].itertuples(index=False, name=None)
    )
    counted = table[table["counts"] == "yes"]
    assert f"{len(counted)} published figures from {counted['source'].nunique()} sources" in text
    for how in ("text", "computed"):
        assert f"**{how}**, {(table['seen'] == how).sum()} figures" in text
    assert table["published"].str.fullmatch(r"-?\d+(\.\d+)?").all()


@pytest.mark.parametrize(("readme", "spoken"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_the_readmes_hold_the_figures_that_lie_farthest_as_the_page_has_them(found, readme, spoken):
    text = (ROOT / readme).read_text(encoding="utf-8")
    (table,) = again.BUILT.findall(text)
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    page = (ROOT / "docs" / "published.md").read_text(encoding="utf-8")
    assert len(rows) == again.SHOWN and all(f"| {' | '.join(row[1:7])} |" in page for row in rows)
    counted = published.printed().query("counts == 'yes'")
    told = re.findall(r"\d+", text[: text.index(table)].splitlines()[-3])
    assert told[:2] == [str(len(counted)), str(counted["source"].nunique())]
    worst = again.farthest(found)
    assert set(worst["source"]) == set(counted["source"])
    assert [row[3] for row in rows] == list(worst["published"].head(again.SHOWN))
    # Nearly the whole tolerance is used somewhere, and more nowhere: the table hides no bad one.
    share = worst["off"].astype(float).abs() / worst["tolerance"]
    assert share.is_monotonic_decreasing and 0.8 < share.max() <= 1 + 1e-6


def test_digits_at_the_edge_and_beyond():
    known = published.beside(pd.Series({"alpha_image": 0.7228345955}), source="seminr for R, fixtures")
    assert not known["agrees"].item(), "nine digits are not fifteen"


def test_years_of_sources_are_in_the_bibliography():
    bibliography = (ROOT / "course" / "references.bib").read_text(encoding="utf-8")
    for source in published.printed()["source"].unique():
        for author, year in re.findall(r"^([A-Z][a-z]+).*?(\d{4})", source):
            assert author in bibliography and f"year = {{{year}}}" in bibliography, source
