"""The texts of the questionnaire on paper, short and full, as the codebook has them."""

from helpers.bank.language import pick, worded
from workshop.kit import paper

MARKS = (*tuple("1234567"), "9")


def short(book):
    """Write the short form: the 22 perceptions, satisfaction and intention.

    Parameters
    ----------
    book : Codebook
        Of a bank with the course's items.

    Returns
    -------
    bytes
        A ``.docx`` in A4.
    """
    page = _begin(pick(en="Service at our branch: short form", zh="网点服务问卷（短卷）"), about=worded("workshop.paper_questionnaires.short"))  # fmt: skip
    _items(page, book, "P", pick(en="This branch", zh="这家网点"))
    _end(page, book)
    _note(page, book)
    return paper.saved(page)


def full(book):
    """Write the full form: expectations, perceptions, points, what would just do, satisfaction and intention.

    Parameters
    ----------
    book : Codebook
        Of a bank with the course's items.

    Returns
    -------
    bytes
        A ``.docx`` in A4.
    """
    page = _begin(pick(en="Service at our branch: full form", zh="网点服务问卷（完整卷）"), about=worded("workshop.paper_questionnaires.full"))  # fmt: skip
    _items(page, book, "E", pick(en="Part 1 · An excellent bank", zh="第一部分 · 优秀的银行"))
    _items(page, book, "P", overleaf=True, heading=pick(en="Part 2 · This branch", zh="第二部分 · 这家网点"))
    _overleaf(
        page,
        pick(en="Part 3 · What matters, and what would just do", zh="第三部分 · 看重什么，做到几分可以接受"),
    )
    paper.write(page, worded("workshop.paper_questionnaires.points"))
    heads = pick(en=("", "Points", "Would just do (1–7)"), zh=("", "看重程度（分）", "刚好可以接受（1–7）"))
    rows = [(f"{book.label(one['name'])}: {_said(one)}" if pick(en=1, zh=0) else f"{book.label(one['name'])}：{_said(one)}", "", "")
            for one in book.survey["dimensions"]]  # fmt: skip
    paper.table(page, [heads, *rows, (pick(en="Together", zh="合计"), "100", "—")], widths=(7, 2, 2.5))
    page.add_heading(pick(en="Part 4 · In the end", zh="第四部分 · 最后两题"), level=1)
    _end(page, book, heading=False)
    _note(page, book)
    return paper.saved(page)


def _begin(title, *, about):
    page = paper.blank(title, below=about)
    paper.write(page, worded("workshop.paper_questionnaires.begin"))
    return page


def _note(page, book):
    """What anyone who hands it out must know, on a page of its own that is not handed out."""
    numbers = sorted(int(item[1:]) for item in book.reverse if item.startswith("P"))
    _overleaf(
        page, pick(en="For anyone who hands this out (do not copy this page)", zh="发放前请看（本页不用印）")
    )
    paper.write(page, worded("workshop.paper_questionnaires.note", numbers=list(map(str, numbers))))


def _overleaf(page, heading):
    """A heading on a new page; a page break of its own could leave an empty page."""
    page.add_heading(heading, level=1).paragraph_format.page_break_before = True


def _items(page, book, form, heading, *, overleaf=False):
    page.add_heading(heading, level=1).paragraph_format.page_break_before = overleaf
    rows = []
    for dimension in book.dimensions:
        for item, text in book.questions(dimension)[["item", f"wording_{form}"]].itertuples(index=False):
            rows.append((int(item[1:]), f"{item[1:]}. {text}"))
    rows = [(text, *MARKS) for _, text in sorted(rows)]
    paper.table(page, [("", *MARKS), *rows], widths=(12, *[0.8] * len(MARKS)))


def _end(page, book, *, heading=True):
    if heading:
        page.add_heading(pick(en="In the end", zh="最后两题"), level=1)
    fields = {field["name"]: field for field in book.fields("servqual")}
    rows = [(_said(fields[name]), *MARKS[:-1]) for name in ("satisfaction", "intention")]
    paper.table(page, [("", *MARKS[:-1]), *rows], widths=(12, *[0.8] * 7))
    paper.write(page, pick(en="What should we know besides?", zh="还有什么想告诉我们的？"))
    paper.answer(page, "", "")


def _said(entry):
    return entry[pick(en="description", zh="description@zh")]
