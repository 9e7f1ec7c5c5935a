"""The workbook of a training: pre-test, post-test, follow-up and observation, typed in by a trainer without Python.

Its first sheet is the table that `course data map` reads; the headings are those of `owndata.map.own_tables`. A filled example,
the rules of the evaluation and the sheet for observers follow.
"""

from datetime import date, datetime

import xlsxwriter

from helpers.bank import files
from helpers.bank.language import pick, worded

ROWS = 300
INK, LEAF = "#1D2A33", "#E8F3F1"
# Column, heading in English and Chinese, what may stand there: a list, limits, or None.
GROUPS, PHASES, YES_NO = (
    (("Waiting", "等候组"), ("Trained", "培训组")),
    (("Before", "培训前"), ("After", "培训后"), ("Follow-up", "跟踪")),
    (("yes", "是"), ("no", "否")),
)
COLUMNS = (
    ("employee", "Employee number", "工号", None),
    ("branch", "Branch", "网点", None),
    ("group", "Group", "组别", GROUPS),
    ("phase", "Phase", "阶段", PHASES),
    ("date", "Date", "日期", None),
    ("score", "Test score (0–100)", "测验成绩（0–100）", (0, 100)),
    ("behaviour", "Observed behaviour (0–10)", "行为观察（0–10）", (0, 10)),
    ("behaviour_second", "Second observer (0–10)", "第二位观察员（0–10）", (0, 10)),
    ("customer_score", "Customers' score", "客户评分", None),
    ("reaction", "Rating of the training (1–5)", "对培训的评价（1–5）", (1, 5)),
    ("attended", "Attended the day", "是否全程参加", YES_NO),
    ("tired", "Tired (1–7)", "疲惫程度（1–7）", (1, 7)),
)
GUIDE = (
    ("One row is one person at one date. Numbers, no names. Who was absent has no row; a measure that was not taken stays empty.",
     "一行是一个人在一个时间点的记录。只写编号，不写姓名。缺席的不写；没量的空着。"),
    ("Draw lots among branches, not people, before anybody is tested: put the names into a bag, the first half is trained now, "
     "the others wait and are trained later. Six branches and six are few; four and four are the least.",
     "先抽签，再测验。抽的是网点，不是人：把网点名放进袋子，先抽出的一半马上培训，其余等候，以后再培训。六家对六家已经算少，至少要四家对四家。"),
    ("Both groups take the same test on the same days: before, six weeks after, four months after. Ten questions, ten points each; "
     "use another set of equal difficulty each time.",
     "两组同一天考同样的题：培训前、培训后六周、四个月后。十道题，每题十分；每次换一套难度相当的题。"),
    ("Observed behaviour: boxes ticked of ten (sheet 4). The observer does not know who was trained; where two can come, both marks are kept.",
     "行为观察：十格里打了几个勾（第 4 张表）。观察员不知道谁受过培训；能去两位的，两个分数都记。"),
    ("Customers' score: the mean of a person's or branch's ratings of the month, always on the same scale.",
     "客户评分：本人（或所在网点）当月评价的平均，始终用同一把尺子。"),
    ("“Attended the day” and “rating of the training” are for the trained alone. Tired: “I feel worn out by my work”, 1 not at all, 7 fully.",
     "“是否全程参加”“对培训的评价”只有培训组填。疲惫程度：“工作让我身心疲惫”，1 表示完全没有，7 表示完全如此。"),
    ("A person stays in the group of the branch that was drawn, whether or not they came.",
     "抽签时在哪个组，就一直在哪个组，来没来都一样。"),
    ("Then give it to a colleague who has the course: the lesson on training draws both groups before and after, with intervals.",
     "填好以后，交给装了本课程的同事：“培训评估”那一课会画出两组前后的比较，带区间。"),
)  # fmt: skip
BOXES = (
    ("looks up and greets", "抬头，问好"), ("asks what it is about before anything else", "先问清来办什么"),
    ("repeats the request in own words", "用自己的话复述客户的需求"), ("names all documents at once", "要带什么、填什么，一次说清"),
    ("says how long it will take", "说明大概要多久"), ("plain words, no jargon", "说大白话，不说行话"),
    ("shows a step at the machine, lets the customer press", "在机具旁教一步，由客户自己按"),
    ("hears out who is cross, does not interrupt", "客户有火气，先听完，不打断"),
    ("says what happens next, and by when", "说清下一步做什么、几时办好"), ("asks whether anything is left, says goodbye", "问还有没有别的事，道别"),
)  # fmt: skip
PLACES = (("Harbour", "滨江支行"), ("Old Town", "古城支行"), ("Airport Road", "机场路支行"),
          ("Lakeside", "湖畔支行"), ("Station", "车站支行"), ("Market", "集市支行"))  # fmt: skip
DAYS = (date(2026, 3, 2), date(2026, 4, 13), date(2026, 8, 3))


def write(path, *, typed=()):
    """Write the workbook in the reader's language.

    Parameters
    ----------
    path : str or Path
        An ``.xlsx`` file; it is replaced only when the new one is complete.
    typed : sequence of sequences
        Rows that are typed already, in the order of `COLUMNS`; a trainer's workbook begins empty.
    """
    with files.in_one_piece(path) as draft, xlsxwriter.Workbook(draft) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})
        base = {"font_name": pick(en="Calibri", zh="微软雅黑"), "font_color": INK, "border": 1}
        head = book.add_format(base | {"bold": True, "text_wrap": True, "valign": "top", "bg_color": LEAF})
        cell = book.add_format(base)
        text = book.add_format(base | {"border": 0, "text_wrap": True, "valign": "top"})
        _table(book.add_worksheet(pick(en="record", zh="记录")), typed, ROWS, head, cell)
        rows = list(example())
        _table(
            book.add_worksheet(pick(en="example (invented)", zh="示例（虚构）")), rows, len(rows), head, cell
        )
        _guide(book.add_worksheet(pick(en="how", zh="怎么填")), text)
        _boxes(book.add_worksheet(pick(en="observation", zh="观察表")), head, cell)


def example():
    """List the rows of the filled example: six invented branches, two people each.

    Yields
    ------
    list
        A row in the order of `COLUMNS`, in the reader's language.
    """
    for person in range(12):
        place, trained = person // 2, person // 2 % 2
        for when, day in enumerate(DAYS):
            gain = (0, 9, 6)[when] * trained + (0, 1, 1)[when]
            wobble = (person * 7 + when * 5) % 9 - 4
            first = when == 0
            yield [
                f"S{person + 1:03d}", _said(*PLACES[place]), _said(*GROUPS[trained]), _said(*PHASES[when]), f"{day:%Y-%m-%d}",
                60 + 3 * (place % 3) + wobble + gain, 5 + place % 2 + round((gain + wobble) / 12, 1),
                5 + place % 2 + round(wobble / 9, 1) if first and person % 2 else None,
                round(5.3 + wobble / 20 + gain / 90, 2), 4 + person % 2 if trained and when == 1 else None,
                _said(*YES_NO[person % 5 == 0]) if trained else None, 3 + (person + when) % 4,
            ]  # fmt: skip


def headings():
    """Name the columns in the reader's language.

    Returns
    -------
    list of str
        In the order of `COLUMNS`.
    """
    return [pick(en=english, zh=chinese) for _, english, chinese, _ in COLUMNS]


def _said(english, chinese):
    return pick(en=english, zh=chinese)


def _table(sheet, rows, count, head, cell):
    for column, ((_, _, _, may), heading) in enumerate(zip(COLUMNS, headings(), strict=True)):
        sheet.write(0, column, heading, head)
        if may:
            sheet.data_validation(1, column, count, column, _rule(may))
    for row in range(count):
        for column, value in enumerate(rows[row] if row < len(rows) else [None] * len(COLUMNS)):
            sheet.write(row + 1, column, value, cell)
    sheet.set_row(0, 48)
    sheet.set_column(0, len(COLUMNS) - 1, 13)
    sheet.freeze_panes(1, 0)
    _paper(sheet)
    sheet.repeat_rows(0)


def _rule(may):
    """What Excel lets through: a list of words, or numbers between two limits."""
    if isinstance(may[0], tuple):
        return {"validate": "list", "source": [_said(*words) for words in may]}
    low, high = may
    return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high,
            "error_title": f"{low}–{high}", "error_message": worded("classroom.training_workbook.rule", low=low, high=high)}  # fmt: skip


def _guide(sheet, text):
    sheet.set_column(0, 0, 96)
    for row, sides in enumerate(GUIDE):
        sheet.write(row, 0, f"{row + 1}. {_said(*sides)}", text)
        sheet.set_row(row, 34)
    _paper(sheet)


def _boxes(sheet, head, cell):
    """One visit a column: the observer ticks, the sum is the mark."""
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 8, 9)
    for column in range(9):
        sheet.write(
            0, column, pick(en="employee number, date", zh="工号、日期") if column == 0 else None, head
        )
    for row, sides in enumerate(BOXES, start=1):
        sheet.write(row, 0, f"{row}  {_said(*sides)}", cell)
        for column in range(1, 9):
            sheet.write_blank(row, column, None, cell)
    last = pick(en="mark: boxes ticked × 10 ÷ boxes that applied", zh="得分：打勾数 × 10 ÷ 用得上的格数")
    for column in range(9):
        sheet.write(len(BOXES) + 1, column, last if column == 0 else None, head)
    _paper(sheet)


def _paper(sheet):
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
