"""``course build``: one source becomes the notebooks of both languages, their index and answers."""

import json
from pathlib import Path

import nbformat

from helpers.bank import data
from helpers.bank.files import write
from helpers.bank.language import LANGUAGES
from workshop.build import (
    beside,
    editions,
    glossary,
    index,
    keys,
    proofreading,
    source,
    text_cells,
    topic_tables,
    yamlfile,
)


def build(check=False, *, root=None, answers=False):
    """Bring everything that is built up to date with ``course/``.

    Parameters
    ----------
    check : bool
        Change nothing; only say what would change. Runs no notebook.
    root : Path, optional
        The project; found from the working folder otherwise.
    answers : bool
        Make every answers file anew; otherwise only those whose exercises or data have changed.

    Returns
    -------
    list of Path
        The files that were written or removed (with `check`: that differ, are missing, or have
        lost their source), in order. Empty where all is up to date.

    Raises
    ------
    WrongValue
        If a source has problems, all of them together; nothing is written then.
    """
    root = Path(root or data.home()).resolve()
    sources = _read(root)
    wanted = _planned(root, sources)
    exercises = {_answers(root, one): one for one in sources if one.part == "exercises"}
    changed = [path for path, text in wanted.items() if _text(path) != text]
    lost = [path for path in _built(root) if path not in wanted and path not in exercises]
    outdated = [
        path
        for path, one in exercises.items()
        if answers or not keys.fresh(path, made_from=keys.fingerprint(root, one))
    ]
    if not check:
        for path in changed:
            write(path, wanted[path])
        for path in lost:
            path.unlink()
        for path in outdated:
            write(path, keys.built(root, exercises[path]))
    return sorted([*changed, *lost, *outdated])


def stale(lessons, *, root):
    """Say whose notebooks, texts or answers are not what their sources say; nothing is proofread.

    Parameters
    ----------
    lessons : iterable of str
        Ids, for instance ``"05_servqual"``.
    root : Path
        The project.

    Returns
    -------
    list of str
        Those of them, in the order given.
    """
    course = index.read(root / "course" / "course.yml")
    found = []
    for lesson in lessons:
        paths = [path for part in source.PARTS for path in (root / "course").glob(f"*/{lesson}/{part}.md")]
        sources = [source.read(path) for path in paths]
        wanted = _notebooks(root, sources) | _stored(root, sources, course)
        exercises = {_answers(root, one): one for one in sources if one.part == "exercises"}
        built = {path for path in _built(root) if f"{path.stem}_".startswith(f"{lesson}_")}
        if (
            any(_text(path) != text for path, text in wanted.items())
            or built - wanted.keys() - exercises.keys()  # they have lost their source
            or not all(
                keys.fresh(path, made_from=keys.fingerprint(root, one)) for path, one in exercises.items()
            )
        ):
            found.append(lesson)
    return found


def solved(folder, *, language, part="exercises"):
    """Make what only teachers see: exercises with solutions, answers and hints, or the trainer's sheet.

    Parameters
    ----------
    folder : Path
        ``course/lessons/05_servqual``.
    part : {"exercises", "trainer"}
        Which of the two.
    language : {"en", "zh"}
        The reader's language.

    Returns
    -------
    NotebookNode
        Not written anywhere: students must not find it.
    """
    return editions.notebook(source.read(Path(folder) / f"{part}.md"), language=language, teacher=True)


def _read(root):
    """Read and proofread every source.

    Parameters
    ----------
    root : Path
        The project.

    Returns
    -------
    list of Source
        By lesson and part.

    Raises
    ------
    WrongValue
        If anything is wrong: one line for each problem of all files.
    """
    course = index.read(root / "course" / "course.yml")
    entries = glossary.read(root / "course" / "glossary.yml")
    paths = [
        path
        for part in source.PARTS
        for path in (root / "course").glob(f"*/*/{part}.md")
    ]  # fmt: skip
    sources = [source.read(path) for path in sorted(paths, key=lambda path: (path.parent.name, path.name))]
    known = _beside(root, "needs.yml")
    found = [
        problem for one in sources for problem in proofreading.problems(one, entries=entries, needs=known)
    ]
    found += beside.problems(
        root,
        needs=known,
        rules=_beside(root, "parameters.yml"),
        entries=entries,
        lessons=[lesson["id"] for part in index.parts(course) for lesson in part["lessons"]],
    )
    proofreading.judge([*index.unlisted(course, sources=sources), *found, *beside.links(sources)])
    return sources


def _beside(root, name):
    """Read what stands beside the lessons: the needs of sections, the rules of parameters.

    Parameters
    ----------
    root : Path
        The project.
    name : str
        A file of its ``course`` folder.

    Returns
    -------
    dict
        Empty where the course has no such file.
    """
    return yamlfile.read(root / "course" / name, otherwise={})


def _planned(root, sources):
    """Say what the built files must hold, answers left aside.

    Parameters
    ----------
    root : Path
        The project.
    sources : list of Source
        From `_read`.

    Returns
    -------
    dict
        Path → text: notebooks, their index, the helpers' glossary.
    """
    course = index.read(root / "course" / "course.yml")
    entries = glossary.read(root / "course" / "glossary.yml")
    readmes = {
        path: index.readme(path.read_text(encoding="utf-8"), course, sources=sources, language=language)
        for path, language in ((root / "README.md", "en"), (root / "README.zh.md", "zh"))
        if path.is_file()
    }
    listed = root / "course" / "topics.csv"
    beside = {root / "docs" / "topics.md": topic_tables.topics(listed)} if listed.is_file() else {}
    if "semester" in course:
        beside[root / "docs" / "semester.md"] = topic_tables.semester(course)
    return (
        _notebooks(root, sources)
        | _stored(root, sources, course)
        | readmes
        | beside
        | {
            root / "notebooks" / "README.md": index.page(course, sources=sources),
            root / "notebooks" / "texts" / "needs.json": _json(_beside(root, "needs.yml")),
            root / "notebooks" / "texts" / "parameters.json": _json(_beside(root, "parameters.yml")),
            root / "src" / "helpers" / "bank" / "glossary.json": glossary.built(entries),
        }
    )


def _notebooks(root, sources):
    """Path → text of what students open."""
    return {
        root / "notebooks" / language / _name(one): _written(editions.notebook(one, language=language))
        for one in sources
        for language in LANGUAGES
        if one.part in source.STUDENT_PARTS
    }


def _stored(root, sources, course):
    """Path → text of the sentences that notebooks say."""
    return {
        root / "notebooks" / "texts" / language / _name(one).replace(".ipynb", ".json"): _texts(
            one, language, packages=index.packages(course, one.lesson)
        )
        for one in sources
        for language in LANGUAGES
        if one.part in source.STUDENT_PARTS or any("text" in cell.metadata for cell in one.cells)
    }


def _built(root):
    """The notebooks and answers that are there now."""
    folders = [root / "notebooks" / language for language in LANGUAGES]
    found = [path for folder in folders for path in folder.glob("*.ipynb")]
    found += (root / "notebooks" / "texts").glob("*/*.json")
    return found + list((root / "notebooks" / "answers").glob("*.json"))


def _name(one):
    return f"{one.lesson}.ipynb" if one.part == "lesson" else f"{one.lesson}_{one.part}.ipynb"


def _texts(one, language, *, packages):
    """What `show` and `say` find by key, and what the notebook needs of the data and of packages."""
    about = {"_needs": list(dict.fromkeys(n for cell in one.cells for n in cell.metadata.get("needs", [])))}
    others = editions.otherwise(one, language=language)
    about |= {"_otherwise": others} if others else {}
    about |= {"_packages": packages} if packages else {}
    return _json({**about, **text_cells.stored(one, language=language)})


def _json(content):
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _answers(root, one):
    return root / "notebooks" / "answers" / f"{one.lesson}.json"


def _written(notebook):
    # Keys sorted, so that the same notebook is the same bytes.
    return nbformat.writes(notebook, indent=1, sort_keys=True, ensure_ascii=False).rstrip("\n") + "\n"


def _text(path):
    """What a file holds; None where there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
