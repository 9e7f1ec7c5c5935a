"""papermill's own engine, with a bound on what a notebook may show: memory and disk stay bounded too."""

import json
import time

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from helpers.bank.language import Both, worded

ENGINE = "capped"
# In characters. The largest lesson shows 2 million in all, most of it figures.
CELL, NOTEBOOK, ERROR = 5_000_000, 20_000_000, 20_000
SECONDS = 5  # between two times that it is saved
_SHOWN = ("stream", "display_data", "execute_result", "update_display_data")


class Client(PapermillNotebookClient):
    """Run cells; what goes beyond the bounds is dropped, and a sentence says so in its place."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._shown, self._cut = {}, None  # cell → characters; the cell whose output was cut

    def process_message(self, msg, cell, cell_index):
        """Let a message of the kernel through as far as there is room for it."""
        self._shown.setdefault(cell_index, 0)
        kind = msg["msg_type"]
        if kind == "error":
            _shorten(msg["content"])
        elif kind in _SHOWN or kind.startswith("comm"):
            msg = self._fitted(msg, cell_index)
        return None if msg is None else super().process_message(msg, cell, cell_index)

    def _fitted(self, msg, cell):
        """The message, or what fits of it with the sentence, or nothing once that was said."""
        if self._cut == cell:
            return None
        size, most = _size(msg["content"]), min((CELL, NOTEBOOK), key=self._room)
        if size <= self._room(most):
            self._shown[cell] += size
            return msg
        begun = msg["content"]["text"][: self._room(most)] if msg["msg_type"] == "stream" else ""
        self._shown[cell], self._cut = self._shown[cell] + len(begun), cell
        content = {"name": "stdout", "text": f"{begun}\n{_sentence(most)}\n"}
        return {
            **msg,
            "msg_type": "stream",
            "header": {**msg["header"], "msg_type": "stream"},
            "content": content,
        }

    def _room(self, most):
        """How much may still be shown, in the cell that runs or in the notebook."""
        return most - (self._shown[max(self._shown)] if most == CELL else sum(self._shown.values()))


class Engine(NBClientEngine):
    """papermill's engine with our client."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **options):
        """Run a notebook from its first cell to its last, or to the first that fails."""
        nb_man.save = _now_and_then(nb_man, nb_man.save)
        Client(
            nb_man,
            kernel_name=kernel_name,
            kernel_manager_class=options["kernel_manager_class"],
            resources=options["resources"],
            timeout=options["execution_timeout"],
            startup_timeout=60,
            shutdown_kernel="immediate",
        ).execute()


def _now_and_then(nb_man, save):
    """Save the notebook every few seconds and at its end, not before and after every cell."""
    saved = time.monotonic()

    def seldom(**about):
        nonlocal saved
        if nb_man.nb.metadata.papermill.get("end_time") or time.monotonic() - saved > SECONDS:
            save(**about)
            saved = time.monotonic()

    return seldom


def _size(content):
    """How much a message would add to the notebook."""
    if "text" in content:
        return len(content["text"])
    values = content.get("data", {}).values()
    return sum(
        len(value) if isinstance(value, str) else len(json.dumps(value, default=str)) for value in values
    )


def _shorten(content):
    """An error must be seen, so it is cut and never dropped."""
    content["evalue"] = content["evalue"][:ERROR]
    content["traceback"] = ["\n".join(content["traceback"])[:ERROR]]


def _sentence(most):
    """Say what is missing, and what to do."""
    en, zh = ("cell", "个单元格") if most == CELL else ("notebook", "本笔记本")
    return worded("workshop.capped.cut", must=Both(en, zh), most=most)


papermill_engines.register(ENGINE, Engine)
