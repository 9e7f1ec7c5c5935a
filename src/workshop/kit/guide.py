"""What the trainer holds: the timetable, the handbook minute by minute, the list for the room."""

from helpers.bank.language import pick
from workshop.kit import handouts, minutes, paper

KINDS = {
    "lesson": ("", ""), "activity": ("", ""), "slack": ("free: tasks of the handout, questions, what took longer", "机动：做讲义上的任务、答疑、补讲"),
    "pause": ("pause", "休息"), "lunch": ("lunch", "午餐、午休"),
}  # fmt: skip


def timetable(route, slots):
    """Write the day on one page.

    Parameters
    ----------
    route : routes.Route
        The route.
    slots : list of minutes.Slot
        From `minutes.day`.

    Returns
    -------
    bytes
        A ``.docx``.
    """
    page = paper.blank(pick(en=f"Timetable: {route.title}", zh=f"时间表：{route.title}"), below=told(route))
    heads = pick(en=("Time", "Minutes", "What"), zh=("时间", "分钟", "内容"))
    rows = [(slot.clock, str(slot.end - slot.start), named(slot)) for slot in slots]
    paper.table(page, [heads, *rows], widths=(2, 1, 7))
    return paper.saved(page)


def named(slot):
    """Say what a block of the day is.

    Parameters
    ----------
    slot : minutes.Slot
        The block.

    Returns
    -------
    str
        For a table.
    """
    word = pick(en=KINDS[slot.kind][0], zh=KINDS[slot.kind][1])
    if slot.kind == "lesson":
        return f"{slot.lesson.name} · {slot.lesson.question}"
    return word + (_activity(slot.lesson) if slot.kind == "activity" else "")


def told(route):
    """Say how the hours are used.

    Parameters
    ----------
    route : routes.Route
        The route.

    Returns
    -------
    str
        One or two sentences.
    """
    return pick(
        en=f"{route.hours:g} hours of teaching: {route.planned} minutes are planned, {route.slack} are free. "
        "It begins at 9:00; if you begin at another time, move the clock, the minutes stay.",
        zh=f"授课 {route.hours:g} 小时：安排了 {route.planned} 分钟，机动 {route.slack} 分钟。"
        "按 9:00 开始排；换个时间开始，钟点顺移，分钟数不变。",
    )


def handbook(route, lessons, slots):
    """Write the trainer's handbook: each lesson minute by minute, what to answer, what to play.

    Parameters
    ----------
    route, lessons, slots
        The route, its lessons, and `minutes.day` of them.

    Returns
    -------
    bytes
        A ``.docx``.
    """
    page = paper.blank(
        pick(en=f"Trainer's handbook: {route.title}", zh=f"讲师手册：{route.title}"), below=told(route)
    )
    begins = {slot.lesson.id: slot.start for slot in slots if slot.kind == "lesson"}
    for number, lesson in enumerate(lessons):
        heading = page.add_heading(f"{lesson.name} · {lesson.question}", level=1)
        heading.paragraph_format.page_break_before = number > 0
        paper.write(page, lesson.sections[""])
        page.add_heading(minutes.heading(), level=2)
        _plan(page, lesson, begins[lesson.id])
        for heading, text in lesson.sections.items():
            if heading and heading != minutes.heading():
                page.add_heading(heading, level=2)
                paper.write(page, text)
    return paper.saved(page)


def checklist(lessons, names):
    """Write the list for the room.

    Parameters
    ----------
    lessons : sequence of lessons.Lesson
        Of the route.
    names : dict
        What files are called in the kit (`names.names`).

    Returns
    -------
    bytes
        A ``.docx``.
    """
    page = paper.blank(pick(en="Checklist for the room", zh="教室准备清单"), below=pick(
        en="Counted for 30 people; for another number, count again.", zh="按 30 人算；人数不同，请重新算份数。"
    ))  # fmt: skip
    for heading, items in _ROOM[pick(en="en", zh="zh")].items():
        page.add_heading(heading, level=1)
        for item in items:
            paper.write(page, f"☐ {item}")
    page.add_heading(pick(en="Print", zh="打印"), level=1)
    paper.table(page, [pick(en=("What", "Paper", "Copies for 30", "☐"), zh=("内容", "纸张", "30 人的份数", "☐")),
                       *[(*row, "☐") for row in printed(lessons, names)]], widths=(6, 2, 3, 1))  # fmt: skip
    return paper.saved(page)


def printed(lessons, names):
    """List what is to be printed.

    Parameters
    ----------
    lessons : sequence of lessons.Lesson
        Of the route.
    names : dict
        What files are called in the kit.

    Returns
    -------
    list of tuple of str
        Name, paper, copies for thirty people.
    """
    a4, a3 = "A4", pick(en="A3, landscape", zh="A3 横向")
    each, group = (
        pick(en="30: one each", zh="30 份：每人一份"),
        pick(en="10: one for three", zh="10 份：三人一份"),
    )
    rows = [(f"{names['handouts']} / {lesson.name}", a4, each) for lesson in lessons]
    cut = pick(en="1: cut into slips", zh="1 份：裁成纸条")
    rows += [(f"{names['handouts']} / {handouts.called(lesson, names)}", a4, group if handouts.acted(lesson) else cut)
             for lesson in lessons if handouts.role_plays(lesson)]  # fmt: skip
    if any("observation_paper" in lesson.sheets for lesson in lessons):
        rows.append((f"{names['handouts']} / {names['observation_paper']}", pick(en="A4, landscape", zh="A4 横向"),
                     pick(en="15: one for two", zh="15 份：两人一份")))  # fmt: skip
    table = pick(en="10: one a table", zh="10 份：每桌一份")
    if any("data_map" in lesson.sheets for lesson in lessons):
        rows.append((f"{names['maps']} / {names['data_map']}", a3, table))
    rows.append(
        (
            names["maps"],
            a3,
            pick(en="5 of account opening, one of each other journey", zh="开户 5 张，其他旅程各 1 张"),
        )
    )
    if any("plan_sheet" in lesson.sheets for lesson in lessons):
        rows.append(
            (
                f"{names['templates']} / {names['plan_sheet']}",
                pick(en="A4, landscape, two sheets", zh="A4 横向，两张"),
                table,
            )
        )
    trainer = pick(en="1: for you", zh="1 份：自己用")
    return [*rows, (names["handbook"], a4, trainer), (names["answers"], a4, trainer)]


def _plan(page, lesson, begin):
    heads = pick(
        en=("Clock", "Minutes", "What (screen)", "Must", "Say"),
        zh=("钟点", "分钟", "内容（第几屏）", "必讲", "可以这样说"),
    )
    must = {True: "●", False: pick(en="optional", zh="选讲")}
    rows = [
        (
            f"{(begin + row.start) // 60}:{(begin + row.start) % 60:02}",
            f"{row.start}–{row.end}",
            row.what,
            must[row.must],
            row.say,
        )
        for row in lesson.plan
    ]
    paper.table(page, [heads, *rows], widths=(1.3, 1.3, 4, 1.3, 5))


def _activity(lesson):
    plays = [heading for heading in lesson.sections if heading.startswith(handouts.ACTIVITIES)]
    return (plays or [lesson.name])[0].split("（另加")[0].split(" (")[0]


_ROOM = {
    "en": {
        "The day before": (
            "Unzip the whole kit to the desktop of the very machine that is in the room; open the start page.",
            "Open one classroom page, one set of slides and one handout there: do Chinese names and figures show?",
            "Copy the kit to a USB stick as well. Nothing in it needs a network.",
            "Print (see below). Staple the handouts.",
        ),
        "In the room": (
            "Projector, and a cable that fits the machine; stand in the last row: can you read the figures?",
            "Tables for groups of three; a wall or board for the A3 maps, tape or magnets.",
            "A whiteboard and two pens to count hands; pencils and paper for everybody.",
            "A clock that you can see. A sheet “questions for later” on the wall.",
        ),
        "Agree beforehand": (
            "No names of customers or colleagues are spoken or written.",
            "What the room says stays in the room; the poll is for talking, not for reporting.",
        ),
    },
    "zh": {
        "前一天": (
            "把整个讲师包解压到上课那台电脑的桌面，双击打开开始页。",
            "在那台电脑上各打开一份课堂页面、幻灯片和讲义：中文文件名和图都正常吗？",
            "再拷一份到 U 盘。全部内容都不需要网络。",
            "打印（见下表）。讲义装订好。",
        ),
        "教室里": (
            "投影仪，以及和电脑接口相配的连接线；站到最后一排：图上的字看得清吗？",
            "三人一组的桌子；能贴 A3 旅程图的墙面或白板，胶带或磁贴。",
            "白板和两支白板笔（举手记票用）；每人一支铅笔、几张白纸。",
            "一个看得见的钟；墙上贴一张“留到后面的问题”。",
        ),
        "事先说好": (
            "不说、不写任何客户或同事的姓名。",
            "现场说的话不外传；小调查用来讨论，不能当作汇报的数据。",
        ),
    },
}
