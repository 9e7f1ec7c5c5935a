"""Sections that need what some data do not have: left out, with a sentence that says what is lost.

A code cell whose first line is ``# needs: truth`` runs where the bank declares its truth; elsewhere
the line turns the cell into that one sentence. Everything else about the cell stays plain Python.
``# needs: no_truth`` runs where the truth is *not* there, and says nothing elsewhere.
"""

import re

from IPython import get_ipython
from IPython.display import Markdown, display

from helpers.bank import codebook
from helpers.bank.language import pick

_LINE = re.compile(r"#\s*needs:\s*([\w, ]+?)\s*$")

# What compares with expectations: where these were not asked, that alone is the reason to be told.
_COMPARING = {"course_items", "reversed", "points", "adequate", "seconds", "weight", "satisfaction"}

# What is needed, and what a reader loses without it.
LOST = {
    "waves": (None, None),  # one wave is no loss
    "truth": (
        "The truth is declared for simulated banks alone, so this section is left out: nobody can say here "
        "whether the method found what is really there.",
        "只有模拟银行才知道真值，所以略过这一节：用真实数据时，谁也不能断言方法找到的就是真实情况。",
    ),
    "expectations": (
        "This survey did not ask for expectations, so what compares them with perceptions is left out; "
        "perceptions alone are shown.",
        "这份问卷没有问期望，所以与期望作比较的部分略过，只展示感知。",
    ),
    "course_items": (
        "This survey has other questions than the course's 22, so the step by hand is left out; the table below "
        "does the same for your questions.",
        "这份问卷的题目与本课程的 22 题不同，所以略过亲手计算的一步；下面的表对你的题目做同样的计算。",
    ),
    "reversed": (
        "This survey has no reverse-worded items, so nothing can go wrong with them: the section is left out.",
        "这份问卷没有反向题，不会出这方面的错，所以略过这一节。",
    ),
    "points": (
        "This survey did not ask how much each dimension matters, so weighted gaps are left out.",
        "这份问卷没有问各维度的重要程度，所以略过加权差距。",
    ),
    "adequate": (
        "This survey did not ask which service is good enough, so the zone of tolerance is left out.",
        "这份问卷没有问“做到什么程度算够用”，所以略过容忍区间。",
    ),
    "seconds": (
        "This survey did not record how long people took, so careless answers cannot be looked for here.",
        "这份问卷没有记录答题用时，所以这里无法查找随意作答的人。",
    ),
    "weight": (
        "This survey has no response weights, so nobody can say here who is missing.",
        "这份问卷没有回答权重，所以这里说不出少了哪些人。",
    ),
    "satisfaction": (
        "This survey did not ask for overall satisfaction, so the two scores cannot be compared with it.",
        "这份问卷没有问总体满意度，所以无法比较两种分数与它的关系。",
    ),
    "journeys": (
        "These data have no log of customers' steps with its list of touchpoints, so everything read from such a log "
        "is left out.",
        "这些数据里没有客户每一步的记录和触点清单，所以略过需要用到这些记录的部分。",
    ),
    "journey_surveys": (
        "These data hold no journeys with emotions step by step and an answer afterwards, so nobody can say here which "
        "steps satisfaction hangs on: everything that ranks moments is left out. Lesson 02 shows how to collect them.",
        "这份数据里没有逐步记录情绪、办完又问过满意度的旅程，所以说不出满意度取决于哪几步，给关键时刻排名的内容都略过。怎样收集，见第 02 课。",
    ),
    "trial": (
        "These data hold no trial in which a lot decided who got the change, so nobody can say here whether it worked: "
        "everything that compares the two groups is left out. Lesson 15 of the course's own bank shows one.",
        "这份数据里没有抽签分组的试验，所以说不出改动有没有用，比较两组的内容都略过。用课程自带的银行可以看到完整的第 15 课。",
    ),
    "broken_trial": (
        "These data hold no second trial with a broken log, so the search for it is left out.",
        "这份数据里没有那个日志有缺陷的第二次试验，所以略过查找它的部分。",
    ),
    "before_after": (
        "These data hold no branches chosen for their poor results and measured again, so that comparison is left out.",
        "这份数据里没有“因成绩差而入选、过后再量”的网点，所以略过这个对比。",
    ),
    "weekly": (
        "These data have no weekly record of the branches with the date on which each was changed, so there is nothing to "
        "chart here: one row a branch and week, with visits and mean wait, is enough to begin.",
        "这份数据里没有各网点的每周记录和改造日期，所以这里没有可以画的控制图。想开始的话，一家网点一周记一行，记到访人次和平均等候时间就够了。",
    ),
    "ledger": (
        "These data hold no transactions beside a list of customers, so nobody can say here who does alike: everything "
        "that groups customers is left out.",
        "这份数据里没有客户名单和交易流水，看不出谁和谁做法相近，所以给客户分群的内容都略过。",
    ),
    "held_out": (
        "These data hold no loan applications or complaints beside the ledger, so the groups cannot be compared in what "
        "took no part in making them.",
        "这份数据里除了流水没有贷款申请和投诉记录，所以没法用“没参与分群”的信息来比较各组。",
    ),
    "spending": (
        "These data hold no transactions with customers and later leaving, so nobody can say here what a customer "
        "brings or in which phase they are: everything that sorts customers is left out.",
        "这份数据里没有客户、交易流水和后来的离开情况，所以说不出客户带来多少、处在哪个阶段，给客户分层的内容都略过。",
    ),
}

# Needs that are tables: which ones, and the columns that they must have.
TABLES = {
    "journeys": {
        "touchpoints": {"touchpoint", "journey", "stage", "owner"},
        "journeys": {"case", "step", "journey", "touchpoint", "channel", "start", "end", "outcome", "emotion",
                     "asked_per_million"},
    },
    "journey_surveys": {
        "touchpoints": {"touchpoint", "journey", "owner"},
        "journeys": {"case", "step", "journey", "branch", "touchpoint", "channel", "start", "end", "outcome",
                     "emotion", "asked_per_million"},
        "journey_surveys": {"case", "journey", "branch", "given_up", "satisfaction", "named"},
    },
    "trial": {
        "trial_reminder": {"arm", "assigned", "branch", "visited", "missed", "wait_minutes", "pre_wait_minutes"},
    },
    "broken_trial": {"trial_reminder_broken": {"arm", "visited", "missed", "wait_minutes", "pre_wait_minutes"}},
    "before_after": {"before_after": {"branch", "chosen", "phase", "mean_wait_minutes"}},
    "weekly": {
        "branches": {"branch", "transformed"},
        "service_weekly": {"branch", "week", "week_start", "visits", "mean_wait_seconds", "p90_wait_seconds",
                           "complaints", "digital_started", "digital_completed"},
    },
    "ledger": {
        "customers": {"customer", "joined", "birth_year"},
        "transactions": {"customer", "time", "channel", "kind", "amount_fen"},
    },
    "held_out": {
        "customers": {"customer", "kind", "digital_use"},
        "journeys": {"customer", "journey"},
        "complaints": {"customer"},
    },
    "spending": {
        "branches": {"branch"},
        "customers": {"customer", "branch", "kind", "joined", "products"},
        "transactions": {"customer", "time", "channel", "kind", "amount_fen"},
        "churn": {"customer", "snapshot", "left", "leave_date"},
    },
}  # fmt: skip


_told = set()


def available(book, *, has_truth):
    """List what this bank's data offer, of all that a section may need.

    Parameters
    ----------
    book : Codebook
        The codebook of the bank.
    has_truth : bool
        Whether the bank declares its truth.

    Returns
    -------
    set of str
        Names from `LOST`.
    """
    names = {field["name"] for field in book.fields("servqual")} if "servqual" in book.tables else set()
    names -= book.lacking("servqual", names)
    dimensions = book.dimensions if names else {}
    numbers = [number for items in dimensions.values() for number in items]
    expectations = bool(numbers) and {f"E{number}" for number in numbers} <= names
    found = {
        "waves": "wave" in names,
        "truth": has_truth,
        "expectations": expectations,
        "course_items": expectations and dimensions.get("reliability") == [5, 6, 7, 8, 9]
        and book.scale == (1, 7) and not {"E5", "E6", "E7", "E8", "E9"} & set(book.reverse),
        "reversed": expectations and any(item in names for item in book.reverse),
        "points": expectations and {f"points_{name}" for name in dimensions} <= names,
        "adequate": expectations and {f"adequate_{name}" for name in dimensions} <= names,
        "seconds": expectations and "seconds" in names,
        "weight": expectations and "weight" in names,
        "satisfaction": expectations and "satisfaction" in names,
    }  # fmt: skip
    return {name for name, there in found.items() if there} | {
        need for need, tables in TABLES.items() if _has(book, tables)
    }


def _has(book, tables):
    """Say whether the data have all these tables with something in all these columns."""
    return not any(book.lacking(table, columns) for table, columns in tables.items())


def _bare(book, tables):
    """Name the first column that keeps a need from being met, where all its tables are there."""
    if any(table not in book.tables for table in tables):
        return None
    found = ((table, sorted(book.lacking(table, columns))) for table, columns in tables.items())
    return next(((table, columns[0]) for table, columns in found if columns), None)


def watch(offered):
    """From now on, leave out cells that need what is not offered.

    Parameters
    ----------
    offered : set of str
        What the data offer (`available`).
    """
    _told.clear()
    shell = get_ipython()
    if shell is None:
        return
    cleanups = shell.input_transformers_cleanup
    cleanups[:] = [step for step in cleanups if not isinstance(step, _LeaveOut)]
    cleanups.append(_LeaveOut(offered))


def left_out(name):
    """Say what is lost where this is lacking, or which column alone is, the first time only.

    Parameters
    ----------
    name : str
        What the data lack, from `LOST`.
    """
    en, zh = LOST.get(name, (None, None))
    bare = _bare(codebook.current(), TABLES.get(name, {}))
    if bare:  # the tables are there: saying that they are not would mislead
        table, column = bare
        en = (f"The table `{table}` has nothing in the column `{column}`, or no such column, and what stands here cannot "
              "do without it, so it is left out.")  # fmt: skip
        zh = f"表 `{table}` 的 `{column}` 列全是空的，或者没有这一列，而这里的内容离不开它，所以略过。"
    if en and name not in _told:
        _told.add(name)
        display(Markdown(f"> {pick(en=en, zh=zh)}"), metadata={"left_out": True})


class _LeaveOut:
    """Replace a cell that cannot run by the sentence that says so."""

    def __init__(self, offered):
        self.offered = offered

    def __call__(self, lines):
        found = _LINE.match(lines[0]) if lines else None
        names = found[1].replace(" ", "").split(",") if found else []
        lacking = [name for name in names if not self._there(name)]
        if not lacking:
            return lines
        if lacking[0] in _COMPARING and "expectations" not in self.offered:
            lacking = ["expectations"]
        # Jupyter may ask twice about one cell, so what was told is remembered when the cell runs.
        return ["from classroom.notebook import needs as _needs\n", f"_needs.left_out({lacking[0]!r})\n"]

    def _there(self, name):
        """Whether the data offer it, or, for ``no_…``, lack it."""
        return (
            name.removeprefix("no_") not in self.offered if name.startswith("no_") else name in self.offered
        )
