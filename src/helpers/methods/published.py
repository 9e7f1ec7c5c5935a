"""Figures as they were published, beside what is computed here: does a published table come back?

``published.csv`` holds them: the digits as text, because 0.30 says more than 0.3, with source, place and convention, and
whether somebody saw them. No printed page was at hand; what was seen is a text that names the source.
"""

from pathlib import Path

import pandas as pd

from helpers.bank import checks
from helpers.bank.language import pick, wrong

FILE = Path(__file__).with_suffix(".csv")
EDGE = 1e-6  # of a unit of the last digit: what lies on the edge of the tolerance agrees


def printed():
    """Read every published figure of the collection.

    Returns
    -------
    DataFrame
        One row is one figure: `source`, `key`, `quantity` and `quantity_zh` (what it is), `page` (section, table or
        output, as far as known), `published` (text, digits as published), `tolerance` (half a unit of the last digit,
        where the file names none), `convention`; `seen` (``text``: these digits stand in a public text that names the
        source, at `where`; ``computed``: nobody saw them, only the computation confirms them) and `counts`, ``yes`` or
        ``no``.

    Examples
    --------
    >>> printed().query("key == 'bgnbd_r'")[["published", "tolerance"]].values.tolist()
    [['0.243', 0.0005]]
    """
    table = pd.read_csv(FILE, dtype=str, keep_default_na=False, encoding="utf-8")
    places = table["published"].str.partition(".")[2].str.len()
    half = 0.5 * 10.0 ** -places.astype(float)
    return table.assign(tolerance=pd.to_numeric(table["tolerance"]).fillna(half))


def beside(computed, *, source):
    """Set computed figures beside those that a source printed.

    Parameters
    ----------
    computed : Series
        Key of a figure → number, unrounded.
    source : str
        The source, as in ``printed``.

    Returns
    -------
    DataFrame
        One row for each figure, in the order given: `key`, `quantity`; `published`, `computed` (one digit more) and
        `off` (computed minus published) as text; `agrees`, within the tolerance; `exact`, rounded to the printed digits.

    Raises
    ------
    WrongValue
        If the source printed no such figure, or a number is missing.

    Examples
    --------
    >>> beside(pd.Series({"bgnbd_r": 0.24259}), source="Fader, Hardie & Lee 2005")[["computed", "agrees"]].values.tolist()
    [['0.2426', True]]
    """
    checks.complete(computed.to_frame("computed"), name="computed")
    known = printed().query("source == @source").set_index("key")
    if strangers := [key for key in computed.index if key not in known.index]:
        raise wrong("published.unknown", listed=strangers, source=source)
    table = known.loc[computed.index]
    places = table["published"].str.partition(".")[2].str.len() + 1
    off = computed - table["published"].astype(float)
    unit = 10.0 ** (1.0 - places)
    edge = EDGE * unit
    return pd.DataFrame({
        "quantity": table[pick(en="quantity", zh="quantity_zh")],
        "published": table["published"],
        "computed": [f"{value:.{digits}f}" for value, digits in zip(computed, places, strict=True)],
        "off": [f"{value:+.{digits}f}" for value, digits in zip(off, places, strict=True)],
        "agrees": off.abs() <= table["tolerance"] + edge,
        "exact": off.abs() <= 0.5 * unit + edge,
    }).rename_axis("key").reset_index()  # fmt: skip
