"""Whether a corrected mapping fits its file and holds together."""

from helpers.bank.language import Both, wrong
from owndata.map import column_roles, questions


def judge(mapping, sheet):
    """Refuse a mapping that cannot be followed.

    Parameters
    ----------
    mapping : Mapping
        As `mapping.read` gives it.
    sheet : Sheet
        The export.

    Raises
    ------
    WrongValue
        At the first thing that is missing or contradicts itself; the sentence names column and remedy.
    """
    table = mapping.columns
    _headings(table, sheet)
    _single(table)
    if not (table["role"] == "branch").any():
        raise wrong("owndata.corrected_mapping.no_branch")
    if not (table["role"] == "perception").any():
        raise wrong("owndata.corrected_mapping.no_items")
    _items(table)
    _scale(table)
    _points(table)
    _words(mapping)
    _answered(mapping)


def _answered(mapping):
    """Nothing doubtful is read in silence."""
    still = questions.unanswered(mapping.questions)
    if still:
        first = still[0].sentence
        raise wrong("owndata.corrected_mapping.open", count=len(still), first=Both(first.en, first.zh))


def _headings(table, sheet):
    for heading in table["heading"]:
        if heading not in sheet.cells.columns:
            raise wrong("owndata.corrected_mapping.no_heading", heading=heading, file=sheet.path.name)


def _single(table):
    for role in column_roles.ONCE:
        twice = table.loc[table["role"] == role, "heading"].tolist()
        if len(twice) > 1:
            en, zh = column_roles.ROLES[role]
            raise wrong(
                "owndata.corrected_mapping.single", must=Both(en, zh), first=twice[0], second=twice[1]
            )


def _items(table):
    """Every item has a number of its own, every perception a dimension, every expectation its perception."""
    numbers = {}
    for role in ("perception", "expectation"):
        rows = table[table["role"] == role]
        numbers[role] = {}
        for heading, number in zip(rows["heading"], rows["item"], strict=True):
            if not number or number in numbers[role]:
                other = numbers[role].get(number, "–")
                raise wrong("owndata.corrected_mapping.numbers", heading=heading, number=number, other=other)
            numbers[role][number] = heading
    bare = table[
        (table["role"] == "perception") & table["dimension_zh"].isna() & table["dimension_en"].isna()
    ]
    if len(bare):
        raise wrong("owndata.corrected_mapping.no_dimension", heading=bare["heading"].iloc[0])
    if numbers["expectation"] and set(numbers["expectation"]) != set(numbers["perception"]):
        odd = min(set(numbers["expectation"]) ^ set(numbers["perception"]))
        raise wrong("owndata.corrected_mapping.pairs", odd=odd)


def _scale(table):
    items = table[table["role"].isin(("perception", "expectation"))]
    ends = items[["low", "high"]].drop_duplicates()
    low, high = ends.iloc[0]
    if len(ends) > 1 or low is None or high is None or low >= high:
        second = "–".join(map(str, ends.iloc[-1]))
        raise wrong("owndata.corrected_mapping.scales", scale=f"{low}–{high}", second=second)


def _points(table):
    named = {name_of(row) for row in table[table["role"] == "perception"].to_dict("records")}
    rows = table[table["role"] == "points"]
    said = [name_of(row) for row in rows.to_dict("records")]
    for heading, name in zip(rows["heading"], said, strict=True):
        if name not in named or said.count(name) > 1:
            raise wrong(
                "owndata.corrected_mapping.points", heading=heading, name=Both(name or "none", name or "空")
            )


def name_of(row):
    """Return the name that tells the dimension of a row from others.

    Parameters
    ----------
    row : Series
        A row of `Mapping.columns`.

    Returns
    -------
    str
        The user's own name, else the English one.
    """
    return row["dimension_zh"] or row["dimension_en"] or ""


def _words(mapping):
    """Every word has a number on the scale of the columns that use it."""
    rated = mapping.columns[mapping.columns["role"].isin(column_roles.RATED)]
    for row in rated.to_dict("records"):
        if row["words"] and row["words"] not in mapping.words:
            raise wrong("owndata.corrected_mapping.no_words", heading=row["heading"], words=row["words"])
        for word, number in mapping.words.get(row["words"], {}).items():
            if number == "?" or (
                number is not None and row["high"] and not row["low"] <= number <= row["high"]
            ):
                raise wrong(
                    "owndata.corrected_mapping.word_number",
                    word=word,
                    low=row["low"],
                    high=row["high"],
                    number=number,
                )
