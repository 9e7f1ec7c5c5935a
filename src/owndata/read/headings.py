"""Tables with more than one row of headings: platforms write ids above questions, workbooks sections above both."""

import re

SECOND = {
    "response",
    "open-ended response",
    "open ended response",
    "答案",
    "回答",
}  # say nothing of their own
FEWEST = 8  # rows of data from which a row unlike all others is seen
_IMPORT_ID = re.compile(r"""\{["']{1,2}ImportId["']{1,2}\s*:""")


def rows(start):
    """Count the rows of headings.

    Parameters
    ----------
    start : list of list of str
        The first rows of the table, from its first headings on.

    Returns
    -------
    int
        1, or 2 or 3 where the rows below the first are headings, too.
    """
    for extra in (1, 2):
        if len(start) > extra and any(_IMPORT_ID.match(cell) for cell in start[extra]):
            return extra + 1
    if len(start) < 4:
        return 1
    top, second, below = _padded(start[0], start), _padded(start[1], start), start[2:]
    columns = [[row[i].strip() if i < len(row) else "" for row in below] for i in range(len(top))]
    named = [i for i, cell in enumerate(second) if cell]
    values = sum(_is_value(second[i], columns[i]) for i in named)
    if values > len(named) / 5:  # what was ticked is written out below its own heading
        return 1
    gaps = [i for i in named if not top[i]]
    return 2 if gaps or _unlike(named, columns) else 1


def merged(rows):
    """Write several rows of headings as one.

    Parameters
    ----------
    rows : list of list of str
        The rows of headings.

    Returns
    -------
    list of str
        ``"section—question"``, or ``"id. question"`` where the first row holds short ids.

    Examples
    --------
    >>> merged([["Q1", "Rate us", ""], ["Which branch?", "Lobby", "Staff"]])
    ['Q1. Which branch?', 'Rate us—Lobby', 'Rate us—Staff']
    """
    if len(rows) == 1:
        return rows[0]
    top, second = (_padded(row, rows) for row in rows[:2])
    filled, last = [], ""
    for above, below in zip(top, second, strict=True):
        last = above or (last if below else "")
        filled.append(last)
    with_ids = len(rows) > 2
    return [_joined(above, below, with_ids=with_ids) for above, below in zip(filled, second, strict=True)]


def _joined(above, below, *, with_ids):
    bare = re.sub(r"\W", "", above).casefold()
    if not below or below.casefold() in SECOND or bare == re.sub(r"\W", "", below).casefold():
        return above
    if with_ids and re.fullmatch(r"\D+", above) and len(below.split()) <= 3:  # 'Status', 'Response Type'
        return above
    if below.startswith("{") or not above:  # an import id says nothing to people
        return above or below
    is_id = re.fullmatch(r"[A-Za-z]{0,12}_?\d[\w.#-]{0,20}", above)
    return f"{above}. {below}" if is_id or with_ids else f"{above}—{below}"


def _padded(row, rows):
    width = max(len(one) for one in rows)
    return [cell.strip() for cell in row] + [""] * (width - len(row))


def _is_value(cell, below):
    """Whether a cell is like those below it: a number, or a text that comes again."""
    return not re.search(r"[^\W\d_]", cell) or cell in below or bool(re.match(r"\d{4}-\d\d-\d\d", cell))


def _unlike(named, columns):
    """Whether the second row is text above columns of numbers, or of few words: no answer looks so."""
    if len(columns[0]) < FEWEST:
        return False
    regular = [i for i, said in enumerate(columns) if _is_regular([text for text in said if text])]
    told = [i for i in regular if i in named]
    return len(told) >= 3 and len(told) >= 0.8 * len(regular)


def _is_regular(said):
    numbers = sum(bool(re.fullmatch(r"-?\d+([.,]\d+)?", text)) for text in said)
    return len(said) >= FEWEST and (numbers == len(said) or len(set(said)) <= len(said) / 3)
