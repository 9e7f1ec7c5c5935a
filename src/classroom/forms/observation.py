"""A sheet of ten observed customers: typed step by step, read as a log of events."""

import re
import unicodedata
from datetime import datetime
from pathlib import Path

import pandas as pd
import xlsxwriter

from classroom.forms import plan_cells, typed_sheet
from helpers.bank import codebook, data, files
from helpers.bank.language import Both, pick, wrong

# id, English, Chinese; the id stands first in each heading, as in the poll.
COLUMNS = (
    ("customer", "one number a customer", "客户编号"),
    ("touchpoint", "what the customer does", "客户在做什么"),
    ("channel", "where", "在哪里办"),
    ("date", "day", "日期"),
    ("start", "begins at (9:05)", "开始时间（如 9:05）"),
    ("end", "ends at (9:20)", "结束时间（如 9:20）"),
    ("outcome", "how it ended", "结果"),
    (
        "emotion",
        "asked or seen: 1 very bad – 7 very good; empty where nobody asked",
        "情绪：1 很糟，7 很好；没问就空着",
    ),
    ("note", "what was said or seen", "看到或听到了什么"),
)
OUTCOMES = ("done", "returned", "dropped")
LISTS = ("touchpoint", "channel", "outcome")
SHORT = {"退回": "退回重办"}  # as people write it on paper
# Ten invented customers of one morning: start, then step (touchpoint, channel, minutes, outcome, emotion).
_QUEUE, _CHECK, _SIGN, _READY = "queueing", "identity_check", "form_signing", "activation"
DAY = pd.Timestamp("2025-03-03")
INVENTED = {
    1: ("9:02", [(_QUEUE, "counter", 14, "done", 4), (_CHECK, "counter", 5, "done", 5), (_SIGN, "counter", 9, "done", 5), (_READY, "counter", 4, "done", 6)]),
    2: ("9:05", [(_QUEUE, "counter", 22, "done", 3), (_CHECK, "counter", 6, "returned", 2), (_QUEUE, "counter", 12, "done", 3), (_CHECK, "counter", 4, "done", 4), (_SIGN, "counter", 10, "done", 4), (_READY, "app", 5, "done", 6)]),
    3: ("9:11", [(_QUEUE, "smart_counter", 6, "done", 5), (_CHECK, "smart_counter", 4, "done", 5), (_SIGN, "smart_counter", 6, "done", 6), (_READY, "app", 3, "done", 7)]),
    4: ("9:20", [(_QUEUE, "counter", 31, "dropped", 1)]),
    5: ("9:26", [(_QUEUE, "smart_counter", 8, "done", 5), (_CHECK, "smart_counter", 5, "done", 4), (_SIGN, "counter", 11, "done", 4), (_READY, "counter", 4, "done", None)]),
    6: ("9:34", [(_QUEUE, "counter", 18, "done", 4), (_CHECK, "counter", 5, "done", 5), (_SIGN, "counter", 8, "returned", 2), (_CHECK, "counter", 3, "done", 3), (_SIGN, "counter", 7, "done", 4), (_READY, "counter", 5, "done", 5)]),
    7: ("9:41", [(_QUEUE, "smart_counter", 5, "done", 6), (_CHECK, "smart_counter", 3, "done", 6), (_SIGN, "smart_counter", 7, "done", 5), (_READY, "app", 4, "done", 6)]),
    8: ("9:48", [(_QUEUE, "counter", 25, "done", 3), (_CHECK, "counter", 7, "dropped", 2)]),
    9: ("9:55", [(_QUEUE, "counter", 16, "done", 4), (_CHECK, "counter", 4, "done", 5), (_SIGN, "counter", 9, "done", 5), (_READY, "app", 3, "done", 6)]),
    10: ("10:03", [(_QUEUE, "smart_counter", 7, "done", 5), (_CHECK, "app", 4, "done", 6), (_SIGN, "app", 5, "done", 6), (_READY, "app", 2, "done", 6)]),
}  # fmt: skip


def write_template(path):
    """Write the sheet that observers type into, with ten invented customers to try it on.

    Parameters
    ----------
    path : str or Path
        An ``.xlsx`` file; it is replaced only when the new one is complete. The second sheet lists the
        words to choose from; other touchpoints may be typed too.
    """
    table, choices = _invented(), {name: _choices(name) for name in LISTS}
    with files.in_one_piece(path) as draft, pd.ExcelWriter(draft, engine="xlsxwriter") as book:
        table.to_excel(book, sheet_name="observation 观察记录", index=False)
        pd.DataFrame({name: pd.Series(words) for name, words in choices.items()}).to_excel(
            book, sheet_name="words 选项", index=False
        )
        sheet = book.sheets["observation 观察记录"]
        heading = book.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        for column, name in enumerate(table.columns):
            sheet.write(0, column, name, heading)
        sheet.set_column(0, len(table.columns) - 1, 22)
        sheet.set_row(0, 64)
        sheet.freeze_panes(1, 0)
        for place, (name, words) in enumerate(choices.items()):
            letter, column = "ABC"[place], [row[0] for row in COLUMNS].index(name)
            source = f"='words 选项'!${letter}$2:${letter}${len(words) + 1}"
            # A touchpoint of one's own may be typed; channels and outcomes are a closed list.
            sheet.data_validation(1, column, 500, column, {"validate": "list", "source": source,
                                                           "show_error": name != "touchpoint"})  # fmt: skip


def write_form(path):
    """Write the sheet for a room without Python: one language, A4, a filled example on the second sheet.

    Parameters
    ----------
    path : str or Path
        An ``.xlsx`` file; `observed` reads it, too.
    """
    words = {name: [pick(**word) for word in _words(name).values()] for name in LISTS}
    filled = [
        ["" if pd.isna(value) else _spoken(value) for value in row] for row in _invented().to_numpy().tolist()
    ]
    with files.in_one_piece(path) as draft, xlsxwriter.Workbook(draft) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})
        base = {
            "font_name": pick(en="Calibri", zh="微软雅黑"),
            "border": 1,
            "text_wrap": True,
            "valign": "top",
        }
        looks = book.add_format(base | {"bold": True, "bg_color": "#E8F3F1"}), book.add_format(base)
        names = pick(en=("observed", "example (invented)", "words"), zh=("观察记录", "示例（虚构）", "选项"))
        empty, example, lists = (book.add_worksheet(name) for name in names)
        lists.hide()
        for sheet, rows in ((empty, [[""] * len(COLUMNS)] * 45), (example, filled)):
            _lay(sheet, rows, *looks)
        for place, name in enumerate(LISTS):
            lists.write_column(0, place, words[name])
            column = [one[0] for one in COLUMNS].index(name)
            source = f"='{names[2]}'!${'ABC'[place]}$1:${'ABC'[place]}${len(words[name])}"
            empty.data_validation(1, column, 500, column, {"validate": "list", "source": source,
                                                           "show_error": name != "touchpoint"})  # fmt: skip


def _lay(sheet, rows, head, cell):
    """Headings and rows on A4, landscape, fit to its width."""
    sheet.write_row(0, 0, [pick(en=english, zh=chinese) for _, english, chinese in COLUMNS], head)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row, cell)
    for column, width in enumerate((9, 18, 14, 12, 12, 12, 12, 16, 30)):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 48)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _spoken(value):
    """A choice of both languages in the reader's own."""
    text = str(value)
    return (
        pick(en=text.partition(" ")[2].split(" · ")[0], zh=text.split(" · ")[1]) if " · " in text else value
    )


def observed(path):
    """Read the observed customers as a log of events (`helpers.methods.eventlog`).

    Parameters
    ----------
    path : str or Path
        The filled sheet, one row a step; columns are known by the first word of their heading. A path
        that is not found from here is looked for in the collection's own folder.

    Returns
    -------
    DataFrame
        `case`, `step`, `touchpoint`, `channel`, `start`, `end`, `outcome`, `emotion`, `asked_per_million`
        (a million: anyone who is observed is asked), `note`; a word from the lists becomes its id.

    Raises
    ------
    ValueError
        If the file cannot be read, or a column, time, outcome or number is wrong; the sentence names the row.
    """
    name = Path(path).name
    table = typed_sheet.read(path, _column)
    needed = [column for column, *_ in COLUMNS if column != "note"]
    if lost := [column for column in needed if table is None or column not in table]:
        raise wrong("classroom.observation.column", name=name, which=_heading(lost[0]))
    if table.empty:
        raise wrong("classroom.observation.nothing", name=name)
    table = table.reindex(columns=[*needed, "note"])
    _filled(table[[column for column in needed if column != "emotion"]], name=name)
    long = table["customer"].map(lambda cell: isinstance(cell, (int, float)) and abs(cell) >= 1e15)
    _refuse("classroom.observation.long", table["customer"], long, name=name)
    named = table["customer"].map(lambda cell: bool(re.fullmatch(r"[^\d]{2,}", str(cell).strip())))
    _refuse("classroom.observation.named", table["customer"], named, name=name)
    table["emotion"] = table["emotion"].map(typed_sheet.number)
    emotion = pd.to_numeric(table["emotion"], errors="coerce")
    _refuse(
        "classroom.observation.emotion",
        table["emotion"],
        table["emotion"].notna()
        & (~emotion.isin(range(1, 8)) | table["emotion"].map(lambda cell: cell is True)),
        name=name,
    )
    rows = pd.DataFrame({
        "case": table["customer"].map(_number),
        **{column: table[column].map(_id) for column in ("touchpoint", "channel", "outcome")},
        **{column: _moments(table, column, name=name) for column in ("start", "end")},
        "emotion": emotion.astype(float), "asked_per_million": 1_000_000, "note": table["note"],
    })  # fmt: skip
    _known(rows, table, name=name)
    rows = rows.sort_values(["case", "start"], ignore_index=True)
    rows.insert(1, "step", rows.groupby("case").cumcount() + 1)
    _name_words()
    return rows


def _column(cell):
    """The column that a heading names: by the id it begins with, or by its words in either language."""
    known = {typed_sheet.plain(word): row[0] for row in COLUMNS for word in row}
    return known.get(typed_sheet.plain(cell)) or known.get(str(cell).split(" ")[0].lower())


def _headings():
    return [f"{column} {english} · {chinese}" for column, english, chinese in COLUMNS]


def _choices(name):
    """Words to choose from: id, English, Chinese."""
    return [f"{value} {word['en']} · {word['zh']}" for value, word in _words(name).items()]


def _words(name):
    """What each id of a list is called, in both languages."""
    table = "touchpoints" if name == "touchpoint" else "journeys"
    resources = data.package(data.folder("qingyu_bank"))["resources"]
    fields = next(one for one in resources if one["name"] == table)["schema"]["fields"]
    values = next(field for field in fields if field["name"] == name)["values"]
    return {value: values[value] for value in (OUTCOMES if name == "outcome" else values)}


def _name_words():
    """Let the sheet's words be labelled where a bank without a log of steps has no names for them."""
    book = codebook.current()
    unnamed = [
        (value, word["en"], word["zh"])
        for name in LISTS
        for value, word in _words(name).items()
        if book.label(value) == value
    ]
    book.add_names(pd.DataFrame(unnamed, columns=["id", "en", "zh"]), key="id", en="en", zh="zh")


def _invented():
    word = {choice.split(" ")[0]: choice for name in LISTS for choice in _choices(name)}
    rows = []
    for customer, (begin, steps) in INVENTED.items():
        clock = pd.Timestamp(f"{DAY:%Y-%m-%d} {begin}")
        for touchpoint, channel, minutes, outcome, emotion in steps:
            until = clock + pd.Timedelta(minutes=minutes)
            rows.append([customer, word[touchpoint], word[channel], f"{DAY:%Y-%m-%d}", f"{clock:%H:%M}", f"{until:%H:%M}",
                         word[outcome], emotion, None])  # fmt: skip
            clock = until + pd.Timedelta(minutes=1)
    return pd.DataFrame(rows, columns=_headings())


def _filled(table, *, name):
    """Refuse an empty cell."""
    empty = table.isna()
    if not empty.to_numpy().any():
        return
    row = empty.any(axis=1).idxmax()
    column = empty.loc[row].idxmax()
    raise wrong("classroom.observation.empty", name=name, row=row, which=_heading(column))


def _heading(column):
    """A column as the sheet calls it: who typed it may know no code."""
    return next(Both(f"{one} {english}", chinese) for one, english, chinese in COLUMNS if one == column)


def _refuse(rule, cells, odd, *, name):
    """Name the first cell that breaks a rule."""
    if odd.any():
        row, which = odd.idxmax(), _heading(cells.name)
        raise wrong(rule, name=name, row=row, which=which, found=cells.astype(object)[row])


def _id(word):
    """The id of a word from the list, written in one language or both; one's own word stays whole."""
    word = SHORT.get(str(word).strip(), str(word).strip())
    named = {
        one: value
        for name in LISTS
        for value, both in _words(name).items()
        for one in (both["en"], both["zh"])
    }
    return word.split(" ")[0] if " · " in word else named.get(word, word)


def _number(cell):
    """A customer's number, whether the workbook holds it as a number or as text, were it "3号"."""
    text = unicodedata.normalize("NFKC", f"{cell:.15g}" if isinstance(cell, float) else str(cell)).strip()
    counted = re.fullmatch(r"(?:第|客户|no\.?|#)\s*(\d+)\s*[号位]?|(\d+)\s*[号位]", text, re.IGNORECASE)
    return counted[1] or counted[2] if counted else re.sub(r"\.0+$", "", text)


def _clock(cell):
    """The time of day, also behind a day, as "下午2点05分" or as the fraction of a day; "none" for anything else."""
    if isinstance(cell, float) and 0 < cell < 1:
        cell = pd.Timestamp(0) + pd.Timedelta(days=cell).round("s")
    text = unicodedata.normalize("NFKC", str(cell)).strip().lower()
    found = re.fullmatch(
        r"(?:\d{4}-\d\d-\d\d[ t])?(上午|早上|下午|晚上)?\s*(\d{1,2})(?::(\d{1,2})(?::\d{1,2}(?:\.\d+)?)?|[点时](?:(\d{1,2})分?|(半)|整)?)\s*(am|pm)?",
        text,
    )
    if not found or (found[1] and found[6]):
        return "none"
    half, hour = found[1] or found[6], int(found[2])
    if half and (hour == 0 or (hour == 12 and half in ("上午", "早上", "am", "晚上"))):
        return "none"  # noon or midnight: nobody can tell
    later = 12 if half in ("下午", "晚上", "pm") and hour < 12 else 0
    return f"{hour + later}:{found[3] or found[4] or (30 if found[5] else 0)}"


def _day(cell):
    """A day, a day of the week behind it or not; what is no day stays for the message."""
    day = plan_cells.day(cell)
    return plan_cells.day(day.split(" ")[0]) if isinstance(day, str) else day


def _moments(table, column, *, name):
    """Day and time of day as one moment; workbooks hold them as text or as dates and times."""
    days = table["date"].map(_day)
    day = pd.to_datetime(days.where(days.map(lambda one: isinstance(one, pd.Timestamp))))
    _refuse("classroom.observation.date", table["date"], day.isna(), name=name)
    moment = pd.to_datetime(
        day.dt.strftime("%Y-%m-%d ") + table[column].map(_clock), errors="coerce", format="mixed"
    )
    _refuse("classroom.observation.time", table[column], moment.isna(), name=name)
    return moment


def _known(rows, table, *, name):
    """Refuse an outcome off the list, a step that ends before it begins, and two steps at once."""
    _refuse("classroom.observation.outcome", table["outcome"], ~rows["outcome"].isin(OUTCOMES), name=name)
    odd = (rows["end"] < rows["start"]) | rows.duplicated(["case", "start"])
    if odd.any():
        row = odd.idxmax()
        raise wrong("classroom.observation.order", name=name, row=row)
