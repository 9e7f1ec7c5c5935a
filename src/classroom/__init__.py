"""What a notebook calls: start, show, say, keep, check, hint.

Each is loaded when first asked for.
"""

from importlib import import_module

_HOME = {
    **dict.fromkeys(("say", "keep"), "notebook.say"),
    "show": "notebook.show",
    **dict.fromkeys(("check", "hint", "progress"), "exercises.check"),
    "answer": "exercises.answers",
    "reset": "exercises.task_reset",
    "observed": "forms.observation",
    **dict.fromkeys(("read_plan", "write_plan"), "forms.plan_workbook"),
    "poll_scores": "forms.poll",
    "start": "notebook.lesson",
}
__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"module 'classroom' has no attribute {name!r}")
    return getattr(import_module(f"classroom.{_HOME[name]}"), name)
