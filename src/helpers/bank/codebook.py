"""The codebook: what each table and column means, and what it is called, in both languages."""

import json
from functools import cache
from pathlib import Path

import pandas as pd

from helpers.bank import escaping, language, opened
from helpers.bank.language import wrong

GLOSSARY = Path(__file__).with_name("glossary.json")


class Codebook:
    """Ask the codebook of a bank for names, scales and dimensions.

    Parameters
    ----------
    package : dict
        The content of a ``datapackage.json`` (Frictionless), with a ``title@zh`` beside each ``title``.
    empty : function, optional
        Says of a table, and a set of its columns, which of them hold nothing; none does unless it says so.

    Examples
    --------
    >>> book = Codebook({"resources": [{"name": "servqual", "title": "Survey", "title@zh": "问卷"}]})
    >>> book.label("servqual")
    'Survey'
    """

    def __init__(self, package, *, empty=lambda table, columns: set()):
        self.package, self._empty = package, empty
        self.tables = {resource["name"]: resource for resource in package.get("resources", [])}
        self._labels = dict(_glossary())
        # What one id is called in this column or table alone: "owner.counter", "journeys.channel".
        self._own = {}
        for resource in self.tables.values():
            self._name(resource)
            for field in self.fields(resource["name"]):
                self._name(field)
                self._own[f"{resource['name']}.{field['name']}"] = self._labels[field["name"]]
                # The values of a field have names too; one id may mean two things in two fields or tables.
                for value, names in field.get("values", {}).items():
                    of = f"{field['name']}.{value}"
                    self._own[f"{resource['name']}.{of}"] = names
                    self._own.setdefault(of, names)
                    self._labels.setdefault(value, names)
            for dimension in resource.get("dimensions", []):
                self._name(dimension)

    def _name(self, entry):
        english = entry.get("title", entry["name"])
        self._labels[entry["name"]] = {"en": english, "zh": entry.get("title@zh", english)}

    def add_names(self, table, *, key, en, zh):
        """Let the rows of a table be labelled too, for instance the branches.

        Parameters
        ----------
        table : DataFrame
            One row for each thing that has a name; in one language alone, it stands for both.
        key, en, zh : str
            Columns with the id, the English and the Chinese name. Where one is not there, nothing is named.
        """
        if not {key, en, zh} <= set(table.columns):
            return
        for name, *both in table[[key, en, zh]].itertuples(index=False):
            if given := [text for text in both if pd.notna(text)]:
                self._labels[name] = {"en": given[0], "zh": given[-1]}

    def fields(self, table):
        """List the fields of one table.

        Parameters
        ----------
        table : str
            The name of a table.

        Returns
        -------
        list of dict
            Frictionless field descriptors in file order.
        """
        return self.tables[table].get("schema", {}).get("fields", [])

    def lacking(self, table, columns):
        """Say which of these columns nobody can use: not described, not in the file, or empty in every row.

        Parameters
        ----------
        table : str
            The name of a table.
        columns : set of str
            Its columns.

        Returns
        -------
        set of str
            Columns; all of them where the table is not described.
        """
        named = columns & {field["name"] for field in self.fields(table)} if table in self.tables else set()
        return (columns - named) | (self._empty(table, named) if named else set())

    def label(self, name, *, of=None):
        """Return what this id is called in the reader's language.

        Parameters
        ----------
        name : object
            The id of a table, column, dimension, branch, value or glossary term.
        of : str, optional
            The column whose value it is, ``"owner"`` or ``"touchpoints.owner"``: the owner ``counter`` is
            somebody, the channel ``counter`` is a place. A column that has no name for it is ignored.

        Returns
        -------
        str
            The label, or the id itself where nobody has named it: plain text of one line. In Markdown and HTML it is
            still to be escaped (`escaping.markdown`, `html.escape`).
        """
        found = self._own.get(f"{of}.{name}") or self._labels.get(name) or self._own.get(name)
        return escaping.line(found[language.current()] if found else name)

    def names(self, name):
        """Return everything this id is called: the id itself and its label in each language.

        Parameters
        ----------
        name : str
            An id.

        Returns
        -------
        set of str
            One to three names.
        """
        return {str(name), *(self._labels.get(name) or {}).values()}

    def shown(self, table):
        """Return the same table with headings and ids in the reader's language.

        One id may have two names. Each column is read as a column of the bank's table that shares most
        columns with this one, of those that have it; a column that no table has, by the name alone.

        Parameters
        ----------
        table : DataFrame
            A result with ids as headings and in its text columns.

        Returns
        -------
        DataFrame
            A new frame for display; the numbers are unchanged.
        """
        shown, homes = table.copy(), self._homes(table.columns)
        for column in shown.columns:
            if str(column).startswith("share"):
                shown[column] = [f"{value:.0%}" for value in shown[column]]
                continue
            if not pd.api.types.is_numeric_dtype(shown[column]):
                of = f"{homes[column]}.{column}" if column in homes else None
                shown[column] = [self.label(v, of=of) if isinstance(v, str) else v for v in shown[column]]
            elif (shown[column].dropna() % 1 == 0).all():
                shown[column] = shown[column].astype("Int64")  # an answer is 7, not 7.0
        shown.columns = [self.label(column, of=homes.get(column)) for column in shown.columns]
        shown.columns.name = None
        return shown

    def _homes(self, columns):
        """Say for each column of which table it is; of tables that share as many columns, the first."""
        own = {table: [field["name"] for field in self.fields(table)] for table in self.tables}
        nearest = sorted(own, key=lambda table: -len(set(own[table]) & set(columns)))
        return {column: table for table in reversed(nearest) for column in own[table]}

    @property
    def survey(self):
        """The description of the survey table.

        Raises
        ------
        ValueError
            If this bank has no survey.
        """
        if "servqual" not in self.tables:
            raise wrong("codebook.no_survey")
        return self.tables["servqual"]

    @property
    def scale(self):
        """The lowest and the highest answer of the survey, for instance ``(1, 7)``."""
        return self.survey["scale"]["minimum"], self.survey["scale"]["maximum"]

    @property
    def dont_know(self):
        """The code that means "I cannot say", or None."""
        return self.survey["scale"].get("dont_know")

    @property
    def dimensions(self):
        """The dimensions of the survey and the numbers of their items, in order."""
        return {dimension["name"]: dimension["items"] for dimension in self.survey["dimensions"]}

    @property
    def reverse(self):
        """The columns of reverse-worded items, expectations and perceptions alike."""
        return [field["name"] for field in self.fields("servqual") if field.get("reversed")]

    def items(self, dimension, form="P"):
        """List the columns of one dimension.

        Parameters
        ----------
        dimension : str
            For instance ``"reliability"``.
        form : {"P", "E"}
            Perceptions or expectations.

        Returns
        -------
        list of str
            For instance ``["P5", "P6", "P7", "P8", "P9"]``.

        Raises
        ------
        ValueError
            If the survey has no such dimension.
        """
        if dimension not in self.dimensions:
            there = ", ".join(self.dimensions)
            raise wrong("codebook.dimension", dimension=dimension, there=there)
        return [f"{form}{number}" for number in self.dimensions[dimension]]

    def questions(self, dimension):
        """Show what the customer read, in the reader's language.

        Parameters
        ----------
        dimension : str
            For instance ``"reliability"``.

        Returns
        -------
        DataFrame
            One row an item: `item` (its perception column), and `wording_E`, `wording_P`: the wording of each form that was asked.
        """
        key = "description@zh" if language.current() == "zh" else "description"
        fields = {field["name"]: field for field in self.fields("servqual")}
        asked = [form for form in ("E", "P") if self.items(dimension, form)[0] in fields]
        return pd.DataFrame({
            "item": self.items(dimension),
            **{
                f"wording_{form}": [escaping.line(fields[i].get(key, "")) for i in self.items(dimension, form)]
                for form in asked
            },
        })  # fmt: skip


@cache
def _glossary():
    """Labels of results ("gap", "low" …), built from the course's glossary."""
    if not GLOSSARY.exists():
        return {}
    terms = json.loads(GLOSSARY.read_text(encoding="utf-8"))
    return {name: {"en": term["en"], "zh": term["zh"]} for name, term in terms.items()}


def use(book):
    """Label everything from this codebook from now on.

    Parameters
    ----------
    book : Codebook
        The codebook of the bank that is open.
    """
    opened.now.book = book


def current():
    """Return the codebook in use; before any was chosen, one that knows the glossary alone.

    Returns
    -------
    Codebook
        The codebook that labels figures and sentences.
    """
    return opened.now.book or Codebook({})
