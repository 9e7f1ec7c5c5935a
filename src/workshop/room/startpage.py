"""The page that JupyterLab opens with: the lessons in order, what is finished, what to do when stuck."""

from classroom.exercises import overview
from helpers.bank.files import write
from helpers.bank.language import pick

NAMES = {"en": "0 START HERE.md", "zh": "0 从这里开始.md"}


def written(home, *, target, language):
    """Write the start page into the student's folder; it is made anew at every start.

    Parameters
    ----------
    home : Path
        The collection's folder.
    target : Path
        The working copy.
    language : {"en", "zh"}
        The reader's language, spoken already.

    Returns
    -------
    Path
        The page.
    """
    path = target / language / NAMES[language]
    write(path, page(overview.entries(home, folder=target / language)))
    return path


def page(found):
    """Draw the start page in the reader's language.

    Parameters
    ----------
    found : list of Entry
        The lessons (`overview.entries`).

    Returns
    -------
    str
        Markdown.
    """
    return pick(en=_ENGLISH, zh=_CHINESE).format(total=overview.total(found), table=overview.table(found))


_ENGLISH = """# Service quality in banking: start here

Click a lesson in the table below. It opens as a tab of its own; this page stays open. You need not have programmed before.

**How to work.** A notebook consists of cells. Click the first one and press **Shift + Enter**: the cell runs, and the next one is chosen. Go from top to bottom and leave nothing out. What you change is saved in your own copy; updates of the course never overwrite it.

{total}

{table}

(State when JupyterLab was started. For the state right now, run `progress("all")` in any notebook.)

## When you are stuck

| What you see | What helps |
|---|---|
| a red box with an error | Read its first sentence, which is in plain English. Correct the line and press Shift + Enter again. |
| “There is nothing called … yet” | A cell further up has not been run. Menu *Run* → *Run All Above Selected Cell*. |
| no idea how to solve a task | Run `hint("gap")`, with the name that is in the task's `check`. There are three hints. |
| an answer cell is beyond repair | Add an empty cell with **+**, write `reset("gap")` and run it: it becomes the cell as it was. Your own stays above. |
| `[*]` stays for more than a minute | Menu *Kernel* → *Interrupt Kernel*; then *Restart Kernel and Run up to Selected Cell*. |
| the whole notebook is beyond repair | Close it; in a terminal, in the course's folder: `course reset 05_servqual_exercises --language en`. Your version is kept beside it. |
"""
_CHINESE = """# 银行服务质量：从这里开始

点下面表格里的“课文”就能打开一课；它会开在新的标签页，本页一直都在。没学过编程也没关系。

**怎么操作。** 笔记本由一个个单元格组成。点第一个单元格，按 **Shift + Enter**：这一格运行完，自动跳到下一格。从上往下，一格也不要跳过。你改的内容都存在自己的副本里，课程更新不会覆盖。

{total}

{table}

（以上是打开 JupyterLab 时的进度。想看此刻的进度，在任何一本笔记本里运行 `progress("all")`。）

## 卡住了怎么办

| 看到什么 | 怎么办 |
|---|---|
| 红框报错 | 先看第一句，是中文。照着改好那一行，再按 Shift + Enter。 |
| “第 × 行有中文（全角）符号” | 逗号、括号、引号、冒号都要用英文的。按一下 Shift 或 Ctrl + 空格，切换到英文输入法再改。 |
| “现在还没有 …… 这个名称” | 前面有单元格没运行。菜单“运行”→“运行选定单元格上方的所有单元格”。 |
| 题目不会做 | 运行 `hint("gap")`，引号里的名称看题目下面的 `check`。一共三条提示，一次给一条。 |
| 答案那一格改乱了 | 点上方的 **+** 加一格，写 `reset("gap")` 并运行：这一格会变成题目原来的样子，你写过的仍留在上面。 |
| `[*]` 一分钟还不消失 | 菜单“内核”→“中断内核”；再“重启内核”，从上往下运行。 |
| 整本改乱了 | 先关掉它，在课程文件夹里打开命令行，运行 `course reset 05_servqual_exercises --language zh`。你的版本会留在旁边，不会丢。 |
"""
