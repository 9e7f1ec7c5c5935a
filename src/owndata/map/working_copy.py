"""From an export and its mapping to a folder of tables that the lessons and `course run --data` accept."""

import re
from collections import Counter
from pathlib import Path

import pandas as pd

from helpers.bank.language import WrongValue
from owndata.identify import harmless
from owndata.map import (
    codebook,
    corrections,
    days,
    folders,
    meaning,
    names,
    questions,
    roles,
    small_groups,
    words,
)
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
    mappings = [path.name for path in out.glob("mapping*.xlsx")] if out.is_dir() else []
    folders.refuse_occupied(out, ours=(*OURS, *mappings))
    corrections.judge(mapping, sheet)
    rows, notes = _survey(sheet, mapping)
    places, told = _branches(rows, smallest=smallest)
    notes = [Note("copied", found=len(rows)), *_left_out(mapping), *notes, *told]
    package = codebook.package(mapping, rows=rows, branches=places, title=sheet.path.stem)
    with folders.whole(out) as draft:
        _write(rows, draft / "servqual.csv")
        _write(places, draft / "branches.csv")
        folders.write_json(draft / "datapackage.json", package)
        for name in mappings:
            (draft / name).write_bytes((out / name).read_bytes())
    return notes


def _write(table, path):
    harmless.table(table).to_csv(path, index=False, lineterminator="\n")


def _survey(sheet, mapping):
    """Build the survey table, one row a respondent, all text."""
    table, cells, notes = mapping.columns, sheet.cells, []
    rows = pd.DataFrame(index=cells.index)
    rows["respondent"] = _respondents(table, cells)
    found = {role: table.loc[table["role"] == role, "heading"] for role in roles.ROLES}
    places = found["branch"].iloc[0]
    rows["branch"] = _branch_names(cells[places], mapping.settings.get(f"one_name {places}", False))
    for role, reader in (("wave", _whole), ("date", _dates(mapping, sheet)), ("seconds", _seconds)):
        for heading in found[role]:
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
    emptied = _emptied(rows, table, cells, letters)
    if emptied:
        n, which = emptied.total(), questions.listed(f"{text} ×{k}" for text, k in emptied.most_common())
        notes.append(
            Note("emptied", found=(f"{n} skipped answers ({which})", f"{n} 个跳过的回答（{which}）"))
        )
    return rows, notes


def _emptied(rows, table, cells, letters):
    """Answers that stand for "not answered": which, and how often."""
    found = Counter()
    for row in table[table["role"].isin(roles.RATED)].to_dict("records"):
        column = f"{letters[row['role']]}{row['item']}" if row["role"] in letters else "satisfaction"
        raw = cells[row["heading"]]
        found.update(raw[(rows[column] == "") & (raw.str.strip() != "")])
    return found


def _respondents(table, cells):
    """The file's own ids, a letter before bare numbers; else the rows are numbered."""
    headings = table.loc[table["role"] == "respondent", "heading"]
    if headings.empty:
        return [f"R{i:05d}" for i in range(1, len(cells) + 1)]
    ids = _whole_ids(cells[headings.iloc[0]].str.strip())
    bare = ids.str.fullmatch(r"\d{1,12}")
    # '0001' and '1' are two people: zeros in front are kept wherever they tell ids apart.
    as_written = ids[bare].astype(int).nunique() < ids[bare].nunique()
    return [
        f"R{text}" if number and as_written else f"R{int(text):05d}" if number else text
        for text, number in zip(ids, bare, strict=True)
    ]


def _whole_ids(values):
    """Ids that a program has turned into numbers with a point: '17850.0' is 17850."""
    pointed = values[values != ""].str.fullmatch(r"\d+\.0+").all()
    return values.str.replace(r"\.0+$", "", regex=True) if pointed else values


def _branch_names(values, one_name):
    """Half-width and without outer blanks; several spellings are one where a person has said so."""
    cleaned = _whole_ids(_cleaned(values))
    return names.joined(cleaned) if one_name else cleaned


def _cleaned(values):
    """Half-width and without outer blanks; skip codes emptied."""
    different = {t: "" if words.tidy(t) in words.SKIPPED else " ".join(t.split()) for t in values.unique()}
    return values.map(different)


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


def _seconds(values):
    """Whole seconds out of "125秒", "2分5秒", "00:02:05" or, with a decimal comma, "125,3"."""
    comma = values.str.fullmatch(r"\d+,\d{1,2}").any()
    plain = values.str.replace(",", ".") if comma else values

    def read(text):
        if clock := re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})", text):
            hours, minutes, seconds = (int(part or 0) for part in clock.groups())
            return str(hours * 3600 + minutes * 60 + seconds)
        number = meaning.number(text)[1]
        return text if number is None else f"{number:.0f}"

    return plain.map(read)


def _dates(mapping, sheet):
    """Days as 2025-03-31, in the order of their column, time of day dropped; what cannot be read stays."""

    def reader(values):
        possible = days.orders(values[values != ""].unique())
        order = mapping.settings.get(f"days {values.name}", possible[0] if len(possible) == 1 else None)
        read = {text: days.read(text, order=order, from_1904=sheet.from_1904) for text in values.unique()}
        return values.map(lambda text: read[text].isoformat() if read[text] else text)

    return reader


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
    sizes = found.value_counts()
    notes += [
        Note("drawn_in", column=name, found=int(sizes[name])) for name in joined if sizes[name] >= smallest
    ]
    shown = [
        ", ".join(f"{name} {counts[one]}" for one, name in places[["branch", column]].itertuples(index=False))
        for column in ("name_en", "name_zh")
    ]
    return places, [*notes, Note("counts", found=tuple(shown))]


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
