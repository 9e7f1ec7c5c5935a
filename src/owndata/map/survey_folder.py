"""From an export and its mapping to a folder of tables that the lessons and `course run --data` accept."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from owndata.identify import formula_text
from owndata.map import (
    answer_readers,
    branch_columns,
    corrected_mapping,
    folders,
    mapped_codebook,
    questions,
    small_groups,
    waves,
)
from owndata.read import sheets
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
    corrected_mapping.judge(mapping, sheet)
    sheet = replace(sheet, cells=branch_columns.filled(sheet.cells, mapping.settings))
    readers, named = answer_readers.readers(sheet, mapping), answer_readers.branches(sheet, mapping)
    heading = mapping.columns.loc[mapping.columns["role"] == "branch", "heading"].iloc[0]
    ids, places, told = _branches(_sizes(sheet.counts(heading), named), smallest=smallest)
    branch = {text: ids.get(name, "") for text, name in named.items()}
    columns = list(dict.fromkeys(["respondent", "branch", *readers]))
    notes = [
        Note("copied", found=len(sheet.cells)),
        *_left_out(mapping, sheet),
        *_emptied(sheet, mapping),
        *_waves(sheet, mapping),
        *told,
    ]
    package = mapped_codebook.package(
        mapping, columns=columns, n=len(sheet.cells), branches=places, title=sheet.path.stem
    )
    with folders.whole(out) as draft:
        for start in range(0, len(sheet.cells), sheets.BATCH):
            piece = sheet.cells.iloc[start : start + sheets.BATCH].astype("str")
            rows = {column: read(piece[asked]) for column, (asked, read) in readers.items()}
            rows["branch"] = piece[heading].map(branch)
            rows.setdefault("respondent", [f"R{start + i:05d}" for i in range(1, len(piece) + 1)])
            _write(pd.DataFrame(rows, index=piece.index)[columns], draft / "servqual.csv", first=not start)
        _write(places, draft / "branches.csv")
        folders.write_json(draft / "datapackage.json", package)
        for name in mappings:
            (draft / name).write_bytes((out / name).read_bytes())
    return notes


def _write(table, path, *, first=True):
    """Add rows to a table: a survey may have millions, and comes in pieces."""
    formula_text.table(table).to_csv(path, mode="a", header=first, index=False, lineterminator="\n")


def _emptied(sheet, mapping):
    found = answer_readers.emptied(sheet, mapping)
    if found:
        n, which = found.total(), questions.listed(f"{text} ×{k}" for text, k in found.most_common())
        yield Note("emptied", found=(f"{n} skipped answers ({which})", f"{n} 个跳过的回答（{which}）"))


def _waves(sheet, mapping):
    """Say which wave got which number, where these are not the file's own."""
    for heading in mapping.columns.loc[mapping.columns["role"] == "wave", "heading"]:
        counts = sheet.counts(heading)
        if (known := waves.numbers(counts)) and waves.are_renumbered(counts):
            shown = sorted(known.items(), key=lambda pair: pair[1])
            yield Note(
                "waves", column=heading, found=", ".join(f"{text} = {number}" for text, number in shown)
            )


def _sizes(counts, named):
    """How many respondents each branch has."""
    names = pd.Series({text: name for text, name in named.items() if name}, dtype="str")
    return pd.Series(dict(counts), dtype=int).reindex(names.index).groupby(names).sum()


def _branches(sizes, *, smallest):
    """Give the branches their ids, and return these, their table and what was done; small ones become one."""
    ids = _branch_ids(sorted(sizes.index))
    joined = small_groups.few(sizes, smallest=smallest)
    ids |= dict.fromkeys(joined, OTHER[0])
    places = pd.DataFrame({"branch": list(ids.values()), "name_en": list(ids), "name_zh": list(ids)})
    places = places[places["branch"] != OTHER[0]]
    if joined:
        places.loc[len(ids)] = OTHER
    counts = sizes.groupby(ids).sum()
    notes = [Note("merged", column=", ".join(joined), found=int(counts[OTHER[0]]))] if joined else []
    notes += [
        Note("drawn_in", column=name, found=int(sizes[name])) for name in joined if sizes[name] >= smallest
    ]
    shown = [
        ", ".join(f"{name} {counts[one]}" for one, name in places[["branch", column]].itertuples(index=False))
        for column in ("name_en", "name_zh")
    ]
    return ids, places, [*notes, Note("counts", found=tuple(shown))]


def _branch_ids(names):
    """Map name → id: the bank's own codes where they are codes, else B01, B02 … in order of the names."""
    if all(re.fullmatch(r"[A-Za-z]\w{0,11}", name, re.ASCII) and name != OTHER[0] for name in names):
        return {name: name for name in names}
    if all(re.fullmatch(r"\d{1,11}", name) for name in names) and "00" not in names:
        return {name: f"B{name}" for name in names}
    return {name: f"B{i:02d}" for i, name in enumerate(names, start=1)}


def _left_out(mapping, sheet):
    """A note for every column that stays behind: new ones, identifiers, and what else was not asked for."""
    yield from (
        Note("column_new", column=one)
        for one in sheet.cells.columns
        if one not in set(mapping.columns["heading"])
    )
    gone = mapping.columns[mapping.columns["role"].isin(("identifier", "ignore"))]
    kinds = {"identifier": "column_identifier", "ignore": "column_ignored"}
    for row in gone.to_dict("records"):
        multiple = "┋" in (row["note"] or "") or "┋" in (row["examples"] or "")
        yield Note("column_multiple" if multiple else kinds[row["role"]], column=row["heading"])
