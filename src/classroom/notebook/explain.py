"""A beginner's own errors, explained: one sentence in the reader's language stands before the error.

Only what the reader's own cell did is explained; an error inside a package keeps its whole traceback,
and after ours ``%tb`` shows it all. The error itself is never swallowed: a run by machine fails as before.

``start`` switches this on. ``course lab`` loads it as an extension of its kernel, so that the very first
cell is explained too; ``COURSE_LANGUAGE`` then says in which language.
"""

import linecache
import os
import sys
import warnings

from IPython import get_ipython

from classroom.notebook import column_errors, failed_cells, library_errors, name_errors, syntax_errors
from helpers.bank import language
from helpers.bank.language import pick

KINDS = {
    SyntaxError: (library_errors.formula, syntax_errors.told),
    ModuleNotFoundError: (name_errors.module,),
    ImportError: (name_errors.imported,),
    UnboundLocalError: (library_errors.told,),
    NameError: (name_errors.name, library_errors.unknown_in_query),
    AttributeError: (library_errors.told, name_errors.attribute),
    KeyError: (column_errors.column, column_errors.row, library_errors.told),
    FileNotFoundError: (name_errors.file,),
    TypeError: (name_errors.unanswered, library_errors.told),
    Exception: (library_errors.told,),
}
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def load_ipython_extension(shell):
    """Explain errors in this kernel; IPython calls it for ``--ext classroom.notebook.explain``.

    Parameters
    ----------
    shell : InteractiveShell
        The kernel's shell.
    """
    if os.environ.get("COURSE_LANGUAGE") in language.LANGUAGES:
        language.use(os.environ["COURSE_LANGUAGE"])
    switch_on(shell)


def unload_ipython_extension(shell):
    """Leave errors to IPython again.

    Parameters
    ----------
    shell : InteractiveShell
        The kernel's shell.
    """
    shell.set_custom_exc((), None)


def switch_on(shell=None):
    """Explain errors from now on; nothing happens outside a notebook, or under another's handler.

    Parameters
    ----------
    shell : InteractiveShell, optional
        The one that runs us otherwise.
    """
    shell = shell or get_ipython()
    if shell is not None and not shell.custom_exceptions:
        shell.set_custom_exc(tuple(KINDS), _handle)
        # 100(…): the error that follows is explained, so that nobody reads the compiler's English first. It names the
        # compiler's own sentence; a warning of another kind is shown as ever.
        warnings.filterwarnings("ignore", message=".*perhaps you missed a comma", category=SyntaxWarning)
        failed_cells.watch(shell)


def explained(error, *, space):
    """Explain an error in one or two sentences.

    Parameters
    ----------
    error : Exception
        Raised in a cell, with its traceback.
    space : dict
        The notebook's own names.

    Returns
    -------
    str or None
        None where nothing helpful can be said, or the error is not the reader's own.
    """
    tellers = next(KINDS[kind] for kind in type(error).__mro__ if kind in KINDS)
    try:
        return next(filter(None, (tell(error, space=space) for tell in tellers)), None)
    except Exception:  # a helper that fails must not hide the reader's own error
        return None


def _handle(shell, kind, error, traceback, tb_offset=None):
    """Show the sentence, the line, and the error in Python's own words."""
    sentence = explained(error, space=shell.user_ns)
    if sentence is None:
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)
        return
    # What IPython would remember, so that %tb shows everything.
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, traceback
    rest = pick(en="(Everything Python says: run %tb)", zh="（Python 的完整报错：运行 %tb）")
    said = error.msg if isinstance(error, SyntaxError) else error
    words = "".join(f"{kind.__name__}: {said}".splitlines()[:1])
    # The one way to send an error for both kinds; showtraceback insists on its own text for SyntaxError.
    shell._showtraceback(
        kind, error, [f"{BOLD}{sentence}{PLAIN}", "", *_line(error, shell.user_ns), f"{words}  {rest}"]
    )


def _line(error, space):
    """The line of the cell where it happened, with its number; with a mark where Python stumbled."""
    if isinstance(error, SyntaxError):
        if error.text is None:
            return []
        number, text = error.lineno, error.text.rstrip()
        mark = [" " * (len(f"{number} | ") + syntax_errors.width(text[: (error.offset or 1) - 1])) + "^"]
    else:
        number, text = _place(error, space)
        mark = []
    return [f"{number} | {text}", *mark, ""]


def _place(error, space):
    """Line number and text of the reader's own line."""
    own = [(frame, line) for frame, line in name_errors.steps(error) if frame.f_globals is space]
    frame, number = own[-1]
    return number, linecache.getline(frame.f_code.co_filename, number).rstrip()
