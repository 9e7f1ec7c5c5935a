"""How many people could be told by what is left of them, before and after columns were made coarser."""

from owndata.identify import id_columns
from owndata.say.notes import Note
from owndata.share import quasi_identifiers


def alone(package, tables, acts):
    """Count for every table of people how many are alone with what others may know of them.

    Parameters
    ----------
    package : dict
        The codebook.
    tables : dict
        Name → DataFrame; before or after something was done to them.
    acts : dict
        (table, column) → act (`protection.ACTS`).

    Returns
    -------
    dict
        Table → the columns, a row of `quasi_identifiers.uniqueness`, and how many different values
        each column has.
    """
    found = {}
    for one in package["resources"]:
        name = one["name"]
        replaced = [c for (t, c), act in acts.items() if t == name and act == "replace"]
        if name in tables and replaced:
            table = tables[name]
            known = [
                c
                for c in table.columns
                if acts.get((name, c)) in ("keep", "generalise") and quasi_identifiers.kind_of(c)
            ]
            person = next((c for c in replaced if id_columns.role(c) in id_columns.SURE), replaced[0])
            people = table[[person, *known]].astype("string").drop_duplicates()
            if len(known) > 1 and len(people):
                found[name] = (
                    known,
                    quasi_identifiers.uniqueness(people, known).iloc[0],
                    people[known].nunique(),
                )
    return found


def told(before, after, acts):
    """Say how many people are alone, and what making coarser brought and cost.

    Parameters
    ----------
    before, after : dict
        From `alone`, of the bank and of its copy.
    acts : dict
        (table, column) → act.

    Yields
    ------
    Note
        One for each table of people.
    """
    for name, (known, was, values) in before.items():
        en = f"{was['alone']:,.0f} of {was['n']:,.0f} ({was['share']:.0%}) are alone with their {', '.join(known)}; k = {was['k']:.0f}"
        zh = f"{was['n']:,.0f} 行中有 {was['alone']:,.0f} 行（{was['share']:.0%}）的 {'、'.join(known)} 组合独一无二；k = {was['k']:.0f}"
        coarser = [column for column in known if acts[name, column] == "generalise"]
        if coarser and name in after:
            now, left = after[name][1], after[name][2]
            cost = ", ".join(f"{column} {values[column]} → {left[column]}" for column in coarser)
            en += f". Made coarser: {now['alone']:,.0f} ({now['share']:.0%}), k = {now['k']:.0f}; the cost, in different values: {cost}"
            zh += f"。概括之后：{now['alone']:,.0f} 行（{now['share']:.0%}），k = {now['k']:.0f}；代价（不同值的个数）：{cost}"
        yield Note("unique", name, found=(en + ".", zh + "。"))
