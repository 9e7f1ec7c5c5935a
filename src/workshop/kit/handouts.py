"""What the room gets on paper: handouts, role-plays, a sheet to observe with; and the trainer's answers."""

import re

from docx.shared import Cm

from classroom.forms import observation
from helpers.bank.language import pick
from workshop.kit import paper, prose

ROLES = ("Role-play", "角色扮演")
ACTIVITIES = (*ROLES, "Room activity", "现场活动")
SMALL = {"width": Cm(10.5)}
LARGE = {"width": Cm(16.5), "tallest": Cm(12.5)}  # too small for a slide, so to be read here


def handout(lesson):
    """Make one participant's sheets of a lesson.

    Parameters
    ----------
    lesson : lessons.Lesson
        Its question, key figures, the tasks that need no code.

    Returns
    -------
    bytes
        A ``.docx`` in A4.
    """
    page = paper.blank(lesson.question, below=pick(
        en=f"{lesson.name} · handout, one each · Qingyu Bank is fictional and simulated",
        zh=f"{lesson.name} · 讲义，每人一份 · 青屿银行为虚构，数据为模拟",
    ))  # fmt: skip
    page.add_heading(pick(en="My prediction, before we begin", zh="开始之前，我的预测"), level=1)
    paper.write(page, re.sub(r"(?m)^# .*$", "", lesson.pieces[0].text))
    paper.answer(page, "", "")
    page.add_heading(pick(en="What we found", zh="我们看到了什么"), level=1)
    for number, piece in enumerate(lesson.pieces):
        if "handout" in piece.tags and not piece.figure:
            paper.write(page, f"**{_heading(lesson.pieces[:number])}**")
            page.paragraphs[-1].paragraph_format.keep_with_next = True
            paper.write(page, piece.text)
        elif piece.figure and piece.tags & {"slide", "handout"}:
            paper.figure(page, piece.figure, **(SMALL if "slide" in piece.tags else LARGE))
            paper.answer(page, pick(en="In my own words: ", zh="用我自己的话说："))
    for task in lesson.tasks:
        page.add_heading(_unmarked(task.heading), level=1)
        _task(page, task)
        paper.answer(page, pick(en="My answer: ", zh="我的回答："), *[""] * (1 if task.right else 5))
    page.add_heading(pick(en="On Monday", zh="周一就能用"), level=1)
    paper.answer(page, *pick(en=("What I do first: ", "Who, by when: ", "What we will see: "),
                             zh=("我先做什么：", "谁负责，到什么时候：", "看到什么就说明有效：")))  # fmt: skip
    return paper.saved(page)


def _heading(pieces):
    """The last heading of what stands before a table."""
    return [block.text for piece in pieces for block in prose.blocks(piece.text) if block.kind == "heading"][
        -1
    ]


def role_plays(lesson):
    """Make the sheet of a lesson's role-plays, or of what else the room does.

    Parameters
    ----------
    lesson : lessons.Lesson
        Its trainer's sheet.

    Returns
    -------
    bytes or None
        A ``.docx``; None where the lesson has none.
    """
    plays = {heading: text for heading, text in lesson.sections.items() if heading.startswith(ACTIVITIES)}
    if not plays:
        return None
    page = paper.blank(next(iter(plays)), below=pick(
        en=f"{lesson.name} · one for each group of three", zh=f"{lesson.name} · 三人一组，每组一份"
    ) if acted(lesson) else lesson.name)  # fmt: skip
    for text in plays.values():
        paper.write(page, text)
    if not acted(lesson):
        return paper.saved(page)
    page.add_heading(pick(en="What we noticed", zh="我们注意到"), level=1)
    paper.answer(page, *[""] * 5)
    return paper.saved(page)


def acted(lesson):
    """Whether roles are played in groups of three, rather than all doing something together.

    Parameters
    ----------
    lesson : lessons.Lesson
        Its trainer's sheet.

    Returns
    -------
    bool
        Of its activity.
    """
    return any(heading.startswith(ROLES) for heading in lesson.sections)


def called(lesson, names):
    """Name the file with a lesson's activity.

    Parameters
    ----------
    lesson : lessons.Lesson
        The lesson.
    names : dict
        From `names.names`.

    Returns
    -------
    str
        Without its folder.
    """
    return f"{lesson.name} {names['role_play' if acted(lesson) else 'room_activity']}.docx"


def observation_sheet():
    """Make the sheet that observers write on in the lobby, empty.

    Returns
    -------
    bytes
        A ``.docx`` in A4, landscape; its columns are those of the workbook.
    """
    page = paper.blank(pick(en="Ten customers, step by step", zh="跟着看十位客户"), across=True, below=pick(
        en="One row a step. Ask the customer's leave; write no names. Emotion: ask “how did that feel?”, "
        "1 very bad – 7 very good; leave it empty where you did not ask.",
        zh="一步写一行。先征得客户同意，不记姓名。情绪：问一句“刚才感觉怎样”，1 很糟，7 很好；没问就空着。",
    ))  # fmt: skip
    heads = [pick(en=english, zh=chinese) for name, english, chinese in observation.COLUMNS if name != "date"]
    heads = [re.split("[:：;；]", head)[0] for head in heads]
    paper.answer(page, pick(en="Branch, day, observer: ", zh="网点、日期、观察员："))
    words = pick(en="done · returned · given up", zh="完成 · 退回 · 放弃")
    heads[5] = f"{heads[5]} ({words})" if pick(en=1, zh=0) else f"{heads[5]}（{words}）"
    paper.table(page, [heads], widths=(1.5, 2.2, 1.6, 1.4, 1.4, 1.8, 1, 3.2), empty=11)
    return paper.saved(page)


def answers(lesson):
    """Make the trainer's answers to the tasks on paper.

    Parameters
    ----------
    lesson : lessons.Lesson
        Its tasks.

    Returns
    -------
    bytes
        A ``.docx`` in A4.
    """
    page = paper.blank(pick(en=f"{lesson.name}: answers", zh=f"{lesson.name}：参考答案"), below=pick(
        en="For the trainer; not to be handed out.", zh="供讲师使用，请勿发给学员。"
    ))  # fmt: skip
    for task in lesson.tasks:
        page.add_heading(_unmarked(task.heading), level=1)
        _task(page, task)
        if task.right:
            right = pick(en=f"Right: {task.right}", zh=f"正确答案：{task.right}")
            paper.write(page, f"**{right}**")
            heads = pick(en=("If they say", "reply"), zh=("如果选", "可以这样回应"))
            rows = [(choice, said) for choice, said in sorted(task.wrong)]
            paper.table(page, [heads, *rows], widths=(1, 9))
        if task.solution:
            paper.write(page, task.solution)
    return paper.saved(page)


def _task(page, task):
    for piece in task.pieces:
        if piece.figure:
            paper.figure(page, piece.figure, led=True)
        else:
            paper.write(page, piece.text)


def _unmarked(heading):
    """The heading without its word on code: paper knows none."""
    return re.sub(r"\s*[（(][^（）()]*[)）]$", "", heading)
