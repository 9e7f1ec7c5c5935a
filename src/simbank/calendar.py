"""The bank's calendar: whole days counted from the first day of its 24 months."""

import numpy as np

START = np.datetime64("2024-01-01")
DAYS = 731
YEAR = 2024
# The first day of each survey wave, as a day number; invitations go out over four weeks.
WAVES = np.array([98, 651])
INVITING_DAYS = 28
NEVER = 10**6


def text(days):
    """Write day numbers as ISO dates; a day that never comes is empty.

    Parameters
    ----------
    days : array of int
        Days since the first day of the simulation; ``NEVER`` for none.

    Returns
    -------
    ndarray of str
        For instance "2024-01-01".

    Examples
    --------
    >>> text(np.array([0, NEVER]))
    array(['2024-01-01', ''], dtype='<U28')
    """
    never = np.asarray(days) == NEVER
    dates = START + np.where(never, 0, days).astype("timedelta64[D]")
    return np.where(never, "", np.datetime_as_string(dates, unit="D"))


def day(date):
    """Count the days from the first day of the simulation to a date.

    Parameters
    ----------
    date : str or array
        ISO dates.

    Returns
    -------
    int or ndarray of int64
        Negative before the simulation.

    Examples
    --------
    >>> int(day("2024-02-01"))
    31
    """
    return (np.asarray(date, dtype="datetime64[D]") - START).astype(np.int64)
