"""Problems as a workbook that a colleague can work through, in one language."""

from pathlib import Path

import xlsxwriter

from helpers.bank import files
from helpers.bank import language as languages
from owndata.identify import formula_text

HEADINGS = {
    "en": ("Severity", "File", "Row", "Column", "Found", "Expected", "What to do"),
    "zh": ("轻重", "文件", "行", "列", "现在是", "应该是", "怎么办"),
}
SEVERITY = {
    "en": {"error": "must be corrected", "repair": "to be rewritten", "notice": "for information"},
    "zh": {"error": "必须改正", "repair": "需要改写", "notice": "供参考"},
}
WIDTHS = (16, 20, 8, 18, 26, 18, 90)


def workbook(problems, path, language=None):
    """Write the problems, one a row; no text in it can act as a formula.

    Parameters
    ----------
    problems : list of Problem
        From `check.check`.
    path : str or Path
        The workbook to write; an older one is replaced.
    language : {"en", "zh"}, optional
        The reader's language; the one spoken now unless said otherwise.

    Returns
    -------
    Path
        The workbook.
    """
    path, before = Path(path), languages.current()
    language = language or before
    languages.use(language)
    try:
        rows = [
            (SEVERITY[language][p.severity], p.file, p.row or "", p.column or "", p.found, str(p.expected), getattr(p, language))
            for p in problems
        ]  # fmt: skip
    finally:
        languages.use(before)
    with files.in_one_piece(path) as draft:
        _write(draft, [HEADINGS[language], *rows])
    return path


def _write(path, rows):
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, plain) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width, wrap)
        for number, row in enumerate(rows):
            sheet.write_row(
                number, 0, [formula_text.text(cell) for cell in row], bold if number == 0 else wrap
            )
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(WIDTHS) - 1)
