"""Right and known wrong answers: stored by the teacher's edition, compared in a student's.

They travel as salted digests (see `digests`). This deters copying from a neighbour; it keeps no
secret from anyone who wants to know.
"""

from IPython.display import display

from classroom.exercises import answer_figures, answer_forms, answer_functions, digests
from classroom.exercises.unreadable_answers import Unreadable, anything
from classroom.notebook import lesson
from helpers.bank import language
from helpers.bank.language import WrongKind

MIME = "application/vnd.course.answers+json"


def answer(task, value, *, tolerance=None, keys=None, wrong=None, start=None, also=(), on=None, share=False):
    """Store the right answer of a task, in a cell tagged ``answers`` of the teacher's edition.

    Parameters
    ----------
    task : str
        The name that students write in ``check("gap", …)``.
    value : object
        The right answer. Its type is what students are asked for: a number, True or False, a word
        (id or label), a list (the order counts), a set (it does not), a table, Series or dict, or a figure with
        bars (its wrong ones are dicts: name of the bar → length).
    tolerance : float or dict, optional
        w, in the unit of the answer; for a table one for all columns of numbers, or a dict by
        column. Whole numbers need none, and are then taken exactly.
    keys : str or list of str, optional
        Columns of a table that tell its rows apart; without keys the order of rows counts. A
        named index, the index of a Series and the keys of a dict are such keys by themselves.
    wrong : dict, optional
        Known wrong answers by the name of the misconception, of the same kind as `value`.
    start : object, optional
        What is in the student's cell at first, where it is not ``...`` or None.
    also : sequence of object
        Other right answers, where the wording allows them: with the other sign, say.
    on : list of tuple, optional
        Where the task asks for a function: what it is tried on, each a tuple of arguments (a dict stands for a
        Series). The answer is then what it returns, one by one; `value`, `wrong` and `also` are functions.
    share : bool
        Whether numbers are shares of a whole: then ``"12%"`` is 0.12; elsewhere a per cent sign is refused.

    Raises
    ------
    TypeError
        If an answer cannot be checked at all, or a wrong one is of another kind.
    ValueError
        If a tolerance is missing, or a wrong answer lies within three tolerances of the right one.
    """
    content = stored(
        task, value, tolerance=tolerance, keys=keys, wrong=wrong, start=start, also=also, on=on, share=share
    )
    display({MIME: content}, raw=True)


def stored(task, value, *, tolerance=None, keys=None, wrong=None, start=None, also=(), on=None, share=False):
    """Make what is stored of an answer.

    Parameters
    ----------
    task, value, tolerance, keys, wrong, start, also, on, share
        As for `answer`.

    Returns
    -------
    dict
        `lesson`, `fingerprint` and `task`; the rest is the task's entry in the answers file: `kind`,
        `tolerance`, for a table `columns` and `keys`, `salt`, `right`, `wrong`, perhaps `start`.
        An answer is a list of places, a place a list of one or two digests.
    """
    opened = lesson.current()
    if opened is None:
        raise language.wrong("classroom.answers.no_lesson", WrongKind)
    if on is not None:
        value, also = (
            answer_functions.tried(value, on=on),
            [answer_functions.tried(one, on=on) for one in also],
        )
        wrong = {name: answer_functions.tried(known, on=on) for name, known in (wrong or {}).items()}
    figure = answer_figures.is_figure(value)
    value = answer_figures.bars(value) if figure else value
    form = _form(task, value, tolerance=tolerance, keys=keys)
    form |= {"on": on} if on is not None else {}
    form |= {"figure": True} if figure else {}
    form |= {"share": True} if share else {}
    options = [value, *(wrong or {}).values()]
    if all(isinstance(one, str) and len(one) == 1 and one.isascii() for one in options):
        form["choice"] = "".join(chr(code) for code in range(ord("a"), ord(max(options)) + 1))
    form["salt"] = digests.salt(opened.name, task)
    right = _read(form, value, task)
    entry = {**form, "right": _kept(form, right), "wrong": {}}
    for name, known in (wrong or {}).items():
        other = _read(form, known, f"{task}.{name}")
        if not _apart(right, other):
            raise _too_near(task, name, form)
        entry["wrong"][name] = _kept(form, other)
    if also:
        entry["also"] = [_kept(form, _read(form, other, task)) for other in also]
    if start is not None:
        entry["start"] = _kept(form, _read(form, start, task))
    return {"lesson": opened.name, "fingerprint": opened.fingerprint, "task": task, **entry}


def compare(entry, value):
    """Compare a student's answer with what is stored.

    Parameters
    ----------
    entry : dict
        A task of the answers file.
    value : object
        The student's answer.

    Returns
    -------
    tuple of (str, list of str)
        ``("right", [])``; ``("start", [])``; ``("wrong", names)`` with the known wrong answers met;
        ``("other", columns)`` with the columns of a table that differ.

    Raises
    ------
    Unreadable
        If the value is not of the kind asked for; its text says what came.
    """
    known = {f"wrong {name}": kept for name, kept in entry["wrong"].items()}
    known |= {f"also {number}": kept for number, kept in enumerate(entry.get("also", []))}
    known |= {"right": entry["right"], "start": entry.get("start", [])}
    width = len(entry.get("columns") or [None])
    sizes = {len(kept) // width for kept in known.values()}
    places = answer_forms.read(entry, value, sizes=sizes)
    given = digests.digest(places, salt=entry["salt"], ways=digests.around)
    met = [name for name, kept in known.items() if digests.match(given, kept)]
    if any(name == "right" or name.startswith("also ") for name in met):
        return "right", []
    if "start" in met:
        return "start", []
    if met:
        return "wrong", [name.removeprefix("wrong ") for name in met]
    return "other", _columns(entry, places, given)


def _form(task, value, *, tolerance, keys):
    """Find the form of the right answer, or say that it has none."""
    if not isinstance(task, str) or not task.strip():
        raise language.wrong("classroom.answers.no_name", WrongKind, task=task)
    try:
        return answer_forms.form_of(value, task=task, tolerance=tolerance, keys=keys)
    except Unreadable as error:
        raise answer_forms.unfit(task, error) from None


def _read(form, value, name):
    """Read an author's own answer; an empty one would pass for not attempted."""
    try:
        places = answer_forms.read(form, value)
    except Unreadable as error:
        raise answer_forms.unfit(name, error) from None
    if not places:
        raise answer_forms.unfit(name, anything(value))
    return places


def _kept(form, places):
    return digests.digest(places, salt=form["salt"], ways=digests.nearest)


def _apart(right, other):
    """Tell whether no student's answer could pass for both of these."""
    return len(right) != len(other) or any(
        _differ(mine, yours, width) for (_, mine, width), (_, yours, _) in zip(right, other, strict=True)
    )


def _differ(mine, yours, width):
    """Tell whether two cells are surely different: numbers by more than three tolerances."""
    if width is None or mine is None or yours is None:
        return mine != yours
    return abs(mine - yours) > 3 * digests.step(width)


def _too_near(task, name, form):
    return language.wrong("classroom.answers.too_near", name=name, task=task, tolerance=form["tolerance"])


def _columns(entry, places, given):
    """Name the columns of a table that differ from the right one, where the rows are as many."""
    columns = entry.get("columns", [])
    if len(given) != len(entry["right"]):
        return []
    off = {place % len(columns) for place in digests.differing(given, entry["right"])} if columns else set()
    if any(columns[i] in entry["keys"] for i in off):
        # Under other keys the rows are sorted in another way: what is right in some row is right.
        off = {i for i in off if columns[i] in entry["keys"] or not _elsewhere(entry, places, i)}
    return [column for i, column in enumerate(columns) if i in off]


def _elsewhere(entry, places, number):
    """Tell whether a column holds the right values, in whatever rows."""
    width = len(entry["columns"])
    mine, yours = places[number::width], entry["right"][number::width]
    names = [place for place, _, _ in mine]
    met = [
        [bool(set(ways) & set(kept)) for ways, kept in zip(_ways(entry, one, names), yours, strict=True)]
        for one in mine
    ]
    return all(map(any, met)) and all(map(any, zip(*met, strict=True)))


def _ways(entry, place, names):
    """What is in one place, digested as if it were in each of these."""
    _, content, tolerance = place
    moved = [(name, content, tolerance) for name in names]
    return digests.digest(moved, salt=entry["salt"], ways=digests.around)
