"""The first sheet of the mapping workbook: open questions in red, each with its choices to tick."""

import json
from dataclasses import replace

import pandas as pd

from helpers.bank.language import Both, wrong
from owndata.identify import formula_text
from owndata.map import proposed_mapping
from owndata.map.guide import ASKED, CHOICES, CHOSEN, QUESTIONS
from owndata.map.questions import Choice, Question

MOST = 30_000  # characters in one cell
WIDTHS = {"key": 18, "question": 80, "proposed": 44, "answer": 50}


def write(book, asked):
    """Write the questions as the first sheet; without any, there is no such sheet.

    Parameters
    ----------
    book : ExcelWriter
        Of xlsxwriter.
    asked : tuple of Question
        Open ones are red until they are answered.
    """
    if not asked:
        return
    sheet = book.book.add_worksheet(QUESTIONS)
    wrap = {"text_wrap": True, "valign": "top"}
    plain, bold = (
        book.book.add_format(wrap),
        book.book.add_format({**wrap, "bold": True, "bg_color": "#DDEBF7"}),
    )
    red = book.book.add_format({"bg_color": "#C00000", "font_color": "#FFFFFF"})
    for i, (name, heading) in enumerate(ASKED.items()):
        sheet.set_column(i, i, WIDTHS[name], plain)
        sheet.write_string(0, i, heading, bold)
    for row, (question, one) in enumerate(zip(asked, _places(asked), strict=True), start=1):
        first, last = one
        ways = [_numbered(i, choice) for i, choice in enumerate(question.choices)]
        chosen = "" if question.answer is None else ways[question.answer]
        asking = f"{question.sentence.zh}\n{question.sentence.en}"
        for i, text in enumerate([formula_text.text(question.key), asking, ways[0], chosen]):
            sheet.write_string(row, i, text)
        source = f"='{CHOICES}'!$B${first}:$B${last}"
        sheet.data_validation(row, 3, row, 3, {"validate": "list", "source": source})
    rule = {"type": "formula", "criteria": '=$D2=""', "format": red}
    sheet.conditional_format(1, 0, len(asked), 3, rule)
    sheet.freeze_panes(1, 0)


def write_choices(book, asked):
    """Write the choices and what each changes: a hidden sheet, from which the drop-down lists are filled.

    Parameters
    ----------
    book : ExcelWriter
        Of xlsxwriter.
    asked : tuple of Question
        As for `write`.
    """
    if not asked:
        return
    sheet = book.book.add_worksheet(CHOICES)
    sheet.hide()
    for i, heading in enumerate(CHOSEN.values()):
        sheet.write_string(0, i, heading)
    row = 0
    for question in asked:
        about = {"kind": question.kind, "about": question.about, "seen": question.seen, "more": question.more}
        for place, one in enumerate(question.choices):
            row += 1
            effect = {
                "en": one.en,
                "zh": one.zh,
                "columns": one.columns,
                "words": one.words,
                "settings": one.settings,
            }
            told = json.dumps({**effect, **(about if place == 0 else {})}, ensure_ascii=False)
            parts = [told[i : i + MOST] for i in range(0, len(told), MOST)]
            for i, text in enumerate([formula_text.text(question.key), _numbered(place, one), *parts]):
                sheet.write_string(row, i, text)


def answered(mapping, path):
    """Read the questions back, and change the mapping as their answers say.

    Parameters
    ----------
    mapping : Mapping
        Columns and words as the workbook has them.
    path : Path
        The workbook; an earlier one has no questions.

    Returns
    -------
    Mapping
        With questions, and with what the answers settle. A ticked proposal changes no column: it stands there,
        and may have been corrected by hand.

    Raises
    ------
    WrongValue
        If an answer is none of the choices.
    """
    shown, known = _read(path, QUESTIONS, ASKED), _read(path, CHOICES, CHOSEN)
    if known is None:
        return mapping
    told = {} if shown is None else dict(zip(shown["key"], shown["answer"], strict=True))
    asked = []
    for key, rows in known.groupby("key", sort=False):
        effects = [json.loads(text) for text in rows["effect"]]
        about = {name: effects[0].pop(name) for name in ("kind", "about", "seen", "more")}
        more = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in about.pop("more").items()
        }
        choices = tuple(Choice(**one) for one in effects)
        seen = tuple(about.pop("seen"))
        place = _place(told.get(key, ""), list(rows["choice"]), path)
        asked.append(Question(**about, seen=seen, choices=choices, more=more, answer=place))
    for question in asked:
        mapping = _settled(mapping, question)
    return replace(mapping, questions=tuple(asked))


def applied(mapping, choice):
    """Change a mapping as a choice says.

    Parameters
    ----------
    mapping : Mapping
    choice : Choice

    Returns
    -------
    Mapping
        With other cells and words; its questions and settings as they were.
    """
    columns = mapping.columns.copy()
    for heading, cells in choice.columns.items():
        for name, value in cells.items():
            columns.loc[columns["heading"] == heading, name] = value
    return replace(mapping, columns=proposed_mapping.plain(columns), words=mapping.words | choice.words)


def _settled(mapping, question):
    """The mapping as an answer changes it; a ticked proposal is in its cells already."""
    if question.answer is None:
        return mapping
    one = question.choices[question.answer]
    settings = {f"{name} {question.about}".strip(): value for name, value in one.settings.items()}
    mapping = replace(mapping, settings=mapping.settings | settings)
    return (
        applied(mapping, one)
        if question.answer > 0 or question.kind in ("branch", "twice", "upside")
        else mapping
    )


def _place(text, choices, path):
    """Which choice was ticked; its number alone is enough."""
    if not text:
        return None
    for i, one in enumerate(choices):
        if text in (one, str(i + 1), f"{i + 1})", one.partition(") ")[2]):
            return i
    raise wrong(
        "owndata.question_sheet.choice",
        path=path,
        questions=QUESTIONS,
        text=text,
        choices=Both("; ".join(choices), "；".join(choices)),
    )


def _numbered(place, choice):
    return f"{place + 1}) {choice.text}"


def _places(asked):
    """The rows of each question's choices on their sheet."""
    row = 2
    for question in asked:
        yield row, row + len(question.choices) - 1
        row += len(question.choices)


def _read(path, name, wanted):
    """One of the two sheets, or None where the workbook has it not."""
    try:
        frame = pd.read_excel(path, sheet_name=name, engine="calamine", dtype=str, keep_default_na=False)
    except Exception:  # an earlier workbook, or one without questions
        return None
    if set(wanted.values()) - set(frame.columns):
        return None
    if "effect" in wanted:  # a long one is in several cells
        frame[wanted["effect"]] = frame.iloc[:, 2:].agg("".join, axis="columns")
    frame = frame[list(wanted.values())].set_axis(list(wanted), axis="columns").map(str.strip)
    return frame[frame["key"] != ""].assign(key=lambda rows: rows["key"].map(formula_text.restored))
