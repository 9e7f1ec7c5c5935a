"""The list for the room: what to set up, what to print, what remains to be done when everybody has gone home."""

from helpers.bank.language import pick, worded
from workshop.kit import paper, print_files, print_packs


def checklist(route, names, *, home, pdf=False):
    """Write the list for the room.

    Parameters
    ----------
    route : routes.Route
        The route.
    names : dict
        What files are called in the kit (`kit_names.names`).
    home : Path
        The collection's folder.
    pdf : bool
        Whether the kit has a file to print for each reader, too.

    Returns
    -------
    bytes
        A ``.docx``.
    """
    page = paper.blank(pick(en="Checklist for the room", zh="教室准备清单"), below=route.counted(worded("workshop.room_list.copies")))  # fmt: skip
    held = {"", "later days"} if len(route.days) > 1 else {""}
    for heading, items in (*_ROOM[pick(en="en", zh="zh")].items(), _after(route, names)):
        page.add_heading(heading, level=1)
        for needs, item in ((one if isinstance(one, tuple) else ("", one)) for one in items):
            if needs in held:
                paper.write(page, f"☐ {route.counted(item)}")
    page.add_heading(pick(en="Print", zh="打印"), level=1)
    heads = pick(
        en=("File", "What is in it", "Paper", "Copies", "☐"),
        zh=("文件", "里面是什么", "纸张", "份数", "☐"),
    )
    paper.table(
        page, [heads, *[(*row, "☐") for row in printed(route, names, home=home)]], widths=(4, 5, 1.5, 3, 0.8)
    )
    if pdf:
        page.add_heading(
            pick(en="Or one file for each reader, one-sided", zh="或者一类人一个文件，单面打印"), level=2
        )
        rows = [
            (
                print_files.place(names, reader),
                what,
                "A3" if reader == print_files.WALL else "A4",
                route.counted(copies),
                "☐",
            )
            for reader, (_, what, copies) in print_files.titles().items()
        ]
        paper.table(page, [heads, *rows], widths=(4, 5, 1.5, 3, 0.8))
    return paper.saved(page)


def _after(route, names):
    """What remains to be done when everybody has gone home."""
    books = {name: f"{names['templates']}/{names[name]}" for name in ("test_book", "training_book")}
    done = [worded("workshop.room_list.reactions")]
    if any("test_after" in one.material for one in route.activities):
        done.insert(0, worded("workshop.room_list.tests", tests=books["test_book"]))
    return pick(en="Afterwards", zh="课后"), [*done, worded("workshop.room_list.days", training=books['training_book']), worded("workshop.room_list.comparison")]  # fmt: skip


def printed(route, names, *, home):
    """List what is to be printed.

    Parameters
    ----------
    route : routes.Route
        The route.
    names : dict
        What files are called in the kit.
    home : Path
        The collection's folder.

    Returns
    -------
    list of tuple of str
        File, what is in it, paper, copies.
    """
    a4, a3, mark = "A4", pick(en="A3, landscape", zh="A3 横向"), pick(en=", ", zh="、")
    rows = [
        (f"{names['print']} / {title}.docx", mark.join(sheets), a4, copies)
        for title, copies, sheets in print_packs.listed(route, home).values()
    ]
    team = route.counted(pick(en="{teams}: one a team", zh="{teams} 份：每队一份"))
    wall = pick(en="5 of account opening, one of each other journey", zh="开户 5 张，其他旅程各 1 张")
    if any("blank_map" in activity.material for activity in route.activities):
        rows.append(
            (f"{names['maps']} / {names['blank_map']}", pick(en="to lay cards on", zh="摆卡牌用"), a3, team)
        )
    rows.append(
        (names["maps"], pick(en="journeys: hang up after lesson 1", zh="旅程图：第 1 课讲完再贴"), a3, wall)
    )
    sheets = {sheet for lesson in route.lessons for sheet in lesson.get("sheets", [])}
    if "observation_paper" in sheets:
        rows.append((f"{names['print']} / {names['observation_paper']}", pick(en="goes home with them", zh="带回网点用"),
                     pick(en="A4, landscape", zh="A4 横向"), route.counted(pick(en="{people}: one each", zh="{people} 份：每人一份"))))  # fmt: skip
    if "plan_sheet" in sheets:
        rows.append((f"{names['templates']} / {names['plan_sheet']}", pick(en="one line of a plan", zh="写一行计划"),
                     pick(en="A4, landscape, two sheets", zh="A4 横向，两张"), team))  # fmt: skip
    own = pick(en="1: for you", zh="1 份：讲师自己用")
    rows += [
        (names[one], pick(en="for you alone", zh="只给讲师"), a4, own)
        for one in ("timetable", "handbook", "answers")
    ]
    return rows


_ROOM = {
    "en": {
        "The day before": (
            "Unzip the whole kit to the desktop of the very machine that is in the room; open the start page.",
            "Open one classroom page and the slides there: do Chinese names and figures show?",
            "Copy the kit to a USB stick as well. Nothing in it needs a network.",
            "Print (see below). Cut the cards of pack 3 and of the deck, one envelope a group. Keep pack 2 in one pile a lesson.",
        ),
        "In the room": (
            "Projector, and a cable that fits the machine; stand in the last row: can you read the figures?",
            "Tables for {teams} teams of five; a wall for the maps, tape or magnets; green and red stickers.",
            "A whiteboard and two pens to count hands; pencils and paper for everybody; for the complaint clinic a red and a green card each.",
            ("later days", "Twelve blank cards or slips a table, for the customers of your own branch."),
            "A clock that you can see. A sheet “questions for later” on the wall. A bell for the gallery walk.",
            "An assistant with a computer: types the ballots in the break (three ballots a minute).",
        ),
        "Agree beforehand": (
            "To find out later whether it helped, draw lots before you invite: which branches come this time, which the next time.",
            "No names of customers or colleagues are spoken or written.",
            "What the room says stays in the room; the poll is for talking, not for reporting.",
        ),
    },
    "zh": {
        "前一天": (
            "把整个讲师包解压到上课那台电脑的桌面，双击打开开始页。",
            "在那台电脑上各打开一份课堂页面和幻灯片：中文文件名和图都正常吗？",
            "再拷一份到 U 盘。全部内容都不需要网络。",
            "打印（见下表）。第 3 包和卡牌裁好，一组装一个信封。第 2 包按课分成几摞，讲完一课发一课。",
        ),
        "教室里": (
            "投影仪，以及和电脑接口相配的连接线；站到最后一排：图上的字看得清吗？",
            "五人一桌，{teams} 桌；能贴图的墙面，胶带或磁贴；红、绿贴纸。",
            "白板和两支白板笔（举手计票用）；每人一支铅笔、几张白纸；做投诉会诊的，每人再备红、绿纸牌各一张。",
            ("later days", "每桌十二张空白卡片或纸条，写自己网点的客户。"),
            "一个看得见的钟；墙上贴一张“留到后面的问题”；画廊漫步用的铃。",
            "一位助教和一台电脑：课间录选票（一分钟大约三张）。",
        ),
        "事先说好": (
            "想知道培训有没有用：发通知以前先抽签，定好哪几家网点这次来，哪几家等下一期。",
            "不说、不写任何客户或同事的姓名。",
            "现场说的话不外传；小调查用来讨论，不能当作汇报的数据。",
        ),
    },
}
