"""What was done to a file and to which column, told in both languages."""

from dataclasses import dataclass

from helpers.bank.language import line, pick
from owndata.identify import identifiers
from owndata.say.sentences import said

# kind → English, Chinese; {column}, {table} and {found} are filled in.
TEXTS = said("notes")
# Why a column is treated as it is; kinds of identifiers (`identifiers.KINDS`) are reasons too.
WHY = said("why")


def why(reason):
    """Word a reason in both languages."""
    return WHY.get(reason) or identifiers.KINDS[reason][:2]


@dataclass(frozen=True)
class Note:
    """One thing to know about a file that was made.

    Parameters
    ----------
    kind : str
        A key of `TEXTS`.
    table, column, found : str
        Where, and what was found there.
    """

    kind: str
    table: str = ""
    column: str = ""
    found: object = ""

    def told(self, language):
        """Tell it in this language (0 English, 1 Chinese)."""
        what = self.found if isinstance(self.found, tuple) else (self.found, self.found)
        told = TEXTS[self.kind][language].format(table=self.table, column=self.column, found=what[language])
        return line(told)

    def __str__(self):
        return pick(en=self.told(0), zh=self.told(1))
