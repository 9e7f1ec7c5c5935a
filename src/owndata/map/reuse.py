"""A second export of the same form: the answers given are used again, and only what is new is asked."""

from owndata.map import proposal


def more_questions(agreed, sheet):
    """List what another export asks beyond a mapping that was agreed.

    Parameters
    ----------
    agreed : Mapping
        With its answers.
    sheet : Sheet
        The export, perhaps a later one.

    Returns
    -------
    tuple of Question
        Those of the mapping, and new ones: about columns that it uses, and values that it has not settled.
    """
    earlier = {question.key: question for question in agreed.questions}
    used = set(agreed.columns.loc[~agreed.columns["role"].isin(("ignore", "identifier")), "heading"])
    settled = {word for listed in agreed.words.values() for word in listed}
    asked = list(agreed.questions)
    for question in proposal.propose(sheet).questions:
        there = question.about in used or question.kind == "encoding"
        known = question.answered_as(earlier.get(question.key)).answer is not None
        if there and not known and not (question.seen and set(question.seen) <= settled):
            asked = [one for one in asked if one.key != question.key] + [question]
    return tuple(asked)
