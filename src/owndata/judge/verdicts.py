"""One value held against its field: what is wrong with it, and what it would be read as."""

import re
import unicodedata

from frictionless import Field

from owndata.judge import patterns
from owndata.map import meaning
from owndata.say.problems import Both

SKIPS = {-2.0, -3.0}  # platforms write these for "skipped" and "not shown"
_SIGNLESS = re.compile(r"wait|second|minute|duration|count|visits|tenure|时长|等候|等待|用时")


class Judge:
    """Judge the values of one column.

    Parameters
    ----------
    field : dict
        A field of the codebook (`contract.fields`).
    is_key : bool
        Whether the column identifies rows here or in another table.
    """

    def __init__(self, field, *, is_key=False):
        self.field, self.is_key, self.limits = field, is_key, field.get("constraints", {})
        self.expected = _expected(field, self.limits)
        bare = {name: field[name] for name in ("name", "type", "format") if name in field}
        self._read = Field.from_descriptor({**bare, "constraints": self._others()}).create_cell_reader()
        self._spellings = {_plain(name): str(name) for name in self.limits.get("enum", [])}
        for name, labels in (field.get("values") or {}).items():
            self._spellings |= {_plain(label): name for label in labels.values()}

    def verdict(self, text):
        """Say what is wrong with one value.

        Parameters
        ----------
        text : str
            What stands in the cell; not empty.

        Returns
        -------
        tuple or None
            None where nothing is wrong; else the name of the sentence and what it names besides.
        """
        kind = self.field.get("type", "string")
        if kind in ("integer", "number"):
            return self._number(text) or self._contract(text)
        if kind in ("date", "datetime"):
            return self._date(text)
        return self._text(text) or self._contract(text)

    def _number(self, text):
        how, value = meaning.number(text)
        expected = {"expected": self.expected}
        if value is not None and (wrong := self._off(value)):
            return wrong, expected
        if how is None:
            return None
        return how, expected | ({"read": f"{value:.15g}"} if value is not None else {})

    def _off(self, value):
        """Whether a number is one that this field does not allow."""
        allowed = [n for n in self.limits.get("enum", []) if isinstance(n, (int, float))]
        if value in allowed or self._means_unknown(value):
            return None
        low, high = _bound(self.limits, "minimum"), _bound(self.limits, "maximum")
        if allowed or not low <= value <= high:
            if "scale" in self.field:
                return "skip_code" if value in SKIPS and low >= 0 else "off_scale"
            return "negative" if value < 0 <= low else "off_range"
        if value < 0 and _SIGNLESS.search(self.field["name"]):
            return "negative"
        return "not_whole" if self.field["type"] == "integer" and value != int(value) else None

    def _means_unknown(self, value):
        """The code for "I cannot say" is allowed where perceptions are asked."""
        return value == self.field.get("dont_know") and not self.field["name"].startswith("E")

    def _date(self, text):
        how, value = meaning.date(text)
        low, high = (str(self.limits.get(side, ""))[:10] for side in ("minimum", "maximum"))  # days
        if value is not None and not low <= value.isoformat() <= (high or "9999"):
            return "off_range", {"expected": self.expected}
        return how and (how, {"expected": "2025-03-31"} | ({"read": value.isoformat()} if value else {}))

    def _text(self, text):
        """Ids and words of a list."""
        clean = as_id(text) if self.is_key else meaning.seen(text)
        if text in meaning.PANDAS_MISSING or not clean:
            return "required_word" if self.limits.get("required") else "missing_word", {}
        if self.is_key and re.fullmatch(r"\d(\.\d+)?[eE]\+\d{2,}", clean):
            return "id_number", {}
        if (self.is_key or self._spellings) and clean != text:
            return "id_spaces", {"read": clean}
        listed = [str(name) for name in self.limits.get("enum", [])]
        if not listed or text in listed:
            return None
        meant = self._spellings.get(_plain(text))
        return (
            ("label_for_id", {"read": meant})
            if meant
            else ("not_listed", {"expected": ", ".join(listed[:8])})
        )

    def _contract(self, text):
        """Whatever else Frictionless finds."""
        pattern = self.limits.get("pattern")
        if pattern is not None and not patterns.matches(pattern, text):
            return "contract", {"expected": f"pattern: {pattern}"}
        if not self._others() and self.field.get("type", "string") in ("string", "integer", "number"):
            return None
        broken = self._read(text)[1] or {}
        rules = [f"{name}: {self.limits.get(name, self.field.get(name, name))}" for name in broken]
        return ("contract", {"expected": "; ".join(rules)}) if rules else None

    def _others(self):
        """Rules that are not judged here by name."""
        here = {"required", "unique", "minimum", "maximum", "enum", "pattern"}
        kept = (
            ()
            if self.field.get("type", "string") in ("string", "integer", "number", "date")
            else here - {"unique", "pattern"}
        )
        return {name: rule for name, rule in self.limits.items() if name not in here or name in kept}


def as_id(text):
    """An id as it was probably meant: half-width, without blanks around it or invisible characters.

    Parameters
    ----------
    text : str
        What stands in the cell.

    Returns
    -------
    str
        The id.

    Examples
    --------
    >>> as_id("Ｂ０７ ")
    'B07'
    """
    return unicodedata.normalize("NFKC", meaning.seen(text))


def _bound(limits, side):
    value = limits.get(side)
    return value if isinstance(value, (int, float)) else float("-inf" if side == "minimum" else "inf")


def _expected(field, limits):
    """The values a field allows; in signs that both languages read, where there are limits."""
    if "enum" in limits:
        return ", ".join(str(value) for value in limits["enum"][:12])
    low, high = limits.get("minimum"), limits.get("maximum")
    span = (
        f"{low}–{high}"
        if None not in (low, high)
        else f"≥ {low}"
        if low is not None
        else f"≤ {high}"
        if high is not None
        else ""
    )
    unknown = field.get("dont_know")
    if unknown is not None and not field["name"].startswith("E"):
        return f"{span}, {unknown}"
    return span or Both("digits only", "只用数字")


def _plain(text):
    """A word without regard to width, case and blanks."""
    return "".join(unicodedata.normalize("NFKC", str(text)).casefold().split())
