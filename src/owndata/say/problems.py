"""A problem with a file, told in both languages: where, what was found, what to do."""

from collections import Counter
from dataclasses import dataclass, replace

from helpers.bank.language import Both, WrongValue, line
from owndata.say.sentences import SENTENCES, WHOLE

SEVERITIES = ("error", "repair", "notice")  # a person must decide · we know what was meant · good to know
MOST = 1_000  # problems in one answer
MOST_ALIKE = 20  # of one kind in one column


@dataclass(frozen=True)
class Problem:
    """One thing to fix in a file.

    Parameters
    ----------
    file : str
        The file's name, without its folder.
    row : int or None
        The row as a spreadsheet counts it (the first row of the sheet is 1).
    column : str or None
        The heading as the file has it.
    found : str
        What stands there, shortened.
    expected : str or Both
        What should stand there.
    en, zh : str
        What is wrong and what to do, without the place.
    severity : {"error", "repair", "notice"}
        ``error``: a person must decide what was meant. ``repair``: it is clear what was meant, but the
        lessons need it written otherwise. ``notice``: nothing need be done.
    kind : str
        The name of the sentence in `SENTENCES`.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    expected: "str | Both"
    en: str
    zh: str
    severity: str
    kind: str = ""

    @property
    def place(self):
        """Where it is: file, row and column, in both languages."""
        row = (f", row {self.row}", f" 第 {self.row} 行") if self.row else ("", "")
        column = (f", column '{self.column}'", f"「{self.column}」列") if self.column else ("", "")
        return Both(self.file + row[0] + column[0], self.file + row[1] + column[1])

    @property
    def sentence(self):
        """Place and sentence together, in both languages."""
        return Both(f"{self.place.en}: {self.en}", f"{self.place.zh}：{self.zh}")

    def __str__(self):
        return str(self.sentence)


class CannotRead(WrongValue):
    """The file holds no table that can be read; `problem` says why."""

    problem = None


def problem(kind, *, file, row=None, column=None, found="", expected="", **more):
    """Fill one of the sentences.

    Parameters
    ----------
    kind : str
        A name in `SENTENCES`.
    file, row, column, found, expected
        As in `Problem`.
    **more
        What else the sentence names.

    Returns
    -------
    Problem
        The problem.

    Examples
    --------
    >>> print(problem("off_scale", file="a.csv", row=3, column="P1", found="9", expected="1–7"))
    a.csv, row 3, column 'P1': it holds '9', which is off the scale (1–7). Correct it or leave it empty.
    """
    severity, en, zh = SENTENCES[kind]
    # Names and cells come from a stranger's file: here, where they are worded, they lose what moves a cursor.
    file, column, found = line(file), column and line(column), _short(found)
    more = {name: Both(*map(line, _sides(value))) for name, value in more.items()}
    text = {"row": row, "column": column, "found": found}
    return Problem(
        file, row, column, found, expected,
        en.format(**text, expected=line(_sides(expected)[0]), **{name: both.en for name, both in more.items()}),
        zh.format(**text, expected=line(_sides(expected)[1]), **{name: both.zh for name, both in more.items()}),
        severity, kind,
    )  # fmt: skip


def cannot_read(kind, *, file, **more):
    """Make the error for a file that cannot be read at all.

    Parameters
    ----------
    kind, file, **more
        As for `problem`.

    Returns
    -------
    CannotRead
        An error to raise.
    """
    found = problem(kind, file=file, **more)
    error = CannotRead(en=found.sentence.en, zh=found.sentence.zh)
    error.problem = found
    return error


def _short(text, most=40):
    """Shorten what a sentence repeats, and show line breaks.

    Parameters
    ----------
    text : object
        What was found.
    most : int
        Characters to keep.

    Returns
    -------
    str
        One line.
    """
    line = "".join(c if c.isprintable() else " " for c in str(text)[: most + 1])
    return line if len(line) <= most else line[:most] + "…"


class Tally:
    """Collect problems in little memory: a few of each kind and column, and how many more there were."""

    def __init__(self):
        self.kept, self.counts = [], Counter()

    def add(self, found, times=1):
        """Take one problem in, or only count it.

        Parameters
        ----------
        found : Problem
            The problem.
        times : int
            How often it occurs in this column, this first place included.
        """
        alike = found.file, found.column, found.kind, found.severity
        if self.counts[alike] < MOST_ALIKE:
            self.kept.append(found)
            times -= 1
            self.counts[alike] += 1
        self.counts[(*alike, "more")] += times

    def report(self):
        """List the problems, worst first, at most `MOST`, and how many more there were.

        Returns
        -------
        list of Problem
            Sorted by severity, file and row.
        """
        more = [
            replace(problem("alike", file=key[0], column=key[1], found=count), severity=key[3])
            for key, count in self.counts.items()
            if len(key) == 5 and count
        ]
        ranked = sorted(self.kept + more, key=_rank)
        return ranked if len(ranked) <= MOST else _cut(ranked)


def _rank(found):
    """Worst first, then what concerns the whole file; counts of further ones behind those they count."""
    return (
        SEVERITIES.index(found.severity),
        found.kind not in WHOLE,
        found.file,
        found.kind == "alike",
        found.row or 0,
        found.column or "",
    )


def _cut(ranked):
    """Keep the first thousand and say how many there are in all."""
    kept, hidden = ranked[: MOST - 1], ranked[MOST - 1 :]
    count = sum(int(p.found) if p.kind == "alike" else 1 for p in hidden)
    return [*kept, replace(problem("more", file=hidden[0].file, found=count), severity=hidden[0].severity)]


def _sides(value):
    """Both sides of a value, which may have one only."""
    return value if isinstance(value, Both) else (value, value)
