"""Judge a folder before a lesson runs on it: every problem, where it is and what to do, worst first."""

from pathlib import Path

from helpers.bank.codebook_fields import fields, foreign_keys
from helpers.bank.codebook_findings import Seen, ids
from owndata.judge import user_codebook
from owndata.judge.problem_workbook import workbook
from owndata.judge.table_check import Table
from owndata.judge.together import Together
from owndata.read import sheets
from owndata.say.problems import CannotRead, Tally, problem

__all__ = ["check", "passes", "workbook"]

OURS = {user_codebook.FILE, "truth.json", "mapping.xlsx"}


def check(folder):
    """Judge the data of one bank against its codebook.

    Parameters
    ----------
    folder : str or Path
        The folder with ``datapackage.json`` and the tables it names.

    Returns
    -------
    list of Problem
        Worst first, at most a thousand, with how many more there are. Nothing in the folder is changed.
    """
    folder, tally = Path(folder), Tally()
    try:
        package, wrong = user_codebook.read(folder)
    except CannotRead as error:
        unmapped = error.problem.kind == "no_codebook" and (folder / "mapping.xlsx").is_file()
        return [problem("unmapped", file="mapping.xlsx")] if unmapped else [error.problem]
    for found in wrong:
        tally.add(found)
    if any(found.severity == "error" for found in wrong):
        return tally.report()
    parents = _parents(folder, package["resources"])
    together = Together({resource["name"]: resource["path"] for resource in package["resources"]})
    for resource in package["resources"]:
        _table(folder, resource, tally=tally, parents=parents, together=together)
    for found in together.problems():
        tally.add(found)
    known = OURS | {resource["path"] for resource in package["resources"]}
    known |= {path.name for path in folder.glob("mapping_*.xlsx")}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in known and not path.name.startswith((".", "~$")):
            tally.add(problem("unknown_file", file=path.name))
    return tally.report()


def passes(problems):
    """Tell whether the lessons can run on a folder with these problems.

    Parameters
    ----------
    problems : list of Problem
        From `check`.

    Returns
    -------
    bool
        True where nothing but notices was found.

    Examples
    --------
    >>> passes([])
    True
    """
    return all(found.severity == "notice" for found in problems)


def _table(folder, resource, *, tally, parents, together):
    """Read and judge one table."""
    table = None
    try:
        path = user_codebook.path(folder, resource["path"])
        for part in sheets.parts(path):
            for found in part.problems:
                tally.add(_for_lessons(found))
            if table is None:
                _loadable(path, part.encoding, tally)
                table = Table(resource, list(part.cells.columns), tally=tally, parents=parents)
            table.take(part.cells)
            together.take(resource["name"], table.judge.read)
    except CannotRead as error:
        tally.add(error.problem)
    if table is not None:
        table.finish()


def _for_lessons(found):
    """What is understood while reading, and what the lessons would stumble over all the same."""
    if found.kind != "heading_rows":
        return found
    return problem("headings_joined", file=found.file, row=found.row, column=found.column, found=found.found)


def _loadable(path, kind, tally):
    """The lessons read two kinds of file, and tell them by their names."""
    if kind in ("xlsx", "xls", "xlsb", "ods", "spss"):
        tally.add(problem("file_type", file=path.name, found=kind, expected="CSV (UTF-8)"))
    elif (kind == "parquet") != (path.suffix == ".parquet"):
        tally.add(problem("file_name", file=path.name, found="Parquet" if kind == "parquet" else "CSV"))


def _parents(folder, resources):
    """The ids that other tables point at."""
    wanted = {link[1:] for resource in resources for link in foreign_keys(resource)}
    paths = {resource["name"]: resource["path"] for resource in resources}
    named = {resource["name"]: fields(resource) for resource in resources}
    found = {}
    for table, column in sorted(wanted):
        try:
            for part in sheets.parts(user_codebook.path(folder, paths[table])):
                if column in part.cells.columns:
                    found.setdefault((table, column), Seen()).add(
                        ids(part.cells[column], named[table].get(column, {}))
                    )
        except CannotRead:
            continue  # told when the table itself is read
    return found
