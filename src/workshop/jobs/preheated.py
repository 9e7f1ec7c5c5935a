"""A process that has imported the libraries and then becomes a kernel: a fork of `warm`, or a `spare` one."""

import builtins
import importlib
import os
import random
import sys
import types
import warnings
from contextlib import suppress

from workshop.jobs import kernel

# What such a process finds around it: the backend that ipykernel sets, which matplotlib reads at its import, and no
# warning of debugpy's for debuggers.
AROUND = {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
# They start a thread when they are imported; a lesson that wants one imports it in its kernel.
_THREADED = ("polars",)
# What ipykernel imports when it begins; its debugger looks through all that is there, and would make each page of a fork's its own.
_BEGINNING = (
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "tornado.platform.asyncio"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect"),
    "IPython.extensions.storemagic",
)


def begin():
    """Import what every kernel needs, before a strict one becomes strict."""
    for name in _BEGINNING:
        importlib.import_module(name)


def imported(names):
    """Import modules as a kernel would.

    Parameters
    ----------
    names : list of str
        Modules; what cannot be imported is passed over, and the lesson says so.

    Returns
    -------
    list
        The filters of warnings that these modules have added.

    Raises
    ------
    Warning
        As an error, where filters make it one.
    """
    before = warnings.filters[:]
    sys.modules.update(dict.fromkeys(_THREADED))  # not to be found
    # pandas asks once, at its import, whether it prints to a terminal.
    builtins.get_ipython = lambda: types.SimpleNamespace(kernel=None)
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError:
            # Behind ``from x import y``: no module, but x may bring it only when it is asked for.
            package, _, part = name.rpartition(".")
            with suppress(ImportError):
                getattr(sys.modules.get(package), part, None)
    del builtins.get_ipython
    for name in _THREADED:
        del sys.modules[name]
    return [one for one in warnings.filters if one not in before]


def become(asked, *, env, filters, more=(), ready=lambda: None):
    """Be the kernel that was asked for, to its end: with its own environment, folder, seeds and warnings.

    Parameters
    ----------
    asked : dict
        ``argv`` (the command of a cold kernel), ``cwd``, ``quiet`` (what it writes to the terminal is dropped).
    env : dict
        The whole environment.
    filters : list
        From `imported`.
    more : sequence of str
        Arguments behind those of the command.
    ready : callable
        Called when it could take its first cell.
    """
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, *((2,) if asked["quiet"] else ())):
        os.dup2(null, stream)
    os.close(null)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(asked["cwd"] or ".")
    _begin_as_python_does()
    sys.argv = [kernel.__file__, *asked["argv"][asked["argv"].index(kernel.__name__) + 1 :]]
    kernel.main(*more, ready=lambda: (settle(warnings.filters, before=filters), ready()))


def _begin_as_python_does():
    """What the interpreter reads from its environment at its start."""
    added = [
        folder
        for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep)
        if folder not in ("", *sys.path)
    ]
    sys.path[:0] = added
    if any(os.path.isfile(os.path.join(folder, "sitecustomize.py")) for folder in added):
        sys.modules.pop("sitecustomize", None)
        importlib.import_module("sitecustomize")
    sys.dont_write_bytecode |= bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def settle(filters, *, before=()):
    """Set the filters of warnings.

    Parameters
    ----------
    filters : list
        All of them.
    before : list
        Those of the libraries come first, as in a kernel that imports them after its start.
    """
    warnings.filters[:] = [*before, *(one for one in filters if one not in before)]
    with warnings.catch_warnings():  # leaving it tells Python that they have changed
        pass
