"""Which column names the branch, where the file leaves it open: none is called so, several are, or only first rows name it."""

from collections import Counter

from owndata.map import column_roles
from owndata.map.questions import Question, choice, listed

MOST_CHOICES = 12
FILLED = 0.5  # share of rows below which a name may stand for the rows below it


def asked(table, cells):
    """Ask which column is the branch, and mark in the table what is proposed.

    Parameters
    ----------
    table : DataFrame
        The proposed columns, changed here.
    cells : list of list of str
        The columns of the export.

    Yields
    ------
    Question
    """
    if not (table["role"] == "perception").any():
        return
    named = [i for i, row in enumerate(table.to_dict("records")) if _may_be(row)]
    if (table["role"] == "branch").any():
        yield from _several(table, cells, named)
    elif sparse := [i for i in named if _stands_for_more(cells[i])]:
        yield _filled(table, sparse[0], cells[sparse[0]])
    else:
        yield from _any(table, cells)


def filled(sheet_cells, settings):
    """Repeat each name down to the next, where a person has said that it stands for the rows below it.

    Parameters
    ----------
    sheet_cells : DataFrame
        Text.
    settings : dict
        What the answers settle.

    Returns
    -------
    DataFrame
    """
    names = [name for name in sheet_cells if settings.get(f"fill_down {name}")]
    whole = {name: sheet_cells[name].astype("str").str.strip() for name in names}
    return sheet_cells.assign(
        **{name: text.where(text != "").ffill().fillna("") for name, text in whole.items()}
    )


def _may_be(row):
    """Whether a heading is that of a branch, and its column was not taken for something else."""
    called = column_roles.is_branch(row["heading"]) or column_roles.by_heading(row["heading"]) == "branch"
    return row["role"] == "branch" or (
        called and row["role"] == "ignore" and row["note"] in (None, "twice", "text")
    )


def _several(table, cells, named):
    """A bank, its branches and its outlets: the finest is proposed; a number beside each name is no other branch."""
    named = [i for i in named if table.loc[i, "role"] == "branch" or table.loc[i, "note"] == "twice"]
    able = [i for i in named if len({*cells[i]} - {""}) > 1] or named
    able.sort(key=lambda i: -len({*cells[i]} - {""}))
    kinds = []
    for i in able:
        same = next((k for k, kind in enumerate(kinds) if _one_to_one(cells[i], cells[kind])), None)
        if same is None:
            kinds.append(i)
        elif _is_numbered(cells[kinds[same]]) and not _is_numbered(cells[i]):
            kinds[same] = i  # names rather than their numbers
    for i in named:
        kept = i == kinds[0]
        table.loc[i, "role"], table.loc[i, "note"] = ("branch", None) if kept else ("ignore", "twice")
    if len(kinds) > 1:
        others = {table.loc[i, "heading"]: {"role": "ignore"} for i in named}
        ways = [
            choice(
                "column_of", heading=name, seen=_names(cells[i]), columns=others | {name: {"role": "branch"}}
            )
            for i, name in zip(kinds[:MOST_CHOICES], table.loc[kinds, "heading"], strict=False)
        ]
        heads = tuple(table.loc[kinds, "heading"])
        yield Question("branches", heads[0], heads, tuple(ways), {"columns": listed(heads)})


def _names(column):
    return listed(dict.fromkeys(text for text in column if text), most=3)


def _is_numbered(column):
    return all(text.strip().isdigit() for text in column if text.strip())


def _one_to_one(one, other):
    pairs = {*zip(one, other, strict=True)}
    return len(pairs) == len({*one}) == len({*other})


def _stands_for_more(column):
    """Whether names stand in the first of several rows only, as in a sheet whose cells are merged."""
    there = [text for text in column if text.strip()]
    begins = bool(column) and bool(column[0].strip())
    return begins and 0 < len(there) < FILLED * len(column) and len({*there}) == len(there)


def _filled(table, place, column):
    heading = table.loc[place, "heading"]
    table.loc[place, "role"], table.loc[place, "note"] = "branch", None
    empty = sum(not text.strip() for text in column)
    ways = (
        choice("fill_down", columns={heading: {"role": "branch"}}, settings={"fill_down": True}),
        choice("leave_empty", columns={heading: {"role": "branch"}}, settings={"fill_down": False}),
    )
    return Question("fill_down", heading, (), ways, {"count": empty})


def _any(table, cells):
    """Where no heading names the branch, every column of a few texts may be it."""
    able = []
    for i, row in enumerate(table.to_dict("records")):
        counts = Counter(filter(None, cells[i]))
        few = 2 <= len(counts) <= max(counts.total() / 3, 2)
        if row["role"] == "ignore" and few and row["note"] != "multiple":
            able.append(row["heading"])
    ways = [
        choice("column", heading=name, columns={name: {"role": "branch"}}) for name in able[:MOST_CHOICES]
    ]
    if ways:
        yield Question("branch", "", tuple(able), tuple(ways))
