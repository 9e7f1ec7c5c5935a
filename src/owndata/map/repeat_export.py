"""A second export of the same form: the answers given are used again, and only what is new is asked."""

from dataclasses import replace

from owndata.map import proposed_mapping, question_sheet


def with_earlier_answers(agreed, sheet):
    """Add to an agreed mapping what another export asks beyond it.

    Parameters
    ----------
    agreed : Mapping
        With its answers.
    sheet : Sheet
        The export, perhaps a later one.

    Returns
    -------
    Mapping
        The same, where nothing is new; else with new questions about columns that it uses and values that it has
        not settled, and with what is proposed for them.
    """
    earlier = {question.key: question for question in agreed.questions}
    used = set(agreed.columns.loc[~agreed.columns["role"].isin(("ignore", "identifier")), "heading"])
    settled = {word for listed in agreed.words.values() for word in listed}
    found = agreed
    for question in proposed_mapping.propose(sheet).questions:
        there = question.about in used or question.kind == "encoding"
        known = question.answered_as(earlier.get(question.key)).answer is not None
        if there and not known and not (question.seen and set(question.seen) <= settled):
            found = _with(found, _in_words_of(agreed, question))
    return found


def _with(mapping, question):
    """A mapping with one more question, and its proposal in the cells."""
    kept = tuple(one for one in mapping.questions if one.key != question.key)
    return replace(question_sheet.applied(mapping, question.choices[0]), questions=(*kept, question))


def _in_words_of(agreed, question):
    """The same question with the mapping's own name for the word group, whose words are kept."""
    rows = agreed.columns.set_index("heading")["words"]
    mine = rows.get(question.about) or next(
        name for name in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if name not in agreed.words
    )

    kept = agreed.words.get(mine, {})

    def renamed(choice):
        columns = {
            heading: cells | ({"words": mine} if cells.get("words") else {})
            for heading, cells in choice.columns.items()
        }
        listed = [(mine, kept | words) for words in choice.words.values()]
        return replace(choice, columns=columns, words=dict(listed))

    return replace(question, choices=tuple(map(renamed, question.choices)))
