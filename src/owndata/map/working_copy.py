"""From an export and its mapping to a folder of tables that the lessons and `course run --data` accept."""

import re
from pathlib import Path

import pandas as pd

from helpers.bank.language import WrongValue
from owndata.identify import harmless
from owndata.map import codebook, corrections, folders, meaning, roles, small_groups, words
from owndata.say.notes import Note

OURS = ("servqual.csv", "branches.csv", "datapackage.json", "mapping.xlsx")
OTHER = ("B00", "Other branches", "其他网点")


def make(sheet, mapping, *, out, smallest=small_groups.SMALLEST):
    """Write the working copy of a survey.

    Parameters
    ----------
    sheet : Sheet
        The export; it is not changed.
    mapping : Mapping
        Read from the corrected workbook.
    out : str or Path
        The folder; it may hold an earlier working copy or the mapping, nothing else.
    smallest : int
        Branches with fewer respondents are merged; 1 keeps them all.

    Returns
    -------
    list of Note
        What was left out, emptied or merged, and how many respondents each branch has.

    Raises
    ------
    WrongValue
        If the mapping does not fit, an answer stands for no number, or the folder holds something else.
    """
    out = Path(out)
    folders.refuse_occupied(out, ours=OURS)
    corrections.judge(mapping, sheet)
    rows, notes = _survey(sheet, mapping)
    places, told = _branches(rows, smallest=smallest)
    notes = [Note("copied", found=len(rows)), *_left_out(mapping), *notes, *told]
    package = codebook.package(mapping, rows=rows, branches=places, title=sheet.path.stem)
    with folders.whole(out) as draft:
        _write(rows, draft / "servqual.csv")
        _write(places, draft / "branches.csv")
        folders.write_json(draft / "datapackage.json", package)
        if (out / "mapping.xlsx").is_file():
            (draft / "mapping.xlsx").write_bytes((out / "mapping.xlsx").read_bytes())
    return notes


def _write(table, path):
    harmless.table(table).to_csv(path, index=False, lineterminator="\n")


def _survey(sheet, mapping):
    """Build the survey table, one row a respondent, all text."""
    table, cells, notes = mapping.columns, sheet.cells, []
    rows = pd.DataFrame(index=cells.index)
    rows["respondent"] = _respondents(table, cells)
    names = {role: table.loc[table["role"] == role, "heading"] for role in roles.ROLES}
    rows["branch"] = _cleaned(cells[names["branch"].iloc[0]])
    for role, reader in (("wave", _whole), ("date", _dates), ("seconds", _whole)):
        for heading in names[role]:
            rows[role] = reader(_cleaned(cells[heading]))
    letters = {"expectation": "E", "perception": "P"}
    for role, letter in letters.items():
        for row in table[table["role"] == role].sort_values("item").to_dict("records"):
            rows[f"{letter}{row['item']}"] = _rated(cells, row, mapping, sheet)
    for row in table[table["role"] == "points"].to_dict("records"):
        dimension = codebook.dimension_ids(mapping)[corrections.name_of(row)]
        rows[f"points_{dimension}"] = _whole(_cleaned(cells[row["heading"]]))
    for row in table[table["role"] == "satisfaction"].to_dict("records"):
        rows["satisfaction"] = _rated(cells, row, mapping, sheet)
    emptied = sum(
        _skipped(cells[row["heading"]]).sum()
        for row in table.to_dict("records")
        if row["role"] in roles.RATED
    )
    if emptied:
        notes.append(Note("emptied", found=int(emptied)))
    return rows, notes


def _respondents(table, cells):
    """The file's own ids, a letter before bare numbers; else the rows are numbered."""
    headings = table.loc[table["role"] == "respondent", "heading"]
    if headings.empty:
        return [f"R{i:05d}" for i in range(1, len(cells) + 1)]
    ids = cells[headings.iloc[0]].str.strip()
    return [f"R{int(text):05d}" if re.fullmatch(r"\d{1,12}", text) else text for text in ids]


def _cleaned(values):
    """Half-width and without outer blanks; skip codes emptied."""
    return values.map(lambda text: "" if words.tidy(text) in words.SKIPPED else " ".join(text.split()))


def _skipped(values):
    return values.map(lambda text: words.tidy(text) in words.SKIPPED and text != "")


def _rated(cells, row, mapping, sheet):
    """The answers to one question as numbers; stop at one that stands for none."""
    values, known = words.read(cells[row["heading"]], table=mapping.words.get(row["words"], {}))
    if not known.all():
        where, count = (~known).idxmax(), int((~known).sum())
        raise WrongValue(
            en=f"{sheet.path.name}, row {where}, column '{row['heading']}': nobody has said which number "
            f"{values[where]!r} stands for ({count} such answers). Add it to the second sheet of the mapping, in group "
            f"{row['words'] or 'A'}, and write this group beside the column.",
            zh=f"{sheet.path.name} 第 {where} 行「{row['heading']}」列：{values[where]!r} 是几分还没有说明（共 {count} 个）。"
            f"请在映射表第二张工作表的选项组 {row['words'] or 'A'} 里补上，并在这一列旁边写上该组。",
        )
    return values


def _whole(values):
    """Numbers such as 125 out of "125秒"; what cannot be read stays for `course data check` to name."""
    return values.map(
        lambda text: text if meaning.number(text)[1] is None else f"{meaning.number(text)[1]:.15g}"
    )


def _dates(values):
    """Days as 2025-03-31, time of day dropped; what cannot be read stays."""
    return values.map(
        lambda text: text if meaning.date(text)[1] is None else meaning.date(text)[1].isoformat()
    )


def _branches(rows, *, smallest):
    """Give the branches ids in `rows`, and return their table; small ones become one."""
    found = rows["branch"].where(rows["branch"] != "")
    ids = _branch_ids(sorted(found.dropna().unique()))
    joined = small_groups.small(found, smallest=smallest)
    ids |= dict.fromkeys(joined, OTHER[0])
    rows["branch"] = found.map(ids).fillna("")
    places = pd.DataFrame({"branch": list(ids.values()), "name_en": list(ids), "name_zh": list(ids)})
    places = places[places["branch"] != OTHER[0]]
    if joined:
        places.loc[len(ids)] = OTHER
    counts = found.map(ids).value_counts()
    notes = [Note("merged", column=", ".join(joined), found=int(counts[OTHER[0]]))] if joined else []
    shown = ", ".join(
        f"{name} {counts[one]}" for one, name in places[["branch", "name_zh"]].itertuples(index=False)
    )
    return places, [*notes, Note("counts", found=shown)]


def _branch_ids(names):
    """Map name → id: the bank's own codes where they are codes, else B01, B02 … in order of the names."""
    if all(re.fullmatch(r"[A-Za-z]\w{0,11}", name, re.ASCII) and name != OTHER[0] for name in names):
        return {name: name for name in names}
    if all(re.fullmatch(r"\d{1,11}", name) for name in names) and "00" not in names:
        return {name: f"B{name}" for name in names}
    return {name: f"B{i:02d}" for i, name in enumerate(names, start=1)}


def _left_out(mapping):
    """A note for every column that stays behind, identifiers by their kind."""
    gone = mapping.columns[mapping.columns["role"].isin(("identifier", "ignore"))]
    kinds = {"identifier": "column_identifier", "ignore": "column_ignored"}
    for row in gone.to_dict("records"):
        multiple = "┋" in (row["note"] or "") or "┋" in (row["examples"] or "")
        yield Note("column_multiple" if multiple else kinds[row["role"]], column=row["heading"])
