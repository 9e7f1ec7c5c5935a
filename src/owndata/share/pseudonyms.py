"""A copy of a bank without names: ids become keyed pseudonyms, the same in every table.

HMAC-SHA256 under a key that stays with its owner: anyone who lacks the key cannot try ids until one fits, as
one can with a plain hash. This is *pseudonymous*, not anonymous: dates, branches and answers are
unchanged unless they are made coarser, and may together still point at a person.
"""

import hashlib
import hmac
import re
from pathlib import Path

import pandas as pd

from helpers.bank import data as banks
from helpers.bank import paths
from helpers.bank import tables as files
from helpers.bank.language import Both, wrong
from owndata.identify import formula_text, id_columns, id_values, traces
from owndata.map import folder_codebook, folders
from owndata.read import sheets
from owndata.say.notes import Note, why
from owndata.share import key_file, protection, quasi_identifiers, risk, shared_codebook, sharing_agreement

NO_ANSWERS = {
    "title_line",
    "heading_again",
    "heading_rows",
    "total_row",
    "footnote",
    "long_row",
}  # kinds of `sheets`
DIGITS = 16  # 64 bits: two of ten million ids meet once in 370,000 keys; it is looked for all the same


def proposal(folder, *, coarse=False):
    """Propose what to do with every column of a bank, to be looked through before a copy is made.

    Parameters
    ----------
    folder : str or Path
        The bank: a folder with a ``datapackage.json``.
    coarse : bool
        Whether to generalise birth years, dates of joining, ages and branches.

    Returns
    -------
    DataFrame
        As `protection.propose`.

    Raises
    ------
    WrongValue
        If the folder, its codebook or a table cannot be used.
    """
    _, package, tables = _opened(folder)
    return _proposed(package, tables, coarse=coarse)


def pseudonymise(folder, *, out, key=None, plan=None):
    """Write a copy of a bank in which nobody is called by name or number.

    Parameters
    ----------
    folder : str or Path
        The bank: a folder with a ``datapackage.json``.
    out : str or Path
        The new folder; it must not exist, or be empty.
    key : str or Path, optional
        The key file (`key_file.default` unless given); made where there is none.
    plan : DataFrame, optional
        What to do with every column, from `proposal` and perhaps corrected; the proposal itself unless given.

    Returns
    -------
    list of Note
        What was done to which column, how many people are alone, and what was not looked for.

    Raises
    ------
    WrongValue
        If a folder, a table or the key cannot be used, or nobody has said whether a table holds people.
    """
    source, package, tables = _opened(folder)
    out = Path(out)
    folders.refuse_nested(source, out)
    folders.refuse_occupied(out)
    plan = _proposed(package, tables) if plan is None else plan
    sharing_agreement.judge(plan, package, tables)
    secret = key_file.read(key or key_file.default(), apart_from=[source, out])
    acts = {
        (table, column): act
        for table, column, act in plan[["table", "column", "act"]].itertuples(index=False)
    }
    before = risk.alone(package, tables, acts)
    copied = _copied(package, tables, acts, secret)
    with folders.whole(out) as draft:
        for number, one in enumerate(package["resources"], 1):
            if one["name"] in copied:
                _write(copied[one["name"]], draft / shared_codebook.file(one, number))
        folders.write_json(draft / "datapackage.json", shared_codebook.rebuilt(package, copied, acts))
    gone = [Note("table_left", name) for name in tables if name not in copied]
    after = risk.alone(package, copied, acts)
    return [
        *_told(plan),
        *_spelled(tables, _domains(package, tables, acts)),
        *gone,
        *risk.told(before, after, acts),
        *_always(source, key or key_file.default(), plan),
    ]


def pseudonyms(numbers, *, secret, domain):
    """Give every id its pseudonym.

    Parameters
    ----------
    numbers : Series
        Ids as text; empty ones stay empty.
    secret : bytes
        The key.
    domain : str
        What the ids are ids of: the same number has another pseudonym as a customer than as a respondent.

    Returns
    -------
    Series
        A letter and 16 hexadecimal digits, which no spreadsheet takes for a number.

    Raises
    ------
    WrongValue
        If two ids would share a pseudonym.

    Examples
    --------
    >>> found = pseudonyms(pd.Series(["C1", "", "C1"]), secret=b"k" * 32, domain="customer")
    >>> found[0] == found[2], found[1], len(found[0])
    (True, '', 17)
    """
    known = {one: "p" + _digest(one, secret=secret, domain=domain) for one in numbers[numbers != ""].unique()}
    if len(set(known.values())) < len(known):
        raise wrong("owndata.pseudonyms.collision", domain=domain)
    return numbers.map({"": "", **known})


def _digest(text, *, secret, domain):
    whole = hmac.new(secret, f"{domain}\0{text}".encode(), hashlib.sha256).hexdigest()
    return whole[:DIGITS]


def _opened(folder):
    """The folder, its codebook and its tables, all by the one rule for paths."""
    source = banks.folder(folder)
    package = banks.package(source)
    found = {one["name"]: paths.inside(source, one["path"]) for one in package["resources"]}
    for path in found.values():
        _refuse_no_answers(path)
    return source, package, {name: files.raw(path) for name, path in found.items()}


def _refuse_no_answers(path):
    """A note, a total or a second row of headings may hold a name, and would be copied as if it were an answer."""
    for part in sheets.parts(path):
        for found in part.problems:
            if found.kind in NO_ANSWERS:
                raise wrong(
                    "owndata.pseudonyms.no_answers",
                    file=found.file,
                    row=found.row,
                    what=Both(found.en, found.zh),
                )


def _proposed(package, tables, *, coarse=False):
    public = {
        one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in folder_codebook.course()
    }
    return protection.propose(package, tables, coarse=coarse, public=public)


def _copied(package, tables, acts, secret):
    """All tables of the copy."""
    domains, regions = _domains(package, tables, acts), _regions(tables, acts)
    found = {}
    for one in package["resources"]:
        name = one["name"]
        table = _protected(tables[name], name, acts, domains=domains, secret=secret, regions=regions)
        if name == "branches" and regions:
            table = _region_table(one, regions)
        elif regions and acts[name, ""] == "public" and "branch" in table:
            continue  # its rows are those of single branches
        found[name] = table
    return found


def _protected(table, name, acts, *, domains, secret, regions):
    """Pseudonyms for ids, columns left out or coarser, rows in the order of their pseudonyms."""
    table = table[[column for column in table.columns if acts[name, column] != "leave"]].copy()
    table.attrs = {}
    for column in table.columns:  # values that no row has any more would travel in the list of categories
        if isinstance(table[column].dtype, pd.CategoricalDtype):
            table[column] = table[column].cat.remove_unused_categories()
    replaced = [column for column in table.columns if acts[name, column] == "replace"]
    for column in replaced:
        table[column] = pseudonyms(
            id_values.as_written(table[column]), secret=secret, domain=domains[name, column]
        )
    for column in table.columns:
        if acts[name, column] == "generalise":
            table[column] = quasi_identifiers.coarser(
                table[column], quasi_identifiers.kind_of(column), regions=regions
            )
    # The old order would tell the old numbers: row 1 was R00001, and a list of customers went by their names.
    if not replaced:
        return table
    others = [column for column in table.columns if column not in replaced]
    by = [*replaced, *others] if table.duplicated(replaced).any() else replaced
    return table.sort_values(by, ignore_index=True, kind="stable", key=_sortable)


def _sortable(column):
    """Lists and the like, and texts among numbers, have no order but that of their texts."""
    return column.astype(str) if column.dtype == object or str(column.dtype) == "category" else column


def _spelled(tables, domains):
    """Ids of one kind that differ in capitals, blanks, strokes or zeros in front alone: perhaps one, with two pseudonyms."""
    held = {}
    for (name, column), domain in domains.items():
        held.setdefault(domain, []).append((name, column, set(id_values.different(tables[name][column]))))
    for columns in held.values():
        every = set().union(*(ids for *_, ids in columns))
        plain = pd.Series({one: re.sub(r"[\s_-]|^0+(?=\d)", "", one).casefold() for one in every}, dtype=str)
        if twice := int(plain[plain.duplicated(keep=False)].nunique()):
            yield Note("spelled", *columns[-1][:2], found=str(twice))


def _domains(package, tables, acts):
    fields = {(one["name"], f["name"]): f for one in package["resources"] for f in one["schema"]["fields"]}
    replaced = {}
    for (name, column), act in acts.items():
        if act == "replace":
            field = fields.get((name, column), {})
            headings = (column, field.get("title", ""), field.get("title@zh", ""))
            replaced[name, column] = next(filter(None, map(id_columns.role, filter(None, headings))), None)
    held = {(name, column): set(id_values.different(tables[name][column])) for name, column in replaced}
    return id_columns.domains(package, replaced, alike=id_columns.alike(held, replaced))


def _regions(tables, acts):
    """Branch → region, where branches are to be made coarser."""
    wanted = any(
        act == "generalise" and quasi_identifiers.kind_of(column) == "branch"
        for (_, column), act in acts.items()
    )
    if not wanted:
        return {}
    return dict(tables["branches"][["branch", "region"]].astype(str).itertuples(index=False))


def _region_table(resource, regions):
    """The table of branches with a region in the place of each branch."""
    labels = next((f.get("values", {}) for f in resource["schema"]["fields"] if f["name"] == "region"), {})
    rows = [(one, labels.get(one, {}).get("en", one), labels.get(one, {}).get("zh", one), one)
            for one in sorted(set(regions.values()))]  # fmt: skip
    return pd.DataFrame(rows, columns=["branch", "name_en", "name_zh", "region"])


def _write(table, path):
    if path.suffix == ".parquet":
        table.to_parquet(path, index=False)
    else:
        formula_text.table(table).to_csv(path, index=False, lineterminator="\n")


def _told(plan):
    """One line a column; what was kept against the proposal is said aloud."""
    for line in plan[plan["column"] != ""].itertuples(index=False):
        against = line.act == "keep" and line.proposed in ("replace", "leave")
        reason = "quasi" if line.act == "generalise" else line.why
        yield Note("kept_all_the_same" if against else line.act, line.table, line.column, found=why(reason))


def _always(source, key, plan):
    extra = [Note("pseudonymous"), Note("not_looked_for", found=traces.NOT_LOOKED_FOR)]
    coarse = {quasi_identifiers.kind_of(column) for column in plan.loc[plan["act"] == "generalise", "column"]}
    extra += [Note("dates")] if "joined" not in coarse else []
    extra += [Note("branches")] if "branch" not in coarse else []
    extra += [Note("key", found=str(key))]
    return [*extra, Note("truth")] if paths.is_regular(source / "truth.json") else extra
