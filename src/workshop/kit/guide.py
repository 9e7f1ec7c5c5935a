"""What the trainer holds: the timetable, the handbook block by block, the list for the room."""

from helpers.bank.language import pick
from workshop.kit import day_minutes, deck, paper, print_files, print_packs

SPARE = ("Role-play", "角色扮演", "Room activity", "现场活动", "课堂活动", "Activity", "活动")
PAUSES = {
    "arrival": (
        "arrival: sign in, name tents, what the first sheets ask",
        "签到、桌签、课前发的一份（先填前测）",
    ),
    "again": ("arrival: sign in; what you saw in the queue", "签到；昨晚看的队，先和邻座讲一讲"),
    "pause": ("break", "休息"),
    "lunch": ("lunch", "午餐、午休"),
}


def timetable(route, slots):
    """Write the days on a page each.

    Parameters
    ----------
    route : routes.Route
        The route.
    slots : list of minutes.Slot
        From `day_minutes.laid`.

    Returns
    -------
    bytes
        A ``.docx``.
    """
    page = paper.pack(pick(en=f"Timetable: {route.title}", zh=f"时间表：{route.title}"))
    heads = pick(en=("Time", "Minutes", "of these must", "What"), zh=("时间", "分钟", "其中必讲", "内容"))
    for day in sorted({slot.day for slot in slots}):
        paper.leaf(page, _day(route, slots, day), below=told(slots))
        rows = [
            (slot.clock, str(slot.end - slot.start), str(slot.must or ""), named(slot))
            for slot in slots
            if slot.day == day
        ]
        paper.table(page, [heads, *rows], widths=(2, 1, 1.4, 7), largest=11)
    return paper.saved(page)


def _day(route, slots, day):
    title = pick(en=f"Timetable: {route.title}", zh=f"时间表：{route.title}")
    return title if slots[-1].day == 1 else title + pick(en=f", day {day}", zh=f"，第 {day} 天")


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
    if slot.kind == "lesson":
        return f"{slot.about.name} · {slot.about.question}"
    if slot.kind == "activity":
        return slot.about.title
    kind = "again" if slot.kind == "arrival" and slot.day > 1 else slot.kind
    return pick(en=PAUSES[kind][0], zh=PAUSES[kind][1])


def told(slots):
    """Say how the hours are used.

    Parameters
    ----------
    slots : list of minutes.Slot
        From `day_minutes.laid`.

    Returns
    -------
    str
        One or two sentences.
    """
    taught = sum(slot.end - slot.start for slot in slots if slot.steps)
    must = sum(slot.must for slot in slots)
    return pick(
        en=f"{taught} minutes beside breaks; {must} are must, {taught - must} optional: a late room drops these first. "
        "If you begin at another time, move the clock; the minutes stay.",
        zh=f"除去休息共 {taught} 分钟：必讲 {must} 分钟，选讲 {taught - must} 分钟，来不及先放下选讲的。"
        "换个时间开始，钟点顺移，分钟数不变。",
    )


def handbook(route, slots, specs, *, home):
    """Write the trainer's handbook: each block minute by minute, what to say, what to drop, what to answer.

    Parameters
    ----------
    route : routes.Route
        The route.
    slots : list of minutes.Slot
        From `day_minutes.laid`.
    specs : list of deck.Spec
        From `deck.plan`: the handbook names slides by their numbers.
    home : Path
        The collection's folder.

    Returns
    -------
    bytes
        A ``.docx``.
    """
    page = paper.blank(
        pick(en=f"Trainer's handbook: {route.title}", zh=f"讲师手册：{route.title}"), below=told(slots)
    )
    titles = {leaf.id: leaf.title for leaf in print_packs.paper_sheets.read(home)[1].values()}
    for slot in (slot for slot in slots if slot.steps):
        page.add_heading(f"{slot.clock}　{named(slot)}", level=1)
        (_lesson if slot.kind == "lesson" else _activity)(page, slot, specs, titles)
    spare = [(heading, text) for slot in slots if slot.kind == "lesson"
             for heading, text in slot.about.sections.items() if heading.startswith(SPARE)]  # fmt: skip
    if spare:
        page.add_heading(pick(en="Time left: more to play", zh="时间有余：还可以演的"), level=1)
        for heading, text in spare:
            page.add_heading(heading, level=2)
            paper.write(page, text)
    return paper.saved(page)


def _activity(page, slot, specs, titles):
    one = slot.about
    material = [titles.get(name, pick(en="blank map, A3", zh="空白旅程图（A3）")) for name in one.material]
    if material:
        paper.write(
            page, pick(en="**On the tables:** ", zh="**桌上要有：** ") + pick(en=", ", zh="、").join(material)
        )
    _steps(page, slot, specs)
    if one.debrief:
        paper.write(page, pick(en="**Ask afterwards:** ", zh="**做完要问：** ") + " ".join(one.debrief))
    paper.write(page, pick(en="**Late?** ", zh="**来不及：** ") + one.late)
    if one.replies:
        heads = pick(en=("Case", "Who was compared with whom?"), zh=("案例", "和谁比过？"))
        paper.table(page, [heads, *one.replies], widths=(1, 4))


def _lesson(page, slot, specs, _):
    lesson = slot.about
    paper.write(page, lesson.sections[""])
    _steps(page, slot, specs)
    for heading, text in lesson.sections.items():
        if heading and heading != day_minutes.heading() and not heading.startswith(SPARE):
            page.add_heading(heading, level=2)
            paper.write(page, text)


def _steps(page, slot, specs):
    """The minute plan of a block, with clock and slides."""
    heads = pick(
        en=("Clock", "Min.", "What (screen)", "Slides", "Must", "Say"),
        zh=("钟点", "分钟", "内容（第几屏）", "幻灯片", "必讲", "可以这样说"),
    )
    must = {True: "●", False: pick(en="optional", zh="选讲")}
    rows = [
        (
            day_minutes.clock(slot.start + step.start),
            str(step.end - step.start),
            step.what,
            _range(deck.pages(specs, slot, getattr(step, "screens", {0}))),
            must[step.must],
            step.say,
        )
        for step in slot.steps
    ]
    paper.table(page, [heads, *rows], widths=(1.3, 1, 4.2, 1.4, 1.2, 4.6))


def _range(numbers):
    """Slides as a trainer reads them: 12–14."""
    if not numbers:
        return "–"
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


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
    page = paper.blank(pick(en="Checklist for the room", zh="教室准备清单"), below=pick(
        en="Counted for 30 people; for another number, count again.", zh="按 30 人算；人数不同，请重新算份数。"
    ))  # fmt: skip
    for heading, items in _ROOM[pick(en="en", zh="zh")].items():
        page.add_heading(heading, level=1)
        for item in items:
            paper.write(page, f"☐ {item}")
    page.add_heading(pick(en="Print", zh="打印"), level=1)
    heads = pick(
        en=("File", "What is in it", "Paper", "Copies for 30", "☐"),
        zh=("文件", "里面是什么", "纸张", "30 人的份数", "☐"),
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
                copies,
                "☐",
            )
            for reader, (_, what, copies) in print_files.titles().items()
        ]
        paper.table(page, [heads, *rows], widths=(4, 5, 1.5, 3, 0.8))
    return paper.saved(page)


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
        File, what is in it, paper, copies for thirty people.
    """
    a4, a3, mark = "A4", pick(en="A3, landscape", zh="A3 横向"), pick(en=", ", zh="、")
    rows = [
        (f"{names['print']} / {title}.docx", mark.join(sheets), a4, copies)
        for title, copies, sheets in print_packs.listed(route, home).values()
    ]
    team = pick(en="6: one a team", zh="6 份：每队一份")
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
                     pick(en="A4, landscape", zh="A4 横向"), pick(en="30: one each", zh="30 份：每人一份")))  # fmt: skip
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
            "Tables for six teams of five; a wall for the maps, tape or magnets; green and red stickers.",
            "A whiteboard and two pens to count hands; pencils and paper for everybody.",
            "Two days: twelve blank cards or slips a table, for the customers of your own branch.",
            "A clock that you can see. A sheet “questions for later” on the wall. A bell for the gallery walk.",
            "An assistant with a computer: types the ballots in the break (30 ballots take about ten minutes).",
        ),
        "Agree beforehand": (
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
            "五人一桌，六桌；能贴图的墙面，胶带或磁贴；红、绿贴纸。",
            "白板和两支白板笔（举手计票用）；每人一支铅笔、几张白纸。",
            "两天班：每桌十二张空白卡片或纸条，写自己网点的客户。",
            "一个看得见的钟；墙上贴一张“留到后面的问题”；画廊漫步用的铃。",
            "一位助教和一台电脑：课间录选票（30 张大约十分钟）。",
        ),
        "事先说好": (
            "不说、不写任何客户或同事的姓名。",
            "现场说的话不外传；小调查用来讨论，不能当作汇报的数据。",
        ),
    },
}
