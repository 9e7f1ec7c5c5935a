"""Proofreading: every rule over every source, all problems together."""

from helpers.bank.language import WrongValue
from workshop.build import exercise_tasks, glossary, grammar, parity, text_cells

RULES = (*grammar.RULES, *text_cells.RULES, *parity.RULES, *exercise_tasks.RULES)


def problems(source, *, entries=(), needs=None):
    """Find everything that is wrong with a source.

    Parameters
    ----------
    source : Source
        From `source.read`.
    entries : list of dict
        The glossary.
    needs : dict, optional
        What cells may need (``course/needs.yml``); not looked at otherwise.

    Returns
    -------
    list of WrongValue
        One sentence each, not raised; those about the whole file first, then in file order.
    """
    found = [problem for rule in RULES for problem in rule(source)]
    found += glossary.unsaid(source, entries=entries)
    found += grammar.needed(source, known=needs) if needs is not None else []
    found.sort(key=lambda problem: problem[0].number if problem[0] else 0)
    return [source.problem(*problem) for problem in found]


def judge(found):
    """Refuse to go on where problems were found.

    Parameters
    ----------
    found : list of WrongValue
        From `problems`, of one or many sources.

    Raises
    ------
    WrongValue
        One line for each problem.
    """
    if found:
        raise WrongValue(en=[problem.en for problem in found], zh=[problem.zh for problem in found])
