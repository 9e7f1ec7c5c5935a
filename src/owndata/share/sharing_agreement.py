"""What a person has agreed to be done with each column, held against the folder before anything is copied."""

from helpers.bank.language import WrongValue
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
        raise WrongValue(
            en=f"The plan does not fit the folder at {table}.{column}. Make a new one.",
            zh=f"处理方案与文件夹在 {table}.{column} 处不一致。请重新生成。",
        )


def _refuse_named(tables):
    """Stop where a table is called by somebody's number or name: the copy's file would be, too."""
    for name in tables:
        if traces.in_text(name.replace("_", " ")) or traces.may_be_names([name]):
            raise WrongValue(
                en=f"The table '{name}' may be called by a person, and so would be its file in the copy. Give it another name "
                "in datapackage.json.",
                zh=f"表名 '{name}' 可能指向个人，副本里的文件也会用这个名称。请在 datapackage.json 里给它换个名称。",
            )


def _refuse_unclear(plan):
    """Stop where neither an id was found in a table nor anybody has said that it holds nobody, or in doubt."""
    settled = set(plan.loc[plan["act"] == "replace", "table"])
    open_lines = plan[(plan["act"] == "?") & ((plan["column"] != "") | ~plan["table"].isin(settled))]
    doubtful = open_lines[open_lines["column"] != ""]
    if len(doubtful):
        listed = ", ".join(
            f"{table}.{column}" for table, column in zip(doubtful["table"], doubtful["column"], strict=True)
        )
        raise WrongValue(
            en=f"These columns may number or name people: {listed}. Nothing was copied. Run the command without --yes for the list of "
            "columns, write 'replace', 'leave out' or 'keep' beside each, and pass the list with --list.",
            zh=f"这些列可能是给人编的号，或是人名：{listed}。没有写入任何文件。请不带 --yes 运行，得到列的清单，在每一列旁写“换成假名”、"
            "“略去”或“保留”，再用 --list 传入清单。",
        )
    unclear = open_lines["table"].tolist()
    if unclear:
        listed = ", ".join(unclear)
        raise WrongValue(
            en=f"No column that numbers people was found in: {listed}. Nothing was copied. Look through the list of columns: "
            "write 'replace' beside the id, or 'no people' beside the table, and pass the list with --list.",
            zh=f"这些表里没有找到给人编号的列：{listed}。没有写入任何文件。请查看列的清单：在编号列旁写“换成假名”，"
            "或在表名旁写“没有个人”，再用 --list 传入清单。",
        )


def _refuse_uneven(plan, package):
    """Stop where a column cannot be made coarser, or branches would be coarser in some tables alone."""
    coarse = plan[plan["act"] == "generalise"]
    for table, column in coarse[["table", "column"]].itertuples(index=False):
        if not quasi_identifiers.can_be_coarser(column, package):
            raise WrongValue(
                en=f"{table}.{column} cannot be made coarser: only years of birth, ages, dates of joining, and branches with a "
                "'region' in the table 'branches' can. Keep it, or leave it out.",
                zh=f"{table}.{column} 不能概括：只有出生年份、年龄、开户日期，以及 'branches' 表里写有 'region' 的网点可以。"
                "请保留或略去。",
            )
    branches = plan[[quasi_identifiers.kind_of(column) == "branch" for column in plan["column"]]]
    if {"keep", "generalise"} <= set(branches["act"]):
        kept = branches.loc[branches["act"] == "keep", "table"].iloc[0]
        raise WrongValue(
            en=f"Branches must be made coarser in every table or in none; {kept} keeps them. Correct the list.",
            zh=f"网点要么在每张表里都概括，要么都不概括；{kept} 里保留了。请改正清单。",
        )
