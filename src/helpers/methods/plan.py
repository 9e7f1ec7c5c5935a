"""An improvement plan as data: one row an action, checked, put in order, and judged after one turn."""

import re
from graphlib import CycleError, TopologicalSorter

import numpy as np
import pandas as pd

from helpers.bank import checks
from helpers.bank.language import wrong
from helpers.methods import plan_labels

TEXTS = ["bottleneck", "action", "owner", "indicator", "unit", "direction", "measured_by", "waits_for",
         "if_missed"]  # fmt: skip
DATES = ["start", "end", "review_on"]
NUMBERS = ["number", "baseline", "target", "effort_days", "result"]
COLUMNS = ["number", "bottleneck", "action", "owner", "start", "end", "indicator", "unit", "direction", "baseline",
           "target", "measured_by", "review_on", "waits_for", "effort_days", "result", "if_missed"]  # fmt: skip
UNITS = ("unit_share", "unit_minutes", "unit_points", "unit_count")
DIRECTIONS = ("lower_better", "higher_better")
# What a plan cannot do without, and the problem that its absence is.
NEEDED = {"action": "no_action", "owner": "no_owner", "start": "no_start", "end": "no_end", "indicator": "no_indicator",
          "baseline": "no_baseline", "target": "no_target", "measured_by": "nobody_measures", "review_on": "no_review",
          "direction": "no_direction"}  # fmt: skip
# Found in plans that nobody carries out: several owners are no owner.
_SEVERAL = re.compile(
    r"[、，,;；/&+\n]|\S{2,}[和与及]\S{2,}|\band\b|部门|大家|全体|全员|everyone|everybody|all staff"
    r"|(?:部|中心|小组|团队)$",
    re.IGNORECASE,
)
# What stands where nobody knew what to write.
_NOBODY = re.compile(r"待定|未定|暂无|无|没有|tbd|tba|n/?a|none|nobody|[-–—?？]+", re.IGNORECASE)


def tidy(table):
    """Give a table typed by hand the columns and kinds of a plan.

    Parameters
    ----------
    table : DataFrame
        One row an action; any of `COLUMNS`, and `row` (where it is in its sheet) where that is known.

    Returns
    -------
    DataFrame
        `row` and `COLUMNS`. What is not a date or a number stays as it came, for `check` to name.
    """
    checks.frame(table, name="table")
    twice = sorted({str(name) for name in table.columns[table.columns.duplicated()]})
    if twice:
        raise wrong("plan.column_twice", listed=list(twice))
    plan = table.reindex(columns=COLUMNS).reset_index(drop=True)
    plan.insert(0, "row", table["row"].to_numpy() if "row" in table else np.arange(2, len(table) + 2))
    for column in TEXTS:
        plan[column] = (
            plan[column].astype(object).where(plan[column].notna(), "").map(lambda word: str(word).strip())
        )
    for column in DATES:
        plan[column] = _kind(plan[column], _a_day)
    for column in NUMBERS:
        plan[column] = _kind(plan[column], _a_number)
    return plan


def check(table):
    """What is missing or wrong in a plan?

    Parameters
    ----------
    table : DataFrame
        A plan: `COLUMNS`, as `tidy` makes it.

    Returns
    -------
    DataFrame
        One row a problem, in the order of the plan: `row`, `number`, `column`, `problem` (its id), `must` (True
        where it must be fixed, False where it should be thought over) and `sentence` in the reader's language.
        Empty for a plan that can start.

    Examples
    --------
    >>> check(example().assign(owner=["", "Ms Li"]))[["row", "column", "problem"]]
       row column   problem
    0    2  owner  no_owner
    """
    plan = tidy(table)
    rules = (_missing, _wrong_kind, _dates, _targets, _owners, _order)
    found = (
        [one for rule in rules for one in rule(plan)]
        if len(plan)
        else [[2, np.nan, "action", "empty_plan", "", True]]
    )
    # A note or a signature below the plan is no action that lacks everything.
    notes = set(plan.loc[plan[["action", "owner", "indicator"]].eq("").all(axis=1), "row"])
    found = [one for one in found if one[0] not in notes or one[3] in ("no_action", "empty_plan")]
    found = sorted(found, key=lambda one: (one[0], COLUMNS.index(one[2])))
    rows = [
        [
            row,
            number,
            column,
            problem,
            must,
            plan_labels.sentence(problem, row=row, column=column, found=cell, number=number),
        ]
        for row, number, column, problem, cell, must in found
    ]
    return pd.DataFrame(rows, columns=["row", "number", "column", "problem", "must", "sentence"])


def schedule(table):
    """Which action can begin when, and which of them delay the whole if they are late?

    Critical path (Kelley & Walker 1959): earliest start ES = max EF of those waited for, earliest finish
    EF = ES + days; latest finish LF = min LS of those that wait, slack = LF − EF; no slack is critical.

    Parameters
    ----------
    table : DataFrame
        A plan without problems in `start`, `end` and `waits_for`; days run from `start` to `end`, both included.

    Returns
    -------
    DataFrame
        One row an action in the plan's order: `number`, `days`, `earliest` and `over_after` (days after the beginning
        of the whole), `slack_days`, `critical`.

    Raises
    ------
    ValueError
        If two actions wait for each other, or for one that is not there, or a date is missing.

    Examples
    --------
    >>> schedule(example())[["number", "days", "earliest", "over_after", "critical"]]
       number  days  earliest  over_after  critical
    0       1    14         0          14      True
    1       2     7        14          21      True
    """
    plan = tidy(table)
    checks.complete(plan[["number", "start", "end"]], name="table")
    checks.rows(plan, name="table")
    if len([*_wrong_kind(plan)]) or (plan["end"] < plan["start"]).any():
        raise wrong("plan.number_or_days")
    numbers = plan["number"].astype(int).tolist()
    waits = dict(zip(numbers, plan["waits_for"].map(_waited_for), strict=True))
    strangers = {n for names in waits.values() for n in names} - set(numbers)
    order = None if strangers else _sorted(waits)
    if order is None:
        raise wrong("plan.waits_for")
    days = dict(zip(numbers, ((plan["end"] - plan["start"]).dt.days + 1).astype(int), strict=True))
    finish, latest = {}, {}
    for number in order:
        finish[number] = max((finish[n] for n in waits[number]), default=0) + days[number]
    whole = max(finish.values())
    for number in reversed(order):
        latest[number] = min((latest[n] - days[n] for n in order if number in waits[n]), default=whole)
    rows = [
        [n, days[n], finish[n] - days[n], finish[n], latest[n] - finish[n], latest[n] == finish[n]]
        for n in numbers
    ]
    return pd.DataFrame(rows, columns=["number", "days", "earliest", "over_after", "slack_days", "critical"])


def turn(table):
    """After one turn: which targets were reached, and what next?

    Plan and do lie behind; this is *check* and *act* (Shewhart 1939; Deming 1986). Way = (result − baseline)
    / (target − baseline). It knows nothing of chance, nor of what would have happened without the action.

    Parameters
    ----------
    table : DataFrame
        A plan with `baseline`, `target`, `result`.

    Returns
    -------
    DataFrame
        `number`, `bottleneck`, `indicator`, `baseline`, `target`, `result`, `way` (1 is the target), `verdict`
        (``reached``, ``on_the_way``, ``not_moved``, ``not_measured``), `next_step` (``make_standard``,
        ``carry_on``, ``change_action``, ``measure_first``).

    Examples
    --------
    >>> turn(example().assign(result=[0.035, None]))[["way", "verdict", "next_step"]].round(2)
       way       verdict      next_step
    0  0.5    on_the_way       carry_on
    1  NaN  not_measured  measure_first
    """
    plan = tidy(table)
    checks.numbers(plan[["baseline", "target", "result"]], name="table")
    checks.complete(plan[["baseline", "target"]], name="table")
    values = plan[["baseline", "target", "result"]].astype(float)
    if (values["target"] == values["baseline"]).any():
        raise wrong("plan.no_way_to_go")
    way = (values["result"] - values["baseline"]) / (values["target"] - values["baseline"])
    # A hundredth of the way is what rounding in the sheet can take.
    states = [way.isna(), way >= 0.99, way > 0.01]
    verdict = np.select(states, ["not_measured", "reached", "on_the_way"], "not_moved")
    steps = np.select(states, ["measure_first", "make_standard", "carry_on"], "change_action")
    shown = plan[["number", "bottleneck", "indicator"]].join(values)
    return shown.assign(way=way, verdict=verdict, next_step=steps)


def _waited_for(text):
    """Numbers of the actions that a cell of `waits_for` names.

    Examples
    --------
    >>> _waited_for("1、3")
    [1, 3]
    """
    return [int(number) for number in re.findall(r"\d+", re.sub(r"\.0\b", "", str(text)))]


def example():
    """Make a plan of two actions, small enough to check by hand.

    Returns
    -------
    DataFrame
        A plan without problems; the second action waits for the first.
    """
    return tidy(pd.DataFrame({
        "number": [1, 2], "bottleneck": ["queueing", "activation"], "action": ["say the wait aloud", "call next day"],
        "owner": ["Mr Chen", "Ms Li"], "start": ["2026-03-02", "2026-03-16"], "end": ["2026-03-15", "2026-03-22"],
        "indicator": ["given up", "mean emotion"], "unit": ["unit_share", "unit_points"],
        "direction": ["lower_better", "higher_better"], "baseline": [0.04, 5.3], "target": [0.03, 5.6],
        "measured_by": ["queue machine, weekly", "Ms Wang, weekly"], "review_on": ["2026-03-16", "2026-03-23"],
        "waits_for": ["", "1"], "effort_days": [4, 6], "if_missed": ["ask those who left", "listen to ten calls"],
    }))  # fmt: skip


def _a_day(cell):
    """A number is no day here: 20260302 would be read as nanoseconds."""
    if isinstance(cell, (int, float)):
        return pd.NaT
    day = pd.to_datetime(cell, errors="coerce", format="ISO8601")
    return day if day is pd.NaT else day.tz_localize(None)


def _a_number(cell):
    return pd.to_numeric(cell, errors="coerce")


def _kind(column, read):
    """Dates or numbers where every cell is one; else each cell as it came, for `check` to name."""
    column = column.astype(object).where(column.notna(), None)
    column = column.map(lambda cell: None if isinstance(cell, str) and not cell.strip() else cell)
    values = pd.Series(
        [None if cell is None else read(cell) for cell in column], index=column.index, dtype=object
    )
    lost = values.isna() & column.notna()
    whole = pd.to_datetime if read is _a_day else pd.to_numeric
    return column.where(lost, values) if lost.any() else whole(values)


def _days(plan):
    """Start, end and review; what is no day is missing."""
    return (
        pd.to_datetime(plan[column].map(lambda cell: cell if isinstance(cell, pd.Timestamp) else pd.NaT))
        for column in DATES
    )


def _cells(plan, column, wrong, problem, *, must=True):
    """One row for each cell that is wrong."""
    for place in np.flatnonzero(np.asarray(wrong, dtype=bool)):
        row = plan.iloc[place]
        yield [row["row"], row["number"], column, problem, row[column], must]


def _empty(plan, column):
    return plan[column].isna() | plan[column].eq("")


def _missing(plan):
    for column, problem in NEEDED.items():
        nobody = plan[column].map(lambda cell: bool(_NOBODY.fullmatch(str(cell)))) & (column in TEXTS)
        yield from _cells(plan, column, _empty(plan, column) | nobody, problem)
    yield from _cells(plan, "if_missed", _empty(plan, "if_missed"), "no_fallback", must=False)


def _wrong_kind(plan):
    for column in DATES + NUMBERS:
        kind = pd.Timestamp if column in DATES else (int, float)
        sound = plan[column].map(
            lambda cell, kind=kind: isinstance(cell, kind) and cell not in (np.inf, -np.inf)
        )
        wrong = plan[column].notna() & ~sound.astype(bool)
        yield from _cells(plan, column, wrong, "no_date" if column in DATES else "not_a_number")
    for column, words in (("unit", UNITS), ("direction", DIRECTIONS)):
        yield from _cells(plan, column, ~plan[column].isin(["", *words]), "off_the_list")
    yield from _cells(plan, "number", plan["number"].duplicated() & plan["number"].notna(), "number_twice")


def _dates(plan):
    start, end, review = _days(plan)
    yield from _cells(plan, "end", end < start, "ends_before_start")
    yield from _cells(plan, "review_on", review <= start, "review_too_early")


def _targets(plan):
    baseline, target = (pd.to_numeric(plan[column], errors="coerce") for column in ("baseline", "target"))
    change = (target - baseline).where(plan["direction"].ne("lower_better"), baseline - target)
    told = plan["direction"].isin(DIRECTIONS)
    yield from _cells(plan, "target", change.eq(0), "target_is_baseline")
    yield from _cells(plan, "target", told & (change < 0), "target_wrong_side")
    for column, values in (("baseline", baseline), ("target", target)):
        outside = plan["unit"].eq("unit_share") & ((values < 0) | (values > 1))
        yield from _cells(plan, column, outside, "share_outside")


def _owners(plan):
    several = plan["owner"].map(lambda owner: bool(_SEVERAL.search(owner)))
    yield from _cells(plan, "owner", several, "several_owners")
    start, end, _ = _days(plan)
    before = [
        any(plan["owner"].iloc[i] == plan["owner"].iloc[j] != "" and start[i] <= end[j] and start[j] <= end[i]
            for j in range(i))
        for i in range(len(plan))
    ]  # fmt: skip
    yield from _cells(plan, "owner", before, "owner_twice_at_once", must=False)


def _order(plan):
    """Whom an action waits for must be in the plan, be another one, and be over before it begins."""
    numbers = pd.to_numeric(plan["number"], errors="coerce")
    waits = plan["waits_for"].map(_waited_for)
    known = set(numbers.dropna().astype(int))
    unread = [
        not names and bool(text) and not _NOBODY.fullmatch(text)
        for names, text in zip(waits, plan["waits_for"], strict=True)
    ]
    unknown = [any(n not in known for n in names) for names in waits]
    yield from _cells(plan, "waits_for", np.logical_or(unread, unknown), "waits_for_unknown")
    graph = {
        int(n): [w for w in names if w in known] for n, names in zip(numbers, waits, strict=True) if n == n
    }
    if _sorted(graph) is None:
        yield from _cells(plan, "waits_for", plan["waits_for"].ne(""), "waits_in_a_circle")
    start, end, _ = _days(plan)
    over = end.set_axis(numbers).groupby(level=0).max()
    early = [
        any(n in over and begin <= over[n] for n in names) for begin, names in zip(start, waits, strict=True)
    ]
    yield from _cells(plan, "start", early, "starts_too_early")


def _sorted(graph):
    """Numbers in an order that can be carried out, or None where there is a circle."""
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError:
        return None
