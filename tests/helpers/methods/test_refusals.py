"""Bad input: every function answers it with one sentence in each language, never with a traceback or a number."""

import re

import numpy as np
import pandas as pd
import pytest

from helpers.bank import checks
from helpers.bank.language import Sentence
from helpers.methods import (  # fmt: skip
    behaviour,
    chance,
    control,
    eventlog,
    importance,
    intervals,
    journey,
    lifetime,
    looks,
    moments,
    plan,
    resample,
    rfm,
    rollout,
    scales,
    segments,
    series,
    servqual,
    survival,
    traits,
    worth,
)

NAN, INF = np.nan, np.inf
PURCHASES = pd.DataFrame({"customer": ["A", "A", "B"], "amount_fen": [100, 200, 300],
                          "time": pd.to_datetime(["2025-01-01", "2025-01-15", "2025-01-03"])})  # fmt: skip
HISTORY = pd.DataFrame({"frequency": [0, 1, 2, 5], "recency": [0.0, 3, 7, 20], "age": [30.0, 30, 25, 30],
                        "amount": [4.0, 5, 8, 9]})  # fmt: skip
AGAIN = HISTORY[HISTORY["frequency"] > 0]
MODEL = pd.DataFrame({"r": [0.24], "alpha": [4.4], "a": [0.8], "b": [2.4]})
SIZES = pd.DataFrame({"p": [4.0], "q": [3.0], "gamma": [20.0]})
CHURN = pd.DataFrame({"customer": ["A", "A", "B"], "snapshot": pd.to_datetime(["2025-01-01", "2025-07-01", "2025-01-01"]),
                      "leave_date": [pd.NaT, pd.Timestamp("2025-09-01"), pd.NaT], "left": [0, 1, 0]})  # fmt: skip
PEOPLE = pd.DataFrame(
    {"customer": ["A", "B"], "joined": pd.to_datetime(["2024-01-01", "2023-01-01"]), "birth_year": 1990}
)
POINTS = pd.DataFrame(
    {"customer": [f"C{k}" for k in range(12)], "x": np.arange(12.0) ** 2, "y": [0.0, 1, 5] * 4}
)
GROUPS = POINTS[["customer"]].assign(group=[1, 2, 3] * 4)
COUNTS = pd.DataFrame({"customer": ["A", "B"], "transactions": [16, 9], "amount_fen": [7000, 100],
                       "kind_card_purchase": [6, 0], "fen_card_purchase": [1000, 0], "kind_transfer": [5, 9], "kind_deposit": [2, 0],
                       "kind_withdrawal": [3, 0], "kind_wealth_purchase": [0, 0]})  # fmt: skip
ONE = pd.DataFrame({"joined": pd.to_datetime(["2020-01-01"]), "recent_count": [2], "before_count": [4]})
TIER = pd.DataFrame({"value_tier": ["top"], "phase": ["silent"], "products": [2]})
LEDGER = pd.DataFrame({"customer": ["A"], "time": pd.to_datetime(["2025-02-28"]), "channel": ["app"], "kind": ["fee"],
                       "amount_fen": [700]})  # fmt: skip
FEATURES = pd.DataFrame({"customer": ["A"], "transactions": [3], "recency_days": [4]})
HEIGHTS = pd.DataFrame({"group": [1, 2], "variable": ["x", "x"], "height": [1.0, NAN]})


def ledger(counts=COUNTS, people=PEOPLE, *, as_of="2026-01-01", **kw):
    return traits.ledger(counts, customers=people, as_of=as_of, **({"days": 365} | kw))


def twice(table):
    return pd.concat([table, table])


VALUE = [
    (lambda: lifetime.histories(PURCHASES, until="soon"), "`until` must be a date"),
    (lambda: lifetime.histories(PURCHASES, until=None), "`until` must be a date"),
    (lambda: lifetime.histories(PURCHASES.assign(time="then"), until="2025-02-01"), "must hold dates"),
    (lambda: lifetime.histories(PURCHASES.assign(amount_fen="x"), until="2025-02-01"), "must hold numbers"),
    (lambda: lifetime.fit(HISTORY.head(0)), "no best fit"),
    (lambda: lifetime.fit(HISTORY.tail(1)), "no best fit"),
    (lambda: lifetime.fit(HISTORY), "no best fit"),
    (lambda: lifetime.fit(HISTORY.head(1)), "no best fit"),
    (lambda: lifetime.fit(HISTORY.assign(frequency="a")), "must hold numbers"),
    (lambda: lifetime.fit(HISTORY.assign(frequency=0.5)), "row 0 differs"),
    (lambda: lifetime.fit(HISTORY.assign(frequency=0)), "row 1 differs"),
    (lambda: lifetime.fit(HISTORY.assign(recency=0)), "row 1 differs"),
    (lambda: lifetime.fit(HISTORY.assign(recency=-HISTORY["recency"])), "row 1 differs"),
    (lambda: lifetime.fit(HISTORY.assign(age=INF)), "holds inf"),
    (lambda: lifetime.expected(HISTORY, model=MODEL, weeks=0), "`weeks` must be a number above 0"),
    (lambda: lifetime.expected(HISTORY, model=MODEL, weeks="x"), "`weeks` must be a number above 0"),
    (lambda: lifetime.expected(HISTORY, model=MODEL[["r"]], weeks=1), "no column 'alpha'"),
    (lambda: lifetime.expected(HISTORY, model=MODEL.head(0), weeks=1), "must have one row"),
    (lambda: lifetime.expected(HISTORY, model=twice(MODEL), weeks=1), "must have one row"),
    (lambda: lifetime.expected(HISTORY, model=MODEL.assign(a=0), weeks=1), "must have one row"),
    (lambda: lifetime.fit_amounts(AGAIN), "no best fit"),
    (lambda: lifetime.fit_amounts(AGAIN.head(0)), "no best fit"),
    (lambda: lifetime.fit_amounts(AGAIN.assign(amount=5.0)), "no best fit"),
    (lambda: lifetime.fit_amounts(AGAIN.assign(amount=0)), "amounts above 0"),
    (lambda: lifetime.expected_amount(AGAIN, model=SIZES.assign(q=1.0)), "`q` must be a number above 1"),
    (lambda: lifetime.expected_amount(AGAIN, model=SIZES[["p"]]), "no column 'q'"),
    (lambda: survival.spells(CHURN, customers=PEOPLE.head(1)), "the first in row B"),
    (lambda: survival.spells(CHURN, customers=twice(PEOPLE)), "'A' comes twice"),
    (lambda: survival.spells(CHURN, customers=PEOPLE.assign(joined="then")), "must hold dates"),
    (lambda: survival.spells(CHURN.assign(customer=None), customers=PEOPLE), "must be complete"),
    (lambda: survival.spells(CHURN.assign(leave_date="2026-01-02"), customers=PEOPLE), "that of 'A' does not"),
    (lambda: survival.spells(CHURN.assign(leave_date="2024-12-31"), customers=PEOPLE), "that of 'A' does not"),





    (lambda: segments.cluster(twice(POINTS), k=2, seed=1), "'C0' comes twice"),
    (lambda: segments.cluster(POINTS.assign(customer=None), k=2, seed=1), "must be complete"),
    (lambda: segments.cluster(POINTS.assign(x=1, y=1), k=2, seed=1), "different customers, 1"),
    (lambda: segments.cluster(POINTS.assign(x=1), k=3, seed=1), "different customers, 3"),
    (lambda: segments.cluster(POINTS.assign(x=INF), k=2, seed=1), "holds inf"),
    (lambda: segments.cluster(POINTS[["customer"]], k=2, seed=1), "at least one column"),
    (lambda: segments.cluster(POINTS, k=3, sample=3, seed=1), "different customers, 3"),
    (lambda: segments.cluster(POINTS, k=3, sample=0, seed=1), "`sample`"),
    (lambda: segments.cluster(POINTS, k=3, starts=0, seed=1), "`starts`"),
    (lambda: segments.cluster(POINTS, k=True, seed=1), "it is True"),
    (lambda: segments.cluster(POINTS, k="3", seed=1), "it is '3'"),


    (lambda: segments.gap_statistic(POINTS, most=2, draws=1, seed=1), "`draws` must be a whole number above 1"),
    (lambda: segments.gap_statistic(POINTS, most=1, seed=1), "it is 1"),
    (lambda: segments.gap_statistic(POINTS, most=4, sample=4, seed=1), "different customers, 4"),
    (lambda: segments.stability(POINTS, groups=GROUPS, draws=0, seed=1), "`draws`"),
    (lambda: segments.stability(POINTS, groups=GROUPS.assign(group=1), seed=1), "it is 1"),
    (lambda: segments.stability(POINTS, groups=twice(GROUPS), seed=1), "'C0' comes twice"),
    (lambda: segments.returning(POINTS, most=1, seed=1), "`most`"),
    (lambda: segments.returning(POINTS, threshold=75, seed=1), "`threshold`"),
    (lambda: segments.profile(POINTS.head(1), groups=GROUPS), "at least 2"),
    (lambda: segments.profile(POINTS.assign(x=NAN), groups=GROUPS), "must be complete"),
    (lambda: ledger(twice(COUNTS)), "'A' comes twice"),
    (lambda: ledger(people=twice(PEOPLE)), "'A' comes twice"),
    (lambda: ledger(people=PEOPLE.head(1)), "the first in row B"),
    (lambda: ledger(people=PEOPLE.assign(joined="then")), "must hold dates"),
    (lambda: ledger(people=PEOPLE.assign(joined="2026-01-01")), "'A' had not"),
    (lambda: ledger(people=PEOPLE.assign(birth_year="x")), "must hold numbers"),
    (lambda: ledger(COUNTS.assign(transactions=NAN)), "must be complete"),
    (lambda: ledger(as_of="x"), "`as_of` must be a date"),
    (lambda: ledger(days=0), "`days`"),
    (lambda: ledger(fewest=0), "`fewest`"),
    (lambda: traits.scale(POINTS.assign(x=0.1)), "'x' does not"),
    (lambda: traits.scale(POINTS.head(1)), "at least 2"),
    (lambda: traits.scale(POINTS[["customer"]]), "at least one column"),
    (lambda: traits.shuffled(twice(POINTS), seed=1), "'C0' comes twice"),
    (lambda: traits.names(HEIGHTS, naming=["x"]), "must be complete"),
    (lambda: traits.names(HEIGHTS, naming=[]), "at least one column"),
    (lambda: traits.names(HEIGHTS, naming=["x"], least="much"), "`least`"),
    (lambda: worth.still_open(PEOPLE.assign(joined="then"), churn=CHURN), "must hold dates"),
    (lambda: worth.still_open(PEOPLE.assign(joined=pd.NaT), churn=CHURN), "must be complete"),
    (lambda: worth.still_open(PEOPLE, churn=CHURN.assign(left=NAN)), "must be complete"),
    (lambda: worth.still_open(PEOPLE, churn=CHURN.assign(left=2)), "must lie between 0 and 1"),
    (lambda: worth.still_open(PEOPLE, churn=CHURN.head(0)), "at least 1"),
    (lambda: worth.together(PEOPLE, twice(FEATURES)), "'A' comes twice"),
    (lambda: worth.together(twice(PEOPLE), FEATURES), "'A' comes twice"),
    (lambda: worth.together(PEOPLE.assign(transactions=1), FEATURES), "Both tables have a column 'transactions'"),
    (lambda: worth.together(PEOPLE, FEATURES.assign(transactions="x")), "must hold numbers"),




    (lambda: worth.marks(pd.Series(["a"])), "must hold numbers"),
    (lambda: worth.marks([1, 2]), "it is a list"),

    (lambda: worth.phases(ONE.assign(joined=pd.NaT), as_of="2026-01-01"), "must be complete"),
    (lambda: worth.phases(ONE.assign(recent_count=NAN), as_of="2026-01-01"), "must be complete"),
    (lambda: worth.phases(ONE.assign(recent_count=-1), as_of="2026-01-01"), "must lie between 0"),
    (lambda: worth.groups(TIER.assign(value_tier="Top")), "it holds 'Top'"),
    (lambda: worth.groups(TIER.assign(phase=None)), "`phase` must be one of"),
    (lambda: worth.groups(TIER.assign(products=NAN)), "must be complete"),
    (lambda: rfm.scores(LEDGER.assign(time=LEDGER["time"].dt.tz_localize("Asia/Shanghai")), as_of="2025-03-02"), "without a time zone"),
    (lambda: rfm.scores(LEDGER.assign(time=pd.Timedelta(days=1)), as_of="2025-03-02"), "dates or times"),
    (lambda: behaviour.features(LEDGER, as_of="2025-03-02", kinds="fee"), "`kinds` must be a list"),
    (lambda: behaviour.features(LEDGER, as_of="2025-03-02", channels=[]), "`channels` must be a list"),
    (lambda: behaviour.features(LEDGER, as_of="2025-03-02", kinds=["fee", "fee"]), "`kinds` must be a list"),
]  # fmt: skip
ROWS = pd.DataFrame({"arm": ["new"] * 10 + ["control"] * 10, "y": [1] + [0] * 9 + [1, 1, 1] + [0] * 7,
                     "m": np.arange(20.0) ** 2, "x": np.sin(np.arange(20.0)), "week": range(1, 21), "n": 100})  # fmt: skip
PATHS = looks.simulated([0.5, 1], draws=3, seed=1)
PANEL = pd.DataFrame([(b, w, 1.0 * w * w, {"a": 3, "b": 4}.get(b)) for b in "abcd" for w in range(1, 7)],
                     columns=["branch", "week", "y", "start"])  # fmt: skip
EFFECTS = pd.DataFrame({"age": [0], "n": [1], "estimate": [NAN]})
BRANCHES = pd.DataFrame({"branch": list("aabb"), "g": [1.0, 2, 3, 5]})
LOG = eventlog.example()
ASKED = LOG.dropna(subset=["emotion"])
MARKS = pd.DataFrame({"respondent": ["R1", "R2"] * 2, "branch": "B", "dimension": ["a", "a", "b", "b"],
                      "expected": [6.0, 7, 6, 7], "perceived": [5.0, 6, 6, 5], "gap": [-1.0, -1, 0, -2]})  # fmt: skip
WEIGHTS = pd.DataFrame({"respondent": ["R1", "R2"], "points_a": [50, 0], "points_b": [50, 100]})
ab = {"outcome": "m", "predictors": ["x", "y"]}
VALUE += [





    (lambda: looks.boundaries(["a"]), "`times` must rise"),
    (lambda: looks.boundaries([NAN, 1]), "`times` must rise"),
    (lambda: looks.crossing([0.5, 1], boundary=[1, 2, 3]), "each of the 2 looks"),
    (lambda: looks.crossing([0.5, 1], boundary=-1), "one number above 0"),
    (lambda: looks.shuffled(ROWS.assign(y=0), outcome="y", order="week", looks=2, draws=5, seed=1), "varies too little"),
    (lambda: looks.shuffled(ROWS, outcome="y", order="week", looks=0, seed=1), "`looks`"),
    (lambda: looks.stops(PATHS.assign(z=NAN), boundary=2), "must be complete"),
    (lambda: looks.alarms(PATHS.head(0), boundary=2), "at least 1"),
    (lambda: control.xmr(ROWS.assign(m=1.0), "m"), "never varies"),
    (lambda: control.share(ROWS.assign(c=5), "c", n="n"), "never varies"),
    (lambda: control.xmr(ROWS, "m", until="x"), "`until` must be a time"),
    (lambda: control.signals(control.xmr(ROWS, "m").assign(value=NAN)), "must be complete"),
    (lambda: control.signals(control.xmr(ROWS, "m"), rules=None), "`rules` must be some"),
    (lambda: chance.tampered(ROWS, "m", target=NAN), "`target` must be a number"),
    (lambda: chance.noise(3, phi=1, seed=1), "`phi` must lie"),
    (lambda: chance.alarms(10, until=1, seed=1), "`until`"),
    (lambda: chance.alarms(10, until=10, seed=1), "`weeks - until`"),
    (lambda: series.residuals(twice(ROWS), "m"), "comes twice"),
    (lambda: series.residuals(ROWS, "m", until="x"), "`until` must be a time"),
    (lambda: series.shift(ROWS.assign(m=1.0), "m"), "is the same at every time"),
    (lambda: rollout.group_time(PANEL, "y", before=0), "`before`"),
    (lambda: rollout.group_time(PANEL.assign(start=pd.Timestamp("2025-01-01")), "y"), "must hold numbers"),
    (lambda: rollout.group_time(PANEL.head(0), "y"), "at least 1"),
    (lambda: rollout.overall(EFFECTS), "must be complete"),
    (lambda: rollout.by_age(EFFECTS.head(0)), "at least 1"),
    (lambda: rollout.randomised(PANEL.assign(start=NAN), "y", seed=1), "Nothing can be compared"),
    (lambda: rollout.randomised(PANEL, "y", draws=0, seed=1), "`draws`"),
    (lambda: intervals.mean(BRANCHES.assign(g="a"), "g"), "must hold numbers"),
    (lambda: intervals.mean(BRANCHES.head(0), "g"), "at least 1"),
    (lambda: intervals.wilson([3], n=[2]), "a count from 0 to `n`"),
    (lambda: intervals.wilson([0], n=[0]), "`n` above 0"),
    (lambda: intervals.quantile(pd.Series([], dtype=float), q=0.5), "at least 1"),
    (lambda: intervals.quantile([1, 2], q=0.5), "it is a list"),
    (lambda: resample.bootstrap(BRANCHES, lambda t: NAN, draws=9, seed=1), "`statistic(…)` must be a number"),
    (lambda: resample.counts(BRANCHES.assign(branch=None), strata="branch", seed=1), "must be complete"),
    (lambda: resample.counts(BRANCHES.assign(branch="a"), clusters="branch", seed=1), "two clusters or more"),
    (lambda: importance.lmg(ROWS.head(3), **ab), "at least 4"),
    (lambda: importance.lmg(ROWS.assign(x=0.1), **ab), "must vary"),
    (lambda: importance.lmg(ROWS, outcome="m", predictors=["x", "x"]), "comes twice"),
    (lambda: importance.without_halo(ROWS, **ab), "three predictors or more"),
    (lambda: importance.bootstrap(ROWS, **ab, halo=True, seed=1), "three predictors or more"),

    (lambda: journey.inventory(LOG.assign(channel=None)), "must be complete"),

    (lambda: journey.waits(LOG.assign(start=LOG["end"], end=LOG["start"])), "must not end before it starts"),

    (lambda: journey.drop_off(LOG.assign(outcome="lost")), "it holds 'lost'"),
    (lambda: journey.rework(LOG.assign(outcome=None)), "must be complete"),
    (lambda: journey.emotions(ASKED.assign(emotion="x")), "must hold numbers"),
    (lambda: journey.emotions(ASKED.assign(branch=None), clusters="branch"), "must be complete"),
    (lambda: moments.felt(LOG.assign(emotion="x")), "must hold numbers"),
    (lambda: moments.traces(LOG.assign(end=pd.NaT)), "must be complete"),

    (lambda: servqual.gaps(MARKS.assign(dimension=None)), "must be complete"),
    (lambda: servqual.gaps(MARKS.head(0)), "at least 1"),
    (lambda: servqual.performance(MARKS.assign(perceived="x")), "must hold numbers"),
    (lambda: servqual.overall(twice(MARKS)), "some come twice"),
    (lambda: servqual.overall(MARKS, points=twice(WEIGHTS)), "'R1' comes twice"),
    (lambda: servqual.overall(MARKS, points=WEIGHTS.assign(points_a=-20)), "must lie between 0"),

    (lambda: scales.score(pd.DataFrame({"a": ["x"]})), "must hold numbers"),
    (lambda: plan.schedule(plan.example().head(0)), "at least 1"),
]  # fmt: skip
CHECKS = [
    (lambda: checks.numbers(twice(POINTS)[["x"]].assign(x="a"), name="t"), "row 0, column 'x' holds 'a'"),
    (lambda: checks.within(twice(POINTS)[["x"]], low=0, high=10, name="t"), "row 4, column 'x' holds 16"),
    (
        lambda: checks.dates(pd.DataFrame({"d": ["2025-01-01", "x"]}, index=[0, 0]), name="t"),
        "column 'd' holds 'x'",
    ),
    (lambda: checks.dates(pd.DataFrame({"d": [45_678]}), name="t"), "must hold dates"),
    (lambda: checks.columns(pd.DataFrame([[1, 2]], columns=["x", "x"]), ["x"], name="t"), "comes twice"),
    (lambda: checks.columns(POINTS, ["x", "x"], name="t"), "comes twice"),
    (lambda: checks.whole(2.0, name="k"), "above 0"),
    (lambda: checks.whole(True, name="k"), "above 0"),
    (lambda: checks.number(INF, name="k"), "must be a number"),
    (lambda: checks.number(0, name="k", above=0), "above 0"),
]


@pytest.mark.parametrize(("call", "words"), VALUE + CHECKS)
def test_bad_input_gets_one_sentence(call, words):
    with pytest.raises((ValueError, TypeError), match=re.escape(words)) as told:
        call()
    assert isinstance(told.value, Sentence)
    assert told.value.en != told.value.zh and re.search("[一-鿿]", told.value.zh)


def test_dates_are_read_as_they_are_written():
    written = pd.DataFrame({"d": [20_250_331, "2025-03-31", None]}, dtype=object)
    assert checks.dates(written, name="t").tolist()[:2] == [pd.Timestamp("2025-03-31")] * 2
    zoned = pd.DataFrame({"d": pd.to_datetime(["2025-03-31 00:30"]).tz_localize("Asia/Shanghai")})
    assert checks.dates(zoned, name="t").item() == pd.Timestamp("2025-03-31 00:30")


def test_a_trial_stops_at_its_first_crossing_whatever_the_order_of_the_rows():
    found = looks.stops(PATHS, boundary=0.1)
    pd.testing.assert_frame_equal(found, looks.stops(PATHS.iloc[::-1], boundary=0.1))


@pytest.mark.parametrize("unit", [1, 1e9])
def test_the_randomisation_test_does_not_hang_on_the_unit(unit):
    values = np.random.default_rng(3).normal(size=24)
    found, other = (
        rollout.randomised(PANEL.assign(y=values * scale), "y", draws=99, seed=1).iloc[0]
        for scale in (1, unit)
    )
    assert other["p"] == found["p"] and other["estimate"] == pytest.approx(unit * found["estimate"])
