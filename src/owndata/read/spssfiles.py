"""SPSS files as rows of text: value labels written out, user-missing codes left empty."""

from collections import Counter

import pandas as pd
import pyreadstat

from owndata.say.problems import cannot_read, problem

SHARED = 3  # columns with the very same labels: a rating


def rows(path):
    """Read an SPSS file row by row; the headings count as row 1.

    Parameters
    ----------
    path : Path
        A ``.sav`` or ``.zsav`` file.

    Returns
    -------
    rows, engine, problems
        As in `workbooks`.

    Raises
    ------
    CannotRead
        If the file is damaged.
    """
    try:
        table, about = pyreadstat.read_sav(str(path), user_missing=True)
    except Exception as error:  # the reader's errors are of many kinds
        raise cannot_read("damaged", file=path.name, why=type(error).__name__) from None
    missing = {name: _missing(table[name], about) for name in about.missing_ranges}
    gone = Counter(_text(code) for name, mask in missing.items() for code in table[name][mask])
    codes = ", ".join(f"{code} ({n})" for code, n in gone.most_common(5))
    found = [problem("user_missing", file=path.name, found=codes)] if gone else []
    for name, mask in missing.items():
        table[name] = table[name].mask(mask)
    columns = [_texts(table[name], about) for name in table]
    headings = [_heading(name, about) for name in table]
    return iter([headings, *map(list, zip(*columns, strict=True))]), "spss", found


def _heading(name, about):
    label = " ".join((about.column_names_to_labels.get(name) or "").split())
    return f"{name}. {label}" if label and label != name else name


def _missing(values, about):
    """Which values the file itself declares as missing."""
    found = pd.Series(False, index=values.index)
    for part in about.missing_ranges[values.name]:
        low, high = part["lo"], part["hi"]
        same = values == low if isinstance(low, str) else values.between(low, high)
        found |= same.fillna(False).astype(bool)
    return found


def _texts(values, about):
    """Labels as the answers; with their number where only some have one, or a block of ratings shares them."""
    labels = about.variable_value_labels.get(values.name, {})
    shared = sum(labels == other for other in about.variable_value_labels.values()) >= SHARED
    partly = bool(set(values.dropna()) - set(labels))
    known = {
        code: f"{_text(code)} - {label}" if shared or partly else str(label) for code, label in labels.items()
    }
    return [known.get(value, _text(value)) for value in values]


def _text(value):
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip().removesuffix(" 00:00:00")
