"""The list of columns before a copy is made: written to be looked through and corrected, and read back."""

import csv
from pathlib import Path

import pandas as pd

from helpers.bank import files, paths
from helpers.bank.language import Both, wrong
from owndata.identify import formula_text
from owndata.say.notes import why
from owndata.share import protection

HEADINGS = ("表 table", "列 column", "怎么处理 what to do", "为什么 why", "不同值 different values")
WORDS = {
    "replace": "换成假名 replace", "generalise": "概括 generalise", "leave": "略去 leave out", "keep": "保留 keep",
    "people": "有个人 people", "public": "没有个人 no people", "?": "?",
}  # fmt: skip


def write(plan, path):
    """Write the list, one line a table and one a column; nothing of the data is in it but headings.

    Parameters
    ----------
    plan : DataFrame
        From `protection.propose`.
    path : Path
        A CSV file that does not exist yet: corrections are never overwritten.

    Raises
    ------
    WrongValue
        If the file exists.
    """
    if path.exists():
        raise wrong("owndata.sharing_list.exists", path=path)
    shown = pd.DataFrame(
        {
            "table": plan["table"],
            "column": plan["column"],
            "act": plan["act"].map(WORDS),
            "why": ["{1} {0}".format(*why(reason)) if reason else "" for reason in plan["why"]],
            "different": plan["different"],
        }
    )
    with files.in_one_piece(path) as draft:
        shown = formula_text.table(shown.set_axis(HEADINGS, axis="columns"))
        shown.to_csv(draft, index=False, encoding="utf-8-sig", lineterminator="\n")  # the mark tells Excel


def read(path, plan):
    """Read a list back and hold it against the folder as it is now.

    Parameters
    ----------
    path : Path
        The list, looked through.
    plan : DataFrame
        What `protection.propose` says of the folder.

    Returns
    -------
    DataFrame
        The plan with the acts of the list.

    Raises
    ------
    WrongValue
        If the list cannot be read, lacks a column of the folder or names another, or says what cannot be done.
    """
    said = {}
    for number, row in enumerate(_rows(path), 2):
        if not any(cell.strip() for cell in row):
            continue
        table, column, act = (formula_text.restored(cell.strip()) for cell in row[:3])
        act = _act(act, column, path, number)
        if said.setdefault((table, column), act) != act:
            raise _odd(path, table, column, en="says two things of it", zh="对它写了两种处理")
    named = list(zip(plan["table"], plan["column"], strict=True))
    for table, column in named:
        if (table, column) not in said:
            raise _odd(path, table, column, en="does not name it", zh="没有写这一列")
    for table, column in said:
        if (table, column) not in named:
            raise _odd(
                path,
                table,
                column,
                en="names it, but the folder has no such column",
                zh="写了它，但数据里没有",
            )
    return plan.assign(act=[said[one] for one in named])


def _rows(path):
    if not paths.is_regular(path):
        raise wrong("owndata.sharing_list.absent", path=path)
    for encoding in ("utf-8-sig", "gb18030"):  # Excel on Chinese Windows saves CSV in the latter
        try:
            rows = list(csv.reader(Path(path).read_text(encoding=encoding).splitlines()))
            break
        except (ValueError, csv.Error, OSError):
            rows = []
    if len(rows) < 2 or any(0 < len(row) < 3 for row in rows):
        raise wrong("owndata.sharing_list.not_a_list", path=path)
    return rows[1:]


def _act(text, column, path, number):
    """One act, by its word in either language or both."""
    for act in protection.ACTS if column else protection.ABOUT:
        if text.casefold() in {act, WORDS[act].casefold(), *WORDS[act].casefold().split(" ", 1)}:
            return act
    allowed = ", ".join(WORDS[act] for act in (protection.ACTS if column else protection.ABOUT))
    raise wrong("owndata.sharing_list.act", path=path, number=number, text=text, allowed=allowed)


def _odd(path, table, column, *, en, zh):
    place = f"{table}.{column}" if column else table
    return wrong("owndata.sharing_list.odd", place=place, path=path, must=Both(en, zh))
