"""Groups held against one measure: as lavaan has it, and red where a measure was broken on purpose."""

import itertools
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import semopy.examples.holzinger39 as holzinger
from scipy import optimize

from helpers.bank.language import WrongValue
from helpers.methods import invariance

TESTS = {"visual": ["x1", "x2", "x3"], "textual": ["x4", "x5", "x6"], "speed": ["x7", "x8", "x9"]}
HALVES = {"one": list("abcd"), "two": list("efgh")}


def two_groups(seed, *, n=600, loading=1.0, intercept=0.0):
    """Two factors of four items each, in two groups with other factor means; ``d`` is broken in the second."""
    rng = np.random.default_rng(seed)
    side = np.repeat([0, 1], n)
    factors = rng.normal(size=(2 * n, 1)) * 0.7 + rng.normal(size=(2 * n, 2)) * 0.7 + 0.4 * side[:, None]
    answers = pd.DataFrame(
        np.repeat(factors, 4, axis=1) + 0.8 * rng.normal(size=(2 * n, 8)), columns=list("abcdefgh")
    )
    answers["d"] += side * ((loading - 1) * (factors[:, 0] - 0.4) + intercept)
    return answers.assign(side=side)


@pytest.fixture(scope="module")
def oracle():
    """What lavaan found (tests/oracles/factors.R)."""
    path = Path(__file__).parents[2] / "oracles" / "factors_r.csv"
    return pd.read_csv(path).set_index("what")["value"]


def test_every_level_is_lavaans(oracle):
    found = invariance.levels(holzinger.get_data(), group="school", dimensions=TESTS)
    assert found["level"].tolist() == ["configural", "metric", "scalar"]
    for row in found.itertuples():
        assert row.n == 301 and row.dof == oracle[f"{row.level} df"]
        for name, value in (("chisq", row.chi2), ("cfi", row.cfi), ("rmsea", row.rmsea)):
            assert value == pytest.approx(oracle[f"{row.level} {name}"], abs=1e-4), (row.level, name)


def test_the_published_configural_figure():
    """Rosseel (2012), Journal of Statistical Software 48(2), section 5: 115.851 on 48 degrees of freedom."""
    first = invariance.levels(holzinger.get_data(), group="school", dimensions=TESTS).iloc[0]
    assert (round(first["chi2"], 3), first["dof"]) == (115.851, 48)


def test_it_agrees_with_semopy_where_both_can():
    """One group twice is one model: configural χ² is the sum of χ² of separate fits."""
    import semopy

    data = holzinger.get_data()
    text = "\n".join(f"{name} =~ {' + '.join(items)}" for name, items in TESTS.items())
    total = 0.0
    for _, part in data.groupby("school"):
        model = semopy.Model(text)
        model.fit(part)
        total += semopy.calc_stats(model)["chi2"].item()
    found = invariance.levels(data, group="school", dimensions=TESTS)
    assert found["chi2"].iloc[0] == pytest.approx(total, abs=0.05)


@pytest.mark.parametrize(
    ("broken", "level"), [({}, None), ({"loading": 0.4}, "metric"), ({"intercept": 0.5}, "scalar")]
)
def test_the_level_that_was_broken_turns_red(broken, level):
    found = invariance.levels(two_groups(5, **broken), group="side", dimensions=HALVES).set_index("level")
    steps = found[["chi2", "dof"]].diff().dropna()
    bad = steps["chi2"] > steps["dof"] + 6 * np.sqrt(2 * steps["dof"])
    assert bad.index[bad].tolist() == ([level] if level else [])


def test_chi_square_of_sound_groups_follows_its_distribution():
    """Mean and spread of the two steps over 24 tables: dof and √(2 dof), within four standard errors."""
    steps = [
        invariance.levels(two_groups(seed, n=200), group="side", dimensions=HALVES)["chi2"]
        .diff()
        .iloc[1:]
        .tolist()
        for seed in range(24)
    ]
    assert np.abs(np.mean(steps, axis=0) - 6).max() < 4 * np.sqrt(12 / 24)


def test_units_and_order_of_groups_do_not_matter():
    answers = two_groups(6)
    found = invariance.levels(answers, group="side", dimensions=HALVES)
    other = answers.assign(side=1 - answers["side"], b=1000 * answers["b"] + 7)
    again = invariance.levels(other, group="side", dimensions=HALVES)
    pd.testing.assert_frame_equal(found, again, rtol=1e-5)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda table: table.assign(side=0),
        lambda table: table.groupby("side").head(8),
        lambda table: table.assign(b=table["a"]),
        lambda table: table.assign(b=3.0),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(spoil):
    with pytest.raises(WrongValue, match="two groups or more, each with more respondents than the 8 items"):
        invariance.levels(spoil(two_groups(1)), group="side", dimensions=HALVES)


def test_a_dimension_of_one_item_is_refused():
    with pytest.raises(WrongValue, match="two or more different items"):
        invariance.levels(two_groups(1), group="side", dimensions={"one": ["a"], "two": ["b", "c"]})


def test_one_dimension_of_two_items_is_refused_since_it_fits_anything():
    with pytest.raises(WrongValue, match="Add an item or a dimension"):
        invariance.levels(two_groups(1), group="side", dimensions={"one": ["a", "b"]})


def test_three_items_of_one_dimension_always_belong_together():
    """A group has 9 moments; 2 loadings, a variance, 3 errors and 3 intercepts are free: nothing is left to contradict."""
    found = invariance.levels(two_groups(1), group="side", dimensions={"one": list("abc")})
    assert found["dof"].tolist() == [0, 2, 4]
    assert found[["chi2", "cfi", "rmsea"]].iloc[0].tolist() == pytest.approx([0, 1, 0], abs=1e-5)
    assert found["rmsea"].iloc[0] == 0


def test_items_without_any_relation_fit_as_well_as_the_claim_that_they_have_none():
    """All sixteen patterns of four items: their correlations are zero, and so is all misfit."""
    patterns = pd.DataFrame(list(itertools.product([-1.0, 1], repeat=4)), columns=list("abcd"))
    both = pd.concat([patterns.assign(side=side) for side in (0, 1)])
    found = invariance.levels(both, group="side", dimensions={"one": list("abcd")})
    assert found["chi2"].tolist() == pytest.approx([0] * 3, abs=1e-4)
    assert found["cfi"].tolist() == [1] * 3 and found["rmsea"].tolist() == [0] * 3


@pytest.mark.parametrize(
    ("fun", "slopes", "settled"),
    [
        (50.0, [0.0, 1.0], True),
        (50.0, [0.0, 1.001], False),
        (50.0, [-1.001, 0.0], False),
        (0.999 * invariance.FAR, [0.0, 0.0], True),
        (invariance.FAR, [0.0, 0.0], False),
    ],
)
def test_a_search_that_ends_on_a_slope_or_far_away_has_found_nothing(monkeypatch, fun, slopes, settled):
    ended = optimize.OptimizeResult(fun=fun, jac=np.array(slopes))
    monkeypatch.setattr(invariance.optimize, "minimize", lambda *_, **__: ended)
    refused = nullcontext() if settled else pytest.raises(WrongValue, match="No best fit was found")
    with refused:
        invariance.levels(two_groups(1, n=30), group="side", dimensions=HALVES)


def test_covariances_that_no_answers_can_have_are_far_away_and_level():
    """Items without any variance: the smallest eigenvalue is zero."""
    belongs = np.ones((3, 1), dtype=bool)
    where, at = invariance._layout(belongs, 1, ())
    sample = (10, np.eye(3), np.zeros(3))
    found, slopes = invariance._of_group(np.zeros(where.shape[1]), at, sample, belongs)
    assert found == invariance.FAR and slopes.tolist() == [0] * where.shape[1]


def test_two_items_a_dimension_are_enough():
    """A group has 4 variances, 6 covariances and 4 means; 2 loadings, 3 (co)variances, 4 errors and 4 intercepts are free."""
    found = invariance.levels(two_groups(1), group="side", dimensions={"one": ["a", "b"], "two": ["e", "f"]})
    assert found["dof"].tolist() == [2, 4, 6]


def test_degrees_of_freedom_of_three_groups_are_counted_by_hand():
    """Two factors of four items: 44 moments a group; what is held equal in the second and third group is free no more."""
    both = pd.concat([two_groups(2, n=120), two_groups(3, n=60).query("side == 0").assign(side=2)])
    found = invariance.levels(both, group="side", dimensions=HALVES)
    # A group has 6 loadings, 3 (co)variances of factors, 8 of errors, 8 intercepts.
    configural = 3 * (44 - 25)
    # Metric: 6 loadings less in two groups. Scalar: 8 intercepts less, 2 means of factors more in two groups.
    assert found["dof"].tolist() == [configural, configural + 2 * 6, configural + 2 * 6 + 2 * (8 - 2)]
    n, chi2, dof = found["n"], found["chi2"], found["dof"]
    assert (n == 300).all() and (np.diff(chi2) > 0).all()
    # Steiger's (1998) correction: the root of the number of groups.
    rmsea = np.sqrt(3 * np.maximum(chi2 - dof, 0) / (n * dof))
    assert found["rmsea"].tolist() == pytest.approx(rmsea.tolist())


def test_items_without_any_relation_have_a_cfi_of_one_or_less_and_no_negative_misfit():
    rng = np.random.default_rng(4)
    table = pd.DataFrame(rng.normal(size=(300, 1)) + rng.normal(size=(300, 4)), columns=list("abcd"))
    found = invariance.levels(
        table.assign(side=np.arange(300) % 2), group="side", dimensions={"one": list("abcd")}
    )
    assert found["cfi"].between(0.9, 1).all() and (found["rmsea"] >= 0).all()
    fits = found["chi2"] <= found["dof"]
    assert (found.loc[fits, "cfi"] == 1).all() and (found.loc[fits, "rmsea"] == 0).all()


def test_the_search_begins_at_loadings_of_one_and_halves_of_what_is_shared():
    """Two factors of two items: one loading each is free, as are two variances and a covariance."""
    where, at = invariance._layout(np.repeat(np.eye(2), 2, axis=0), 1, set())
    start = invariance._start(where, at, [(9, np.diag([1.0, 2, 3, 4]), np.array([5.0, 6, 7, 8]))])
    assert start.tolist() == [1, 1, 0.5, 0.2, 0.5, 0.5, 1, 1.5, 2, 5, 6, 7, 8]


def test_slopes_are_those_of_a_search_without_them():
    """Two factors and two groups: χ² moved by a hair in every free number."""
    answers = two_groups(5, n=60)
    parts = [part[list("abcdefgh")].to_numpy() for _, part in answers.groupby("side")]
    samples = [invariance._sample(part, items=8, groups=2) for part in parts]
    belongs = np.array([[item in own for own in HALVES.values()] for item in "abcdefgh"])
    for equal in invariance.LEVELS.values():
        where, at = invariance._layout(belongs, 2, equal)
        free = invariance._start(where, at, samples) + np.linspace(-0.05, 0.05, where.max() + 1)
        slope = invariance._distance(free, where, at, samples, belongs)[1]

        def chi2(numbers, rest=(where, at, samples, belongs)):
            return invariance._distance(numbers, *rest)[0]

        assert slope == pytest.approx(optimize.approx_fprime(free, chi2, 1e-6), rel=1e-3, abs=1e-2)


def test_where_nothing_is_left_over_the_fit_is_whole():
    """χ² below its degrees of freedom: the correlations fit as well as they can."""
    rng = np.random.default_rng(1)
    answers = pd.DataFrame(
        np.repeat(rng.normal(size=(4000, 1)), 4, axis=1) + rng.normal(size=(4000, 4)), columns=list("abcd")
    )
    found = invariance.levels(
        answers.assign(side=np.arange(4000) % 2), group="side", dimensions={"one": list("abcd")}
    )
    best = found[found["chi2"] < found["dof"]]
    assert len(best) and (best["cfi"] == 1).all() and (best["rmsea"] == 0).all()


def test_two_answers_are_no_two_groups():
    answers = pd.DataFrame({"a": [1.0, 2], "b": [2.0, 1], "c": [1.0, 3], "side": [0, 1]})
    with pytest.raises(WrongValue, match="group"):
        invariance.levels(answers, group="side", dimensions={"one": list("abc")})
