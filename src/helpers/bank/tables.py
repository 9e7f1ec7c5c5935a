"""Files as tables: read, held against their codebook, and asked what they lack."""

import pandas as pd
import pyarrow as pa
from pyarrow.parquet import ParquetFile

from helpers.bank import checks
from helpers.bank.checks import WrongValue

_READ = ("integer", "number", "date", "datetime")
_ZONE = r":\d\d(?:\.\d+)?\s*(?:Z|[+-]\d\d(?::?\d\d)?)$"


def read(path, *, fields):
    """Read a file; ids stay text (001 is not 1), and only an empty cell is missing.

    Parameters
    ----------
    path : Path
        CSV in UTF-8, or Parquet where the name says so.
    fields : list of dict
        Its columns in the codebook.

    Returns
    -------
    DataFrame
        Whatever the file holds.

    Raises
    ------
    WrongValue
        If it cannot be read.
    """
    # Whatever the codebook does not call a number or a time stays as it is written.
    text = {field["name"]: str for field in fields if field["type"] not in _READ}
    try:
        if path.suffix == ".parquet":
            rows = _parquet(path)
            numbered = {n: "str" for n in text if n in rows and pd.api.types.is_integer_dtype(rows[n])}
            return rows.astype(numbered)
        return pd.read_csv(path, dtype=text, keep_default_na=False, na_values=[""], encoding="utf-8")
    except (OSError, ValueError, pa.ArrowException) as error:
        raise _unread(path, error) from error


def raw(path):
    """Read a file as it is written, to be copied: text stays text, and nothing is missing but what is empty.

    Parameters
    ----------
    path : Path
        CSV in UTF-8, or Parquet where the name says so.

    Returns
    -------
    DataFrame
        Of CSV text alone; of Parquet the columns as they are.

    Raises
    ------
    WrongValue
        If it cannot be read.
    """
    try:
        if path.suffix == ".parquet":
            return _parquet(path)
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError, pa.ArrowException) as error:
        raise _unread(path, error) from error


def _parquet(path):
    """Read Parquet whose texts are texts: bytes that are no UTF-8 would be found out much later, in a lesson."""
    rows = pd.read_parquet(path)
    if any(rows.index.names):  # pandas hides a column that was an index
        rows = rows.reset_index()
    written = [name for name in rows.columns if not pd.api.types.is_numeric_dtype(rows[name])]
    with ParquetFile(path) as file:
        file.read(columns=written).validate(full=True)
    return rows


def _unread(path, error):
    return WrongValue(
        en=f"'{path.name}' cannot be read: {type(error).__name__}. Run `course data check` on the folder; it says "
        "what is wrong and where.",
        zh=f"'{path.name}' 无法读取：{type(error).__name__}。请对这个文件夹运行 `course data check`，它会指出哪里有问题。",
    )


def empty(path, *, columns):
    """Say which columns hold nothing, reading no further than to the first value of each.

    Parameters
    ----------
    path : Path
        As for `read`.
    columns : set of str
        The columns to look at.

    Returns
    -------
    set of str
        Those that the file lacks, or in which no row holds a value.
    """
    left = set(columns)
    try:
        for rows in _parts(path, left):
            left -= {column for column in left & set(rows) if rows[column].notna().any()}
            if not left:
                break
    except (OSError, ValueError, pa.ArrowException):
        return set()  # a file that cannot be read is told when it is loaded
    return left


def _parts(path, columns):
    """Read some columns of a file piece by piece."""
    if path.suffix == ".parquet":
        with ParquetFile(path) as file:
            there = [name for name in file.schema_arrow.names if name in columns]
            yield from (batch.to_pandas() for batch in file.iter_batches(columns=there))
    else:
        with pd.read_csv(path, usecols=lambda name: name in columns, keep_default_na=False, na_values=[""],
                         dtype=str, encoding="utf-8-sig", chunksize=50_000) as parts:  # fmt: skip
            yield from parts


def judged(rows, resource):
    """Check the columns of a table field by field, and read its dates and times.

    Parameters
    ----------
    rows : DataFrame
        From `read`.
    resource : dict
        The table in the codebook.

    Returns
    -------
    DataFrame
        The rows on a plain index.

    Raises
    ------
    WrongValue
        At the first thing that is wrong; the sentence names file, row (as a spreadsheet counts it) and column.
    """
    fields, name = resource.get("schema", {}).get("fields", []), resource["path"]
    missing_code = resource.get("scale", {}).get("dont_know")
    asked = {f"P{item}" for dimension in resource.get("dimensions", []) for item in dimension["items"]}
    rows.index = range(2, len(rows) + 2)  # a spreadsheet's row numbers, for the sentences
    required = [f["name"] for f in fields if f.get("constraints", {}).get("required")]
    checks.columns(rows, required, name=name)
    if rows.empty:
        raise WrongValue(
            en=f"`{name}` has headings but not one row. Export it again, or take it out of datapackage.json.",
            zh=f"`{name}` 只有表头，一行数据都没有。请重新导出，或把它从 datapackage.json 里去掉。",
        )
    for field in fields:
        if field["name"] not in rows.columns:
            continue
        column, limits = rows[[field["name"]]], field.get("constraints", {})
        if field["name"] in required:
            checks.complete(column, name=name)
        if field["type"] in ("integer", "number"):
            answers = field.get("item") or field["name"] in asked
            _within(column.where(column != missing_code) if answers else column, limits, name=name)
        elif field["type"] in ("date", "datetime"):
            rows[field["name"]] = _times(column, name=name)
        elif limits.get("enum") and field["type"] == "string":
            _listed(column.iloc[:, 0], limits["enum"], name=name)
    _once(rows, resource.get("schema", {}).get("primaryKey"), name=name)
    return rows.reset_index(drop=True)


def _within(column, limits, *, name):
    """Refuse what is no number or lies off its range, which may be open at either end."""
    low, high = limits.get("minimum", float("-inf")), limits.get("maximum", float("inf"))
    if "minimum" in limits and "maximum" not in limits:
        checks.numbers(column, name=name)
        values = pd.to_numeric(column.iloc[:, 0])
        if (values < low).any():
            row = (values < low).idxmax()
            raise WrongValue(
                en=f"`{name}` must hold {low} or more; row {row}, column '{values.name}' holds {values[row]:g}. "
                "Correct this value or leave the row out.",
                zh=f"`{name}` 里的值至少是 {low}；第 {row} 行「{values.name}」列是 {values[row]:g}。请改正这个值，或去掉这一行。",
            )
    else:
        checks.within(column, name=name, low=low, high=high)


def _times(column, *, name):
    """Read dates and times; the clock must be the bank's own, because a day begins elsewhere in each zone."""
    values = column.iloc[:, 0]
    if pd.api.types.is_datetime64_any_dtype(values):
        zone = getattr(values.dtype, "tz", None)
    else:
        texts = values.astype("string")
        zone = next(iter(texts[texts.str.contains(_ZONE).fillna(False)]), None)
        # 20250331 is a date too; as a number it would be read as nanoseconds.
        values = values if zone else checks.dates(texts.astype(object).to_frame(), name=name)
    if zone:
        raise WrongValue(
            en=f"`{name}`, column '{values.name}', must hold the bank's own clock without a time zone; it has {zone}. Write "
            f"it with .dt.tz_convert('Asia/Shanghai').dt.tz_localize(None), or whichever zone is yours.",
            zh=f"`{name}` 的「{values.name}」列应该是银行当地的时间，不带时区；现在带有 {zone}。请先用 "
            ".dt.tz_convert('Asia/Shanghai').dt.tz_localize(None) 转换（时区换成你们自己的）。",
        )
    return values


def _listed(values, allowed, *, name):
    """Refuse a word that the codebook does not list: nothing would count it."""
    other = values.notna() & ~values.isin(allowed)
    if other.any():
        row, there = other.idxmax(), ", ".join(map(str, allowed))
        raise WrongValue(
            en=f"`{name}`, row {row}, column '{values.name}' holds {values[row]!r}; the codebook lists {there}. Replace it by "
            "one of these, or add it to the list in datapackage.json.",
            zh=f"`{name}` 第 {row} 行「{values.name}」列是 {values[row]!r}；数据说明里列出的是 {there}。请换成其中之一，"
            "或在 datapackage.json 里补上这个值。",
        )


def _once(rows, key, *, name):
    """Refuse an id that stands twice: whoever counts rows would count it twice."""
    key = [key] if isinstance(key, str) else key or []
    if len(key) == 1 and key[0] in rows and rows[key[0]].duplicated().any():
        ids = rows[key[0]]
        again = ids.duplicated().idxmax()
        first = (ids == ids[again]).idxmax()
        raise WrongValue(
            en=f"`{name}` must name each {key[0]} once; {ids[again]} stands in rows {first} and {again}. Leave one out.",
            zh=f"`{name}` 里每个「{key[0]}」只能出现一次；{ids[again]} 在第 {first} 行和第 {again} 行都有。请只保留一行。",
        )
