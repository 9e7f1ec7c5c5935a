"""The page that JupyterLab opens with: the lessons in order, what is finished, what to do when stuck."""

from classroom.exercises import progress_table
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
    write(path, _page(progress_table.entries(home, folder=target / language), packed=packed(home)))
    return path


def packed(home):
    """Say whether this is the folder that carries its own Python for Windows: there no `course` can be called.

    Parameters
    ----------
    home : Path
        The collection's folder.

    Returns
    -------
    bool
        True where Python lies beside it.
    """
    return (home.parent / "python" / "python.exe").is_file()


def _page(found, *, packed=False):
    """Draw the start page in the reader's language.

    Parameters
    ----------
    found : list of Entry
        The lessons (`progress_table.entries`).
    packed : bool
        In the folder for Windows: commands are called otherwise there, and R1 to R5 are not in it.

    Returns
    -------
    str
        Markdown.
    """
    text = pick(en=_ENGLISH, zh=_CHINESE)
    repair = pick(en=_REPAIR["en"], zh=_REPAIR["zh"])[packed]
    text = text.format(total=progress_table.total(found), table=progress_table.table(found), repair=repair)
    return text + (pick(en=_PACKED_ENGLISH, zh=_PACKED_CHINESE) if packed else "")


# How a whole notebook comes back: by a command, and in the folder for Windows without one.
_REPAIR = {
    "en": (
        "Close it; in a terminal, in the course's folder: `course reset 05_servqual_exercises --language en`.",
        "Close it. In Windows' file explorer drag its file onto `as it was.cmd` in the course's folder. (Notebooks are in "
        "`course\\my_notebooks\\en`, or in the folder that you dropped on `start.cmd`.)",
    ),
    "zh": (
        "先关掉它，在课程文件夹里打开命令行，运行 `course reset 05_servqual_exercises --language zh`。",
        "先关掉它。在 Windows 的文件资源管理器里，把这本笔记本的文件拖到课程文件夹里的 `恢复原样.cmd` 上。（笔记本在 "
        "`course\\my_notebooks\\zh` 里，或者在你拖到 `开始.cmd` 上的那个文件夹里。）",
    ),
}
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
| the whole notebook is beyond repair | {repair} Your version is kept beside it. |
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
| 整本改乱了 | {repair}你的版本会留在旁边，不会丢。 |
"""
_PACKED_ENGLISH = """
## In this folder

- Where a text says `course …`, open a command window in the folder that holds `start.cmd` and write `python\\python.exe -X utf8 -m workshop …`, for instance `python\\python.exe -X utf8 -m workshop doctor`.
- R1 to R5, for researchers, are not here: they need packages with data that this folder does not carry.
- A newer folder may be unzipped over this one. What you changed stays as you wrote it; the new edition is put beside it.
"""
_PACKED_CHINESE = """
## 这个文件夹里

- 文中写着 `course …` 的命令，请在放着 `开始.cmd` 的文件夹里打开命令行，改写成 `python\\python.exe -X utf8 -m workshop …`，例如 `python\\python.exe -X utf8 -m workshop doctor`。
- 写给研究者的 R1 至 R5 不在这里：它们要用的数据装在别的软件包里，这个文件夹没有带。
- 可以把新版文件夹解压到这个文件夹上面。你改过的保持原样，新版放在旁边。
"""
