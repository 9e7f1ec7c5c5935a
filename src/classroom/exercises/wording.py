"""What `check`, `hint` and `progress` say, in both languages: warm, short, precise.

The signs ✓ × ○ △ ◇ are in the packaged Chinese font.
"""

import re
from decimal import Decimal

from IPython.display import display

from classroom.exercises.unreadable_answers import quoted
from helpers.bank import language
from helpers.bank.language import pick, worded


class Said:
    """A message: formatted in a notebook, plain text elsewhere."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        return self.text


def show(text):
    """Display a message.

    Parameters
    ----------
    text : str
        Markdown.
    """
    display(Said(text))


def right(entry):
    """Say that the answer is right, and why, where the author said it."""
    reason = entry.get("reason", {}).get(language.current(), "")
    return (pick(en="✓ **Right.** ", zh="✓ **对了**。") + reason).rstrip()


def not_attempted(task):
    """Say that there is no answer yet."""
    return worded("classroom.wording.not_attempted", task=task)


def nothing():
    """Say that what was handed in is None, as commands leave it that only do something."""
    return worded("classroom.wording.nothing")


def misnamed(asked, near):
    """Say that there is no such name, or that a row was counted where a name is asked for."""
    if near is None:
        return worded("classroom.wording.row_number", number=asked)
    return worded("classroom.wording.misnamed", asked=quoted(asked), near=quoted(near))


def not_yet(task, columns=(), *, figure=False):
    """Say that the answer is not right, and which columns of a table, or what of a figure's bars, differ."""
    if figure and columns:
        return worded("classroom.wording.bars", task=task)
    names = ", ".join(quoted(column) for column in columns)
    where = pick(en=f" These columns differ: {names}.", zh=f"不一致的列：{names}。") if columns else ""
    return worded("classroom.wording.not_yet", where=where, task=task)


def misconceived(entry, names):
    """Say what the answer would follow from; where two slips lead to it, say both."""
    told = [entry.get("messages", {}).get(name, {}).get(language.current(), "") for name in names]
    said = list(dict.fromkeys(sentence.strip() for sentence in told if sentence.strip()))
    text = "".join(said)
    if len(said) > 1:
        listed = "".join(f"\n\n{number}. {sentence}" for number, sentence in enumerate(said, start=1))
        text = worded("classroom.wording.several_ways", listed=listed)
    return f"{pick(en='× **Not yet.** ', zh='× **还不对**。')}{text}".strip()


def too_round(digits, *, share=False):
    """Say that the number was rounded too much to be judged, and how many decimals are wanted."""
    per_cent = digits - 2 if share else 0
    also = (
        pick(en=f" (as a per cent, {per_cent})", zh=f"（写成百分数是 {per_cent} 位）") if per_cent > 0 else ""
    )
    return worded("classroom.wording.too_round", digits=digits, also=also)


def per_cent(unit, points):
    """Say how to write what came with a per cent sign: in the unit of the task, or in either."""
    key = {
        "share": "classroom.wording.per_cent_share",
        "points": "classroom.wording.per_cent_points",
        "either": "classroom.wording.per_cent_either",
    }[unit]
    return worded(key, share=f"{Decimal(points) / 100:f}", points=points)


def no_rows(*, counted=False):
    """Say that the answer has no rows, and where to look; they may only have to be counted."""
    return worded("classroom.wording.no_rows") + (worded("classroom.wording.count_rows") if counted else "")


def choose(letters, task):
    """Say that one letter is asked for."""
    first, last = letters[0], letters[-1]
    return worded("classroom.wording.choose", first=first, last=last, task=task)


def cell_failed():
    """Say that the answer's own cell ended in an error, so that an older answer is still there."""
    return worded("classroom.wording.cell_failed")


def hundredfold():
    """Say that percent and share are mixed up."""
    return worded("classroom.wording.hundredfold")


def wrong_kind(asked, came):
    """Say what is asked for and what came."""
    return worded("classroom.wording.wrong_kind", asked=asked, came=came)


def no_file(lesson):
    """Say that no answers are stored, and why."""
    if lesson is None:
        # Before `start` nobody knows which language the student reads.
        return (
            "◇ **还没有打开课程**。请先运行本笔记本开头的单元格（到 `start(…)` 为止），再运行这一格。\n\n"
            "◇ **No lesson is open.** Run the first cells of this notebook, down to `start(…)`, then this one again."
        )
    return worded("classroom.wording.no_file", lesson=lesson.name)


def other_fingerprint(stored, found):
    """Say that the stored answers belong to other data or parameters; "" where they do not."""
    if stored == found:
        return ""
    if stored.split("-")[0] == found.split("-")[0]:
        return worded("classroom.wording.other_parameters")
    return worded("classroom.wording.other_data")


def unknown(task, tasks):
    """Say that there is no such task, and which there are."""
    listed = ", ".join(quoted(known) for known in tasks)
    if task is None:
        return pick(en=f"◇ **Which task?** This lesson has {listed}.", zh=f"◇ **哪一题？** 本课有 {listed}。")
    if not isinstance(task, str):
        return worded("classroom.wording.task_in_quotes", task=next(iter(tasks)))
    name = quoted(task[:40])
    return worded("classroom.wording.unknown_task", name=name, listed=listed)


def set_aside(kept):
    """Say that the record could not be read, and where it is now."""
    return worded("classroom.wording.set_aside", kept=kept)


def hint(hints, read):
    """Show one hint, or after the last one all of them."""
    if read < len(hints):
        number = f"{read + 1}/{len(hints)}"
        return f"{pick(en=f'**Hint {number}.** ', zh=f'**提示 {number}：** ')}{hints[read]}"
    end = pick(en="○ **There are no more hints.**", zh="○ **没有更多提示了**。")
    if not hints:
        return f"{end}{pick(en=' Ask your neighbour or your trainer.', zh='请问问同桌或讲师。')}"
    again = pick(en=" Here they are once more:", zh="再看一遍：")
    return "\n\n".join([end + again, *(f"{i}. {text}" for i, text in enumerate(hints, start=1))])


def summary(tasks, record):
    """Lay out what is done as a table.

    Parameters
    ----------
    tasks : dict
        The tasks of the lesson, in order, as the answers file holds them.
    record : dict
        As `attempts.load` reads it.

    Returns
    -------
    str
        A Markdown table under one sentence.
    """
    untouched = {"tries": 0, "hints": 0, "done": False, "misconceptions": {}}
    entries = {task: record.get(task, untouched) for task in tasks}
    done = sum(entry["done"] for entry in entries.values())
    lines = [_line(_called(task, tasks[task]), tasks[task], entry) for task, entry in entries.items()]
    head = worded("classroom.wording.summary", done=done, tasks=len(entries))
    return "\n".join([head, "|---|---|---:|---:|---|", *lines])


def _called(task, stored):
    """The task as the notebook calls it, and the name that `check` and `hint` take."""
    title = stored.get("title", {}).get(language.current(), "")
    return f"{title} (`{task}`)" if title else task


def _met(name, stored):
    """A misconception in a few words: its sentence up to the first stop."""
    if name not in stored.get("messages", {}):
        return pick(en="a hundred times off", zh="差一百倍")
    return re.split(r"[：:。？?]|\.(?!\d)", stored["messages"][name][language.current()])[0]


def _line(task, stored, entry):
    """One line of the summary."""
    state = (
        pick(en="✓ done", zh="✓ 已完成")
        if entry["done"]
        else pick(en="△ tried, not yet right", zh="△ 试过，还没对")
        if entry["tries"]
        else pick(en="○ open", zh="○ 未做")
    )
    met = " · ".join(f"{_met(name, stored)} × {n}" for name, n in entry["misconceptions"].items())
    return f"| {task} | {state} | {entry['tries']} | {entry['hints']} | {met or '–'} |"
