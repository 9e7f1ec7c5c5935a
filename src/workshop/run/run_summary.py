"""What ``course run`` says at the end: a table for the terminal, and each failure by name."""

import unicodedata

from classroom.notebook.data_packages import LOCK
from helpers.bank import escaping
from helpers.bank.language import pick, worded


def table(outcomes, *, folder, given=()):
    """Tell how everything ended, as a table for the terminal.

    Parameters
    ----------
    outcomes : list of Outcome
        What `run` returns.
    folder : Path
        Where the pages are.
    given : dict, optional
        Parameters that were changed, name → text: their pages stand where the usual ones stood.

    Returns
    -------
    str
        Lines: lesson, language, seconds, key results; then each failure with its sentence.
    """
    heads = pick(en=("lesson", "language", "seconds", "key results"), zh=("课程", "语言", "秒", "主要结果"))
    states = {
        "unchanged": pick(en="unchanged, skipped", zh="没有变化，已跳过"),
        "left_out": worded("workshop.run_summary.other_values"),
        "uninstalled": worded("workshop.run_summary.not_installed", lock=LOCK),
        "failed": pick(en="FAILED", zh="运行失败"),
    }
    rows = [heads]
    for one in outcomes:
        shown = " · ".join(f"{name} {_value(value)}" for name, value in one.results.items())
        note = " · ".join(filter(None, [states.get(one.state), shown]))
        rows.append((one.name, one.language, f"{one.seconds:.1f}", note))
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    lines = ["  ".join([*map(_padded, row[:3], widths), row[3]]).rstrip() for row in rows]
    failures = [_told(one) for one in outcomes if one.state == "failed"]
    look = pick(en="Pages and executed notebooks: ", zh="网页和运行后的笔记本：")
    changed = [f"{name}={value}" for name, value in dict(given).items() if name != "data"]
    warned = [worded("workshop.run_summary.changed", changed=changed)] if changed else []
    return "\n".join([*lines, "", *failures, *warned, f"{look}{folder / 'index.html'}"])


def _told(outcome):
    """One failure: lesson, language, cell, sentence, and where the notebook is kept."""
    kept = pick(en=" Kept for looking at: ", zh=" 笔记本留在：") + outcome.where if outcome.where else ""
    return f"✗ {outcome.name} ({outcome.language}): {escaping.line(outcome.sentence)}{kept}"


def _value(value):
    """A key result, short."""
    return f"{value:.3g}".replace("-", "−") if isinstance(value, float) else escaping.line(value)


def _width(text):
    """Columns on the terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text, width):
    """The text, filled up to a width."""
    return text + " " * (width - _width(text))
