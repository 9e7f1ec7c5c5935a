"""What the trainer holds: the timetable, the handbook block by block."""

from helpers.bank.language import pick, worded
from workshop.kit import day_minutes, deck, paper, print_packs

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
    return worded("workshop.guide.minutes", taught=taught, must=must, optional=taught - must)


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
    if one.answers:
        page.add_heading(pick(en="Good answers", zh="参考答案"), level=2)
        paper.write(page, one.answers)


def _lesson(page, slot, specs, _):
    lesson = slot.about
    paper.write(page, lesson.sections[""])
    _steps(page, slot, specs)
    planned = {screen for step in slot.steps for screen in step.screens}
    rest = {piece.screen for piece in lesson.pieces} - planned
    left = deck.pages(specs, slot, rest) if rest else []
    if left:
        paper.write(page, worded("workshop.guide.without_minutes", left=_range(left)))
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
