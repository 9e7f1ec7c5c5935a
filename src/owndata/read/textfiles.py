"""CSV and its relatives as rows of text: encoding, delimiter and broken quotes found out, never guessed in silence."""

import csv
import re
from collections import Counter
from functools import partial
from itertools import islice

from owndata.read import encodings
from owndata.say.problems import Both, cannot_read, problem

LONGEST_LINE = 4_000_000  # characters; no survey has such a row
DELIMITERS = {",": Both("commas", "逗号"), "\t": Both("tabs", "制表符"), ";": Both("semicolons", "分号"), "|": Both("bars (|)", "竖线（|）")}  # fmt: skip
_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\xef\xbb\xbf": "utf-8-sig",
}
_LOST = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯|ï»¿")


def rows(path, encoding=None):
    """Read a text file row by row.

    Parameters
    ----------
    path : Path
        A text file.
    encoding : str, optional
        As a person has said; found out otherwise.

    Returns
    -------
    rows : iterator of list of str
        One list a row, as a spreadsheet would count them; the first is row 1.
    encoding : str
        ``"utf-8"``, ``"utf-8-sig"``, ``"utf-16"``, ``"gb18030"`` …
    problems : list of Problem
        What is odd about the file as a whole. It grows while the rows are read.

    Raises
    ------
    CannotRead
        If the file is in two encodings or in an unknown one, or a line never ends; while the rows are
        read, at a quotation mark out of place.
    """
    settled, found = encoding, []
    encoding = encoding or _encoding(path)
    if encoding not in ("utf-8", "utf-8-sig"):
        found.append(problem("encoding", file=path.name, found=encoding.upper(), expected="UTF-8"))
    start = _start(path, encoding)
    if not settled and alternatives(path, encoding):
        found.append(problem("odd_characters", file=path.name, found=encoding.upper(), expected="UTF-8"))
    told = re.match(r"sep=([,;|\t])\r?\n", start, re.IGNORECASE)
    if told:
        found.append(problem("separator_line", file=path.name, row=1, found=told[0].strip()))
        start = start[told.end() :]
    delimiter = told[1] if told else _delimiter(start)
    if delimiter != ",":
        found.append(
            problem("delimiter", file=path.name, expected=",", name=DELIMITERS[delimiter], found=delimiter)
        )
    return _rows(path, encoding, delimiter, found, skip=bool(told)), encoding, found


def alternatives(path, encoding):
    """List what a text may be written in, where that is doubtful.

    Parameters
    ----------
    path : Path
        A text file.
    encoding : str
        As which it was read.

    Returns
    -------
    list of (str, str)
        Encodings and how some words read in each; empty where nothing is doubtful.
    """
    if encoding.startswith("utf") or encoding not in encodings.LANGUAGES:
        return []
    found = encodings.plausible(path)
    return [] if len(found) == 1 else found or [(name, "") for name in encodings.LANGUAGES]


def _rows(path, encoding, delimiter, found, *, skip):
    """Yield the rows; lost characters and NUL bytes are told at their first row."""
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as lines:
            if skip:
                next(lines)
            for row in csv.reader(_clean(lines, path, found), delimiter=delimiter, strict=True):
                number += 1
                yield row
    except csv.Error:
        raise cannot_read("quote", file=path.name, row=number + 1) from None
    except UnicodeError as error:
        raise cannot_read("damaged", file=path.name, why=type(error).__name__) from None


def _clean(lines, path, found):
    """Drop NUL characters, and note once what was lost before the file came to us."""
    nul = lost = False
    for number, line in enumerate(lines, 1):
        if "\0" in line:
            if not nul:
                found.append(problem("nul", file=path.name, row=number))
            nul, line = True, line.replace("\0", "")
        if not lost and not line.isascii() and (seen := _LOST.search(line)):
            lost = True
            found.append(problem("damaged_text", file=path.name, row=number, found=seen[0]))
        yield line


def _encoding(path):
    """Find the encoding by reading every line: marks first, then UTF-8, then what reads like a language."""
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return _decodes(path, name)
    wide = {"utf-16-le": head[1::2].count(0), "utf-16-be": head[0::2].count(0)}
    name = max(wide, key=wide.get)
    text = head.decode(name, errors="replace")[:-1]
    if wide[name] > 4 * min(wide.values()) and "\n" in text and "\ufffd" not in text and _rare(text) < 0.5:
        return _decodes(path, name)
    utf, other = _lines(path)
    if utf and other:
        raise cannot_read("mixed_encodings", file=path.name, utf=utf, other=other)
    if not other:
        return "utf-8"
    found = encodings.plausible(path)
    return found[0][0] if found else encodings.decodable(path)


def _decodes(path, encoding):
    """Return the encoding its mark names, if the whole file agrees."""
    number = 1
    try:
        with path.open(encoding=encoding, newline="") as lines:
            for number, _line in enumerate(_bounded(lines, path), 1):  # noqa: B007
                pass
    except UnicodeError:
        if encoding != "utf-8-sig":
            raise cannot_read("damaged", file=path.name, why=encoding.upper()) from None
        utf, other = _lines(path)
        raise cannot_read("mixed_encodings", file=path.name, utf=utf or 1, other=other or number) from None
    return encoding


def _lines(path):
    """The first line that is surely UTF-8 and the first that is not; 0 where there is none.

    A short GBK word can pass for UTF-8 by chance, but not as a character of three bytes, so only those
    count as sure.
    """
    utf = other = 0
    with path.open(encoding="latin-1", newline="") as lines:  # latin-1 keeps every byte
        for number, line in enumerate(_bounded(lines, path), 1):
            if line.isascii():
                continue
            try:
                if max(line.encode("latin-1").decode("utf-8")) > "\u07ff":
                    utf = utf or number
            except UnicodeDecodeError:
                other = other or number
    return utf, other


def _bounded(lines, path):
    """Yield lines, refusing one without end before it fills the memory."""
    for number, line in enumerate(iter(partial(lines.readline, LONGEST_LINE), ""), 1):
        if len(line) >= LONGEST_LINE:
            raise cannot_read("endless_line", file=path.name, line=number, expected=f"{LONGEST_LINE:,}")
        yield line


def _start(path, encoding, characters=100_000):
    """The first characters, from which delimiter and likelihood are judged."""
    with path.open(encoding=encoding, newline="") as file:
        return file.read(characters)


def _rare(text):
    """Share of the Chinese characters that GB 2312, the set of everyday ones, lacks."""
    wide = [c for c in text if not c.isascii()]
    return sum(not _everyday(c) for c in wide) / len(wide) if wide else 0.0


def _everyday(character):
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _delimiter(text):
    """The character that cuts most of the first rows into the same number of cells, more than one."""
    lines = text.splitlines(keepends=True)
    complete = (
        lines[:-1] if len(lines) > 1 and not text.endswith(("\n", "\r")) and len(text) >= 100_000 else lines
    )
    return max(DELIMITERS, key=partial(_regularity, complete))


def _regularity(lines, delimiter):
    """How many of the first rows have the commonest width, and that width."""
    widths = Counter()
    try:
        for row in islice(csv.reader(lines, delimiter=delimiter), 50):
            if len(row) > 1:
                widths[len(row)] += 1
    except csv.Error:
        pass
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
