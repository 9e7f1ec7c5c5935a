"""Exports with one row for each answer: turned into one row for each person, or refused where nobody is named in them."""

import re
from dataclasses import replace

from helpers.bank.language import wrong
from owndata.identify.identifiers import plain
from owndata.map import answer_words, column_roles, word_ladders
from owndata.say.problems import problem

FEWEST = 3  # questions
MOST_QUESTIONS = 300
WHOLE = 0.3  # share of the answers that people with so many questions would give
_PERSON = re.compile(
    r"(受访者|客户|顾客|学员|答卷|问卷|样本|respondent|person|customer|participant)[ _-]?(编号|号|no\.?|#)?\d{1,4}号?"
)
_NUMBERS = re.compile(r"题号|序号|编号|人数|份数|次数|数量|count|number|frequency|^n$")
_QUESTION = re.compile(
    r"(题目|问题|题干|题名|指标|测评项目?|评价项目?|调查项目|评分项目?|项目|维度题目)(名称|内容|描述|标题)?|"
    r"(questions?|items?|variables?|statements?|indicators?|measures?)([ _]?(text|name|label|title))?"
)


def turned(sheet):
    """Give one row a person.

    Parameters
    ----------
    sheet : Sheet
        An export.

    Returns
    -------
    Sheet
        The same where its rows are people already.

    Raises
    ------
    WrongValue
        If a row is an answer to one of several questions and the rows of a person cannot be told.
    """
    cells = sheet.cells
    asked = next((name for name in cells if _QUESTION.fullmatch(plain(_first(name)))), None)
    people = [name for name in cells if _PERSON.fullmatch(plain(_first(name)))]
    if len(people) >= max(FEWEST, 0.6 * (len(cells.columns) - 1)) and len(cells) <= MOST_QUESTIONS:
        _refuse_across(sheet, asked or cells.columns[0])
    if asked is None or len(cells) > 10_000_000:
        return sheet
    questions = cells[asked].astype("str").str.strip()
    if questions.is_unique and FEWEST <= len(questions) <= MOST_QUESTIONS:
        _refuse_across(sheet, asked)
    if not _are_questions(questions):
        return sheet
    rated = [name for name in cells if name != asked and _is_rated(sheet, name)]
    if not 0 < len(rated) < FEWEST:  # a survey may ask which question mattered most
        return sheet
    person = next((name for name in cells if column_roles.by_heading(name) == "respondent"), None)
    if person is None or not _are_whole(cells[person], questions):
        raise wrong(
            "owndata.long_answers.nobody", file=sheet.path.name, column=asked, found=questions.iloc[0]
        )
    return _wide(sheet, asked, questions, person)


def _refuse_across(sheet, asked):
    """A question a row, a person a column."""
    people = [name for name in sheet.cells if name != asked and _is_one_person(sheet, name)]
    if len(people) >= max(FEWEST, 0.6 * (len(sheet.cells.columns) - 1)):
        found = sheet.cells[asked].iloc[0]
        raise wrong("owndata.long_answers.across", file=sheet.path.name, column=_first(asked), found=found, person=_first(people[0]))  # fmt: skip


def _first(heading):
    """A heading without what a second row of headings adds: names of branches stand there, as those of people above."""
    return column_roles.asked(heading).split("—")[0]


def _is_one_person(sheet, name):
    """Whether a column holds few whole steps, not counts or means."""
    counts = {text: n for text, n in sheet.counts(name).items() if text.strip()}
    numbers = {text: answer_words.number(text) for text in counts}
    steps = {text for text, n in numbers.items() if _is_step(text) or n in range(11)}
    return not _NUMBERS.search(plain(_first(name))) and sum(counts[text] for text in steps) > 0.8 * sum(
        counts.values()
    )


def _are_questions(texts):
    """Whether the same few texts come again and again."""
    different = texts[texts != ""].unique()
    return (
        FEWEST <= len(different) <= MOST_QUESTIONS
        and len(texts) >= 3 * len(different)
        and all(len(text) > 1 for text in different)
    )


def _is_rated(sheet, name):
    """Whether the answers of a column are few steps, again and again."""
    if column_roles.by_heading(name) in ("respondent", "branch", "date", "seconds", "wave"):
        return False
    if _NUMBERS.search(plain(name)):
        return False
    counts = {text: n for text, n in sheet.counts(name).items() if text.strip()}
    steps = sum(n for text, n in counts.items() if answer_words.number(text) is not None or _is_step(text))
    return 2 <= len(counts) <= 25 and steps > 0.8 * sum(counts.values())


def _is_step(text):
    return answer_words.parsed(text)[1] in word_ladders.WORDS


def _are_whole(people, questions):
    """Whether each person answers a question once, and most of the questions."""
    pairs = people.astype("str").str.strip() + "\n" + questions
    return pairs.is_unique and len(pairs) >= WHOLE * people.nunique() * questions.nunique()


def _wide(sheet, asked, questions, person):
    """Turn answers below each other into columns."""
    cells = sheet.cells.astype("str")
    groups = cells.groupby(person, sort=False)
    varies = [name for name in cells if name not in (person, asked) and groups[name].nunique().max() > 1]
    # The number of a question goes with its text.
    bound = [name for name in varies if cells.groupby(asked)[name].nunique().max() == 1]
    varies = [name for name in varies if name not in bound]
    kept = [name for name in cells if name not in (asked, *varies, *bound)]
    first = cells[~cells[person].duplicated()]
    wide = first[kept].copy()
    for name in varies:
        pivot = cells.assign(**{asked: questions}).pivot(index=person, columns=asked, values=name)
        pivot = pivot.reindex(index=first[person], columns=list(dict.fromkeys(questions))).fillna("")
        for question in pivot:
            wide[question if len(varies) == 1 else f"{name}—{question}"] = pivot[question].to_numpy()
    told = problem(
        "answers_below", file=sheet.path.name, column=asked, found=len(cells), expected=f"{len(wide):,}"
    )
    return replace(sheet, cells=wide, problems=[*sheet.problems, told])
