"""Two pages that are built beside the lessons: where each topic is treated, and a semester week by week."""

import csv

from workshop.build import index

TOPICS = """# Where each topic is treated · 每个主题在哪里

Built by `course build` from `course/topics.csv`; `tests/lessons/test_collection.py` fails where a section is empty, shows nothing or
does not say the topic's words. 由 `course build` 根据 `course/topics.csv` 生成；小节空着、没有依据、没有提到主题，测试就不通过。

| topic | 主题 | lesson 课 | section (English) |
|---|---|---|---|
{rows}
"""
SEMESTER = """# One semester, week by week · 一学期，一周一课

For students, alone or in a class: `make lab`, the lesson and its exercises; *deeper* is for those who want it. Built by `course build`
from `course/course.yml`. 给学生，自学或上课都行：`make lab LANGUAGE=zh`，做课文和练习；“深入”篇自愿。由 `course build` 生成。

| week 周 | lesson 课 | minutes 分钟 | leaves behind 留下什么 |
|---|---|---:|---|
{rows}

{total} minutes in all 共 {total} 分钟.
"""


def topics(path):
    """Draw the page of topics.

    Parameters
    ----------
    path : Path
        ``course/topics.csv``.

    Returns
    -------
    str
        Markdown, a row for each topic in the order of the file.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            f"| {one['en']} | {one['zh']} | [{one['lesson'][:2]}](../course/lessons/{one['lesson']}) | {one['section']} |"
            for one in csv.DictReader(file)
        ]
    return TOPICS.format(rows="\n".join(rows))


def semester(course):
    """Draw the page of the semester.

    Parameters
    ----------
    course : dict
        From `index.read`, with ``semester``: for each week its lessons and, where a lesson takes several weeks, its
        minutes and what is done in each.

    Returns
    -------
    str
        Markdown, a row for each week.
    """
    known = {one["id"]: one for one in index.lessons(course)}
    rows, total = [], 0
    for number, week in enumerate(course["semester"], start=1):
        taught = [known[name] for name in week["lessons"]]
        minutes = week.get("minutes") or sum(one["minutes"] + one["exercises_minutes"] for one in taught)
        total += minutes
        names = "; ".join(f"{one['id'][:2]} {one['title']} {one['title@zh']}" for one in taught)
        left = [week] if "leaves" in week else taught
        leaves = "; ".join(f"{one['leaves']} {one['leaves@zh']}" for one in left)
        rows.append(f"| {number} | {names} | {minutes} | {leaves} |")
    return SEMESTER.format(rows="\n".join(rows), total=total)
