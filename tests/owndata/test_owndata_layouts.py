"""The same survey in many layouts: scores, intervals and the order of branches are always those of the known table."""

import answering
import layouts
import numpy as np
import pandas as pd
import pytest

from helpers.bank import data
from helpers.methods import servqual
from owndata.judge import check
from owndata.map import mapping, proposed_mapping, survey_folder
from owndata.read import sheets
from workshop.report import findings

TRIED = 12


def through(layout, folder, *, seed=0):
    """Write, map, answer, follow; return what was asked, and the bank."""
    table = layouts.known(seed)
    path = layouts.write(folder, layout, table, seed=seed)
    sheet = sheets.read(path)
    mapping.write(proposed_mapping.propose(sheet), folder / "mapping.xlsx")
    asked = answering.answer(folder / "mapping.xlsx")
    agreed = mapping.read(folder / "mapping.xlsx")
    if "unread" in asked:  # a person gives each answer its number
        order = {word.casefold(): i for i, word in enumerate(layouts.WORDS["spanish", "en"], 1)}
        for listed in agreed.words.values():
            listed.update({word: order[word] for word in listed if word in order})
    survey_folder.make(sheet, agreed, out=folder / "bank")
    return asked, folder / "bank", table


def same_as_known(bank, table, language):
    """Compare with plain pandas and scipy on the known table."""
    rows = data.load(bank, "servqual")
    marks = table[[f"P{i}" for i in range(1, 13)]]
    np.testing.assert_array_equal(
        rows[marks.columns].to_numpy(dtype=float, na_value=np.nan), marks.to_numpy()
    )
    enough = marks.mean(axis=1).where(marks.notna().sum(axis=1) >= 0.8 * 12)
    scores = servqual.scores(rows, codebook=data.codebook(bank))
    np.testing.assert_allclose(scores["perceived"].astype(float), enough)
    by_hand = pd.DataFrame({"branch": table["place"], "dimension": "all", "perceived": enough}).dropna()
    for population in ("this_bank", "process"):
        found = servqual.performance(scores.dropna(subset=["perceived"]), population=population)
        known = servqual.performance(by_hand, population=population)
        np.testing.assert_allclose(
            found[["n", "estimate", "low", "high"]], known[["n", "estimate", "low", "high"]]
        )
    survey = findings.read(bank)
    names = pd.read_csv(bank / "branches.csv", dtype=str).set_index("branch")["name_zh"]
    ranked = survey.scores.set_index(survey.scores["branch"].map(names))["mean"].sort_values()
    order = by_hand.groupby("branch")["perceived"].mean().sort_values()
    assert ranked.index.tolist() == [layouts.BRANCHES[language][place] for place in order.index]
    np.testing.assert_allclose(ranked, order)


@pytest.mark.parametrize("seed", range(TRIED))
def test_any_layout_gives_the_known_table_back(seed, tmp_path):
    layout = layouts.draw(seed)
    asked, bank, table = through(layout, tmp_path, seed=seed)
    same_as_known(bank, table, layout["language"])
    assert len(asked) <= 6
    assert check.passes(check.check(bank))
