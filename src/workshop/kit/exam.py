"""The ten questions before and after: on paper, their key, a workbook that counts which question taught what."""

import io
from dataclasses import dataclass

import xlsxwriter
from docx.shared import Pt

from helpers.bank.language import current, pick, worded
from workshop.build import yamlfile
from workshop.kit import office, paper

LETTERS = "abcd"
PEOPLE = 60  # more than a room holds


@dataclass(frozen=True)
class Question:
    """One question in the reader's language.

    Parameters
    ----------
    ask, right, why : str
        The question, the letter of its answer, and the reason.
    choices : tuple of str
        In order a, b, c, d.
    """

    ask: str
    choices: tuple
    right: str
    why: str


def read(home):
    """Read the questions of both forms.

    Parameters
    ----------
    home : Path
        The collection's folder.

    Returns
    -------
    tuple
        ``(questions, order)``: a tuple of `Question`, and for the second form the number of each question in the first.
    """
    held, spoken = yamlfile.read(home / "course" / "day" / "test.yml"), current()
    questions = tuple(
        Question(
            one["ask"][spoken],
            tuple(choice[spoken] for choice in one["choices"]),
            one["right"],
            one["why"][spoken],
        )
        for one in held["questions"]
    )
    return questions, held["order_after"]


def draw(page, questions, *, title, order=None):
    """Draw a form on a new page.

    Parameters
    ----------
    page : Document
        From `paper.pack`.
    questions : sequence of Question
        From `read`.
    title : str
        What it is called.
    order : sequence of int, optional
        Of the second form.
    """
    paper.leaf(page, title, below=worded("workshop.exam.head"))
    paper.answer(page, pick(en="Number: ", zh="编号："))
    gap = pick(en="  ", zh="　")
    for number, question in enumerate(_ordered(questions, order), start=1):
        paper.write(page, f"**{number}. {question.ask}**")
        page.paragraphs[-1].paragraph_format.keep_with_next = True
        page.paragraphs[-1].paragraph_format.space_after = Pt(1)
        _choices(
            page,
            [f"☐ {letter}{gap}{choice}" for letter, choice in zip(LETTERS, question.choices, strict=False)],
        )


def _choices(page, choices):
    """On one line where they are short, so that the form stays on one sheet."""
    together = ("　　" if current() == "zh" else "     ").join(choices)
    lines = [together] if office.lines(together, size=11, width=480) == 1 else choices
    for number, line in enumerate(lines, start=1):
        page.add_paragraph(line)
        page.paragraphs[-1].paragraph_format.space_after = Pt(0 if number < len(lines) else 4)
        page.paragraphs[-1].paragraph_format.keep_with_next = number < len(lines)


def key(page, questions, order):
    """Write the answers of both forms for the trainer.

    Parameters
    ----------
    page : Document
        From `paper.pack`.
    questions, order
        From `read`.
    """
    paper.leaf(page, pick(en="Ten questions: key", zh="前测、后测：答案"), below=worded("workshop.exam.key"))
    heads = pick(en=("Before", "After", "Right", "Why"), zh=("前测题号", "后测题号", "答案", "为什么"))
    rows = [
        (str(number), str(order.index(number) + 1), question.right, f"{question.ask} → {question.why}")
        for number, question in enumerate(questions, start=1)
    ]
    paper.table(page, [heads, *rows], widths=(1, 1, 1, 8))


def workbook(questions, order):
    """Make the workbook into which letters are typed, and which says what each question showed.

    Parameters
    ----------
    questions, order
        From `read`.

    Returns
    -------
    bytes
        An ``.xlsx``: before, after, and for each question the share right before and after, and the share of the
        upper less that of the lower half of the room.
    """
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        book.formats[0].set_font_name(office.latin())
        base = {"font_name": office.latin(), "border": 1, "border_color": "#C9D3D5"}
        head = book.add_format(
            base | {"bold": True, "bg_color": "#E8F3F1", "text_wrap": True, "valign": "top"}
        )
        cell, share = book.add_format(base), book.add_format(base | {"num_format": "0%"})
        odd = book.add_format(base | {"bg_color": "#B3261E", "font_color": "#FFFFFF"})
        names = pick(en=("before", "after", "what it shows"), zh=("前测", "后测", "看结果"))
        for name, one in zip(names[:2], (None, order), strict=True):
            right = [question.right for question in _ordered(questions, one)]
            _answers(book.add_worksheet(name), right, head, cell, odd)
        _shares(book.add_worksheet(names[2]), questions, order, names, (head, cell, share))
    return held.getvalue()


def _ordered(questions, order):
    return [questions[number - 1] for number in order] if order else list(questions)


def _answers(sheet, right, head, cell, odd):
    """One person a row: number, ten letters, how many are right."""
    heads = [pick(en="number", zh="编号"), *map(str, range(1, len(right) + 1)), pick(en="right", zh="答对")]
    sheet.write_row(0, 0, heads, head)
    sheet.write_row(1, 0, [pick(en="key", zh="答案"), *right, ""], head)
    for row in range(2, PEOPLE + 2):
        for column in range(len(right) + 1):
            sheet.write_blank(row, column, None, cell)
        sheet.write_formula(
            row,
            len(right) + 1,
            f'=IF(COUNTA(B{row + 1}:K{row + 1})=0,"",SUMPRODUCT(--(B{row + 1}:K{row + 1}=B$2:K$2)))',
            cell,
            "",
        )
    sheet.data_validation(2, 1, PEOPLE + 1, len(right), {"validate": "list", "source": list(LETTERS)})
    # What is pasted passes the validation by.
    rule = f'=IF(B3="",FALSE,OR(LEN(B3)<>1,ISERROR(FIND(LOWER(B3),"{"".join(LETTERS)}"))))'
    sheet.conditional_format(
        2, 1, PEOPLE + 1, len(right), {"type": "formula", "criteria": rule, "format": odd}
    )
    sheet.set_column(0, len(right) + 1, 7)
    sheet.freeze_panes(2, 1)
    _paper(sheet)


def _shares(sheet, questions, order, names, formats):
    """For each question: right before, right after, and whether those who know more know it more often."""
    head, cell, share = formats
    sheet.write_row(0, 0, pick(
        en=("question", "what it asks", "right before", "right after", "gain", "upper less lower half, after"),
        zh=("题号", "问什么", "前测答对", "后测答对", "提高", "后测：高分一半减低分一半"),
    ), head)  # fmt: skip
    last = PEOPLE + 2
    for row, question in enumerate(questions, start=1):
        first, second = (chr(65 + row), chr(65 + order.index(row) + 1))
        before = f"'{names[0]}'!{first}$3:{first}${last}"
        after = f"'{names[1]}'!{second}$3:{second}${last}"
        score = f"'{names[1]}'!$L$3:$L${last}"
        sheet.write(row, 0, row, cell)
        sheet.write(row, 1, question.ask, cell)
        sheet.write_formula(row, 2, _share(before, question.right), share, "")
        sheet.write_formula(row, 3, _share(after, question.right), share, "")
        at = row + 1
        sheet.write_formula(row, 4, f'=IF(OR(C{at}="",D{at}=""),"",D{at}-C{at})', share, "")
        sheet.write_formula(row, 5, (
            f'=IFERROR(SUMPRODUCT(({after}="{question.right}")*({score}<>"")*({score}>MEDIAN({score})))/'
            f'COUNTIF({score},">"&MEDIAN({score}))-SUMPRODUCT(({after}="{question.right}")*({score}<>"")*'
            f'({score}<=MEDIAN({score})))/COUNTIF({score},"<="&MEDIAN({score})),"")'
        ), share, "")  # fmt: skip
    sheet.write(len(questions) + 2, 1, worded("workshop.exam.shares"))
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 5, 13)
    sheet.set_row(0, 32)
    _paper(sheet)


def _share(cells, right):
    return f'=IF(COUNTA({cells})=0,"",COUNTIF({cells},"{right}")/COUNTA({cells}))'


def _paper(sheet):
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
