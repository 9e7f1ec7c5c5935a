"""From an event log to journeys: the user's own activities are the touchpoints, in an order that they correct."""

import re
from pathlib import Path

import pandas as pd
import xlsxwriter

from helpers.bank import files
from helpers.bank.language import WrongValue, wrong
from owndata.identify import formula_text

SHEET = "触点 touchpoints"
HEADINGS = {
    "activity": "活动 activity",
    "cases": "个案数 cases",
    "position": "顺序 order",
    "stage": "阶段 stage",
    "name_en": "英文名称 English name",
    "name_zh": "中文名称 Chinese name",
}
STAGES = ("before", "during", "after")
DONE = ("complete", "completed", "")  # of the life cycle of an event
JOURNEY = "process"


def touchpoints(events):
    """Propose the touchpoints: each activity, ordered by where in a case it usually stands.

    Parameters
    ----------
    events : DataFrame
        `case`, `activity`, `time`, text.

    Returns
    -------
    DataFrame
        `activity`, `cases`, `position`, `stage`, `name_en`, `name_zh`.

    Examples
    --------
    >>> log = pd.DataFrame({"case": ["1", "1", "2"], "activity": ["b", "a", "a"], "time": ["2025-01-02", "2025-01-01", "2025-01-03"]})
    >>> touchpoints(log)[["activity", "cases", "position"]].to_numpy().tolist()
    [['a', 2, 1], ['b', 1, 2]]
    """
    ordered = events.sort_values("time", kind="stable")
    place = ordered.groupby("case").cumcount() + 1
    share = place / ordered.groupby("case")["case"].transform("size")
    found = ordered.assign(place=place, share=share).groupby("activity").agg(
        cases=("case", "nunique"), place=("place", "median"), share=("share", "median")
    )  # fmt: skip
    found = found.sort_values(["place", "share", "cases"], ascending=[True, True, False]).reset_index()
    third = (pd.RangeIndex(len(found)) * 3) // max(len(found), 1)
    return found.assign(
        position=range(1, len(found) + 1),
        stage=[STAGES[n] for n in third],
        name_en=found["activity"],
        name_zh=found["activity"],
    )[list(HEADINGS)]


def write(proposed, path):
    """Write the proposal as a workbook to be corrected; corrections are never overwritten."""
    if (path := Path(path)).exists():
        raise wrong("owndata.mapped_journeys.exists", path=path)
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with files.in_one_piece(path) as draft, xlsxwriter.Workbook(draft, plain) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, len(HEADINGS) - 1, 26)
        sheet.write_row(0, 0, HEADINGS.values(), book.add_format({"bold": True, "bg_color": "#DDEBF7"}))
        for number, row in enumerate(formula_text.table(proposed).itertuples(index=False), start=1):
            sheet.write_row(number, 0, row)
        sheet.data_validation(1, 3, len(proposed), 3, {"validate": "list", "source": list(STAGES)})
        sheet.freeze_panes(1, 1)


def read(path, events):
    """Read the corrected workbook.

    Parameters
    ----------
    path : str or Path
        The workbook.
    events : DataFrame
        The log that it belongs to.

    Returns
    -------
    DataFrame
        As `touchpoints`, in the order that the user gave.

    Raises
    ------
    WrongValue
        If it cannot be read, an activity is missing, or an order or a stage is none.
    """
    try:
        rows = pd.read_excel(path, sheet_name=SHEET, engine="calamine", dtype=str, keep_default_na=False)
        rows = (
            rows[list(HEADINGS.values())].set_axis(list(HEADINGS), axis="columns").map(formula_text.restored)
        )
    except Exception as error:  # whatever the reader of workbooks says, its user needs one sentence
        raise wrong("owndata.mapped_journeys.no_sheet", path=path, sheet=SHEET) from error
    order = pd.to_numeric(rows["position"], errors="coerce")
    odd = order.isna() | ~rows["stage"].isin(STAGES) | (rows["name_en"] == "") | (rows["name_zh"] == "")
    lost = sorted(set(events["activity"]) - set(rows["activity"]))
    if odd.any() or lost:
        en = (
            f"row {odd.idxmax() + 2} needs an order, a stage ({', '.join(STAGES)}) and both names"
            if odd.any()
            else f"the activity '{lost[0]}' is missing"
        )
        zh = (
            f"第 {odd.idxmax() + 2} 行要写明顺序、阶段（{'、'.join(STAGES)}）和两个名称"
            if odd.any()
            else f"缺少活动“{lost[0]}”"
        )
        raise WrongValue(en=f"'{path}': {en}. Correct it.", zh=f"'{path}'：{zh}。请改正。")
    return rows.assign(position=order).sort_values("position", kind="stable").drop_duplicates("activity")


def tables(events, named):
    """Make the tables `journeys` and `touchpoints`, and the names of the touchpoints.

    Parameters
    ----------
    events : DataFrame
        `case`, `activity`, `time`, and what else the log has: `start`, `lifecycle`, `owner`, `branch`, `channel`.
    named : DataFrame
        From `read` or `touchpoints`.

    Returns
    -------
    journeys, touchpoints : DataFrame
        One row a step of a case, one row a touchpoint.
    names : dict
        Touchpoint → its name, ``en`` and ``zh``.
    """
    ids = dict(zip(named["activity"], _ids(named["activity"]), strict=True))
    steps = _steps(events).assign(
        touchpoint=lambda rows: rows["activity"].map(ids), journey=JOURNEY, outcome="done"
    )
    steps["step"] = steps.groupby("case").cumcount() + 1
    kept = ["case", "step", "journey", "touchpoint", "start", "end", "outcome"]
    steps = steps[kept + [name for name in ("branch", "channel") if name in steps]]
    owners = {}
    if "owner" in events:
        owners = (
            events[events["owner"] != ""]
            .groupby("activity")["owner"]
            .agg(lambda names: names.mode()[0])
            .to_dict()
        )
    points = pd.DataFrame({
        "touchpoint": list(ids.values()), "journey": JOURNEY, "position": range(1, len(ids) + 1),
        "stage": named["stage"].to_list(), "owner": [owners.get(activity, "not named 未写明") for activity in ids],
    })  # fmt: skip
    names = {ids[row.activity]: {"en": row.name_en, "zh": row.name_zh} for row in named.itertuples()}
    return steps, points, names


def _steps(events):
    """One row a step: a start and its completion belong together, in the order in which they came."""
    rows = events.sort_values("time", kind="stable")
    kind = rows["lifecycle"].str.casefold() if "lifecycle" in rows else pd.Series("", index=rows.index)
    done = kind.isin(DONE)
    if done.any() and (kind == "start").any():
        rows = rows.assign(start=_starts(rows, kind))[done]
    elif done.any() or (kind == "start").any():
        rows = rows[done if done.any() else kind == "start"]
    # Words of the log's own, such as “queued”, are states of a case: each event is a step then.
    begun = rows.get("start", rows["time"])
    rows = rows.assign(start=begun.where(begun.notna() & (begun != ""), rows["time"]), end=rows["time"])
    return rows.sort_values(["case", "start", "end"], kind="stable").reset_index(drop=True)


def _starts(rows, kind):
    """When each event began: at the last start of its activity in its case that no other completion has used.

    Logs complete activities that never started, and start some that never end, so counting both off would mix them up.
    """
    waiting, found = {}, []
    for one, what, time in zip(
        zip(rows["case"], rows["activity"], strict=True), kind, rows["time"], strict=True
    ):
        begun = waiting.setdefault(one, [])
        if what == "start":
            begun.append(time)
        found.append(begun.pop() if begun and what in DONE else "")
    return pd.Series(found, index=rows.index, dtype="str")


def _ids(activities):
    """A short id for each activity: its own letters where it has some, else its number."""
    found, taken = [], set()
    for number, activity in enumerate(activities, start=1):
        plain = re.sub(r"[^a-z0-9]+", "_", activity.casefold()).strip("_")[:40]
        name = plain if plain and plain not in taken else f"t{number:02}"
        taken.add(name)
        found.append(name)
    return found
