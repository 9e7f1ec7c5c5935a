"""Which slides a day has, in order: every task, break and lesson; a guess always before what answers it."""

import itertools
import re
from dataclasses import dataclass

from helpers.bank.language import pick, worded
from workshop.kit import day_minutes, print_blocks

SHORT = {"zh": 60, "en": 150}  # letters that a slide of text holds beside its title


@dataclass(frozen=True)
class Spec:
    """One slide.

    Parameters
    ----------
    layout : str
        A key of `masters.MADE`.
    title : str
        Its headline.
    blocks : tuple of prose.Block
        What stands below it.
    figure : material.Figure or None
        Its picture.
    beside : str
        A second text: minutes of a task.
    notes : tuple of str
        What to say.
    slot : minutes.Slot or None
        The part of the day that it belongs to.
    screen : int
        Of a lesson's classroom page; 0 otherwise.
    guess : bool
        Whether it asks for a prediction.
    """

    layout: str
    title: str
    blocks: tuple = ()
    figure: object = None
    beside: str = ""
    notes: tuple = ()
    slot: object = None
    screen: int = 0
    guess: bool = False


def plan(route, slots):
    """List the slides of a route.

    Parameters
    ----------
    route : routes.Route
        The route.
    slots : list of minutes.Slot
        From `day_minutes.laid`.

    Returns
    -------
    list of Spec
        In order.
    """
    title = pick(en="Service quality in banking", zh="银行服务质量")
    specs = [Spec("cover", title, _texts(route.title, worded("workshop.deck.simulated")), notes=(pick(en="On the screen while people arrive.", zh="学员进场时放在屏幕上。"),))]  # fmt: skip
    for day, own in itertools.groupby(slots, key=lambda slot: slot.day):
        own = list(own)
        specs.append(_agenda(day, own, len({slot.day for slot in slots})))
        for slot in own:
            specs += {"lesson": _lesson, "activity": _activity, "arrival": _arrival}.get(slot.kind, _pause)(
                slot
            )
    specs.append(Spec("closing", pick(en="Thirty days from today", zh="三十天以后"), _texts(*pick(
        en=("One promise, on the wall", "One buddy, one call", "Somebody looks for ten things in the lobby"),
        zh=("一句承诺，贴在墙上", "一位搭档，一通电话", "有人到大堂，看十样东西"),
    )), notes=(pick(en="Leave it on while they go.", zh="散场时留在屏幕上。"),)))  # fmt: skip
    return specs


def pages(specs, slot, screens=()):
    """Say on which slides a part of the day stands.

    Parameters
    ----------
    specs : list of Spec
        From `plan`.
    slot : minutes.Slot
        The part.
    screens : collection of int
        Of its classroom page; all of its slides where there are none.

    Returns
    -------
    list of int
        Counted from 1, as the slides are.
    """
    return [
        number
        for number, spec in enumerate(specs, start=1)
        if spec.slot == slot and (not screens or spec.screen in screens)
    ]


def _texts(*lines):
    return tuple(print_blocks.Block("paragraph", (print_blocks.Run(line),)) for line in lines)


def _agenda(day, slots, days):
    title = pick(en="Today", zh="今天") if days == 1 else pick(en=f"Day {day}", zh=f"第 {day} 天")
    lines = [
        f"{day_minutes.clock(slot.start)}　{_name(slot)}"
        for slot in slots
        if slot.kind in ("lesson", "activity")
    ]
    return Spec("agenda", title, _texts(*lines), notes=(worded("workshop.deck.clock"),))


def _name(slot):
    return (
        slot.about.name.split(" ", 1)[1]
        if slot.kind == "lesson"
        else slot.about.title.split(":")[0].split("：")[0]
    )


def _arrival(_):
    """While people come in, the cover stands."""
    return []


def _pause(slot):
    word = {"pause": pick(en="Break", zh="休息"), "lunch": pick(en="Lunch", zh="午餐、午休")}[slot.kind]
    until = pick(en=f"We go on at {day_minutes.clock(slot.end)}", zh=f"{day_minutes.clock(slot.end)} 继续")
    return [Spec("break", word, _texts(until), notes=(until,), slot=slot)]


def _activity(slot):
    one = slot.about
    said = tuple(
        f"{day_minutes.clock(slot.start + step.start)} {_must(step)} {step.what}{_quoted(step.say)}"
        for step in one.steps
    )
    task = Spec("task", one.title, _texts(*one.slide), notes=said, slot=slot,
                beside=pick(en=f"{one.minutes}\nminutes", zh=f"{one.minutes}\n分钟"))  # fmt: skip
    also = [Spec("idea", title, _texts(*lines), notes=said, slot=slot) for title, lines in one.also]
    if not one.debrief:
        return [task, *also]
    title = pick(en="Looking back", zh="说一说")
    notes = (one.title, *one.debrief, *(f"{about}: {reply}" for about, reply in one.replies))
    return [task, *also, Spec("idea", title, _texts(*one.debrief), notes=notes, slot=slot)]


def _quoted(say):
    """What is to be said word for word stands apart from what is to be done."""
    return pick(en=f". Say: “{say}”", zh=f"。可以说：“{say}”")


def _must(step):
    return pick(en="(must)", zh="（必讲）") if step.must else pick(en="(optional)", zh="（选讲）")


def _lesson(slot):
    lesson = slot.about
    specs = [
        Spec("divider", lesson.question, _texts(lesson.name, slot.clock), notes=(lesson.question,), slot=slot)
    ]
    chosen = _chosen(lesson)
    for number, piece in enumerate(chosen):
        after = chosen[number + 1] if number + 1 < len(chosen) else None
        leads = after and after.figure and after.screen == piece.screen and not piece.figure
        if leads and "predict" not in piece.tags and "|---" not in piece.text:
            continue  # it leads to the figure: said, not projected
        specs += _figures(piece, slot) if piece.figure else [_slide(piece, slot)]
    return specs


def _chosen(lesson):
    """Tagged pieces, every guess, what a screen of the minute plan shows; of a bare one its heading too."""
    tagged = {piece.screen for piece in lesson.pieces if "slide" in piece.tags}
    named = {screen for row in lesson.plan for screen in row.screens}
    laid = "\n".join(piece.text for piece in lesson.pieces if "slide" in piece.tags)
    return [
        piece
        for piece in lesson.pieces
        if piece.tags & {"slide", "predict"}
        or (piece.screen in named and piece.figure)
        or (piece.screen in named and piece.text.startswith("|") and piece.text not in laid)
        or (piece.screen in named - tagged and (piece.figure or piece.text.startswith("## ")))
    ]


def _figures(piece, slot):
    """A figure; a map as the table that the back row can read; what is too much for one slide on several."""
    notes, lanes = _notes(piece, slot), piece.figure.read.get("lanes")
    if lanes:
        rows = tuple(tuple((print_blocks.Run(cell),) for cell in _unit_once(row)) for row in lanes)
        table = print_blocks.Block("table", rows=rows)
        said = pick(en="The whole map is on the wall, A3.", zh="整张图在墙上（A3 挂图）。")
        return [
            Spec("idea", piece.figure.title, (table,), notes=(said, *notes), slot=slot, screen=piece.screen)
        ]
    return [
        Spec("figure", part.title, figure=part, notes=notes, slot=slot, screen=piece.screen)
        for part in piece.figure.parts
    ]


def _unit_once(row):
    """A unit that every cell has stands with the row's name: a narrow cell would break it off its number."""
    name, *cells = row
    parts = [cell.split(maxsplit=1) for cell in cells]
    units = {part[1] if len(part) == 2 and part[0][:1].isdigit() else None for part in parts}
    if len(units) != 1 or None in units:
        return row
    (unit,) = units
    return [pick(en=f"{name} ({unit})", zh=f"{name}（{unit}）"), *(part[0] for part in parts)]


def _slide(piece, slot):
    lesson, notes = slot.about, _notes(piece, slot)
    blocks = print_blocks.blocks(re.sub(r"(?m)^#+ .*$", "", piece.text))
    if "predict" in piece.tags or piece is lesson.pieces[0]:
        text = re.sub(r"(?m)^\*\*[^*]*[。.]\*\*\s*", "", re.sub(r"(?m)^#+ .*$", "", piece.text).strip())
        title = pick(en="Your guess first", zh="先猜再看")
        asked = print_blocks.asked(print_blocks.blocks(text), limit=2 * SHORT[pick(en="en", zh="zh")])
        notes += tuple(
            block.text for block in print_blocks.blocks(text) if block not in asked and "$" not in block.text
        )
        return Spec("idea", title, tuple(asked), notes=notes, slot=slot, screen=piece.screen, guess=True)
    answer = not re.match(r"#|\|", piece.text) and len(piece.text) <= 3 * SHORT[pick(en="en", zh="zh")]
    return Spec(
        "idea",
        _heading(piece, lesson),
        _short(blocks, whole=answer),
        notes=notes,
        slot=slot,
        screen=piece.screen,
    )


def _heading(piece, lesson):
    """Its own heading, or the last one before it."""
    place = next(number for number, one in enumerate(lesson.pieces) if one is piece)
    for other in reversed(lesson.pieces[: place + 1]):
        heads = re.findall(r"(?m)^#{2,3} (.*)$", other.text)
        if heads:
            return re.sub(r"[*_`]", "", heads[-1])
    return lesson.question


def _short(blocks, *, whole=False):
    """One idea: of a list its stressed beginnings, of a paragraph its first sentences; tables stay whole."""
    limit, kept, used = SHORT[pick(en="en", zh="zh")], [], 0
    for block in blocks:
        if block.kind == "table" and _letters(block) > 5 * limit:
            kept += [
                print_blocks.Block("item", row[0]) for row in block.rows[1:]
            ]  # the rest of each row is said
        elif block.kind == "table" or whole:
            kept.append(block)
        elif block.kind == "item" and block.runs and block.runs[0].bold:
            kept.append(
                print_blocks.Block("item", (print_blocks.Run(block.runs[0].text.rstrip("。."), bold=True),))
            )
        elif block.kind in ("paragraph", "item", "code") and used < limit:
            line = _first(block.text, limit - used)
            used += len(line)
            kept.append(print_blocks.Block(block.kind, (print_blocks.Run(line),)))
    return tuple(kept)


def _letters(table):
    return sum(len(run.text) for row in table.rows for cell in row for run in cell)


def _first(text, limit):
    """As many whole sentences as fit, one at least."""
    sentences = re.findall(r".*?(?:[。！？]|[.!?](?=\s)|$)[”’）)]*\s*", text)
    line = ""
    for sentence in filter(None, sentences):
        if line and len(line) + len(sentence) > limit:
            break
        line += sentence
    return line.strip()


def _notes(piece, slot):
    """What the minute plan says to this screen, then what the lesson says around it."""
    lesson = slot.about
    said = [
        f"{day_minutes.clock(slot.start + row.start)}–{day_minutes.clock(slot.start + row.end)} {_must(row)} {row.say}"
        for row in slot.steps
        if piece.screen in row.screens
    ]
    if not said:
        said = [worded("workshop.deck.no_minutes")]
    around = [
        one
        for one in lesson.pieces
        if one.screen == piece.screen and not one.figure and "predict" not in one.tags
    ]
    said += [print_blocks.plain(one.text) for one in around if one.text]
    if piece.figure:
        said.append(pick(en="In the figure: ", zh="图里是：") + piece.figure.alt)
        said.append(piece.figure.caption)
    return tuple(filter(None, said)) or (lesson.question,)
