"""The room's own numbers: ten questions typed into one sheet, scored like the survey."""

import re
import unicodedata
from pathlib import Path

import pandas as pd

from classroom.forms import typed_sheet
from helpers.bank import checks, files
from helpers.bank.language import wrong

# What the sheet asks, one line a dimension: id, English, Chinese.
QUESTIONS = (
    ("tangibles", "the place and its equipment look right", "环境和设备让人满意"),
    ("reliability", "promises are kept, the first time", "说到做到，一次办好"),
    ("responsiveness", "help comes quickly", "需要时很快有人帮忙"),
    ("assurance", "staff know their business and inspire confidence", "员工专业，让人放心"),
    ("empathy", "customers are treated as persons", "把客户放在心上"),
)
FORMS = (("E", "An excellent bank", "优秀的银行"), ("P", "Our branch", "我们网点"))
# Twelve invented people, so that the figure can be tried before the room is polled.
INVENTED = (
    (6, 7, 7, 6, 6, 6, 5, 4, 6, 5), (5, 7, 6, 7, 6, 5, 6, 5, 6, 5), (6, 6, 7, 6, 5, 6, 4, 5, 5, 5),
    (7, 7, 7, 7, 7, 6, 6, 4, 6, 6), (5, 6, 6, 6, 5, 5, 5, 5, 6, 4), (6, 7, 6, 6, 6, 7, 5, 4, 5, 5),
    (6, 7, 7, 7, 6, 6, 6, 5, 6, 5), (4, 6, 6, 5, 5, 5, 5, 4, 5, 4), (6, 7, 7, 6, 7, 6, 5, 5, 6, 6),
    (5, 6, 7, 6, 6, 6, 4, 4, 6, 5), (7, 7, 6, 7, 6, 6, 6, 6, 6, 5), (6, 6, 7, 6, 6, 5, 5, 4, 5, 6),
)  # fmt: skip


def _headings():
    return [
        f"{form}{i} {there}:{asked} · {where}: {text}"
        for form, where, there in FORMS
        for i, (_, text, asked) in enumerate(QUESTIONS, start=1)
    ]


def write_template(path):
    """Write the sheet that a trainer types the room's answers into.

    Parameters
    ----------
    path : str or Path
        An ``.xlsx`` file; it is replaced only when the new one is complete.
    """
    table = pd.DataFrame(INVENTED, columns=_headings())
    with files.in_one_piece(path) as draft, pd.ExcelWriter(draft, engine="xlsxwriter") as book:
        table.to_excel(book, sheet_name="poll 小调查", index=False)
        sheet = book.sheets["poll 小调查"]
        heading = book.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        for column, name in enumerate(table.columns):
            sheet.write(0, column, name, heading)
        sheet.set_column(0, len(table.columns) - 1, 18)
        sheet.set_row(0, 80)
        sheet.freeze_panes(1, 0)
        sheet.data_validation(1, 0, 500, 9, {"validate": "integer", "criteria": "between", "minimum": 1,
                                             "maximum": 7, "error_message": "1–7"})  # fmt: skip


def poll_scores(path):
    """Read the room's answers as scores by person and dimension.

    Parameters
    ----------
    path : str or Path
        The filled sheet: one row a person, ten columns beginning with E1 … E5 and P1 … P5, answers 1–7.
        A path that is not found from here is looked for in the collection's own folder.

    Returns
    -------
    DataFrame
        As `helpers.methods.servqual.scores` returns; people with an empty answer in a dimension are left out of it.

    Raises
    ------
    ValueError
        If the file is missing or cannot be read, a question is missing, an answer is not a whole number from 1 to 7,
        or fewer than two people answered.
    """
    wanted = [f"{form}{i}" for form, *_ in FORMS for i in range(1, len(QUESTIONS) + 1)]
    table = typed_sheet.read(path, _question)
    if table is None:
        raise wrong("classroom.poll.no_headings", name=Path(path).name)
    checks.columns(table, wanted, name=Path(path).name)
    answers = table[wanted].map(typed_sheet.number).dropna(how="all")
    checks.within(answers, low=1, high=7, name=Path(path).name)
    _refuse_averages(answers, Path(path).name)
    answers = answers.astype(float)
    parts = [
        pd.DataFrame({"respondent": answers.index, "branch": "room", "dimension": dimension,
                      "perceived": answers[f"P{i}"], "expected": answers[f"E{i}"]})
        for i, (dimension, *_) in enumerate(QUESTIONS, start=1)
    ]  # fmt: skip
    scores = pd.concat(parts, ignore_index=True).dropna()
    if scores.groupby("dimension").size().reindex([name for name, *_ in QUESTIONS]).fillna(0).min() < 2:
        raise wrong("classroom.poll.too_few")
    return scores.assign(gap=scores["perceived"] - scores["expected"])


def _question(cell):
    """E1 … P5, however the heading goes on."""
    found = re.match(r"([EP][1-5])(?!\d)", unicodedata.normalize("NFKC", str(cell)).strip().upper())
    return found and found[1]


def _refuse_averages(answers, name):
    """Nobody answers 6.3 or TRUE: such a row is a line of averages, or a formula."""
    odd = answers.map(lambda cell: isinstance(cell, bool) or cell % 1 != 0) & answers.notna()
    if odd.any(axis=None):
        row = odd.any(axis=1).idxmax()
        column = odd.loc[row].idxmax()
        raise wrong(
            "classroom.poll.not_whole", name=name, row=row, column=column, found=answers.loc[row, column]
        )
