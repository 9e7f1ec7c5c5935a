"""CSV and its relatives as rows of text: encoding, delimiter and broken quotes found out, never guessed in silence."""

import codecs
import csv
import re
from collections import Counter, deque
from functools import partial
from itertools import islice

import pyarrow as pa
from pyarrow import csv as csv_reader

from helpers.bank.language import Both
from owndata.read import encodings
from owndata.say.problems import cannot_read, problem

AT_ONCE = 100_000  # characters read ahead
MOST_AT_ONCE = 2_000_000_000  # bytes that pyarrow takes as one block
LONGEST_LINE = 4_000_000  # characters; no survey has such a row
csv.field_size_limit(LONGEST_LINE)  # at the usual limit a long comment passes for a quotation never closed
DELIMITERS = {",": Both("commas", "逗号"), "\t": Both("tabs", "制表符"), ";": Both("semicolons", "分号"), "|": Both("bars (|)", "竖线（|）")}  # fmt: skip
_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\xef\xbb\xbf": "utf-8-sig",
}
_ODD = {"nul": re.compile("\0"), "damaged_text": re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯|ï»¿")}


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
    rows : Rows
        Gives one list of str a row, as a spreadsheet would count them; the first is row 1.
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
    return Rows(path, encoding, delimiter, found, skip=bool(told)), encoding, found


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


class Rows:
    """The rows of a text, one by one, or many at once where nothing in their lines needs a closer look.

    Parameters
    ----------
    path : Path
        The file.
    encoding, delimiter : str
        As found out.
    found : list of Problem
        Lost characters and NUL bytes are told here, at their first row.
    skip : bool
        Whether the first line names the delimiter.
    """

    def __init__(self, path, encoding, delimiter, found, *, skip):
        self.path, self.delimiter, self._found = path, delimiter, found
        self._told, self._line, self._ahead, self._record = 0, 0, deque(), []
        self._seen, self._odd, self._width = (
            0,
            {},
            0,
        )  # lines that were cleaned; kind → its first line, what stood there
        self._blocks = self._read(encoding, skip=skip)
        self.waiting = 0  # lines that were looked at and must be read one by one
        self._rows = csv.reader(self._next_lines(), delimiter=delimiter, strict=True)

    def __iter__(self):
        return self

    def __next__(self):
        self._record = []
        try:
            row = next(self._rows)
        except csv.Error:
            raise cannot_read("quote", file=self.path.name, row=self._told + 1) from None
        self._width = self._width or len(row) * (len(row) > 1)
        if len(self._record) > 1 and self._swallowed():
            raise cannot_read("quote", file=self.path.name, row=self._told + 1)
        self._told += 1
        return row

    def _swallowed(self):
        """Whether the lines of one row are each a row (all begin with an id, or none): a quotation mark never meant."""
        ids = [bool(re.search(r"\d", line.partition(self.delimiter)[0])) for line in self._record]
        full = [line.count(self.delimiter) == self._width - 1 for line in self._record]
        alike = sum(one and digit == ids[0] for one, digit in zip(full, ids, strict=True))
        return self._width > 3 and alike >= 0.9 * len(self._record)

    def plain(self, columns, most):
        """Take the next lines at once, if each is as many cells as there are columns and none is quoted.

        Parameters
        ----------
        columns : list of str
            The headings.
        most : int
            How many lines to look at.

        Returns
        -------
        pyarrow.Table or None
            Text; None where there is no line, or `waiting` of them must be read one by one.
        """
        while len(self._ahead) < most and (block := next(self._blocks, None)):
            self._ahead.extend(block)
        lines = list(islice(self._ahead, most))
        text = "".join(lines)
        if lines and columns and _is_even(text):
            try:
                source, how = pa.BufferReader(text.encode()), _as_text(columns, self.delimiter)
                table = csv_reader.read_csv(source, *how)
            except pa.ArrowInvalid:
                table = None  # a row is shorter or longer than the headings
            if table is not None and len(table) == len(lines):
                self._tell(self._line + len(lines))
                self._told += len(lines)
                self._line += len(lines)
                for _ in lines:
                    self._ahead.popleft()
                return table
        self.waiting = len(lines)
        return None

    def _read(self, encoding, *, skip):
        """Lines in blocks, clean."""
        try:
            with self.path.open(encoding=encoding, newline="") as lines:
                if skip:
                    lines.readline()
                while block := lines.readlines(AT_ONCE):
                    yield self._clean(block)
        except UnicodeError as error:
            raise cannot_read("damaged", file=self.path.name, why=type(error).__name__) from None

    def _next_lines(self):
        """Lines that were looked at already, then those of the file."""
        while self._ahead or (block := next(self._blocks, None)):
            if not self._ahead:
                self._ahead.extend(block)
            self.waiting = max(self.waiting - 1, 0)
            self._line += 1
            self._tell(self._line)
            self._record.append(self._ahead[0])
            yield self._ahead.popleft()

    def _clean(self, block):
        """Drop NUL characters, and note once what was lost before the file came to us."""
        text, before = "".join(block), self._seen
        self._seen += len(block)
        for kind, sign in _ODD.items():
            if kind not in self._odd and sign.search(text):
                number, seen = next(
                    (i, seen) for i, line in enumerate(block, before + 1) if (seen := sign.search(line))
                )
                self._odd[kind] = number, {"found": seen[0]} if kind == "damaged_text" else {}
        return [line.replace("\0", "") for line in block] if "\0" in text else block

    def _tell(self, line):
        """Note what is odd about the lines up to this one, each kind once, by the row that it is in."""
        for kind, (number, more) in self._odd.items():
            if self._line <= number <= line and more is not None:
                row = self._told + max(number - self._line, 1)
                self._found.append(problem(kind, file=self.path.name, row=row, **more))
                self._odd[kind] = number, None


def _is_even(text):
    """Whether each line is a row: no quotation marks, no empty lines, line ends as on Unix and Windows, no BOM."""
    empty = text[:1] in ("", "\r", "\n", "\ufeff") or "\n\n" in text or "\n\r\n" in text
    return '"' not in text and not empty and text.count("\r") == text.count("\r\n")


def _as_text(columns, delimiter):
    """Tell pyarrow to take each cell as it stands there."""
    kinds = dict.fromkeys(columns, pa.large_string())
    return (
        csv_reader.ReadOptions(column_names=columns, use_threads=False, block_size=MOST_AT_ONCE),
        csv_reader.ParseOptions(
            delimiter=delimiter, quote_char=False, escape_char=False, ignore_empty_lines=False
        ),
        csv_reader.ConvertOptions(column_types=kinds, strings_can_be_null=False, check_utf8=False),
    )


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
    if _is_utf8(path):
        return "utf-8"
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


def _is_utf8(path):
    """Whether a whole file is plainly UTF-8, told by large blocks; False also where a line may have no end."""
    decoder, run = codecs.getincrementaldecoder("utf-8")(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 16):
                decoder.decode(block)
                run = len(block) - block.rfind(b"\n") if b"\n" in block else run + len(block)
                if run >= LONGEST_LINE:
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


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
