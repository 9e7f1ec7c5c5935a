"""Packs to print: all sheets for one kind of reader in one document, in the order in which they are needed."""

from helpers.bank.language import pick
from workshop.build import yamlfile
from workshop.kit import branch_workbooks, exam, handouts, paper, paper_sheets
from workshop.kit.kit_lessons import CARDS

ALWAYS = ("attendance", "thirty_days")


def _wanted(route, found):
    """List the sheets that a route needs.

    Parameters
    ----------
    route : routes.Route
        Its activities name them.
    found : dict
        Id → `leaves.Leaf`.

    Returns
    -------
    list of leaves.Leaf
        In the order of the file.
    """
    named = {one for activity in route.activities for one in activity.material} | set(ALWAYS)
    return [leaf for leaf in found.values() if leaf.id in named]


def listed(route, home):
    """List the packs that a route needs.

    Parameters
    ----------
    route : routes.Route
        The route.
    home : Path
        The collection's folder.

    Returns
    -------
    dict
        Id of a pack → ``(title, copies, titles of its sheets)``, in print order.
    """
    packs, found = paper_sheets.read(home)
    titles = {pack: [leaf.title for leaf in _wanted(route, found) if leaf.pack == pack] for pack in packs}
    titles["groups"] += [
        _cards(one[pick(en="title", zh="title@zh")])
        for one in route.lessons
        if CARDS in one.get("sheets", [])
    ]
    titles["participant_before"].append(pick(en="My guesses", zh="我的猜测"))
    titles["participant_after"] = [lesson[pick(en="title", zh="title@zh")] for lesson in route.lessons]
    return {
        pack: (title, route.counted(copies), titles[pack])
        for pack, (title, copies) in packs.items()
        if titles[pack]
    }


def made(pack, route, lessons, *, home, book):
    """Draw one pack.

    Parameters
    ----------
    pack : str
        Its id.
    route : routes.Route
        The route.
    lessons : sequence of lessons.Lesson
        In order.
    home : Path
        The collection's folder.
    book : Codebook
        Of the bank: words of the complaint log.

    Returns
    -------
    bytes
        A ``.docx``: A4, each sheet on a page of its own.
    """
    packs, found = paper_sheets.read(home)
    page = paper.pack(packs[pack][0])
    for leaf in _wanted(route, found):
        if leaf.pack == pack:
            _sheet(page, leaf, route, home=home, book=book)
    if pack == "participant_before":
        for number, (_, blocks) in enumerate(route.days, start=1):
            today = {block.about["id"] for block in blocks if block.kind == "lesson"}
            own = [lesson for lesson in lessons if lesson.id in today]
            handouts.before(page, own, day=number if len(route.days) > 1 else 0)
    for lesson in lessons if pack == "groups" else ():
        if lesson.cards:
            paper.leaf(
                page,
                _cards(lesson.name),
                below=pick(en="Cut along the lines.", zh="沿线裁开。"),
                edge=paper_sheets.CUT,
            )
            paper.cards(page, lesson.cards, across=3, down=4)
    for lesson in lessons if pack == "participant_after" else ():
        handouts.after(page, lesson)
    return paper.saved(page)


def _cards(name):
    return pick(en=f"Cards: {name}", zh=f"卡片：{name}")


def _sheet(page, leaf, route, *, home, book):
    if leaf.form == "test":
        questions, order = exam.read(home)
        exam.draw(page, questions, title=leaf.title, order=order if leaf.id.endswith("after") else None)
    elif leaf.form == "log":
        _log(page, leaf, home=home, book=book)
    else:
        paper_sheets.draw(
            page, leaf, paper_sheets.text(home, leaf.id, route=route.title, people=route.people)
        )


def _log(page, leaf, *, home, book):
    """The filled complaint log, turned so that it can be read on A4: a line of the log a column."""
    filled = yamlfile.read(home / "course" / "day" / "complaint_filled.yml")
    lines = branch_workbooks.example(book, filled)
    heads = [pick(en=en, zh=zh) for _, en, zh, *_ in branch_workbooks.LOG]
    paper.leaf(page, leaf.title, below=pick(en="Invented.", zh="虚构。"))
    rows = list(zip(heads, *lines, strict=True))
    paper.table(page, rows, widths=(2, 3, 3, 3), largest=11)
