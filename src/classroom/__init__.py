"""The course tool. Notebooks import from here what they call; each is loaded when first asked for."""

import sys
from importlib import import_module
from types import ModuleType

_HOME = {
    **dict.fromkeys(("say", "caption", "show", "keep"), "say"),
    **dict.fromkeys(("check", "hint", "progress"), "exercises"),
    "answer": "answers",
    "start": "lesson",
}
__all__ = sorted(_HOME)


class _Package(ModuleType):
    """A package in which `say` is always the function, also after its module `say` was loaded."""

    def __setattr__(self, name, value):
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"module 'classroom' has no attribute {name!r}")
    return getattr(import_module(f"classroom.{_HOME[name]}"), name)


sys.modules[__name__].__class__ = _Package
