"""What a plan's columns, choices and problems are called, in both languages."""

from helpers.bank.language import pick

# The headings of the workbook; a bracket is a note to whoever fills it, not part of the name.
HEADINGS = {
    "number": ("No.", "编号"),
    "bottleneck": ("Bottleneck", "瓶颈"),
    "action": ("Action", "具体措施"),
    "owner": ("Owner (one person)", "责任人（一个人）"),
    "start": ("Start", "开始日期"),
    "end": ("End", "结束日期"),
    "indicator": ("Indicator", "指标"),
    "unit": ("Unit", "单位"),
    "direction": ("Better is", "怎样算好"),
    "baseline": ("Baseline (now)", "基线（现在）"),
    "target": ("Target", "目标"),
    "measured_by": ("Measured by (who, how often)", "谁来量（谁、多久一次）"),
    "review_on": ("Review on", "检查日期"),
    "waits_for": ("Waits for (No.)", "要等哪几项（编号）"),
    "effort_days": ("Effort (person-days)", "投入（人天）"),
    "result": ("Result (at the review)", "结果（检查时填）"),
    "if_missed": ("If the target is missed", "没达到怎么办"),
}
CHOICES = {
    "unit_share": ("%", "%"),
    "unit_minutes": ("minutes", "分钟"),
    "unit_points": ("points", "分"),
    "unit_count": ("times", "次"),
    "lower_better": ("lower", "越低越好"),
    "higher_better": ("higher", "越高越好"),
}
# What each problem says after "Row 4, “Owner”: "; {found} is the cell as it stands.
SENTENCES = {
    "empty_plan": (
        "the plan has no action yet. Write the first one in row 2.",
        "计划里还没有任何措施。请从第 2 行写起。",
    ),
    "no_action": (
        "nobody says what will be done. Write what somebody does differently from that day on.",
        "没写要做什么。请写清楚从那天起，谁做法上有什么不同。",
    ),
    "no_owner": (
        "an action without an owner is nobody's. Write one name.",
        "没有责任人的措施，等于没人管。请写一个人的名字。",
    ),
    "several_owners": (
        "“{found}” is more than one, and several owners are no owner. Write one name; the others may help.",
        "“{found}”不是一个人，人人负责就是没人负责。请只写一个人，其他人可以协助。",
    ),
    "owner_twice_at_once": (
        "“{found}” has another action on the same days. Can one person carry both? Move one, or share them out.",
        "“{found}”在同一段日子里还有别的措施。一个人忙得过来吗？请错开日期，或者分给别人。",
    ),
    "no_start": (
        "the action has no beginning. Write a date like 2026-03-02.",
        "没有开始日期。请写一个日期，例如 2026-03-02。",
    ),
    "no_end": (
        "the action never ends, so nobody can say it is late. Write a date like 2026-03-29.",
        "没有结束日期，就永远不算拖延。请写一个日期，例如 2026-03-29。",
    ),
    "no_date": (
        "“{found}” is no date. Write the day, like 2026-03-29.",
        "“{found}”不是日期。请写到哪一天，例如 2026-03-29 或 2026年3月29日。",
    ),
    "ends_before_start": (
        "the action ends before it starts. Correct one of the two dates.",
        "结束日期早于开始日期。请改正其中一个。",
    ),
    "starts_too_early": (
        "it starts before an action it waits for is over. Start it later, or strike out what it waits for.",
        "要等的那一项还没结束，这一项就开始了。请推迟开始日期，或者去掉“要等哪几项”。",
    ),
    "no_indicator": (
        "nothing is named that would show whether it worked. Write one thing that can be counted.",
        "没写看什么来判断有没有用。请写一样数得出来的东西。",
    ),
    "off_the_list": (
        "“{found}” is not on the list. Choose from the drop-down.",
        "“{found}”不在选项里。请从下拉列表中选。",
    ),
    "no_direction": (
        "it is not said whether lower or higher is better. Choose from the drop-down.",
        "没写越低越好还是越高越好。请从下拉列表中选。",
    ),
    "no_baseline": (
        "a target without a baseline cannot be judged: nobody will know whether anything moved. Measure first.",
        "没有基线，目标达没达到就说不清：谁也不知道到底动没动。请先量一次现在是多少。",
    ),
    "no_target": (
        "there is no target. Write the number that would be good enough.",
        "没有目标。请写下做到多少就算达标。",
    ),
    "not_a_number": (
        "“{found}” is no number. Write the number alone; the unit has its own column.",
        "“{found}”不是数字。请只写数字，单位写在“单位”一列。",
    ),
    "share_outside": (
        "a share of {found:.0%} is not between 0 % and 100 %. Correct the number or the unit.",
        "{found:.0%} 不在 0% 到 100% 之间。请改正数字，或者改单位。",
    ),
    "target_is_baseline": (
        "the target is what is already there. Set one that is better than the baseline.",
        "目标和现在一样，等于什么都不用做。请定得比基线好一些。",
    ),
    "target_wrong_side": (
        "the target is worse than the baseline. Correct it, or look at the column “Better is”.",
        "目标比现在还差。请改正目标，或者看看“怎样算好”一列选对没有。",
    ),
    "nobody_measures": (
        "an indicator that nobody measures will not be looked at. Write who counts it, and how often.",
        "没人去量的指标，没有人会看。请写清楚谁来量、多久量一次。",
    ),
    "no_review": (
        "no day is set to look at the result. Write a date after the start.",
        "没有定哪一天看结果。请写一个开始之后的日期。",
    ),
    "review_too_early": (
        "the review comes before anything can have changed. Choose a day after the start.",
        "检查日期不晚于开始日期，那时还什么都没变。请改到开始之后。",
    ),
    "waits_for_unknown": (
        "it waits for “{found}”, and not every one of these is an action of this plan. Write numbers of the first column.",
        "要等的“{found}”，计划里并不都有。请写第一列里的编号。",
    ),
    "waits_in_a_circle": (
        "it waits for “{found}”, and in the end the actions wait for one another. Strike out one of them.",
        "要等“{found}”，可几项措施绕成了一圈，互相等。请去掉其中一个。",
    ),
    "number_twice": (
        "the number {found:g} stands twice. Give each action its own.",
        "编号 {found:g} 出现了两次。请让每项措施各有一个编号。",
    ),
    "no_fallback": (
        "what happens if the target is missed? Decide it now, while nobody has anything to lose.",
        "没达到怎么办？最好现在就定，那时候谁也没有面子要顾。",
    ),
}


def heading(column):
    """What a column is called in the reader's language, without the note in brackets.

    Examples
    --------
    >>> heading("owner")
    'Owner'
    """
    en, zh = HEADINGS[column]
    return pick(en=en.split(" (")[0], zh=zh.split("（")[0])


def labelled(table, *, book):
    """Show a plan with the headings of its workbook, so that a problem names the column that is seen.

    Parameters
    ----------
    table : DataFrame
        Some columns of a plan, and perhaps others.
    book : Codebook
        The codebook of a bank.

    Returns
    -------
    DataFrame
        As `book.labelled`, but for the headings of a plan.
    """
    shown = book.shown(table)
    names = zip(table.columns, shown.columns, strict=True)
    return shown.set_axis([heading(name) if name in HEADINGS else label for name, label in names], axis=1)


def sentence(problem, *, row, column, found):
    """Say what is wrong with a cell, where it stands, and what to do.

    Parameters
    ----------
    problem : str
        A key of `SENTENCES`.
    row : int
        As the sheet counts.
    column : str
        A key of `HEADINGS`.
    found : object
        The cell as it stands.

    Returns
    -------
    str
        One or two sentences in the reader's language.

    Examples
    --------
    >>> sentence("no_target", row=3, column="target", found=None)
    'Row 3, “Target”: there is no target. Write the number that would be good enough.'
    """
    en, zh = SENTENCES[problem]
    said = pick(en=en, zh=zh).format(found=found)
    return pick(en=f"Row {row}, “{heading(column)}”: {said}", zh=f"第 {row} 行“{heading(column)}”：{said}")
