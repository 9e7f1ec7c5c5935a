"""The course's table of contents, and its page among the notebooks."""

import re

from helpers.bank.language import LANGUAGES, wrong
from workshop.build import yamlfile
from workshop.build.source import STUDENT_PARTS

NEEDED = ("id", "title", "title@zh", "question", "question@zh", "minutes")
HEADINGS = {
    "en": ("| Part | Lesson | Question | Notebooks |", {"lesson": "lesson", "deeper": "deeper", "exercises": "exercises"}, "min"),
    "zh": ("| 部分 | 课 | 问题 | 笔记本 |", {"lesson": "课文", "deeper": "深入", "exercises": "练习"}, "分钟"),
}  # fmt: skip
# What stands between these marks in README.md and README.zh.md is built.
BUILT = re.compile(r"(?<=<!-- lessons: built by `course build` -->\n).*?(?=<!-- /lessons -->)", re.DOTALL)
TOP = """# Notebooks · 笔记本

These files are built from `course/` by `course build`; please do not edit them by hand.
本文件夹由 `course build` 根据 `course/` 生成，请勿手工修改。

"""


def read(path):
    """Read the table of contents.

    Parameters
    ----------
    path : Path
        ``course/course.yml``: title, title@zh, parts → lessons.

    Returns
    -------
    dict
        As written.

    Raises
    ------
    WrongValue
        If there is no such file, it has no parts, or a lesson in it lacks its id, titles, questions or minutes.
    """
    if not path.is_file():
        raise wrong("workshop.index.no_course", path=path)
    course = yamlfile.read(path)
    if not _whole(course):
        raise wrong("workshop.index.parts", file=path.name)
    every = [lesson for part in parts(course) for lesson in part["lessons"]]
    for number, lesson in enumerate(every, start=1):
        # Minutes are added up, in a semester and on a day.
        whole = [key for key in lesson if key.endswith("minutes") and not isinstance(lesson[key], int)]
        if missing := [key for key in NEEDED if not lesson.get(key)] + whole:
            name = lesson.get("id", number)
            raise wrong("workshop.index.lacking", file=path.name, name=name, missing=list(missing))
    return course


def _whole(course):
    """Whether there are parts, each of them with a list of lessons."""
    try:
        rows = [course, *parts(course)]
        return all(row["title"] and row["title@zh"] for row in rows) and all(
            isinstance(lesson, dict) for row in rows[1:] for lesson in row["lessons"]
        )
    except (KeyError, TypeError):
        return False


def lessons(course):
    """List the lessons of all parts.

    Parameters
    ----------
    course : dict
        From `read`.

    Returns
    -------
    list of dict
        In course order.
    """
    return [lesson for part in course["parts"] for lesson in part["lessons"]]


def parts(course):
    """List the parts of lessons, and the replications: a part by itself, in no route and no kit.

    Parameters
    ----------
    course : dict
        From `read`.

    Returns
    -------
    list of dict
        In course order.
    """
    return [*course["parts"], *([course["replications"]] if course.get("replications") else [])]


def packages(course, lesson):
    """Name the packages that carry the published data of a lesson.

    Parameters
    ----------
    course : dict
        From `read`.
    lesson : str
        Its id.

    Returns
    -------
    list of str
        ``packages`` of its entry; empty where it needs none beside those of the course.
    """
    every = [entry for part in parts(course) for entry in part["lessons"]]
    return next((entry.get("packages", []) for entry in every if entry["id"] == lesson), [])


def unlisted(course, *, sources):
    """Find lessons that have files but are in no part, or the other way round.

    Parameters
    ----------
    course : dict
        From `read`.
    sources : list of Source
        All there are.

    Returns
    -------
    list of WrongValue
        One sentence for each, not raised.
    """
    listed = {lesson["id"] for part in parts(course) for lesson in part["lessons"]}
    there = {source.lesson for source in sources}
    first = [wrong("workshop.index.not_listed", name=name) for name in sorted(there - listed)]
    return first + [
        wrong("workshop.index.no_lesson", name=name)
        for name in sorted(listed - {source.lesson for source in sources if source.part == "lesson"})
    ]


def page(course, *, sources):
    """Write the page that links every notebook.

    Parameters
    ----------
    course : dict
        From `read`.
    sources : list of Source
        What notebooks there are.

    Returns
    -------
    str
        Markdown, English and Chinese.
    """
    there = {(source.lesson, source.part) for source in sources}
    tables = {language: "\n".join(_table(parts(course), there, language)) for language in LANGUAGES}
    return TOP + "\n".join(f"## {_told(course, 'title', lang)}\n\n{table}" for lang, table in tables.items())


def readme(text, course, *, sources, language):
    """Put the table of lessons into a README.

    Parameters
    ----------
    text : str
        The README, with the two marks that the table stands between.
    course : dict
        From `read`.
    sources : list of Source
        What notebooks there are.
    language : {"en", "zh"}
        The README's language.

    Returns
    -------
    str
        The README with the table as it must be.
    """
    there = {(source.lesson, source.part) for source in sources}
    table = "\n".join(_table(parts(course), there, language, folder="notebooks/"))
    return BUILT.sub(lambda _: f"\n{table}\n", text)


def _table(parts, there, language, *, folder=""):
    """The parts and lessons in one language; a part is named beside its first lesson."""
    heading, words, minutes = HEADINGS[language]
    yield f"{heading}\n|---|---|---|---|"
    for part in parts:
        for lesson in part["lessons"]:
            links = [
                f"[{words[name]}]({folder}{language}/{_file(lesson['id'], name)}) {_minutes(lesson, name, minutes)}".strip()
                for name in STUDENT_PARTS
                if (lesson["id"], name) in there
            ]
            title, question = _told(lesson, "title", language), _told(lesson, "question", language)
            named = _told(part, "title", language) if lesson is part["lessons"][0] else ""
            yield f"| {named} | {lesson['id'].split('_')[0]} · {title} | {question} | {' · '.join(links)} |"
    yield ""


def _file(lesson, part):
    return f"{lesson}.ipynb" if part == "lesson" else f"{lesson}_{part}.ipynb"


def _minutes(lesson, part, word):
    given = lesson.get("minutes" if part == "lesson" else f"{part}_minutes")
    return f"{given} {word}" if given else ""


def _told(entry, key, language):
    return entry[key] if language == "en" else entry[f"{key}@zh"]
