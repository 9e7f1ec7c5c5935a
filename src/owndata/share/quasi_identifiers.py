"""What people can be told by together, though each of it alone is harmless; how many are alone; made coarser."""

import re

import pandas as pd

from owndata.identify.identifiers import plain

# What somebody may know of a neighbour → how such a column is called.
KNOWN = {
    "birth_year": r"^(birth|born|year of birth|yob|dob)|birth_?(year|day|date)|出生",
    "age": r"^age$|年龄",
    "sex": r"^(sex|gender)$|性别",
    "joined": r"^(joined|opened_on|since|account_opened)$|开户(日期|时间)?$|入职",
    "branch": r"^branch([ _](id|no|code))?$|^(网点|支行|开户机构)(编?号)?$",
    "kind": r"^(kind|customer_type|segment|type)$|客户类型",
    "education": r"education|学历",
    "occupation": r"occupation|profession|职业",
    "role": r"^(role|position|job)$|岗位|职务",
    "income": r"income|收入",
    "postcode": r"post ?code|zip|邮编",
    "city": r"^(city|district|county)$|^(城市|区县)$",
    "tenure_months": r"tenure|年限",
}  # fmt: skip
COARSER = ("birth_year", "age", "joined", "branch")


def kind_of(column):
    """Tell what a column says of a person that others may know.

    Parameters
    ----------
    column : str
        Its heading.

    Returns
    -------
    str or None
        A key of `KNOWN`.

    Examples
    --------
    >>> kind_of("birth_year"), kind_of("开户日期"), kind_of("P1")
    ('birth_year', 'joined', None)
    """
    text = plain(column)
    return next((name for name, pattern in KNOWN.items() if re.search(pattern, text)), None)


def can_be_coarser(column, package):
    """Tell whether `coarser` knows what to do with a column; branches need a table with their regions."""
    kind = kind_of(column)
    return kind in COARSER and (kind != "branch" or _has_regions(package))


def _has_regions(package):
    """Tell whether the branches of a bank have a region each."""
    fields = {r["name"]: {f["name"] for f in r["schema"]["fields"]} for r in package["resources"]}
    return {"branch", "region"} <= fields.get("branches", set())


def frequencies(table, columns):
    """Count for every row how many rows share its values; ``fk`` of sdcMicro's ``freqCalc`` where nothing is missing.

    Parameters
    ----------
    table : DataFrame
        One row a person.
    columns : list of str
        What is known of them. A missing value counts as a value of its own, so that k is never
        flattered: sdcMicro lets it match every other.

    Returns
    -------
    Series
        On the index of the table; a row that is alone has 1.

    Examples
    --------
    >>> frequencies(pd.DataFrame({"age": [30, 30, 40]}), ["age"]).tolist()
    [2, 2, 1]
    """
    return table.groupby(columns, dropna=False)[columns[0]].transform("size").astype(int)


def uniqueness(table, columns):
    """Say how many rows are alone with their values, and the smallest group.

    Parameters
    ----------
    table : DataFrame
        One row a person.
    columns : list of str
        What is known of them.

    Returns
    -------
    DataFrame
        One row: `n`, `alone`, `share`, `k`.

    Examples
    --------
    >>> uniqueness(pd.DataFrame({"age": [30, 30, 40]}), ["age"]).iloc[0].tolist()
    [3.0, 1.0, 0.3333333333333333, 1.0]
    """
    counts = frequencies(table, columns)
    alone = int((counts == 1).sum())
    row = {"n": len(table), "alone": alone, "share": alone / len(table), "k": int(counts.min())}
    return pd.DataFrame([row])


def coarser(values, kind, *, regions=None):
    """Make a column coarser, written so that the lessons can still read it.

    Parameters
    ----------
    values : Series
        As it is in the table.
    kind : str
        One of `COARSER`.
    regions : dict, optional
        Branch → region.

    Returns
    -------
    Series
        Years of birth and ages by ten (1987 is 1980), days by years (2024-05-25 is 2024-01-01), branches
        by region; empty where it cannot be read.

    Examples
    --------
    >>> coarser(pd.Series(["1987", ""]), "birth_year").tolist(), coarser(pd.Series(["2024-05-25"]), "joined").tolist()
    (['1980', ''], ['2024-01-01'])
    """
    texts = values.astype("string").fillna("").astype(str)
    if kind == "branch":
        return texts.map(lambda text: (regions or {}).get(text, ""))
    if kind == "age":
        return texts.map(_tens)
    years = texts.str.extract(r"^\s*(\d{4})", expand=False)
    if kind == "birth_year":
        return years.map(_tens, na_action="ignore").fillna("")
    return (years + "-01-01").fillna("")


def _tens(text):
    number = re.fullmatch(r"\s*(\d{1,4})(\.0+)?\s*", text)
    return str(int(number[1]) // 10 * 10) if number else ""
