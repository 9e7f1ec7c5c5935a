"""The one handle of a notebook: a bank that is open, its codebook, its tables and its truth."""

from functools import cached_property

import pandas as pd

from helpers.bank import checks, data, paths, tables
from helpers.bank.codebook import Codebook


class Bank(Codebook):
    """Ask a bank for its tables, its names and, where it is simulated, its truth.

    ``bank = start(…)`` opens one. What it knows as a `Codebook` (scale, dimensions, questions, labels) it
    knows too, so it can be handed to whatever asks for a codebook.

    Parameters
    ----------
    name : str or Path
        A bank in ``datasets``, or the path of a folder with a ``datapackage.json``.

    Raises
    ------
    ValueError
        If there is no such folder, or no codebook in it.

    Examples
    --------
    >>> bank = Bank("qingyu_bank")
    >>> bank.branch("Airport Road"), bank.scale
    ('B07', (1, 7))
    """

    def __init__(self, name):
        self.folder = data.folder(name)
        super().__init__(data.package(self.folder), empty=self._holding_nothing)
        self._given = set()  # what `labelled` gave out, so that it is not taken for an id
        if "branches" in self.tables:
            self.add_names(self._branches, key="branch", en="name_en", zh="name_zh")

    def _holding_nothing(self, table, columns):
        return tables.empty(self._path(table), columns=columns)

    def _path(self, table):
        return paths.inside(self.folder, self.tables[table]["path"])

    @cached_property
    def _branches(self):
        return self.load("branches")

    @property
    def simulated(self):
        """Whether the truth of this bank is declared."""
        return (self.folder / "truth.json").is_file()

    def load(self, table):
        """Load one table and judge it against the codebook.

        Parameters
        ----------
        table : str
            For instance ``"servqual"``; ``bank.tables`` lists them.

        Returns
        -------
        DataFrame
            Columns typed as the codebook says; whole numbers with empty cells come as float.

        Raises
        ------
        ValueError
            If the bank has no such table, or a value is not as the codebook says.
        """
        if table not in self.tables:
            raise data.unknown_table(table, there=self.tables)
        return tables.load(self.folder, table, tables=self.tables)

    def distinct(self, table, *columns, enough=None):
        """Count the different values of a column, or of several together; the rest of the table is not read.

        Parameters
        ----------
        table, *columns : str
            Which ones.
        enough : int, optional
            Count no further than so many.

        Returns
        -------
        int
            Rows with an empty cell count as none.
        """
        return tables.distinct(self._path(table), columns=columns, enough=enough)

    def truth(self, quantity=None):
        """Read what was put into a simulated bank, and what its statistics aim at.

        Parameters
        ----------
        quantity : str, optional
            Only the rows of this quantity, for instance ``"gap"``.

        Returns
        -------
        DataFrame
            One row a quantity: what it speaks of (`dimension`, `branch`, `wave` …, where they apply),
            `population`, `construct` (put in), `estimand` (aimed at), `monte_carlo_error`, `unit`, `sentence`.

        Raises
        ------
        ValueError
            If the bank is not simulated, so that nobody knows the truth, or has no such quantity.
        """
        return data.truth(self.folder, quantity)

    def branch(self, name):
        """Find a branch by its id or by its name in either language.

        Parameters
        ----------
        name : str
            For instance ``"B07"``, ``"Airport Road"`` or 机场路支行.

        Returns
        -------
        str
            The branch's id.

        Raises
        ------
        ValueError
            If no branch has this id or name.
        """
        return data.found_branch(self._branches, name)

    def labelled(self, table):
        """Return the same table with ids in the reader's language, ready for a figure.

        Columns keep their names, so that code can go on naming them; `show` puts the headings into the
        reader's language. Label last: rows keep their order, and a figure shows them in that order.

        Parameters
        ----------
        table : DataFrame
            With ids in its text columns, its index or, after ``unstack``, its headings.

        Returns
        -------
        DataFrame
            A new frame; the numbers are unchanged.

        Examples
        --------
        >>> Bank("qingyu_bank").labelled(pd.DataFrame({"dimension": ["empathy"], "gap": [-0.4]}))
          dimension  gap
        0   Empathy -0.4
        """
        checks.frame(table, name="table")
        shown, homes = table.copy(), self._homes(table.columns)
        for column in shown.columns:
            if isinstance(shown[column].dtype, pd.CategoricalDtype) or pd.api.types.is_string_dtype(
                shown[column]
            ):
                home = f"{homes[column]}.{column}" if column in homes else column
                shown[column] = self._named(shown[column], of=home)
        shown.index = self._index(shown.index)
        if shown.columns.name:  # what was a column before `unstack` or `pivot`
            shown.columns = self._index(shown.columns)
        return shown

    def _named(self, values, *, of):
        """Ids as labels; what is not a text stays."""
        named = [self.label(value, of=of) if isinstance(value, str) else value for value in values]
        self._given.update(name for name in named if isinstance(name, str))
        return named

    def caption(self, text):
        """Put a text of a figure into the reader's language, unless `labelled` has done so already.

        Parameters
        ----------
        text : str
            An id, or what one is called: "process" may be both, a population and the name of a lever.

        Returns
        -------
        str
            What to draw.
        """
        return text if text in self._given else self.label(text)

    def _index(self, index):
        """An index of ids as labels; numbers stay, and several levels."""
        if isinstance(index, pd.MultiIndex) or not pd.api.types.is_string_dtype(index):
            return index
        return pd.Index(self._named(index, of=index.name), name=index.name)
