"""What a large draw is boiled down to: batches of three lines by hand, and every coefficient by another route."""

import numpy as np
import pandas as pd
import pingouin
import pytest
import statsmodels.formula.api as smf
from statsmodels.stats.anova import anova_lm

from simbank import branches, estimands, opinions, simulated_scores
from simbank.branches import DIMENSIONS

KEYS = ["quantity", "dimension", "item", "branch", "wave"]
SIZES = [4, 5, 4, 4, 5]  # items of each dimension


@pytest.fixture(scope="module")
def forms():
    """Four branches with thirty answers each, complete."""
    rng = np.random.default_rng(1)
    level = 5 + np.repeat(rng.normal(size=(4, 1)), 30, axis=0) * 0.5 + rng.normal(size=(120, 1))
    own = np.repeat(rng.normal(size=(120, 5)), SIZES, axis=1) * 0.6
    answers = {}
    for side, up in (("E", 0.6), ("P", 0.0)):
        turned = np.clip(np.rint(level + own + up + rng.normal(size=(120, 22))), 1, 7).astype(int)
        raw = np.where(opinions.REVERSED, 8 - turned, turned)
        answers |= {f"{side}{item}": raw[:, place] for place, item in enumerate(opinions.ITEMS)}
    table = pd.DataFrame(answers)
    for place, dimension in enumerate(DIMENSIONS):
        table[f"points_{dimension}"] = [40, 30, 10, 10, 10][place]
        table[f"adequate_{dimension}"] = 4 + 0.25 * place
    noise = rng.normal(size=120)
    return table.assign(satisfaction=np.rint(level[:, 0] + noise), intention=rng.integers(1, 8, 120))


@pytest.fixture(scope="module")
def branch():
    return np.repeat([3, 7, 8, 9], 30)


def own_items(answers, place):
    """The turned answers to one dimension, items 1–4, 5–9, 10–13, 14–17, 18–22."""
    ends = np.cumsum(SIZES)
    return pd.DataFrame(answers[:, ends[place] - SIZES[place] : ends[place]])


def turned_by_hand(forms, side):
    table = forms[[f"{side}{item}" for item in range(1, 23)]].copy()
    for item, reversed_ in zip(range(1, 23), opinions.REVERSED, strict=True):
        if reversed_:
            table[f"{side}{item}"] = 8 - table[f"{side}{item}"]
    return table.to_numpy()


def test_alphas_are_pingouins(forms, branch):
    found = estimands._structure(forms, branch)
    expected, perceived = turned_by_hand(forms, "E"), turned_by_hand(forms, "P")
    for place, dimension in enumerate(DIMENSIONS):
        for name, answers in (("E", expected), ("P", perceived), ("gap", perceived - expected)):
            alpha = pingouin.cronbach_alpha(own_items(answers, place))[0]
            assert found[f"alpha_{name}", dimension] == pytest.approx(alpha, abs=1e-5)


def test_variance_components_are_those_of_the_analysis_of_variance(forms, branch):
    found = estimands._structure(forms, branch)
    expected, perceived = turned_by_hand(forms, "E"), turned_by_hand(forms, "P")
    for place, dimension in enumerate(DIMENSIONS):
        for name, answers in (("P", perceived), ("gap", perceived - expected)):
            rows = pd.DataFrame({"score": own_items(answers, place).mean(axis=1), "branch": branch})
            between, within = anova_lm(smf.ols("score ~ C(branch)", rows).fit())["mean_sq"]
            assert found[f"icc_{name}:within", dimension] == pytest.approx(within)
            assert found[f"icc_{name}:between", dimension] == pytest.approx((between - within) / 30)


def test_weights_are_slopes_of_a_regression_with_a_term_for_each_branch(forms, branch):
    found = estimands._structure(forms, branch)
    rows = pd.DataFrame({"satisfaction": forms["satisfaction"], "branch": branch})
    for side in "PE":
        for place in range(5):
            rows[f"{side}_{place}"] = own_items(turned_by_hand(forms, side), place).mean(axis=1)
    names = [f"{side}_{place}" for side in "PE" for place in range(5)]
    slopes = smf.ols(f"satisfaction ~ C(branch) + {' + '.join(names)}", rows).fit().params
    for place, dimension in enumerate(DIMENSIONS):
        assert found["perception_weight", dimension] == pytest.approx(slopes[f"P_{place}"])
        assert found["expectation_weight", dimension] == pytest.approx(slopes[f"E_{place}"])


def test_htmt_of_every_pair_is_that_of_correlations_item_by_item(forms, branch):
    found = estimands._structure(forms, branch)
    correlations = pd.DataFrame(turned_by_hand(forms, "P")).corr()
    ends = np.cumsum(SIZES)
    where = [range(end - size, end) for size, end in zip(SIZES, ends, strict=True)]
    pairs = [key for key in found if key[0].startswith("htmt_")]
    assert len(pairs) == 10
    for one in range(5):
        for other in range(one + 1, 5):
            across = [correlations[i][j] for i in where[one] for j in where[other]]
            within = [
                np.mean([correlations[i][j] for i in where[at] for j in where[at] if i < j])
                for at in (one, other)
            ]
            ratio = np.mean(across) / (within[0] * within[1]) ** 0.5
            assert found[f"htmt_{DIMENSIONS[one]}_{DIMENSIONS[other]}", ""] == pytest.approx(ratio)


def test_scores_of_one_form_by_hand():
    """All expectations 6, perceptions 5 but for tangibles 7, turned; adequate 5.5 for two dimensions."""
    form = {}
    for place, item in enumerate(range(1, 23)):
        for side, answer in (("E", 6), ("P", 7 if place < 4 else 5)):
            form[f"{side}{item}"] = 8 - answer if opinions.REVERSED[place] else answer
    for place, dimension in enumerate(DIMENSIONS):
        form |= {
            f"points_{dimension}": [40, 30, 10, 10, 10][place],
            f"adequate_{dimension}": [5.5, 7, 4, 4, 4][place],
        }
    found = simulated_scores.scores(pd.DataFrame([form | {"satisfaction": 4, "intention": 3}])).iloc[0]
    first, second = DIMENSIONS[0], DIMENSIONS[1]
    for name, values in {
        "E": (6, 6), "P": (7, 5), "gap": (1, -1), "negative_share": (0, 1), "adequacy": (1.5, -2), "superiority": (1, -1),
        "zone_width": (0.5, -1), "inverted_zone_share": (0, 1), "points": (40, 30),
    }.items():  # fmt: skip
        assert (found[name, first, 0], found[name, second, 0]) == pytest.approx(values), name
    assert (found["E", "", 1], found["P", "", 4], found["P", "", 5], found["gap", "", 22]) == (6, 7, 5, -1)
    assert found["ceiling_share"].sum() == 0  # of expectations: nobody expects 7
    whole = {name: found[name, "", 0] for name in ("overall_gap", "weighted_gap", "servperf")}
    assert whole == pytest.approx({"overall_gap": -0.6, "weighted_gap": (40 - 60) / 100, "servperf": 5.4})
    assert (found["satisfaction", "", 0], found["intention", "", 0]) == (4, 3)
    assert found["straight_liner_share", "", 0] == 0


def test_who_ticks_one_column_is_a_straight_liner_and_a_seven_a_ceiling():
    form = {name: 7 for name in opinions.columns()[:44]} | {f"points_{d}": 20 for d in DIMENSIONS}
    form |= {f"adequate_{d}": 7 for d in DIMENSIONS} | {"satisfaction": 7, "intention": 7}
    found = simulated_scores.scores(pd.DataFrame([form])).iloc[0]
    assert found["straight_liner_share", "", 0] == 1
    assert found["ceiling_share"].tolist() == [0 if turned else 1 for turned in opinions.REVERSED]
    # What is as high as wished, or as adequate, is no deficit.
    assert found["negative_share"].sum() == found["gap"].xs("", level="dimension").sum() == 0
    plain = [d for k, d in enumerate(DIMENSIONS) if not opinions.REVERSED[k == opinions.DIMENSION_OF].any()]
    assert plain and all(found["inverted_zone_share", d, 0] == 0 for d in plain)


def test_response_weights_count_answers_within_a_branch_and_branches_alike():
    scored = pd.DataFrame(
        np.array([[1.0], [3.0], [10.0]]) * [1, 2, 3, 4, 5],
        columns=pd.MultiIndex.from_tuples(
            [("gap", d, 0) for d in DIMENSIONS], names=["quantity", "dimension", "item"]
        ),
    )
    people = pd.DataFrame({"branch": [1, 1, 2], "weight": [30_000, 10_000, 60_000]})
    found = estimands._reweighted(scored, people)
    # Branch 1: (3 · 1 + 1 · 3) / 4 = 1.5; branch 2: 10; the mean of both 5.75.
    for place, dimension in enumerate(DIMENSIONS, start=1):
        assert found["response_weighted_gap", dimension] == pytest.approx(5.75 * place)
    assert found["response_weighted_overall_gap", ""] == pytest.approx(5.75 * 3)
    # A weight is 10,000 times invited over answered: 10 invited, 3 answers.
    assert found["response_rate", ""] == pytest.approx(0.3)


def test_gaps_left_are_shares_of_answers_of_a_wave():
    columns = [f"{side}{item}" for side in "EP" for item in range(1, 23)]
    rows = pd.DataFrame(5.0, index=range(3), columns=columns).assign(satisfaction=np.nan)
    rows.loc[0, ["E1", "P22"]], rows.loc[1, "P1"], rows.loc[1, "E2"] = np.nan, 9, 9
    found = estimands._gaps_left(rows, pd.Series([1, 1, 2]))
    for side in "EP":
        assert found[f"missing_share_{side}", "", 0, -1, 1] == pytest.approx(1 / 44)
        assert found[f"missing_share_{side}", "", 0, -1, 2] == 0
    assert found["dont_know_share", "", 0, -1, 1] == pytest.approx(1 / 44)  # asked of perceptions alone
    assert found["dont_know_share", "", 0, -1, 2] == 0


def test_statistics_are_means_of_branches_each_counted_once(forms, branch):
    people = pd.DataFrame({
        "branch": np.where(np.arange(120) < 80, 0, 1), "wave": np.tile(estimands.WAVES, 120)[:120], "weight": 10_000,
    })  # fmt: skip
    found = estimands._statistics(people, forms)
    servperf = np.mean(
        [own_items(turned_by_hand(forms, "P"), place).mean(axis=1) for place in range(5)], axis=0
    )
    for wave in estimands.WAVES:
        here = people["wave"] == wave
        both = [servperf[here & (people["branch"] == place)].mean() for place in (0, 1)]
        assert [found["servperf", "", 0, place, wave] for place in (0, 1)] == pytest.approx(both)
        assert found["servperf", "", 0, -1, wave] == pytest.approx(np.mean(both))
        assert found["response_rate", "", 0, -1, wave] == pytest.approx(1)
        rows = here.to_numpy()
        alone = estimands._structure(forms[rows], people["branch"].to_numpy()[rows])
        for name, value in alone.items():
            assert found[(*name, 0, -1, wave)] == pytest.approx(value), name
    # An item, and an intention, is told of the whole alone.
    assert ("P", "", 1, 0, 1) not in found and ("P", "", 1, -1, 1) in found
    assert ("intention", "", 0, 0, 1) not in found


def test_batches_are_averaged_and_an_icc_is_a_ratio_of_averages():
    plain, between, within = ((name, "x", 0, -1, 1) for name in ("gap", "icc_gap:between", "icc_gap:within"))
    batches = [{plain: p, between: b, within: w} for p, b, w in ((1, 0.1, 0.9), (2, 0.3, 0.7), (6, 0.2, 1.0))]
    found = estimands.summary(batches)
    assert found.index.names == KEYS and len(found) == 2
    one = found.loc[plain]
    # Mean 3, standard deviation √7, of three batches.
    assert one.tolist() == pytest.approx([3, (7 / 3) ** 0.5])
    icc = found.loc[("icc_gap", "x", 0, -1, 1)]
    left_out = np.array([0.5 / 2.2, 0.3 / 2.2, 0.4 / 2.0])  # of the other two, between over both
    error = (2 / 3 * ((left_out - left_out.mean()) ** 2).sum()) ** 0.5  # the jackknife's
    assert icc.tolist() == pytest.approx([0.6 / 3.2, error])


def test_so_many_batches_are_drawn_and_of_the_process_no_branch_is_named(monkeypatch):
    """Small numbers instead of the real ones, which take minutes; batches differ, and come back."""
    for name, value in (("PROCESS_BRANCHES", 3), ("PROCESS_CUSTOMERS", 400), ("PROCESS_ANSWERS", 8)):
        monkeypatch.setattr(estimands, name, value)
    found = list(estimands.of_the_process(1, batches=2))
    assert {key[3] for key in found[0]} == {-1} and {key[4] for key in found[0]} == set(estimands.WAVES)
    assert ("servperf", "", 0, -1, 1) in found[0] and len(found) == 2 and found[0] != found[1]
    again = next(iter(estimands.of_the_process(1, batches=1)))
    assert again == pytest.approx(found[0], nan_ok=True)


def test_of_this_bank_every_branch_is_named_and_what_is_left_out_is_counted(monkeypatch):
    monkeypatch.setattr(estimands, "BANK_CUSTOMERS", 400)
    monkeypatch.setattr(estimands, "BANK_ANSWERS", 8)
    network = branches.draw(np.random.default_rng(1), 3)
    (found,) = estimands.of_this_bank(1, network, batches=1)
    assert {key[3] for key in found if key[0] == "servperf"} == {-1, 0, 1, 2}
    for wave in estimands.WAVES:
        assert 0 < found["missing_share_P", "", 0, -1, wave] < 0.2


def test_no_stream_of_random_numbers_is_used_twice(monkeypatch):
    chunks = []
    monkeypatch.setattr(estimands, "generator", lambda seed, name, *, chunk: chunks.append(chunk))
    for owner, name in ((branches, "draw"), (estimands.servqual_survey, "spoil")):
        monkeypatch.setattr(owner, name, lambda *_: None)
    monkeypatch.setattr(estimands, "batch", lambda *_, **__: ({"wave": 1}, None))
    monkeypatch.setattr(estimands, "_statistics", lambda *_: {})
    monkeypatch.setattr(estimands, "_gaps_left", lambda *_: {})
    for drawn in (estimands.of_this_bank(1, None), estimands.of_the_process(1)):
        assert len(list(drawn)) == estimands.BATCHES
    assert len(set(chunks)) == len(chunks) == 2 * estimands.BATCHES
