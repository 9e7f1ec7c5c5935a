"""The questions that an export leaves open: everything that its own values do not settle."""

import numpy as np

from owndata.map import (
    branch_columns,
    branch_spellings,
    claimed_columns,
    column_roles,
    paired_items,
    questions,
    respondent_numbers,
    reversed_items,
)
from owndata.map.questions import Question, choice
from owndata.read import date_columns, textfiles

ENGLISH = {"mdy": "month_first", "dmy": "day_first", "ymd": "year_first"}


def find(table, sheet, *, cells, blocks, known, claimed):
    """List what must be asked, and mark in the table what the values settle.

    Parameters
    ----------
    table : DataFrame
        The proposed columns; those that go against the others are marked as reversed here.
    sheet : Sheet
        The export.
    cells : list of list of str
        Its columns.
    blocks : list of Block
        The ratings found.
    known : dict
        Word group → its table.
    claimed : dict
        Place of a column that its heading alone would leave out → what it would be then.

    Returns
    -------
    list of Question
        In the order in which a person should answer them.
    """
    paired_items.leave_others(table)
    asked = [*_encoding(sheet), *respondent_numbers.asked(table, sheet), *branch_columns.asked(table, cells)]
    asked += [one for block in blocks for one in _block(block, table)]
    asked += paired_items.asked(table)
    asked += _items(table, cells, known, claimed)
    return [*asked, *_days(table, sheet), *_names(table, sheet)]


def _encoding(sheet):
    found = textfiles.alternatives(sheet.path, sheet.encoding)
    ways = [
        choice("encoding", name=name.upper(), example=text, settings={"encoding": name})
        for name, text in found
    ]
    if len(ways) > 1:
        yield Question("encoding", sheet.encoding, tuple(name for name, _ in found), tuple(ways))


def _block(block, table):
    """What the answers of a block can mean, with what each choice changes."""
    rows = table.iloc[block.columns]
    rows = rows[rows["role"].isin(column_roles.RATED)]
    if block.asks is None or rows.empty:
        return
    group = next(filter(None, rows["words"]), None) or "+"
    ways = []
    for reading in block.readings:
        cells = {"low": reading.low, "high": reading.high, "words": group if reading.listed else None}
        cells = cells if reading.rated else {"role": "ignore"}
        told = [choice(kind, **more) for kind, more in reading.said]
        ways.append(questions.Choice(
            "; ".join(one.en for one in told), "；".join(one.zh for one in told),
            {heading: cells for heading in rows["heading"]}, {group: reading.listed} if reading.listed else {},
        ))  # fmt: skip
    values = _numbers(block.seen)
    more = {"n": len(rows), "values": (values, values)}
    yield Question(block.asks, rows["heading"].iloc[0], block.seen, tuple(ways), more)


def _numbers(seen):
    """Numbers in a row, as 1–5 where they follow each other."""
    whole = sorted({int(float(text)) for text in seen if text.lstrip("-").replace(".", "", 1).isdigit()})
    runs = []
    for number in whole:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return questions.listed(f"{a}–{b}" if b > a + 1 else str(a) if a == b else f"{a}, {b}" for a, b in runs)


def _items(table, cells, known, claimed):
    """Items against the others, beside the others, and all of them against the overall satisfaction."""
    asked = []
    for role in ("perception", "expectation"):
        named, more = claimed_columns.judge(table, role, claimed, cells=cells, known=known)
        asked += more
        rows = table.index[table["role"] == role]
        if len(rows) < 3:
            asked += _left(table, role, named)
            continue
        listed = table.loc[rows, "words"]
        marks = np.array(
            [reversed_items.numbers(cells[i], known.get(name, {})) for i, name in listed.items()]
        )
        ends = (table.loc[rows, "low"].iloc[0] or 0) + (table.loc[rows, "high"].iloc[0] or 0)
        said = table.loc[rows, "reversed"].to_numpy(dtype=bool)
        r, n = reversed_items.with_the_rest(marks)
        found = reversed_items.against(r, n)
        new = (found != "") & ~said
        table.loc[rows[new], "reversed"] = True
        table.loc[rows[new], "note"] = "against"
        asked += [_reversed(table.loc[i, "heading"]) for i in rows[new & (found == "slightly")]]
        turned = reversed_items.against(-r, n)
        for i, how, marked in zip(rows, turned, said, strict=True):
            if marked and how == "clearly":
                asked.append(_turned(table.loc[i, "heading"]))
                table.loc[i, "reversed"] = False
        flip = table.loc[rows, "reversed"].to_numpy(dtype=bool)
        marks[flip] = ends - marks[flip]
        asked += [*_beside(table, rows, marks, named), *_upside(table, rows, marks, cells, known, ends)]
    return asked


def _reversed(heading):
    ways = [choice("yes_reversed", columns={heading: {"reversed": True}}),
            choice("no_reversed", columns={heading: {"reversed": False}})]  # fmt: skip
    return Question("reversed", heading, (), tuple(ways))


def _turned(heading):
    ways = [choice("yes_turned", columns={heading: {"reversed": False}}),
            choice("no_turned", columns={heading: {"reversed": True}})]  # fmt: skip
    return Question("turned", heading, (), tuple(ways))


def _beside(table, rows, marks, named):
    """Small numbers without any relation to the items, where the items hang together well."""
    role = table.loc[rows[0], "role"]
    r, n = reversed_items.with_the_rest(marks)
    alone = reversed_items.unrelated(r, n) & ~reversed_items.flat(marks)
    few = len(rows) < 6 or alone.sum() > len(rows) / 3
    if alone.any() and not few and np.nanmedian(r[~alone]) >= -reversed_items.CLEARLY:
        table.loc[rows[alone], ["role", "note"]] = ["ignore", "beside"]
        claimed_columns.renumber(table, role)
        named = [*named, *table.loc[rows[alone], "heading"]]
    return _left(table, role, named)


def _left(table, role, headings):
    """Ask about columns that were left out, though they may be items."""
    if not headings:
        return
    most = int((table["role"] == role).sum())
    back = {name: {"role": role, "item": most + k} for k, name in enumerate(headings, 1)}
    ways = (
        choice("no_items", columns={name: {"role": "ignore"} for name in headings}),
        choice("all_items", columns=back),
    )
    yield Question("items", headings[0], tuple(headings), ways, {"columns": questions.listed(headings)})


def _upside(table, rows, marks, cells, known, ends):
    """Numbers without words may run from best to worst: the overall satisfaction tells."""
    bare = [i for i in rows if not _has_words(known.get(table.loc[i, "words"], {}))]
    other = table.index[table["role"] == "satisfaction"]
    if len(bare) < len(rows) or other.empty or table.loc[rows[0], "role"] != "perception":
        return
    overall = reversed_items.numbers(cells[other[0]], known.get(table.loc[other[0], "words"], {}))
    with np.errstate(invalid="ignore", divide="ignore"):
        there = (~np.isnan(marks)).sum(axis=0)
        mean = np.where(there > 0, np.nansum(marks, axis=0) / np.maximum(there, 1), np.nan)
    r, n = reversed_items.correlations(mean[None], overall[None])
    if reversed_items.against(r, n)[0] != "clearly":
        return
    group = table.loc[rows[0], "words"] or "+"
    listed = known.get(group, {})
    low, high = (table.loc[rows[0], end] for end in ("low", "high"))
    turned = {str(value): ends - value for value in range(low, high + 1)} | {
        k: v for k, v in listed.items() if v is None
    }
    items = {table.loc[i, "heading"]: {"words": group} for i in rows}
    same = {heading: {"words": None if group == "+" else group} for heading in items}
    ways = (
        choice("low_best", columns=items, words={group: turned}),
        choice("high_best", columns=same, words={}),
    )
    yield Question(
        "upside", table.loc[rows[0], "heading"], (), ways, {"other": table.loc[other[0], "heading"]}
    )


def _has_words(listed):
    return any(value is not None and not str(word).lstrip("-").isdigit() for word, value in listed.items())


def _days(table, sheet):
    """The order of day and month, where the whole column leaves it open."""
    for heading in table.loc[table["role"] == "date", "heading"]:
        cells = sheet.cells[heading]
        found, odd = date_columns.orders(cells), date_columns.turned(cells)
        if odd:
            ways = (choice("turned", first=odd[0], settings={"turned": True}),
                    choice("not_turned", first=odd[0], settings={"turned": False}))  # fmt: skip
            yield Question("day_turned", heading, odd, ways, {"first": odd[0], "second": odd[1]})
        if len(found) > 1:
            example = next(text for text in cells if date_columns.orders([text]))
            ways = [
                choice(
                    ENGLISH[name],
                    example=f"{example} = {date_columns.read(example, order=name)}",
                    settings={"days": name},
                )
                for name in found
            ]
            yield Question("days", heading, (example,), tuple(ways))


def _names(table, sheet):
    """One name in several spellings."""
    for heading in table.loc[table["role"] == "branch", "heading"]:
        found = branch_spellings.spellings(
            " ".join(text.split()) for text in sheet.counts(heading).elements()
        )
        if found:
            seen = tuple(" = ".join([first, *rest]) for first, rest in found.items())
            ways = (
                choice("one_name", settings={"one_name": True}),
                choice("many_names", settings={"one_name": False}),
            )
            yield Question("names", heading, seen, ways)
