"""What the bank tried out and what its customers said, one chunk of customers after the other."""

from simbank import codings, comments, trial_offer, trial_reminder

TABLES = (
    "comments",
    "truth_comments",
    "codings",
    "trial_reminder",
    "trial_reminder_broken",
    "trial_offer",
    "truth_offer",
)


def tables(seed, network, people, *, chunk, first, comments_before):
    """Return the rows that one chunk of customers adds to comments and trials.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        The branches.
    people : DataFrame
        Customers of the chunk, as returned by `customers.draw`.
    chunk, first : int
        Which chunk, and the number of its first customer.
    comments_before : int
        How many comments the chunks before it have.

    Returns
    -------
    dict of str to DataFrame
        The tables of ``TABLES``.
    """
    said, meant = comments.tables(seed, people, network, chunk=chunk, first=first, known=comments_before)
    coded = codings.table(seed, meant, chunk=chunk)
    fair, broken = (
        trial_reminder.table(seed, people, network, chunk=chunk, first=first, broken=broken)
        for broken in (False, True)
    )
    offers, types = trial_offer.tables(seed, people, chunk=chunk, first=first)
    return dict(zip(TABLES, (said, meant, coded, fair, broken, offers, types), strict=True))
