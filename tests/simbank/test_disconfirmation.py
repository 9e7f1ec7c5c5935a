"""Better or worse than expected: asked of some, of nobody else's business, and recovered."""

import json

import numpy as np
import pandas as pd
import pytest
from collection import ROOT

from simbank import bank, branches, disconfirmation, estimands, opinions
from simbank.streams import generator

COMMITTED = ROOT / "datasets" / "qingyu_bank"


@pytest.fixture(scope="module")
def asked():
    return pd.read_csv(COMMITTED / "disconfirmation.csv").merge(
        pd.read_csv(COMMITTED / "servqual.csv"), on="respondent"
    )


@pytest.fixture(scope="module")
def truth():
    listed = json.loads((COMMITTED / "truth.json").read_text(encoding="utf-8"))["quantities"]
    return pd.DataFrame(listed).set_index("quantity")


def test_the_question_is_put_to_four_in_ten_and_to_nobody_twice(asked):
    everybody = pd.read_csv(COMMITTED / "servqual.csv")
    assert not asked["respondent"].duplicated().any()
    share = len(asked) / len(everybody)
    assert abs(share - 0.4) < 4 * (0.24 / len(everybody)) ** 0.5
    known = everybody["respondent"].isin(asked["respondent"])
    for column in ("satisfaction", "weight", "seconds"):  # by lot, whoever one is
        apart = everybody.loc[known, column].mean() - everybody.loc[~known, column].mean()
        assert abs(apart) < 4 * everybody[column].std() * (1 / known.sum() + 1 / (~known).sum()) ** 0.5


def test_the_survey_is_the_same_whether_the_question_is_asked_or_not(monkeypatch):
    """Its numbers come from a stream of their own, so no answer of the form moves."""
    network = branches.draw(generator(3, "branches"), 3)
    queue = bank.enrol(_Nowhere(), seed=3, network=network, size=2000, step=lambda: None)
    answers, compared = bank.survey(3, queue, network)
    monkeypatch.setattr(disconfirmation, "table", lambda *given: None)
    alone, _ = bank.survey(3, queue, network)
    pd.testing.assert_frame_equal(answers, alone)
    assert set(compared["respondent"]) < set(answers["respondent"])


class _Nowhere:
    """A file that keeps nothing."""

    def open(self, *_, **__):
        import io

        return io.StringIO()


def test_who_answered_is_who_was_drawn():
    """The answer belongs to the respondent whose form it stands beside: content customers compare kindly."""
    network = branches.draw(generator(4, "branches"), 24)
    people = bank.enrol(_Nowhere(), seed=4, network=network, size=10_000, step=lambda: None)
    answers, compared = bank.survey(4, people, network)
    both = compared.merge(answers, on="respondent").astype({"satisfaction": float})
    assert both["compared"].corr(both["satisfaction"]) > 0.4
    shuffled = both["compared"].sample(frac=1, random_state=1, ignore_index=True)
    assert abs(shuffled.corr(both["satisfaction"])) < 0.1


def test_what_was_declared_is_found(asked, truth):
    found = asked["compared"].corr(asked["satisfaction"])
    aim = truth.loc["disconfirmation_correlation"].set_index("way").loc["asked", "estimand"]
    assert abs(found - aim) < 4 * (1 - aim**2) / len(asked) ** 0.5
    better = (asked["compared"] > 4).mean()
    assert abs(better - truth.loc["disconfirmation_better", "estimand"]) < 4 * (0.25 / len(asked)) ** 0.5


def test_what_was_put_in_is_the_sum_of_the_declared_weights(truth):
    put_in = truth.loc["experience_slope"].set_index("side")["construct"]
    assert put_in["expected"] == pytest.approx(-opinions.DISCONFIRMATION_WEIGHT.sum() / 100)
    both = opinions.PERCEPTION_WEIGHT.sum() + opinions.DISCONFIRMATION_WEIGHT.sum()
    assert put_in["perceived"] == pytest.approx(both / 100)


def test_disconfirmation_by_hand_is_zero_at_the_ordinary_and_moves_as_perception_does():
    ordinary = opinions.P_LEVEL[None], opinions.E_LEVEL[None]
    assert opinions.disconfirmation(*ordinary).tolist() == [0]
    assert opinions.disconfirmation(ordinary[0], ordinary[1] + 300).tolist() == [-300]


def test_effects_are_one_batch_of_the_survey(monkeypatch):
    monkeypatch.setattr(estimands, "BANK_CUSTOMERS", 300)
    monkeypatch.setattr(estimands, "BANK_ANSWERS", 60)
    network = branches.draw(generator(5, "branches"), 6)
    one, again, other = (disconfirmation.effects(5, network, number=number) for number in (0, 0, 1))
    assert one == again != other
    assert set(disconfirmation.constructs()) < set(one)
    assert all(np.isfinite(value) for value in one.values())
