"""What a person has agreed to be done with each column, held against the folder before anything is copied."""

from helpers.bank.language import wrong
from owndata.identify import traces
from owndata.share import quasi_identifiers


def judge(plan, package, tables):
    """Refuse a plan that cannot be followed, or leaves open whether a table holds people.

    Parameters
    ----------
    plan : DataFrame
        As `protection.propose` makes it, perhaps corrected.
    package : dict
        The codebook.
    tables : dict
        Name → DataFrame, as read.

    Raises
    ------
    WrongValue
        If it is a plan of other columns, has an open question, makes coarser what cannot be, or a table's name points at a person.
    """
    _refuse_other(plan, tables)
    _refuse_named(tables)
    _refuse_unclear(plan)
    _refuse_uneven(plan, package)


def _refuse_other(plan, tables):
    """Stop where a plan is one of another folder, or of this folder at another time."""
    named = set(plan[["table", "column"]].itertuples(index=False, name=None))
    there = {(name, column) for name, table in tables.items() for column in ["", *table.columns]}
    for table, column in sorted(named ^ there):
        raise wrong("owndata.sharing_agreement.other_folder", table=table, column=column)


def _refuse_named(tables):
    """Stop where a table is called by somebody's number or name: the copy's file would be, too."""
    for name in tables:
        if traces.in_text(name.replace("_", " ")) or traces.may_be_names([name]):
            raise wrong("owndata.sharing_agreement.named", name=name)


def _refuse_unclear(plan):
    """Stop where neither an id was found in a table nor anybody has said that it holds nobody, or in doubt."""
    settled = set(plan.loc[plan["act"] == "replace", "table"])
    open_lines = plan[(plan["act"] == "?") & ((plan["column"] != "") | ~plan["table"].isin(settled))]
    doubtful = open_lines[open_lines["column"] != ""]
    if len(doubtful):
        listed = ", ".join(
            f"{table}.{column}" for table, column in zip(doubtful["table"], doubtful["column"], strict=True)
        )
        raise wrong("owndata.sharing_agreement.unclear", listed=listed)
    unclear = open_lines["table"].tolist()
    if unclear:
        listed = ", ".join(unclear)
        raise wrong("owndata.sharing_agreement.nobody", listed=listed)


def _refuse_uneven(plan, package):
    """Stop where a column cannot be made coarser, or branches would be coarser in some tables alone."""
    coarse = plan[plan["act"] == "generalise"]
    for table, column in coarse[["table", "column"]].itertuples(index=False):
        if not quasi_identifiers.can_be_coarser(column, package):
            raise wrong("owndata.sharing_agreement.not_coarser", table=table, column=column)
    branches = plan[[quasi_identifiers.kind_of(column) == "branch" for column in plan["column"]]]
    if {"keep", "generalise"} <= set(branches["act"]):
        kept = branches.loc[branches["act"] == "keep", "table"].iloc[0]
        raise wrong("owndata.sharing_agreement.uneven", kept=kept)
