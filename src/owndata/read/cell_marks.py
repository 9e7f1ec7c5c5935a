"""What stands in cells beside their text: characters that nobody sees, and ="…" around ids that shall keep their zeros."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from owndata.say.problems import problem

# Marks of width, of direction and of joining, soft hyphens, controls beyond ASCII.
_UNSEEN = r"[\x80-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
_KEPT = r'^\s*="(.*)"\s*$'
KINDS = {"unseen": (re.compile(_UNSEEN), ""), "kept_as_text": (re.compile(_KEPT, re.DOTALL), r"\1")}
_SIGN = _UNSEEN.encode().decode("unicode_escape")  # as pyarrow takes it


def bare(text):
    r"""Leave out of one text what nobody sees, and ="…" around it.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> bare("滨江支行\u200b"), bare('="00001"'), bare("滨江 支行")
    ('滨江支行', '00001', '滨江 支行')
    """
    for pattern, instead in KINDS.values():
        text = pattern.sub(instead, text)
    return text


class Marks:
    """Take such marks out of pieces of a table, and tell of each kind once.

    Parameters
    ----------
    file : str
        The file's name.
    """

    def __init__(self, file):
        self._file, self._found = file, {}

    def without(self, cells):
        """Return a piece of the table without them.

        Parameters
        ----------
        cells : DataFrame
            Text; the index is the row.

        Returns
        -------
        DataFrame
        """
        changed = {}
        for name in cells:
            column = pa.array(cells[name], pa.large_string())
            for kind, (pattern, instead) in KINDS.items():
                if not _has(kind, column):
                    continue
                before = changed.get(name, cells[name])
                after = before.str.replace(pattern, instead, regex=True)
                self._note(kind, name, before, after)
                changed[name] = after
        return cells.assign(**changed) if changed else cells

    def _note(self, kind, name, before, after):
        other = before.ne(after)
        if not other.any():
            return
        row = other.idxmax()
        place = {"row": int(row), "column": name, "found": before[row], "read": after[row]}
        first, count = self._found.get(kind, (place, 0))
        self._found[kind] = first, count + int(other.sum())

    @property
    def problems(self):
        """What was taken out, each kind once."""
        return [
            problem(kind, file=self._file, count=count, **place)
            for kind, (place, count) in self._found.items()
        ]


def _has(kind, column):
    """Whether a column may hold such marks, quickly: a survey has a million cells, nearly all of them digits."""
    if kind == "kept_as_text":
        return pc.any(pc.match_substring(column, '="')).as_py()
    if pc.all(pc.string_is_ascii(column)).as_py():
        return False
    return pc.any(pc.match_substring_regex(column, _SIGN)).as_py()
