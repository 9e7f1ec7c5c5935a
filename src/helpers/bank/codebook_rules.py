"""What one column must be: its kind, its limits, its list, its pattern; and how it is read.

The limits of columns by their names, and what the columns of a row must agree on, are in ``table_rules.json``.
"""

import datetime
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.bank import escaping

RULES = Path(__file__).with_name("table_rules.json")
NUMBERS, DATES = ("integer", "number"), ("date", "datetime")
# What programs write for nothing; it would be counted as an id or a name of its own.
NO_VALUE = {*("NA", "N/A", "n/a", "#N/A", "#NA", "nan", "NaN", "-nan", "NULL", "null", "None", "<NA>")}
_DAY = r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?|\d{8}"
_ZONE = r"(?s).*:\d\d(?:\.\d+)?\s*(?:Z|[+-]\d\d(?::?\d\d)?)"
_ROUNDED = r"\d(\.\d+)?[eE]\+\d{2,}"


def read_column(values, field):
    """Read a column as its field says, whatever wrote it.

    Parameters
    ----------
    values : Series
        Text or typed; empty cells are missing.
    field : dict
        From `codebook_fields.fields`.

    Returns
    -------
    Series
        Numbers, moments or text; missing where a value is not of its kind.

    Examples
    --------
    >>> read_column(pd.Series(["4", "x"]), {"type": "integer"}).tolist()
    [4.0, nan]
    """
    if field["type"] in NUMBERS:
        if values.dtype.kind in "mM":  # to pandas days and times are so many nanoseconds
            return pd.Series(np.nan, index=values.index)
        if isinstance(values.dtype, pd.StringDtype):  # answers repeat: each text is read once
            places, different = pd.factorize(values, use_na_sentinel=False)
            numbers = _numbers(pd.Series(different)).to_numpy()[places]
            return pd.Series(numbers, index=values.index, name=values.name)
        return _numbers(values)
    if field["type"] in DATES and isinstance(values.dtype, pd.DatetimeTZDtype):
        return values.dt.tz_localize(None)
    if field["type"] in DATES and values.dtype.kind == "M":
        return values
    texts = values if isinstance(values.dtype, pd.StringDtype) else values.astype("str").where(values.notna())
    if field["type"] not in DATES:
        return texts
    return pd.to_datetime(texts.where(_fits(texts, _DAY)), errors="coerce", format="ISO8601")


def _numbers(values):
    read = pd.to_numeric(values, errors="coerce").astype(float)
    endless = np.isinf(read.to_numpy())
    return read.mask(endless) if endless.any() else read


def sizes(read, field):
    """Yield each rule about the size of a number, the rows that break it, and what is expected.

    Parameters
    ----------
    read : Series
        Numbers.
    field : dict
        From `codebook_fields.fields`.

    Examples
    --------
    >>> [(rule, wrong.tolist()) for rule, wrong, _ in sizes(pd.Series([-1.0, 2.5]), {"name": "visits", "type": "integer"})]
    [('range', [False, False]), ('sign', [True, False]), ('whole', [False, True])]
    """
    bounds, said = _range_of(field), allowed_values(field)
    listed = [number for number in bounds.get("enum", []) if isinstance(number, (int, float))]
    fair = read.isin([*listed, field.get("dont_know")]) | read.isna()
    low, high = (bounds.get(side) for side in ("minimum", "maximum"))
    off = pd.Series(bool(listed), index=read.index)
    off |= read < low if isinstance(low, (int, float)) else False
    off |= read > high if isinstance(high, (int, float)) else False
    yield ("scale" if "scale" in field else "range"), off & ~fair, said
    yield "sign", (read < 0) & bool(re.search(cross_rules()["signless"], field["name"])) & ~fair, "≥ 0"
    if field["type"] == "integer":
        yield "whole", (read % 1 != 0) & ~fair, said


def _range_of(field):
    """What a field allows: as the codebook says, or as its name does in every bank.

    Examples
    --------
    >>> _range_of({"name": "birth_year", "constraints": {"required": True}})["minimum"]
    1901
    """
    return _named(field["name"]) | field.get("constraints", {})


@cache
def _named(name):
    """The limits that hold for every column of this name; nothing that has happened lies in the future."""
    found = next((sides for sign, sides in cross_rules()["limits"].items() if re.search(sign, name)), {})
    # A computer whose clock has stopped does not make last year the future. A day more, for other zones.
    today = max(datetime.date.today(), datetime.date(2026, 1, 1)) + datetime.timedelta(days=1)
    now = {"year": today.year, "day": today.isoformat()}
    return {side: now.get(value, value) for side, value in found.items()}


def allowed_values(field):
    """The values that a field allows, in signs that both languages read.

    Examples
    --------
    >>> allowed_values({"name": "P1", "constraints": {"minimum": 1, "maximum": 7}, "dont_know": 9})
    '1–7, 9'
    """
    bounds = _range_of(field)
    if "enum" in bounds:
        return ", ".join(map(str, bounds["enum"][:12]))
    low, high = (bounds.get(side, "") for side in ("minimum", "maximum"))
    span = (
        f"{low}–{high}"
        if low != "" != high
        else f"≥ {low}"
        if low != ""
        else f"≤ {high}"
        if high != ""
        else ""
    )
    unknown = field.get("dont_know")
    return f"{span}, {unknown}" if unknown is not None else span


def plain_id(text):
    """An id as it was probably meant: half-width, without blanks around it or characters that nobody sees.

    Examples
    --------
    >>> plain_id("Ｂ０７ ")
    'B07'
    """
    return unicodedata.normalize("NFKC", escaping.line(text))


def days(values, read, field):
    """Yield each rule about days and times, the rows that break it, and what is expected."""
    zoned = pd.Series(isinstance(values.dtype, pd.DatetimeTZDtype), index=values.index)
    if values.dtype.kind != "M":
        zoned = _fits(values.astype("str"), _ZONE)
    yield "zone", zoned, ""
    yield "date", read.isna(), "2025-03-31 09:05:00" if field["type"] == "datetime" else "2025-03-31"
    bounds, days = _range_of(field), read.dt.normalize()
    low, high = (
        pd.to_datetime(str(bounds.get(side, ""))[:10], errors="coerce") for side in ("minimum", "maximum")
    )
    yield "range", (days < low) | (days > high), allowed_values(field)


def words(texts, field, *, is_id):
    """Yield each rule about a text, of different ones, which break it, and what is expected."""
    bounds = field.get("constraints", {})
    listed, pattern = [str(name) for name in bounds.get("enum", [])], bounds.get("pattern")
    # Few need a closer look: those with anything but plain signs in them.
    odd = texts[texts.str.contains(r"[^!-~]")]
    seen = odd.map(plain_id).reindex(texts.index).fillna(texts)
    if bounds.get("required"):
        yield "word", texts.isin(NO_VALUE - set(listed)) | (seen == ""), ""
    if is_id:
        yield "rounded", texts.str.fullmatch(_ROUNDED), ""
        yield "id", seen != texts, ""
    if listed:
        yield "listed", ~texts.isin(listed), ", ".join(listed[:8])
    if pattern is not None:
        yield "pattern", ~_fits(texts, pattern), f"pattern: {pattern}"
    for rule, beyond in (("minLength", np.less), ("maxLength", np.greater)):
        if rule in bounds:
            yield "pattern", beyond(texts.str.len(), bounds[rule]), f"{rule}: {bounds[rule]}"


def _fits(texts, pattern):
    """Which texts have this form from end to end, told by the same engine as `compiled`, a column at a time."""
    found = pc.match_substring_regex(pa.array(texts, pa.large_string()), rf"\A(?:{pattern})\z")
    return pd.Series(found.to_numpy(zero_copy_only=False).astype(bool), index=texts.index)


@cache
def cross_rules():
    """Read the rules that hold between columns, and by their names.

    Examples
    --------
    >>> cross_rules()["part"][0]
    ['digital_completed', 'digital_started']
    """
    return json.loads(RULES.read_text(encoding="utf-8"))
