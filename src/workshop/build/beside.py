"""What stands beside the lessons is judged as they are: needs, rules of parameters, terms and their lessons."""

import json
import re

from classroom.notebook import parameter_rules
from helpers.bank.language import wrong

NEEDS = (
    "columns", "complete", "dimensions", "en", "marks", "reversed", "scale", "serves", "several_items", "simulated",
    "values", "zh",
)  # fmt: skip
BANK = "datasets/qingyu_bank/datapackage.json"


def problems(root, *, needs, rules, entries, lessons):
    """Find what no lesson would tell: a slip here leaves a section out, or a value in, without a word.

    Parameters
    ----------
    root : Path
        The project.
    needs, rules : dict
        ``course/needs.yml`` and ``course/parameters.yml``, as written.
    entries : list of dict
        The glossary.
    lessons : list of str
        Every id of the table of contents.

    Returns
    -------
    list of WrongValue
        One sentence each, not raised.
    """
    found = [
        wrong("workshop.beside.parameter", name=name, known=", ".join(parameter_rules.RULES))
        for name, rule in rules.items()
        if not _is_rule(rule)
    ]
    fields = _fields(root)
    for name, need in needs.items():
        strange = sorted(set(need) - {*NEEDS})
        if ("en" in need) != ("zh" in need):
            found.append(wrong("workshop.beside.one_language", name=name))
        if strange:
            found.append(wrong("workshop.beside.need", name=name, known=", ".join(NEEDS), strange=strange))
        for table, columns in need.get("columns", {}).items() if fields else ():
            lost = [column for column in columns if not _there(column, fields.get(table, ()))]
            if lost or table not in fields:
                found.append(wrong("workshop.beside.column", name=name, table=table, lost=lost or [table]))
    for entry in entries:
        if entry.get("lesson", lessons[0]) not in lessons:
            found.append(wrong("workshop.beside.lesson", entry=entry["id"], lesson=entry["lesson"]))
    for name in sorted({name for name in lessons if lessons.count(name) > 1}):
        found.append(wrong("workshop.beside.twice", name=name))
    return found


def links(sources):
    """Find links to notebooks of the collection that are not there.

    Parameters
    ----------
    sources : list of Source
        All there are.

    Returns
    -------
    list of WrongValue
        One sentence each, not raised.
    """
    names = {one.lesson + {"lesson": ""}.get(one.part, f"_{one.part}") for one in sources}
    return [
        one.problem(
            cell,
            f"the link leads to '{name}.ipynb', and there is no such notebook. Correct it.",
            f"链接指向 '{name}.ipynb'，没有这本笔记本。请改正。",
        )
        for one in sources
        for cell in one.cells
        for name in re.findall(r"\]\((\w+)\.ipynb", cell.text if cell.kind == "prose" else "")
        if name not in names
    ]


def _is_rule(rule):
    kind, limits = next(iter(rule.items())) if isinstance(rule, dict) and rule else (rule, {})
    known = isinstance(kind, str) and kind in parameter_rules.RULES
    return known and not (kind == "number" and set(limits) - {"least", "above"})


def _fields(root):
    """Table → columns of the course's own bank, on which every section must be able to run; nothing without it."""
    if not (root / BANK).is_file():
        return {}
    book = json.loads((root / BANK).read_text(encoding="utf-8"))
    return {one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in book["resources"]}


def _there(column, fields):
    """Whether a column is there; `P#` is any question, `points_*` any dimension."""
    pattern = re.escape(column).replace(r"\#", r"\d+").replace(r"\*", ".+")
    return any(re.fullmatch(pattern, field) for field in fields)
