"""Answer the questions of a mapping workbook as a person does: in Excel, by choosing from the list."""

import openpyxl


def answer(path, chosen=None):
    """Tick a choice for every open question.

    Parameters
    ----------
    path : Path
        The mapping; it is saved in place.
    chosen : dict, optional
        Kind of question → number of the choice, from 1; the proposed one elsewhere.

    Returns
    -------
    list of str
        The kinds that were asked.
    """
    book = openpyxl.load_workbook(path)
    if book.sheetnames[0] != "问题 questions":
        return []
    sheet, choices, asked = book.worksheets[0], book["可选 choices"], []
    for row in range(2, sheet.max_row + 1):
        key = sheet.cell(row, 1).value
        kind = key.partition(":")[0]
        offered = [line[1].value for line in choices.iter_rows(min_row=2) if line[0].value == key]
        sheet.cell(row, 4).value = offered[(chosen or {}).get(kind, 1) - 1]
        asked.append(kind)
    book.save(path)
    return asked
