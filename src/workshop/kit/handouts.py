"""What each lesson gives on paper: guesses before, what was found after, the trainer's answers; a sheet to observe with."""

import re

from docx.shared import Cm

from classroom.forms import observation
from helpers.bank.language import pick, worded
from workshop.kit import exam, paper, print_blocks

LARGE = {"width": Cm(16.5), "tallest": Cm(9.5)}
ROOM = {"zh": 130, "en": 330}  # letters of a question on paper
STEPS = 36  # rows of two sheets: ten customers, at three to four steps each


def _guesses(lesson):
    """List what a lesson asks before it shows.

    Parameters
    ----------
    lesson : lessons.Lesson
        Its pieces.

    Returns
    -------
    list of str
        Markdown; the lesson's own question to begin with first.
    """
    asked = [
        piece.text for number, piece in enumerate(lesson.pieces) if number == 0 or "predict" in piece.tags
    ]
    return [_question(re.sub(r"(?m)^#+ .*$", "", text).strip()) for text in asked]


def _question(text):
    """What is asked, without formulas; of a long text the paragraphs that ask."""
    parts = re.split(r"\n{2,}", text)
    kept = [part for part in parts if "$" not in part]
    if len(kept) < len(parts) or len(text) > ROOM[pick(en="en", zh="zh")]:
        kept = [part for part in kept if re.search("[?？]", part)] or kept
    return "\n\n".join(kept)


def before(page, lessons, *, day=0):
    """Write what is held while predicting: questions and lines, nothing else.

    Parameters
    ----------
    page : Document
        From `paper.pack`.
    lessons : sequence of lessons.Lesson
        Of one day.
    day : int
        Which day, where there are several.
    """
    title = pick(en="My guesses", zh="我的猜测") + (
        pick(en=f", day {day}", zh=f"：第 {day} 天") if day else ""
    )
    paper.leaf(page, title, below=worded("workshop.handouts.before"), edge=Cm(1.4))
    for lesson in lessons:
        page.add_heading(f"{lesson.name} · {lesson.question}", level=2)
        for guess in _guesses(lesson):
            paper.write(page, guess)
            page.paragraphs[-1].paragraph_format.keep_with_next = True
            paper.answer(page, "")


def after(page, lesson):
    """Write what was found in a lesson, and its tasks; handed out when the lesson is over.

    Parameters
    ----------
    page : Document
        From `paper.pack`.
    lesson : lessons.Lesson
        Its key figures, the tasks that need no code.
    """
    paper.leaf(page, lesson.question, below=worded("workshop.handouts.after", lesson=lesson.name))
    for number, piece in enumerate(lesson.pieces):
        if "handout" in piece.tags and not piece.figure:
            paper.write(page, f"**{_heading(lesson.pieces[:number])}**")
            page.paragraphs[-1].paragraph_format.keep_with_next = True
            paper.write(page, piece.text)
        elif piece.figure and piece.tags & {"slide", "handout"}:
            paper.figure(page, piece.figure, **LARGE)
            paper.answer(page, pick(en="In my own words: ", zh="用我自己的话说："))
    for task in lesson.tasks:
        page.add_heading(_unmarked(task.heading), level=1)
        _task(page, task)
        paper.answer(page, pick(en="My answer: ", zh="我的回答："), *[""] * (1 if task.right else 3))


def _heading(pieces):
    """The last heading of what stands before a table."""
    return [
        block.text for piece in pieces for block in print_blocks.blocks(piece.text) if block.kind == "heading"
    ][-1]


def observation_sheet():
    """Make the sheet that observers write on in the lobby, empty.

    Returns
    -------
    bytes
        A ``.docx`` in A4, landscape; its columns are those of the workbook.
    """
    page = paper.blank(pick(en="Ten customers, step by step", zh="跟着看十位客户"), across=True, below=worded("workshop.handouts.observation"))  # fmt: skip
    heads = [pick(en=english, zh=chinese) for name, english, chinese in observation.COLUMNS if name != "date"]
    heads = [re.split(r":(?!\d)|[：;；]", head)[0] for head in heads]
    paper.answer(page, pick(en="Branch, day, observer: ", zh="网点、日期、观察员："))
    words = pick(en="done · returned · given up", zh="完成 · 退回重办 · 放弃")
    heads[5] = pick(en=f"{heads[5]} ({words})", zh=f"{heads[5]}（{words}）")
    paper.table(page, [heads], widths=(1.5, 2.2, 1.6, 1.4, 1.4, 1.8, 1, 3.2), empty=STEPS)
    return paper.saved(page)


def answers(lessons, questions, order):
    """Make the trainer's answers: the ten questions, each guess, each task.

    Parameters
    ----------
    lessons : sequence of lessons.Lesson
        Of the route.
    questions, order
        From `exam.read`.

    Returns
    -------
    bytes
        A ``.docx`` in A4.
    """
    page = paper.pack(pick(en="Answers", zh="参考答案"))
    exam.key(page, questions, order)
    for lesson in lessons:
        paper.leaf(page, pick(en=f"{lesson.name}: answers", zh=f"{lesson.name}：参考答案"), below=worded("workshop.handouts.answers"))  # fmt: skip
        heads = pick(en=("They guess", "and then see"), zh=("猜的是", "揭晓以后"))
        rows = [(print_blocks.plain(guess).strip(), told) for guess, told in _revealed(lesson)]
        paper.table(page, [heads, *rows], widths=(5, 5))
        for task in lesson.tasks:
            page.add_heading(_unmarked(task.heading), level=1)
            _task(page, task)
            _right(page, task)
    return paper.saved(page)


def _revealed(lesson):
    """Pair each guess of a lesson with what answers it.

    Parameters
    ----------
    lesson : lessons.Lesson
        Its pieces.

    Returns
    -------
    list of tuple of str
        The guess, and the message of the figure or table and the sentence that follow; to the question at the
        beginning, the last sentence of the lesson.
    """
    found = []
    for number, piece in enumerate(lesson.pieces):
        if number == 0:
            said = [
                one.text
                for one in lesson.pieces
                if "slide" in one.tags and one.text and one.text[0] not in "#|"
            ]
            found.append((_guesses(lesson)[0], print_blocks.plain(said[-1]) if said else ""))
        elif "predict" in piece.tags:
            text = _question(re.sub(r"(?m)^#+ .*$", "", piece.text).strip())
            found.append((text, _next(lesson.pieces[number + 1 :])))
    return found


def _next(pieces):
    """What stands right behind a guess: a figure's message, the rows of a table, a sentence."""
    told = []
    for piece in pieces[:6]:
        if "predict" in piece.tags:
            break
        told += [piece.figure.title] if piece.figure else []
        for block in print_blocks.blocks(piece.text):
            rows = [" · ".join("".join(run.text for run in cell) for cell in row) for row in block.rows[1:]]
            told += [row for row in rows if row not in told]
            told += [block.text] if block.kind == "paragraph" and told and block.text not in told else []
        if len(told) > 1:
            break
    return "\n".join(told)


def _right(page, task):
    if task.right:
        right = pick(en=f"Right: {task.right}", zh=f"正确答案：{task.right}")
        paper.write(page, f"**{right}**")
        heads = pick(en=("If they say", "reply"), zh=("如果选", "可以这样回应"))
        paper.table(page, [heads, *sorted(task.wrong)], widths=(1, 9))
    if task.solution:
        paper.write(page, task.solution)


def _task(page, task):
    for piece in task.pieces:
        if piece.figure:
            paper.figure(page, piece.figure, led=True)
        else:
            paper.write(page, piece.text)


def _unmarked(heading):
    """The heading without its word on code: paper knows none."""
    return re.sub(r"\s*[（(][^（）()]*[)）]$", "", heading)
