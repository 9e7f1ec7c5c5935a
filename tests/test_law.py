"""One law over all statistics: what may not matter does not, and what cannot be counted is told in one sentence."""

import importlib
import inspect
import pkgutil
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from helpers import methods
from helpers.bank.codebook import Codebook
from helpers.bank.language import WrongKind, WrongValue
from helpers.methods import control, eventlog, intervals, plan, rollout

ADD = (
    "{name} stands under no law yet. Give it a small example in CASES of tests/test_law.py: a table, its keyword "
    "arguments, which columns carry a unit and which of the result move with it; or say in NO_STATISTIC why not."
)
SENTENCE = (WrongKind, WrongValue)
NO_TABLE = "it takes no table"
ARRAYS = "arrays in and out, of a caller that stands under the law"
READS = "it reads, sorts or refuses a table and computes nothing"
WORDS = "it gives words"
# Why the law does not apply: one line for each.
NO_STATISTIC = {
    **dict.fromkeys(["chance.alarms", "looks.boundaries", "looks.crossing", "looks.simulated"], NO_TABLE),
    **dict.fromkeys(["control.limits", "control.pattern"], ARRAYS),
    **dict.fromkeys([f"decomposition.{name}" for name in "correlations covariances halo_free loadings".split()], ARRAYS),
    **dict.fromkeys([f"partition.{name}" for name in "by_size fitted jaccard log_within lot uniform_box".split()], ARRAYS),
    **dict.fromkeys(["control.known", "control.ordered"], READS),
    **dict.fromkeys([f"engines.{name}" for name in "day_number handed_back midnight opened since".split()], READS),
    **dict.fromkeys([f"eventlog.{name}" for name in "by_place complete in_order judged timed".split()], READS),
    **dict.fromkeys(["eventlog.example", "plan.example"], NO_TABLE),
    **dict.fromkeys(["plan.check", "plan.tidy", "plan.waited_for"], READS + "; test_helpers_plan spoils every cell"),
    **dict.fromkeys([f"planwords.{name}" for name in "heading labelled sentence".split()], WORDS),
}  # fmt: skip

# No lesson uses these: they leave the house, and then this list.
LEAVING = {
    f"{module}.{name}"
    for module, names in {
        "chance": "noise", "decomposition": "lmg johnson", "engines": "missing", "experiment": "proportions paired sample_ratio",
        "importance": "lmg from_covariance general_factor probe stated", "journey": "inventory variants crossings follows waits",
        "moments": "slopes kano rivals", "precision": "cuped cuped_gain power sample_size sample_size_means",
        "rollout": "two_way", "series": "autocorrelation interrupted", "servqual": "zone", "survival": "curve rate_ratio",
        "worth": "contribution marks tiers tossed",
    }.items()
    for name in names.split()
}  # fmt: skip


@dataclass
class Case:
    """A small example of a statistic, and what the law has to know of it; names stand in one text, with blanks."""

    data: pd.DataFrame | pd.Series
    args: tuple = ()
    words: dict = field(default_factory=dict)
    # Columns and keyword arguments that share a unit, with the columns of the result in this unit; all others stay.
    units: dict = field(default_factory=dict)
    shifts: str = ""  # columns of the result that may move in another way
    drawn: str = ""  # columns of the result that hang on which row a seed meets
    gaps: str = ""  # columns of the result that may be missing, by the rule in the docstring
    whole: bool = False  # every column is data, so that a stranger among them is refused
    ordered: bool = False  # the order of the rows is what counts
    refuses: str = ""  # laws whose numbers are refused, as the docstring says
    rtol: float = 1e-5  # a search stops a hair off
    function: object = None

    def __call__(self, data=None, words=None):
        """Compute, and leave the caller's table as it was."""
        data = self.data if data is None else data
        before = data.copy()
        found = self.function(data, *self.args, **(self.words if words is None else words))
        (pd.testing.assert_frame_equal if data.ndim == 2 else pd.testing.assert_series_equal)(data, before)
        return plain(data, found)

    def after(self, change):
        """Compute with every table changed in the same way."""
        return self(changed(self.data, change), {k: changed(v, change) for k, v in self.words.items()})


def changed(thing, change):
    """Change a table, or a column as a table of one; let everything else be."""
    if isinstance(thing, pd.Series):
        return change(thing.to_frame())[thing.name]
    return change(thing) if isinstance(thing, pd.DataFrame) else thing


def plain(data, found):
    """Write a result as a table of numbers and words, a column beside the rows that it belongs to."""
    if isinstance(found, pd.Series):
        assert found.index.equals(data.index)
        found = pd.DataFrame(data).reset_index(drop=True).assign(result=found.to_numpy())
    found = pd.DataFrame(found).reset_index(drop=True)
    return pd.DataFrame({str(name): number_or_word(column) for name, column in found.items()})


def dated(column):
    return column.dtype.kind in "mM"


def number_or_word(column):
    if dated(column):
        return column
    column = column.astype(object).where(column.notna(), None)
    try:
        return column.map(float, na_action="ignore").astype(float)
    except (TypeError, ValueError):
        return column


def same(found, expected, but="", moves="", factor=1, rtol=1e-5):
    """Two results say the same, whatever the order of their rows."""
    expected = expected.assign(**{name: factor * expected[name] for name in moves.split() if name in expected})
    found, expected = (table.drop(columns=but.split(), errors="ignore") for table in (found, expected))
    assert list(found) == list(expected)
    for name in expected:
        spread = pd.to_numeric(expected[name], errors="coerce").abs().max() if not dated(expected[name]) else 0
        pd.testing.assert_series_equal(
            found[name], expected[name], rtol=rtol, atol=1e-7 * (spread if spread > 0 else 1), check_dtype=False
        )


def sound(table, case, data):
    """No number is infinite, none is missing but by a stated rule, and an interval holds its estimate."""
    gapped = [name for name, column in pd.DataFrame(data).items() if column.isna().any()]
    for name, column in table.items():
        if not dated(column) and column.dtype == float:
            assert not np.isinf(column).any(), name
        if name not in [*case.gaps.split(), *gapped]:
            assert column.notna().all(), f"{name} is missing"
    if {"low", "high"} <= set(table):
        low, high = table["low"], table["high"]
        middle = table["estimate"] if "estimate" in table and "low" not in case.drawn.split() else low
        ends = table[["low", "high"]].notna().all(axis=1)
        assert ((low <= middle + 1e-9) & (middle <= high + 1e-9))[ends].all()
    for name in {"p_value", "share"} & set(table):
        assert table[name].dropna().between(0, 1 + 1e-9).all(), name


def sound_or_sentence(case, data):
    try:
        sound(case(data), case, data)
    except SENTENCE:
        pass


def numbers(data):
    """Names of the columns of numbers."""
    return list(pd.DataFrame(data).select_dtypes("number"))


def any_unit(case):
    for names, moves in case.units.items():
        for factor in (1e-9, 1e9):
            def scaled(table, names=names.split(), factor=factor):
                return table.assign(**{name: table[name] * factor for name in names if name in table})

            words = {k: v * factor if k in names.split() else changed(v, scaled) for k, v in case.words.items()}
            found = case(changed(case.data, scaled), words)
            same(found, case(), but=case.shifts, moves=moves, factor=factor, rtol=case.rtol)


def any_row_order(case):
    if not case.ordered:
        found = case.after(lambda table: table.sample(frac=1, random_state=3))
        keys = [name for name in found if name not in " ".join([*case.units.values(), case.drawn, "result"]).split()]
        keys = dict.fromkeys([*keys, *found])
        found, expected = (table.sort_values(list(keys), ignore_index=True) for table in (found, case()))
        same(found, expected, but=case.drawn, rtol=case.rtol)


def any_index(case):
    for label in (0, "row"):
        same(case.after(lambda table, label=label: table.set_axis([label] * len(table))), case())


def extra_columns(case):
    more = changed(case.data, lambda table: table.assign(extra="x"))
    if case.whole:
        with pytest.raises(SENTENCE):
            case(more)
    elif case.data.ndim == 2:
        same(case(more), case(), but="extra")


def unused_levels(case):
    def categorical(table):
        texts = table.select_dtypes(["object", "string"])
        return table.assign(**{
            name: pd.Categorical(texts[name], [*sorted(texts[name].dropna().unique()), "~unused"]) for name in texts
        })  # fmt: skip

    same(case.after(categorical), case())


def kept(case, law, change):
    """Numbers of another kind are read; or refused, where the statistic says so."""
    if law in case.refuses.split():
        with pytest.raises(SENTENCE):
            case.after(change)
    else:
        same(case.after(change), case())


def nullable(case):
    kept(case, "nullable", lambda table: table.assign(**table[numbers(table)].convert_dtypes()))


def decimals(case):
    kept(case, "decimals", lambda table: table.assign(**table[numbers(table)].map(_decimal)))


def _decimal(value):
    return Decimal(repr(value)) if value == value else None


def booleans(case):
    """Yes and no are 1 and 0, whatever column they stand in."""
    for name in numbers(case.data):
        def yes(table, name=name):
            return table.assign(**{name: table[name] > table[name].median()})

        answers = []
        for kind in (int, bool, "boolean"):
            try:
                data = changed(case.data, lambda table, kind=kind: yes(table).astype({name: kind}))  # noqa: B023
                answers.append(case(data))
            except SENTENCE:
                answers.append(None)
        for one, other in pairwise(answers):
            assert "booleans" in case.refuses.split() or (one is None) == (other is None), name
            if one is not None and other is not None:
                same(other, one)


def numbers_as_text(case):
    def text(table):
        return table.assign(**{name: table[name].astype(object).map(str, na_action="ignore") for name in numbers(table)})

    try:
        same(case.after(text), case())
    except SENTENCE:
        pass


def constant(case):
    for name in (*numbers(case.data), None):
        names = numbers(case.data) if name is None else [name]
        sound_or_sentence(case, changed(case.data, lambda table, names=names: table.assign(
            **{name: table[name].dropna().head(1).squeeze() for name in names if table[name].notna().any()}
        )))  # fmt: skip


def collinear(case):
    for name, other in pairwise(numbers(case.data)):
        sound_or_sentence(case, case.data.assign(**{other: case.data[name]}))
        sound_or_sentence(case, case.data.assign(**{other: 2 * case.data[name] + 1}))


def one_or_two_rows(case):
    for n in (1, 2):
        sound_or_sentence(case, case.data.head(n))


def an_example(case):
    sound(case(), case, case.data)


LAWS = [
    an_example, any_unit, any_row_order, any_index, extra_columns, unused_levels, nullable, decimals, booleans,
    numbers_as_text, constant, collinear, one_or_two_rows,
]  # fmt: skip

WEEKS = pd.DataFrame({"week": range(1, 13), "minutes": [10.0, 12, 11, 13, 9, 12, 15, 19, 16, 18, 17, 19],
                      "done": [40, 44, 39, 47, 42, 40, 38, 51, 45, 44, 40, 41], "started": [60, 61, 59, 70] * 3})  # fmt: skip
ARMS = pd.DataFrame({"arm": ["new", "control"] * 12, "y": np.arange(24.0) ** 2 % 17, "day": range(24)})
EFFECT = pd.DataFrame({"estimate": [-0.04], "se": [0.02]})
ANSWERS = pd.DataFrame({"branch": list("abcd") * 6, "y": np.arange(24.0) * 7 % 11, "a": [1.0, 4, 7] * 8,
                        "b": [1.0, 1, 4, 4, 7, 7] * 4, "c": np.arange(24.0) ** 2 % 7})  # fmt: skip
SHARES = pd.DataFrame({"predictor": ["a", "b", "c"], "estimate": [0.5, 0.3, 0.2], "share": [0.6, 0.3, 0.1]})
LOG = eventlog.example()
ASKED = LOG.dropna(subset=["emotion"])
PURCHASES = pd.DataFrame({"customer": ["A", "A", "B", "A"], "amount_fen": [100, 200, 300, 0], "channel": ["app", "card", "app", "atm"],
                          "kind": ["fee", "transfer", "fee", "deposit"],
                          "time": pd.to_datetime(["2025-01-01", "2025-01-15", "2025-01-03", "2025-02-02"])})  # fmt: skip
HISTORY = pd.DataFrame({"frequency": [0, 1, 0, 2, 9, 0, 1, 3, 0, 14, 1, 0] * 6, "recency": [0, 2.0, 0, 3, 28, 0, 9, 2, 0, 29, 21, 0] * 6,
                        "age": [30.0, 30, 29, 31, 30, 27, 28, 30, 31, 30, 29, 30] * 6, "amount": np.arange(72) % 13 + 4.0})  # fmt: skip
AGAIN = HISTORY[HISTORY["frequency"] > 0]
MODEL = pd.DataFrame({"r": [0.24], "alpha": [4.4], "a": [0.8], "b": [2.4]})
AMOUNTS = pd.DataFrame({"p": [4.0], "q": [3.0], "gamma": [20.0]})
PATHS = pd.DataFrame({"draw": [0, 0, 1, 1], "look": [1, 2] * 2, "time": [0.5, 1] * 2, "z": [2.1, 0.3, 0, 1]})
PANEL = pd.DataFrame([(unit, week, float(week * week % 5 + 3 * (unit == "a")), {"a": 3.0, "b": 4.0}.get(unit))
                      for unit in "abcd" for week in range(1, 7)], columns=["branch", "week", "y", "start"])  # fmt: skip
EFFECTS = rollout.group_time(PANEL, "y")
MARKS = pd.DataFrame({"respondent": ["R1", "R2", "R3"] * 2, "branch": "B", "dimension": ["x"] * 3 + ["y"] * 3,
                      "expected": [6.0, 7, 6, 7, 5, 6], "perceived": [5.0, 6, 6, 5, 5, 4]})  # fmt: skip
MARKS = MARKS.assign(gap=MARKS["perceived"] - MARKS["expected"])
POINTS = pd.DataFrame({"respondent": ["R1", "R2", "R3"], "points_x": [50, 0, 70], "points_y": [50, 100, 30]})
FORMS = pd.DataFrame({"respondent": ["R1", "R2", "R3"], "branch": "B", "E1": [4, 5, 3], "E2": [2, 1, 1], "E3": [5, 5, 4],
                      "P1": [3, 4, 5], "P2": [2, 3, 1], "P3": [5, 4, 2]})  # fmt: skip
BOOK = Codebook({"resources": [{
    "name": "servqual", "scale": {"minimum": 1, "maximum": 5}, "dimensions": [{"name": "x", "items": [1, 2]}, {"name": "y", "items": [3]}],
    "schema": {"fields": [{"name": f"{form}{i}", "type": "integer", "item": i, "reversed": i == 2} for form in "EP" for i in (1, 2, 3)]},
}]})  # fmt: skip
PEOPLE = pd.DataFrame({"customer": [f"C{k}" for k in range(12)], "x": [0.0, 1, 2, 10, 11, 12] * 2, "y": [0.0, 2, 1, 0, 1, 2] * 2})
PEOPLE["y"] += np.arange(12) // 6 * 30
GROUPS = PEOPLE[["customer"]].assign(group=[1] * 6 + [2] * 6)
CUT = {"key": "customer", "seed": 1}
HEIGHTS = pd.DataFrame({"group": [1, 1, 2, 2], "variable": ["cash", "card"] * 2, "height": [2.0, 1, 3, -1]})
CHURN = pd.DataFrame({"customer": ["A", "A", "B", "B"], "snapshot": pd.to_datetime(["2025-01-01", "2025-07-01"] * 2),
                      "leave_date": [pd.NaT, pd.Timestamp("2025-09-01"), pd.NaT, pd.NaT], "left": [0, 1, 0, 0]})  # fmt: skip
JOINED = pd.DataFrame({"customer": ["A", "B"], "joined": pd.to_datetime(["2024-01-01", "2023-01-01"]),
                       "birth_year": [1990, 1970]})  # fmt: skip
COUNTS = pd.DataFrame({"customer": ["A", "B"], "transactions": [16, 9], "amount_fen": [7000, 100], "kind_card_purchase": [6, 0],
                       "fen_card_purchase": [1000, 0], "kind_transfer": [5, 9], "kind_deposit": [2, 0],
                       "kind_withdrawal": [3, 0], "kind_wealth_purchase": [0, 1]})  # fmt: skip
SPANS = pd.DataFrame({"joined": pd.to_datetime(["2020-01-01", "2021-01-01", "2025-12-01"]), "recent_count": [2, 9, 1],
                      "before_count": [4, 4, 0]})  # fmt: skip
TIERS = pd.DataFrame({"value_tier": ["top", "middle", "base"], "phase": ["silent", "new", "steady"], "products": [2, 1, 3]})

INTERVAL = "estimate low high"
EXPLAIN = {"outcome": "y", "predictors": ["a", "b", "c"]}
CHART = "value moving_range centre sigma low high"
FEN = "decimals booleans numbers_as_text"  # money is whole fen, on every engine
CASES = {
    "behaviour.features": Case(PURCHASES, words={"as_of": "2025-03-01"}, refuses="decimals booleans"),
    "chance.tampered": Case(WEEKS, ("minutes",), {"target": 10}, {"minutes target": "left_alone corrected setting"}),
    "control.rate": Case(WEEKS, ("done",), {"n": "started"}, gaps="moving_range"),
    "control.share": Case(WEEKS, ("done",), {"n": "started"}, gaps="moving_range"),
    "control.signals": Case(
        control.xmr(WEEKS, "minutes", until=6), units={CHART: CHART}, gaps="moving_range", ordered=True
    ),
    "control.xmr": Case(WEEKS, ("minutes",), {"until": 9}, {"minutes": CHART}, gaps="moving_range"),
    "eventlog.finished": Case(LOG),
    "eventlog.order": Case(LOG),
    "experiment.expected_loss": Case(
        EFFECT, words={"worth_cny": -30, "cost_cny": 0.6}, units={"worth_cny cost_cny": "gain_cny loss_cny"}
    ),
    "experiment.means": Case(ARMS, words={"outcome": "y"}, units={"y": "estimate se low high"}),
    "importance.beside": Case(SHARES, words={"derived": SHARES}),
    "importance.bootstrap": Case(
        ANSWERS, words=EXPLAIN | {"halo": True, "draws": 99, "seed": 1}, units={"y": "", "a": "", "y a b c": ""}, drawn="low high", gaps="share"
    ),
    "importance.johnson": Case(ANSWERS, words=EXPLAIN, units={"y": "", "a": "", "y a b c": ""}),
    "importance.without_halo": Case(ANSWERS, words=EXPLAIN, units={"y": "", "a": "", "y a b c": ""}, gaps="share"),
    "intervals.mean": Case(ANSWERS, ("y",), units={"y": INTERVAL}),
    "intervals.quantile": Case(WEEKS["minutes"], words={"q": 0.5}, units={"minutes": INTERVAL}, gaps="low high"),
    "intervals.wilson": Case(WEEKS, function=lambda table: intervals.wilson(table["done"], n=table["started"])),
    "journey.blueprint": Case(pd.DataFrame({"owner": ["counter", "head_office"]})),
    "journey.drop_off": Case(LOG),
    "journey.emotions": Case(ASKED, units={"emotion": INTERVAL + " unweighted"}, gaps="low high"),
    "journey.lanes": Case(LOG, units={"emotion": INTERVAL}, gaps=INTERVAL),
    "journey.rework": Case(LOG),
    "lifetime.calibration": Case(HISTORY, words={"columns": ["amount"]}, units={"amount": "amount"}),
    "lifetime.expected": Case(HISTORY, words={"model": MODEL, "weeks": 8}, units={"recency age alpha weeks": "recency age"}),
    "lifetime.expected_amount": Case(AGAIN, words={"model": AMOUNTS}, units={"amount gamma": "amount result"}),
    "lifetime.fit": Case(HISTORY, units={"recency age": "alpha"}, shifts="log_likelihood", rtol=1e-3),
    "lifetime.fit_amounts": Case(AGAIN, units={"amount": "gamma"}, shifts="log_likelihood", rtol=1e-3),
    "lifetime.histories": Case(PURCHASES, words={"until": "2025-03-01"}, gaps="amount_cny"),
    "looks.alarms": Case(PATHS, words={"boundary": 1.96}),
    "looks.shuffled": Case(ARMS, words={"outcome": "y", "order": "day", "looks": 2, "draws": 9, "seed": 1}, units={"y": ""}),
    "looks.stops": Case(PATHS, words={"boundary": 1.96}),
    "moments.felt": Case(LOG, units={"emotion": "queueing identity_check activation"}, gaps="queueing identity_check activation"),
    "moments.penalty_reward": Case(
        ANSWERS, words={"outcome": "y", "predictors": ["a", "b"], "fewest": 2}, units={"y": INTERVAL + " linear"}
    ),
    "moments.traces": Case(LOG, words={"neutral": 3.5}, units={"emotion neutral": "peak finish mean slope"}),
    "plan.schedule": Case(plan.example()),
    "plan.turn": Case(plan.example().assign(result=[0.035, 5.5]), units={"baseline target result": "baseline target result"}),
    "resample.bootstrap": Case(
        ANSWERS, (lambda table: float(pd.to_numeric(table["y"]).mean()),), {"clusters": "branch", "draws": 99, "seed": 1}, {"y": INTERVAL},
        drawn="low high",
    ),
    "resample.counts": Case(ANSWERS, words={"strata": "branch", "draws": 2, "seed": 1}, drawn=" ".join(map(str, range(24)))),
    "rfm.scores": Case(PURCHASES, words={"as_of": "2025-03-01", "bins": 2}, refuses="decimals booleans"),
    "rollout.by_age": Case(EFFECTS, units={"estimate": "estimate"}),
    "rollout.group_time": Case(PANEL, ("y",), units={"y": "estimate"}),
    "rollout.overall": Case(EFFECTS, units={"estimate": "estimate"}),
    "rollout.randomised": Case(PANEL, ("y",), {"draws": 99, "seed": 1}, {"y": INTERVAL}, gaps="low high"),
    "scales.keyed": Case(FORMS[["P1", "P2", "P3"]], words={"reverse": ["P2"], "high": 5}, whole=True),
    "scales.score": Case(FORMS[["P1", "P2", "P3"]], whole=True),
    "segments.agreement": Case(GROUPS, words={"known": GROUPS.assign(segment=list("ab") * 6)}),
    "segments.cluster": Case(PEOPLE, words=CUT | {"k": 2}, units={"x y": "distance next_distance"}, whole=True),
    "segments.gap_statistic": Case(
        PEOPLE, words=CUT | {"most": 3, "draws": 3}, units={"x y": ""}, shifts="log_within reference", drawn="reference estimate error", whole=True
    ),
    "segments.profile": Case(PEOPLE, words={"groups": GROUPS}, whole=True, gaps="low high"),
    "segments.returning": Case(PEOPLE, words=CUT | {"most": 3, "draws": 3}, units={"x y": ""}, drawn="estimate chosen", whole=True),
    "segments.silhouettes": Case(PEOPLE, words=CUT | {"ks": [2, 3]}, units={"x y": ""}, whole=True),
    "segments.stability": Case(
        PEOPLE, words=CUT | {"groups": GROUPS, "draws": 9}, units={"x y": ""}, drawn="estimate low high dissolved", whole=True
    ),
    "series.residuals": Case(WEEKS, ("minutes",), units={"minutes": "residual"}),
    "series.shift": Case(WEEKS, ("minutes",), units={"minutes": "before after"}),
    "servqual.gaps": Case(MARKS, units={"expected perceived gap": "expected perceived gap sd low high"}),
    "servqual.items": Case(FORMS, words={"dimension": "x", "codebook": BOOK}),
    "servqual.overall": Case(MARKS, words={"points": POINTS}, units={"gap": "overall", "points_x points_y": ""}),
    "servqual.performance": Case(MARKS, units={"perceived": INTERVAL}),
    "servqual.scores": Case(FORMS, words={"codebook": BOOK}),
    "survival.spells": Case(CHURN, words={"customers": JOINED}),
    "traits.ledger": Case(COUNTS, words={"customers": JOINED, "as_of": "2026-01-01", "days": 365}),
    "traits.names": Case(HEIGHTS, words={"naming": ["cash", "card"]}),
    "traits.scale": Case(PEOPLE, units={"x": "", "x y": ""}, whole=True),
    "traits.shuffled": Case(PEOPLE, words={"seed": 1}, units={"x y": "x y"}, drawn="x y", whole=True),
    "worth.concentration": Case(WEEKS["minutes"], units={"minutes": ""}),
    "worth.groups": Case(TIERS),
    "worth.phases": Case(SPANS, words={"as_of": "2026-01-01"}),
    "worth.still_open": Case(JOINED, words={"churn": CHURN}),
    "worth.together": Case(JOINED, words={"features": COUNTS}),
}  # fmt: skip


def public():
    """Every public function of the methods, by module and name."""
    found = {}
    for module in pkgutil.iter_modules(methods.__path__):
        here = importlib.import_module(f"{methods.__name__}.{module.name}")
        for name, function in inspect.getmembers(here, inspect.isfunction):
            if function.__module__ == here.__name__ and not name.startswith("_"):
                found[f"{module.name}.{name}"] = function
    return found


PUBLIC = public()


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", sorted(PUBLIC.keys() - NO_STATISTIC.keys() - LEAVING))
def test_every_statistic_keeps(name, law):
    assert name in CASES, ADD.format(name=name)
    law(replace(CASES[name], function=CASES[name].function or PUBLIC[name]))


def test_no_entry_speaks_of_what_is_gone():
    assert not (CASES.keys() | NO_STATISTIC.keys()) - PUBLIC.keys()
