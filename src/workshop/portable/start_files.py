"""What a double-click opens: a starter for each language, and the page for the IT department."""

import csv
import io

from helpers.bank.language import current, pick
from workshop.pages import templates
from workshop.portable import libraries, signatures

NAMES = {"en": "start.cmd", "zh": "开始.cmd"}
AGAIN = {"en": "as it was.cmd", "zh": "恢复原样.cmd"}
DEPARTMENT = {"en": "for the IT department.html", "zh": "给信息科技部.html"}
UNSIGNED = "unsigned_files.csv"
# A folder dropped on the starter is where the notebooks go. No Chinese in here: consoles read it in their own code page.
_STARTER = """@echo off
set "HERE=%~dp0"
if "%~1"=="" (
  "%HERE%python\\python.exe" -X utf8 -m workshop lab --self-contained --language {language}
) else (
  "%HERE%python\\python.exe" -X utf8 -m workshop lab --self-contained --language {language} --folder "%~1"
)
if errorlevel 1 pause
"""


# A notebook dropped on it comes back as it was given out; the student's version is kept beside it.
_AGAIN = """@echo off
set "HERE=%~dp0"
"%HERE%python\\python.exe" -X utf8 -m workshop reset "%~1" --language {language}
pause
"""


def starter(language):
    """Write the file that starts the lab.

    Parameters
    ----------
    language : {"en", "zh"}
        Of the menus and of everything else.

    Returns
    -------
    str
        A batch file for Windows, ASCII alone, with its line ends; it calls the signed ``python.exe`` and nothing else.
    """
    return _STARTER.format(language=language).replace("\n", "\r\n")


def again(language):
    """Write the file that brings a notebook back which is dropped on it.

    Parameters
    ----------
    language : {"en", "zh"}
        Of what it says.

    Returns
    -------
    str
        A batch file for Windows, as `starter`.
    """
    return _AGAIN.format(language=language).replace("\n", "\r\n")


def department(folder, *, origin, licence):
    """Draw the page for the IT department, and list what no publisher's rule covers.

    Parameters
    ----------
    folder : Path
        The whole folder as it will be zipped.
    origin : str
        Where Python came from.
    licence : str
        The text that must travel with the font.

    Returns
    -------
    tuple of str
        The page, and the list of unsigned programs as CSV.
    """
    rows = signatures.programs(folder)
    unsigned = [(place, size, digest) for place, size, digest, has in rows if not has]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    page = templates.page(
        "portable/it.html", zh=current() == "zh", lang=pick(en="en", zh="zh-CN"), origin=origin, licence=licence, size=size,
        programs=len(rows), signed=[row for row in rows if row[3]], unsigned=unsigned, trimmed=libraries.trimmed(), list=UNSIGNED,
        starter=NAMES[current()], again=AGAIN[current()],
    )  # fmt: skip
    held = io.StringIO()
    csv.writer(held).writerows([("file", "bytes", "sha256"), *unsigned])
    return page, held.getvalue()
