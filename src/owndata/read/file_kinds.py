"""What a file really is, told by its first bytes and not by its name."""

import zipfile

from helpers.bank import paths
from helpers.bank.language import Both
from owndata.say.problems import CannotRead, cannot_read

MOST_BYTES = {"text": 2_000_000_000, "workbook": 100_000_000, "parquet": 2_000_000_000, "spss": 500_000_000}
MOST_UNPACKED = 1_000_000_000  # bytes of a workbook's sheets; more is a bomb or no survey
TABLE = Both(
    "Open it and save the table as .xlsx or “CSV UTF-8”.", "请打开它，把其中的表另存为 .xlsx 或“CSV UTF-8”。"
)
UNPACK = Both("Unpack it and name the file inside.", "请先解压，再指定里面的文件。")
AGAIN = Both("Ask for the data as .xlsx or CSV.", "请索取 .xlsx 或 CSV 格式的数据。")

# First bytes (lower case, blanks before them ignored) → what it is, what to do.
MARKS = [
    (b"%pdf", Both("a PDF document", "一份 PDF 文档"), AGAIN),
    (b"rar!", Both("a RAR archive", "一个 RAR 压缩包"), UNPACK),
    (b"7z\xbc\xaf", Both("a 7-Zip archive", "一个 7-Zip 压缩包"), UNPACK),
    (b"\x1f\x8b", Both("a gzip archive", "一个 gzip 压缩包"), UNPACK),
    (b"\x89png", Both("a picture (PNG)", "一张图片（PNG）"), AGAIN),
    (b"\xff\xd8\xff", Both("a picture (JPEG)", "一张图片（JPEG）"), AGAIN),
    (b"gif8", Both("a picture (GIF)", "一张图片（GIF）"), AGAIN),
    (b"{\\rtf", Both("a text document (RTF)", "一份文字文档（RTF）"), TABLE),
    (b"sqlite format 3", Both("an SQLite database", "一个 SQLite 数据库"), AGAIN),
    (b"<stata", Both("a Stata file", "一个 Stata 数据文件"), TABLE),
    (b"mz\x90", Both("a program", "一个程序"), AGAIN),
    (b"\x7felf", Both("a program", "一个程序"), AGAIN),
]
OFFICE = ("~$", ".~lock.")  # how the names of such marks begin
WEB = Both("a web page (old systems export “Excel” files so)", "一个网页（旧系统常这样导出“Excel”文件）")
XML = Both("an XML file", "一个 XML 文件")
JSON = Both("a JSON file", "一个 JSON 文件")
BINARY = Both("not text (there are control characters in it)", "二进制文件，不是文本")


def kind(path):
    """Tell how to read a file.

    Parameters
    ----------
    path : Path
        Any file.

    Returns
    -------
    str
        ``"text"``, ``"workbook"``, ``"parquet"`` or ``"spss"``.

    Raises
    ------
    CannotRead
        If it is absent, empty, too large, or something that holds no table.
    """
    head = _head(path)
    if mark := next((mark for mark in OFFICE if path.name.startswith(mark)), None):
        raise cannot_read("office_lock", file=path.name, found=mark)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        found = _inside_zip(path)
    elif head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") or head[:2] == b"\x09\x08":
        found = "workbook"
    elif head.startswith(b"PAR1"):
        found = "parquet"
    elif head.startswith((b"$FL2", b"$FL3")):
        found = "spss"
    else:
        _refuse_other(path, head)
        found = "text"
    size, most = path.stat().st_size, MOST_BYTES[found]
    if size > most:
        raise cannot_read(
            "too_big", file=path.name, found=f"{size // 1_000_000} MB", expected=f"{most // 1_000_000} MB"
        )
    return found


def _head(path):
    """The first bytes, or why there are none."""
    try:
        if path.is_dir():
            raise cannot_read("not_a_file", file=path.name)
        if path.exists() and not paths.is_regular(path):
            raise cannot_read("not_regular", file=path.name)
        with path.open("rb") as file:
            head = file.read(4096)
    except CannotRead:
        raise
    except FileNotFoundError:
        raise cannot_read("absent", file=path.name) from None
    except (OSError, ValueError) as error:
        raise cannot_read("no_access", file=path.name, why=type(error).__name__) from None
    if not head:
        raise cannot_read("empty_file", file=path.name)
    return head


def _inside_zip(path):
    """Workbooks are zip archives; what else comes so is refused by what it holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            names, unpacked = archive.namelist(), sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise cannot_read("damaged", file=path.name, why=type(error).__name__) from None
    if unpacked > MOST_UNPACKED:
        raise cannot_read(
            "too_big",
            file=path.name,
            found=f"{unpacked // 1_000_000} MB",
            expected=f"{MOST_UNPACKED // 1_000_000} MB",
        )
    if any(name.startswith("xl/workbook") for name in names) or "content.xml" in names:
        return "workbook"
    if any(name.startswith("word/") for name in names):
        raise _other(path, Both("a Word document", "一份 Word 文档"), TABLE)
    raise _other(path, Both("a zip archive", "一个 zip 压缩包"), UNPACK)


def _refuse_other(path, head):
    """Refuse what is known to be no text table."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, what, advice in MARKS:
        if start.startswith(mark):
            raise _other(path, what, advice)
    if (
        start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head"))
        or b"<html" in start[:512]
    ):
        raise _other(path, WEB, TABLE)
    if start.startswith(b"<?xml"):
        raise _other(path, XML, TABLE)
    if start.startswith((b'{"', b"[{", b"[\n", b"{\n")):
        raise _other(path, JSON, AGAIN)
    control = sum(byte < 32 and byte not in b"\t\n\r\x00\x1a\x0b\x0c" for byte in head)
    if control > len(head) * 0.02 and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _other(path, BINARY, AGAIN)


def _other(path, what, advice):
    return cannot_read("other_kind", file=path.name, what=what, advice=advice)
