"""One law over all statistics: what may not matter does not, and what cannot be counted gets one sentence."""

import contextlib
import importlib
import inspect
import io
import pkgutil
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers import methods
from helpers.bank.codebook import Codebook
from helpers.bank.language import WrongKind, WrongValue
from helpers.methods import control, eventlog, plan, rollout

ADD = (
    "{name} stands under no law yet. Give it a small example in CASES of tests/test_law.py: a table, its keyword "
    "arguments, which columns share a unit and what of the result moves with it, then keep what it gives (`pytest "
    "tests/test_law.py --redraw`, and look at it); or its name in NO_STATISTIC, beside the reason why the law does not apply."
)
INTERVAL = "estimate low high"
SENTENCE = (WrongKind, WrongValue)
KEPT = Path(__file__).with_name("law_results")
# Why the law does not apply, and to what.
NO_STATISTIC = {
    "it takes no table": """
        chance.alarms chance.noise eventlog.example looks.boundaries looks.crossing looks.simulated plan.example""",
    "arrays in, arrays out, for a caller that stands under the law": """
        control.limits control.pattern decomposition.covariances decomposition.halo_free
        decomposition.lmg decomposition.loadings partition.by_size partition.fitted partition.jaccard partition.log_within partition.lot
        partition.uniform_box""",
    "moments in, for a caller that stands under the law": "intervals.of_moments",
    "it reads, sorts or refuses a table and computes nothing": """
        control.known control.ordered dataframes.day_number dataframes.handed_back dataframes.midnight dataframes.missing
        dataframes.opened dataframes.since eventlog.by_place eventlog.checked eventlog.in_order eventlog.judged eventlog.timed""",
    "it reads what was typed by hand: its own test spoils every cell": "plan.check plan.tidy",
    "it gives words": "plan_labels.heading plan_labels.labelled plan_labels.sentence published.beside published.printed",
}


@dataclass
class Case:
    """A small example of a statistic, and what the law must know of it; several names are in one text."""

    data: pd.DataFrame | pd.Series
    args: tuple = ()
    words: dict = field(default_factory=dict)
    # Columns and keyword arguments that share a unit: columns of the result in this unit. All others stay.
    units: dict = field(default_factory=dict)
    shifts: str = ""  # columns of the result that a unit moves in another way
    drawn: str = ""  # columns of the result that depend on which row a seed meets
    gaps: str = ""  # columns of the result that may be missing, by the rule in the docstring
    within: tuple = (-np.inf, np.inf)  # where estimates and the ends of their intervals can lie
    whole: bool = False  # every column is data, so that a stranger among them is refused
    ordered: bool = False  # the order of the rows is what counts
    exact: bool = False  # whole numbers of a database: those of another kind may be refused
    rtol: float = 1e-5  # more where a search stops a hair off
    function: object = None

    def __call__(self, data=None, words=None):
        """Compute, and see that the caller's table stayed as it was."""
        data = self.data if data is None else data
        before = data.copy()
        found = self.function(data, *self.args, **(self.words if words is None else words))
        pd.testing.assert_frame_equal(pd.DataFrame(data), pd.DataFrame(before))
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
    """Write a result as a table of numbers and words; a column stands beside the rows that it belongs to."""
    if isinstance(found, pd.Series):
        assert found.index.equals(data.index)
        found = pd.DataFrame(data).reset_index(drop=True).assign(result=found.to_numpy())
    found = pd.DataFrame(found).reset_index(drop=True)
    return pd.DataFrame({str(name): number_or_word(column) for name, column in found.items()})


def number_or_word(column):
    """Read a column as floats where it can be, whatever kind of number is in it."""
    if column.dtype.kind in "mM":
        return column
    column = column.astype(object).where(column.notna(), None)
    try:
        return column.map(float, na_action="ignore").astype(float)
    except (TypeError, ValueError):
        return column


def same(found, expected, *, but="", moves="", factor=1, rtol=1e-5):
    """Compare two results; those columns that move must have done so by this factor."""
    found, expected = (table.drop(columns=but.split(), errors="ignore") for table in (found, expected))
    assert list(found) == list(expected)
    for name, column in expected.items():
        is_number = column.dtype == float
        right = column * factor if name in moves.split() else column
        # What is 0 in one unit is as good as 0 in the other.
        near = 1e-7 * (right.abs().max() or 1) if is_number and len(right) else 0
        pd.testing.assert_series_equal(found[name], right, rtol=rtol, atol=near, check_dtype=False)


def sound(found, case, data):
    """See that no number is infinite, none missing but by a stated rule, and no interval without its estimate."""
    gaps = [*case.gaps.split(), *(name for name, column in pd.DataFrame(data).items() if column.isna().any())]
    for name, column in found.items():
        assert name in gaps or column.notna().all(), f"{name} is missing"
        assert column.dtype != float or not np.isinf(column).any(), f"{name} is infinite"
        assert name != "p_value" or column.between(0, 1).all(), f"{name} is no probability"
        inside = column.dropna().between(*case.within) if name in INTERVAL.split() else np.True_
        assert inside.all(), f"{name} lies where it cannot"
    if {"low", "high"} <= set(found):
        middle = "estimate" if "estimate" in found and "low" not in case.drawn.split() else "low"
        ends = found.dropna(subset=["low", "high"])
        slack = 1e-9 * ends["high"].abs()
        assert (ends["low"] <= ends[middle] + slack).all() and (ends[middle] <= ends["high"] + slack).all()


def sound_or_sentence(case, data):
    """Let the statistic say a sound number, or one sentence."""
    with contextlib.suppress(*SENTENCE):
        sound(case(data), case, data)


def numbers(table):
    """Name the columns of numbers."""
    return list(pd.DataFrame(table).select_dtypes("number"))


def the_example_is_sound(case):
    sound(case(), case, case.data)


def any_unit(case):
    for names, moves in case.units.items():
        shared = names.split()
        for factor in (1e-9, 1e9):
            found = case(
                changed(case.data, scaled(shared, factor)),
                {k: v * factor if k in shared else changed(v, scaled(shared, factor)) for k, v in case.words.items()},
            )  # fmt: skip
            same(found, case(), but=case.shifts, moves=moves, factor=factor, rtol=case.rtol)


def scaled(names, factor):
    """Make the change of unit of some columns."""
    return lambda table: table.assign(**{name: table[name] * factor for name in names if name in table})


def any_row_order(case):
    if not case.ordered:
        found = case.after(lambda table: table.sample(frac=1, random_state=3))
        # Rows are found again by what no rounding touches, then by the rest.
        soft = " ".join([*case.units.values(), case.drawn, "result"]).split()
        keys = sorted(found, key=soft.__contains__)
        found, expected = (table.sort_values(keys, ignore_index=True) for table in (found, case()))
        same(found, expected, but=case.drawn, rtol=case.rtol)


def any_index(case):
    for label in (0, "row"):
        same(case.after(lambda table, label=label: table.set_axis([label] * len(table))), case())


def extra_columns(case):
    if case.whole:
        with pytest.raises(SENTENCE):
            case(case.data.assign(extra="x"))
    elif case.data.ndim == 2:
        same(case(case.data.assign(extra="x")), case(), but="extra")


def unused_levels(case):
    def levels(table):
        texts = table.select_dtypes(["object", "string"])
        return table.assign(**{
            name: pd.Categorical(words, [*sorted(words.dropna().unique()), "~unused"]) for name, words in texts.items()
        })  # fmt: skip

    same(case.after(levels), case())


def nullable(case):
    same(case.after(lambda table: table.assign(**table[numbers(table)].convert_dtypes())), case())


def decimals(case):
    with contextlib.suppress(*SENTENCE if case.exact else ()):
        same(case.after(cell_by_cell(lambda value: Decimal(repr(value)))), case())


def cell_by_cell(write):
    """Make the change that writes every number in another way."""
    return lambda table: table.assign(**{
        name: table[name].astype(object).map(write, na_action="ignore") for name in numbers(table)
    })  # fmt: skip


def booleans(case):
    """Yes and no are 1 and 0, in whatever column they stand."""
    for name in numbers(case.data):
        answers = []
        for kind in (int, bool, "boolean"):
            answers.append(None)
            with contextlib.suppress(*SENTENCE):
                answers[-1] = case(changed(case.data, above_the_median(name, kind)))
        for one, other in pairwise(answers):
            assert case.exact or (one is None) == (other is None), name
            if one is not None and other is not None:
                same(other, one)


def above_the_median(name, kind):
    """Make the change of a number into yes and no."""
    return lambda table: table.assign(**{name: (table[name] > table[name].median()).astype(kind)})


def numbers_as_text(case):
    with contextlib.suppress(*SENTENCE):
        same(case.after(cell_by_cell(str)), case())


def numbers_as_levels(case):
    with contextlib.suppress(*SENTENCE):
        same(case.after(lambda table: table.astype(dict.fromkeys(numbers(table), "category"))), case())


def constant(case):
    filled = [name for name in numbers(case.data) if pd.DataFrame(case.data)[name].notna().any()]
    for names in [[name] for name in filled] + [filled]:
        sound_or_sentence(case, changed(case.data, the_first(names)))


def the_first(names):
    """Make the change that leaves a column its first number alone."""
    return lambda table: table.assign(**{name: table[name].dropna().iloc[0] for name in names})


def collinear(case):
    for name, other in pairwise(numbers(case.data)):
        for twin in (case.data[name], 2 * case.data[name] + 1):
            sound_or_sentence(case, case.data.assign(**{other: twin}))


def one_or_two_rows(case):
    for n in (1, 2):
        sound_or_sentence(case, case.data.head(n))


def no_rows(case):
    sound_or_sentence(case, case.data.head(0))


def an_index_called_like_a_column(case):
    for name in pd.DataFrame(case.data):
        same(case.after(lambda table, name=name: table.rename_axis(index=name)), case())


def one_column_less(case):
    for name in pd.DataFrame(case.data) if case.data.ndim == 2 else ():
        with contextlib.suppress(*SENTENCE):
            if not any(map(callable, case.args)):  # a function of the caller's own says what it likes
                case(case.data.drop(columns=name))


def several_rows_of_headings(case):
    with contextlib.suppress(*SENTENCE):
        case(case.data.set_axis(pd.MultiIndex.from_product([list(case.data), [""]]), axis=1))


def columns_twice(case):
    with contextlib.suppress(*SENTENCE):
        case(pd.concat([case.data, case.data], axis=1))


def one_key_of_another_kind(case):
    for name, column in case.data.select_dtypes(["object", "string"]).items():
        with contextlib.suppress(*SENTENCE):
            case(case.data.assign(**{name: [*column[:-1], 7]}))


LAWS = [
    the_example_is_sound, any_unit, any_row_order, any_index, extra_columns, unused_levels, nullable, decimals,
    booleans, numbers_as_text, numbers_as_levels, constant, collinear, one_or_two_rows, no_rows, one_column_less,
    an_index_called_like_a_column, several_rows_of_headings, columns_twice, one_key_of_another_kind,
]  # fmt: skip

WEEKS = pd.DataFrame({"week": range(1, 13), "minutes": [10.0, 12, 11, 13, 9, 12, 15, 19, 16, 18, 17, 19],
                      "done": [40, 44, 39, 47, 42, 40, 38, 51, 45, 44, 40, 41], "started": [60, 61, 59, 70] * 3})  # fmt: skip
ARMS = pd.DataFrame({"arm": ["new", "control"] * 12, "y": np.arange(24.0) ** 2 % 17, "day": range(24)})
ANSWERS = pd.DataFrame({"branch": list("abcd") * 6, "y": np.arange(24.0) * 7 % 11, "a": [1.0, 4, 7] * 8,
                        "b": [1.0, 1, 4, 4, 7, 7] * 4, "c": np.arange(24.0) ** 2 % 7})  # fmt: skip
SIDES = pd.DataFrame(np.random.default_rng(1).normal(size=(80, 4)).round(2), columns=list("abcd"))
SIDES = SIDES.add(SIDES["a"] + SIDES["c"], axis="index").assign(branch=["left", "right"] * 40)
LOADINGS = pd.DataFrame(
    {"dimension": ["x", "x", "y"], "loading": [0.8, 0.7, 0.6], "general": [0.5, 0.4, 0.3]}
)
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
PANEL = pd.DataFrame([(unit, week, float(7 * week * (ord(unit) - 90) % 11), {"a": 3.0, "b": 4.0}.get(unit))
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
PEOPLE = pd.DataFrame(
    {
        "customer": [f"C{k}" for k in range(12)],
        "x": [0.0, 1, 2, 10, 11, 12] * 2,
        "y": [0.0, 2, 1, 0, 1, 2] * 2,
    }
)
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
TIERS = pd.DataFrame(
    {"value_tier": ["top", "middle", "base"], "phase": ["silent", "new", "steady"], "products": [2, 1, 3]}
)

EXPLAIN = {"outcome": "y", "predictors": ["a", "b", "c"]}
CHART = "value moving_range centre sigma low high"
CASES = {
    "behaviour.features": Case(PURCHASES, words={"as_of": "2025-03-01"}, exact=True),
    "chance.tampered": Case(WEEKS, ("minutes",), {"target": 10}, {"minutes target": "left_alone corrected setting"}),
    "control.rate": Case(WEEKS, ("done",), {"n": "started"}, gaps="moving_range"),
    "control.share": Case(WEEKS, ("done",), {"n": "started"}, gaps="moving_range"),
    "control.signals": Case(
        control.xmr(WEEKS, "minutes", until=6), units={CHART: CHART}, gaps="moving_range", ordered=True
    ),
    "control.xmr": Case(WEEKS, ("minutes",), {"until": 9}, {"minutes": CHART}, gaps="moving_range"),
    "eventlog.finished": Case(LOG),
    "eventlog.order": Case(LOG),
    "journey.inventory": Case(LOG),
    "importance.bootstrap": Case(
        ANSWERS, words=EXPLAIN | {"halo": True, "draws": 99, "seed": 1}, units={"y": "", "a": "", "y a b c": ""}, drawn="low high", gaps="share", within=(0, 1)),
    "importance.johnson": Case(ANSWERS, words=EXPLAIN, units={"y": "", "a": "", "y a b c": ""}, within=(0, 1)),
    "importance.without_halo": Case(ANSWERS, words=EXPLAIN, units={"y": "", "a": "", "y a b c": ""}, gaps="share", within=(0, 1)),
    "intervals.mean": Case(ANSWERS, ("y",), units={"y": INTERVAL}),
    "invariance.levels": Case(
        SIDES, words={"group": "branch", "dimensions": {"x": ["a", "b", "c", "d"]}}, units={"a": "", "a b c d": ""}, rtol=1e-3),
    "journey.blueprint": Case(pd.DataFrame({"owner": ["counter", "head_office"]})),
    "journey.drop_off": Case(LOG, within=(0, 1)),
    "journey.emotions": Case(ASKED, units={"emotion": INTERVAL + " unweighted"}, gaps="low high"),
    "journey.lanes": Case(LOG, units={"emotion": INTERVAL}, gaps=INTERVAL),
    "journey.rework": Case(LOG, within=(0, 1)),
    "lifetime.expected": Case(HISTORY, words={"model": MODEL, "weeks": 8}, units={"recency age alpha weeks": "recency age"}),
    "lifetime.expected_amount": Case(AGAIN, words={"model": AMOUNTS}, units={"amount gamma": "amount result"}),
    "lifetime.fit": Case(HISTORY, units={"recency age": "alpha"}, shifts="log_likelihood", rtol=1e-3),
    "lifetime.fit_amounts": Case(AGAIN, units={"amount": "gamma"}, shifts="log_likelihood", rtol=1e-3),
    "lifetime.histories": Case(
        PURCHASES, words={"until": "2025-03-01"}, units={"amount_fen": "amount_cny"}, gaps="amount_cny"
    ),
    "looks.alarms": Case(PATHS, words={"boundary": 1.96}, within=(0, 1)),
    "looks.without_effect": Case(ARMS, words={"outcome": "y", "order": "day", "looks": 2, "draws": 9, "seed": 1}, units={"y": ""}),
    "looks.stops": Case(PATHS, words={"boundary": 1.96}),
    "moments.felt": Case(LOG, units={"emotion": "queueing identity_check activation"}, gaps="queueing identity_check activation"),
    "moments.traces": Case(LOG, words={"neutral": 3.5}, units={"emotion neutral": "peak finish mean slope"}),
    "plan.schedule": Case(plan.example()),
    "plan.turn": Case(plan.example().assign(result=[0.035, 5.5]), units={"baseline target result": "baseline target result"}),
    "ranks.sets": Case(
        pd.DataFrame({"estimate": [5.1, 5.2, 4.0, 4.6], "error": [0.1, 0.12, 0.1, 0.09]}), words={"draws": 200},
        units={"estimate error": ""}),
    "reliability.composite": Case(LOADINGS, within=(0, 1)),
    "reliability.htmt": Case(
        SIDES, words={"dimensions": {"x": ["a", "b"], "y": ["c", "d"]}, "strata": "branch", "draws": 99, "seed": 1},
        units={"a": "", "a b c d": ""}, drawn="low high"),
    "resample.bootstrap": Case(
        ANSWERS, (lambda table: float(pd.to_numeric(table["y"]).mean()),), {"clusters": "branch", "draws": 99, "seed": 1}, {"y": INTERVAL},
        drawn="low high",
    ),
    "resample.counts": Case(ANSWERS, words={"strata": "branch", "draws": 2, "seed": 1}, drawn=" ".join(map(str, range(24)))),
    "rfm.scores": Case(PURCHASES, words={"as_of": "2025-03-01", "bins": 2}, exact=True),
    "rollout.by_age": Case(EFFECTS, units={"estimate": "estimate"}),
    "rollout.group_time": Case(PANEL, ("y",), units={"y": "estimate"}),
    "rollout.average_effect": Case(EFFECTS, units={"estimate": "estimate"}),
    "rollout.randomised": Case(PANEL, ("y",), {"draws": 99, "seed": 1}, {"y": INTERVAL}, gaps="low high"),
    "scales.keyed": Case(FORMS[["P1", "P2", "P3"]], words={"reverse": ["P2"], "high": 5}, whole=True),
    "scales.score": Case(FORMS[["P1", "P2", "P3"]], whole=True),
    "segments.cluster": Case(PEOPLE, words=CUT | {"k": 2}, units={"x y": "distance next_distance"}, whole=True),
    "segments.gap_statistic": Case(
        PEOPLE, words=CUT | {"most": 3, "draws": 3}, units={"x y": ""}, shifts="log_within reference", drawn="reference estimate error", whole=True
    ),
    "segments.returning": Case(PEOPLE, words=CUT | {"most": 3, "draws": 3}, units={"x y": ""}, drawn="estimate chosen", whole=True, within=(0, 1)),
    "segments.stability": Case(
        PEOPLE, words=CUT | {"groups": GROUPS, "draws": 9}, units={"x y": ""}, drawn="estimate low high dissolved", whole=True, within=(0, 1)),
    "series.residuals": Case(WEEKS, ("minutes",), units={"minutes": "residual"}),
    "series.shift": Case(WEEKS, ("minutes",), units={"minutes": "before after"}),
    "servqual.gaps": Case(MARKS, units={"expected perceived gap": "expected perceived gap sd low high"}),
    "servqual.items": Case(FORMS, words={"dimension": "x", "codebook": BOOK}),
    "servqual.overall": Case(MARKS, words={"points": POINTS}, units={"gap": "overall", "points_x points_y": ""}),
    "servqual.performance": Case(MARKS, units={"perceived": INTERVAL}),
    "servqual.scores": Case(FORMS, words={"codebook": BOOK}),
    "survival.spells": Case(CHURN, words={"customers": JOINED}),
    "traits.ledger": Case(
        COUNTS, words={"customers": JOINED, "as_of": "2026-01-01", "days": 365}, units={"amount_fen fen_card_purchase": "amount_cny"}
    ),
    "traits.names": Case(HEIGHTS, words={"naming": ["cash", "card"]}),
    "traits.scale": Case(PEOPLE, units={"x": "", "x y": ""}, whole=True),
    "traits.shuffled": Case(PEOPLE, words={"seed": 1}, units={"x y": "x y"}, drawn="x y", whole=True),
    "customer_value.groups": Case(TIERS),
    "customer_value.phases": Case(SPANS, words={"as_of": "2026-01-01"}),
    "customer_value.still_open": Case(JOINED, words={"churn": CHURN}),
    "customer_value.together": Case(JOINED, words={"features": COUNTS}),
}  # fmt: skip


def public():
    """Find every public function of the methods, by module and name."""
    found = {}
    for module in pkgutil.iter_modules(methods.__path__):
        here = importlib.import_module(f"{methods.__name__}.{module.name}")
        for name, function in inspect.getmembers(here, inspect.isfunction):
            if function.__module__ == here.__name__ and not name.startswith("_"):
                found[f"{module.name}.{name}"] = function
    return found


PUBLIC = public()
NOT_HERE = {name for names in NO_STATISTIC.values() for name in names.split()}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", sorted(PUBLIC.keys() - NOT_HERE))
def test_every_statistic_keeps(name, law):
    assert name in CASES, ADD.format(name=name)
    law(replace(CASES[name], function=CASES[name].function or PUBLIC[name]))


@pytest.mark.parametrize("name", sorted(PUBLIC.keys() - NOT_HERE))
def test_every_statistic_gives_what_it_gave(name, request):
    """The result of each example as somebody looked at it. Meant to change? `--redraw`, and look at the difference."""
    assert name in CASES, ADD.format(name=name)
    case = replace(CASES[name], function=CASES[name].function or PUBLIC[name])
    path, found = KEPT / f"{name}.csv", case().to_csv(index=False, float_format="%.9g", lineterminator="\n")
    if request.config.getoption("--redraw"):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert path.is_file(), ADD.format(name=name)
    pd.testing.assert_frame_equal(
        pd.read_csv(io.StringIO(found)), pd.read_csv(path), rtol=max(case.rtol, 1e-6)
    )


def test_no_example_is_of_what_is_gone():
    gone = CASES.keys() - PUBLIC.keys()
    assert not gone, f"strike out of CASES: {sorted(gone)}"
    gone = {path.stem for path in KEPT.glob("*.csv")} - CASES.keys()
    assert not gone, f"delete from {KEPT.name}: {sorted(gone)}"
