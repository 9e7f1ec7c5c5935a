"""What `check`, `hint` and `progress` say, in both languages: warm, short, precise.

The signs ✓ × ○ △ ◇ are in the packaged Chinese font.
"""

import re

from IPython.display import display

from classroom.exercises.unreadable_answers import quoted
from helpers.bank import language
from helpers.bank.language import pick


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
    return pick(
        en=f"○ **Not attempted yet.** Put your answer where `...` stands and run the cell again; "
        f"`hint({task!r})` gives you a first nudge.",
        zh=f"○ **还没有作答**。请把答案写在 `...` 的位置，再运行一次；需要点拨请运行 `hint({task!r})`。",
    )


def not_yet(task, columns=()):
    """Say that the answer is not right, and which columns of a table differ."""
    names = ", ".join(quoted(column) for column in columns)
    where = pick(en=f" These columns differ: {names}.", zh=f"不一致的列：{names}。") if columns else ""
    return pick(
        en=f"× **Not yet.**{where} Go through your steps once more, or ask for a hint: `hint({task!r})`.",
        zh=f"× **还不对**。{where}请再检查一遍步骤，需要提示请运行 `hint({task!r})`。",
    )


def misconceived(entry, names):
    """Say what the answer would follow from; where two slips lead to it, say both."""
    told = [entry.get("messages", {}).get(name, {}).get(language.current(), "") for name in names]
    text = " ".join(sentence.strip() for sentence in told if sentence.strip())
    return f"{pick(en='× **Not yet.** ', zh='× **还不对**。')}{text}".strip()


def too_round(digits):
    """Say that the number was rounded too much to be judged."""
    return pick(
        en=f"× **Nearly.** Your number is rounded too much to be judged: give it with {digits} decimals or more.",
        zh=f"× **差一点**。这个数四舍五入得太多，判断不了：请至少保留 {digits} 位小数。",
    )


def no_rows():
    """Say that the answer has no rows, and where to look."""
    return pick(
        en='× **Not yet.** Your table has no rows: the condition chose none. Branches are written as ids (`"B07"`), '
        "numbers without quotation marks (`1`).",
        zh='× **还不对**。你的表里一行也没有：前面的条件没有选中任何行。网点要写编号（`"B07"`），数字不加引号（`1`）。',
    )


def choose(letters, task):
    """Say that one letter is asked for."""
    first, last = letters[0], letters[-1]
    return pick(
        en=f'× **Not yet.** Write one letter from {first} to {last}, for instance `{task} = "{first}"`.',
        zh=f'× **还不对**。请只写一个字母，从 {first} 到 {last}，例如 `{task} = "{first}"`。',
    )


def cell_failed():
    """Say that the answer's own cell ended in an error, so that an older answer is still there."""
    return pick(
        en="○ **The cell with your answer ended in an error**, so your last answer was not taken. Correct it, run it "
        "again, then check.",
        zh="○ **写答案的那一格运行时报错了**，所以刚才写的答案没有生效。请先改好并重新运行那一格，再来检查。",
    )


def hundredfold():
    """Say that percent and share are mixed up."""
    return pick(
        en="× **Not yet.** The digits are right, the decimal point is not: your value is a hundred times too "
        "large or too small. Look at the unit that is asked for.",
        zh="× **还不对**。数字对了，小数点的位置不对：差了一百倍。请看清题目要的单位。",
    )


def wrong_kind(asked, came):
    """Say what is asked for and what came."""
    return pick(
        en=f"△ **Not the kind of thing asked for.** Asked for: {asked}. You gave: {came}.",
        zh=f"△ **答案的类型不对**。题目要的是：{asked}。你给的是：{came}。",
    )


def no_file(lesson):
    """Say that no answers are stored, and why."""
    if lesson is None:
        # Before `start` nobody knows which language the student reads.
        return (
            "◇ **还没有打开课程**。请先运行本笔记本开头的单元格（到 `start(…)` 为止），再运行这一格。\n\n"
            "◇ **No lesson is open.** Run the first cells of this notebook, down to `start(…)`, then this one again."
        )
    return pick(
        en=f"◇ **No stored answer for this lesson.** The file `notebooks/answers/{lesson.name}.json` is "
        "missing or damaged. Unpack the course again, or compare with your trainer.",
        zh=f"◇ **没有本课的存储答案**。文件 `notebooks/answers/{lesson.name}.json` 缺失或已损坏。"
        "请重新解压课程，或与培训师核对。",
    )


def other_fingerprint(stored, found):
    """Say that the stored answers belong to other data or parameters; "" where they do not."""
    if stored == found:
        return ""
    if stored.split("-")[0] == found.split("-")[0]:
        return pick(
            en="◇ **No stored answer for these parameters.** The stored answers hold for the values that "
            "the cell of parameters came with. Your work may well be right: compare with your trainer, or put them "
            "back and run all cells.",
            zh="◇ **没有对应这组参数的存储答案**。存储的答案只适用于参数格里原来的值。"
            "你的做法也许没错：可以与培训师核对，或改回原值后从上往下全部运行。",
        )
    return pick(
        en="◇ **No stored answer for this data.** The stored answers hold for the course's own bank. Your "
        "work may well be right: compare with your trainer, or go back to the original `data`.",
        zh="◇ **没有对应这份数据的存储答案**。存储的答案只适用于课程自带的银行。"
        "你的做法也许完全正确：请与培训师核对，或改回原来的 `data`。",
    )


def unknown(task, tasks):
    """Say that there is no such task, and which there are."""
    listed = ", ".join(quoted(known) for known in tasks)
    if task is None:
        return pick(en=f"◇ **Which task?** This lesson has {listed}.", zh=f"◇ **哪一题？** 本课有 {listed}。")
    if not isinstance(task, str):
        return pick(
            en=f'◇ **A task is named in quotation marks**, for instance `"{next(iter(tasks))}"`.',
            zh=f'◇ **题目名要加英文引号**，例如 `"{next(iter(tasks))}"`。',
        )
    name = quoted(task[:40])
    return pick(
        en=f"◇ **This lesson has no task {name}.** Its tasks are {listed}. Correct the name.",
        zh=f"◇ **本课没有题目 {name}**。现有的题目是 {listed}。请改正名称。",
    )


def set_aside(kept):
    """Say that the record could not be read, and where it is now."""
    return pick(
        en=f"◇ **Your record of this lesson cannot be read.** It is kept as `{kept}`; from here on it is counted anew.",
        zh=f"◇ **本课的练习记录读不出来**。原文件保留为 `{kept}`；从现在起重新计数。",
    )


def hint(hints, read):
    """Show one hint, or after the last one all of them."""
    if read < len(hints):
        number = f"{read + 1}/{len(hints)}"
        return f"{pick(en=f'**Hint {number}.** ', zh=f'**提示 {number}：** ')}{hints[read]}"
    end = pick(en="○ **There are no more hints.**", zh="○ **没有更多提示了**。")
    if not hints:
        return f"{end}{pick(en=' Ask your neighbour or your trainer.', zh='请问问同桌或培训师。')}"
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
    head = pick(
        en=f"**{done} of {len(entries)} tasks done.**\n\n| task | state | tries | hints | misconceptions |",
        zh=f"**{len(entries)} 题中已完成 {done} 题**。\n\n| 题目 | 状态 | 尝试次数 | 提示次数 | 常见误区 |",
    )
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
