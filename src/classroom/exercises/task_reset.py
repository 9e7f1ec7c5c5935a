"""Begin a task, or a whole notebook, afresh: the starter comes back, and what the student wrote is kept."""

import re

from IPython import get_ipython

from classroom.exercises import wording
from classroom.notebook import lesson
from helpers.bank import data, language
from helpers.bank.files import in_one_piece, write
from helpers.bank.language import pick, worded, wrong

_ALONE = re.compile(r"""^\s*reset\(\s*(['"])\w+\1\s*\)\s*$""")


def reset(task):
    """Bring back the starter code of one task, in the cell this is run from.

    A cell that holds nothing but ``reset("gap")`` turns into the starter; otherwise the starter comes as a
    new cell below. The student's own cell stays as it is.

    Parameters
    ----------
    task : str
        The name of the task, as in its ``check``.
    """
    opened, shell = lesson.current(), get_ipython()
    if opened is None:
        wording.show(wording.no_file(None))
        return
    cells = starters(_source(f"{opened.name}_exercises"))
    if task not in cells:
        wording.show(wording.unknown(task, cells))
        return
    if shell is not None:
        typed = shell.user_ns.get("In", [""])[-1]
        shell.set_next_input(cells[task].source, replace=bool(_ALONE.match(typed)))
    wording.show(_done(task))


def _source(name):
    """Read a student's notebook as the course gives it out.

    Parameters
    ----------
    name : str
        For instance ``"05_servqual_exercises"``.

    Returns
    -------
    NotebookNode
        In the reader's language.

    Raises
    ------
    WrongValue
        If there is no such notebook.
    """
    folder = data.home() / "notebooks" / language.current()
    if not (folder / f"{name}.ipynb").is_file():
        there = ", ".join(path.stem for path in sorted(folder.glob("*.ipynb"))) or "–"
        raise wrong("classroom.task_reset.no_notebook", name=name, there=there)
    return _read(folder / f"{name}.ipynb")


def starters(notebook):
    """Find the cell in which each task is answered: the last one with three dots above its ``check``.

    Parameters
    ----------
    notebook : NotebookNode
        Exercises as given out.

    Returns
    -------
    dict
        Task and cell.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> cells = [new_code_cell("gap = ..."), new_code_cell('check("gap", gap)')]
    >>> starters(new_notebook(cells=cells))["gap"].source
    'gap = ...'
    """
    found, last = {}, None
    for cell in notebook.cells:
        asked = re.search(r"""^check\(\s*['"](\w+)['"]""", cell.source, flags=re.MULTILINE)
        if cell.cell_type == "code" and asked and (last or "..." in cell.source):
            found[asked[1]] = last or cell
        last = cell if cell.cell_type == "code" and "..." in cell.source else last
    return found


def restored(path, *, task=None):
    """Put a notebook, or one task in it, back to how it was given out; the student's version stays beside it.

    Parameters
    ----------
    path : Path
        The student's copy; it need not be there.
    task : str, optional
        Only this task.

    Returns
    -------
    Path or None
        Where the student's version is kept now; None where there was none.

    Raises
    ------
    WrongValue
        If there is no such notebook or task.
    """
    from nbformat import writes

    given = _source(path.stem)
    if task is not None and path.is_file():
        given = _one(_read(path), given, task)
    kept = None
    if path.is_file():
        kept = _free(path)
        mine = path.read_bytes()
        with in_one_piece(kept) as draft:
            draft.write_bytes(mine)
    write(path, writes(given, indent=1, ensure_ascii=False).rstrip("\n") + "\n")
    return kept


def _read(path):
    # Imported where it is needed: it takes longer than all the rest of `start`, which offers `reset`.
    from nbformat import read

    return read(path, as_version=4)


def _one(mine, given, task):
    """The student's notebook with one cell as it was; ids do not change between editions."""
    cells = starters(given)
    if task not in cells:
        raise wrong("classroom.task_reset.no_task", task=task, tasks=", ".join(cells) or "–")
    for cell in mine.cells:
        if cell.get("id") == cells[task].id:
            cell.update(source=cells[task].source, outputs=[], execution_count=None)
            return mine
    place = next(
        (i for i, cell in enumerate(mine.cells) if f'check("{task}"' in cell.source), len(mine.cells)
    )
    mine.cells.insert(place, cells[task])
    return mine


def _free(path):
    """A name beside the notebook that nobody has yet."""
    word = pick(en="mine", zh="我的")
    return next(
        free
        for n in range(1, 10_000)
        if not (free := path.with_name(f"{path.stem}_{word}_{n}.ipynb")).exists()
    )


def _done(task):
    return worded("classroom.task_reset.done", task=task)
