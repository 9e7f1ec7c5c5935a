"""What customers say after a case, in numbers: satisfaction, effort and likelihood to recommend, by branch and channel.

A survey with one question for satisfaction is enough; effort and recommendation are reported where they were asked.
Small branches enter no figure, and small channels of a branch are put together (`owndata.map.small_groups`).
"""

import pandas as pd

from helpers.bank import data as banks
from helpers.bank.language import WrongValue
from helpers.methods import servqual
from owndata.map import small_groups
from workshop.report import disclosure, findings, report_register

CASES = {"satisfaction", "effort", "recommend"}


def read(data, *, smallest=small_groups.SMALLEST):
    """Read the answers after a case, or else the overall satisfaction of the survey's last wave.

    Parameters
    ----------
    data : str or Path
        The bank.
    smallest : int
        How many answers a branch needs to be shown.

    Returns
    -------
    Survey
        Its `scores` have one row an answer and score: `respondent`, `branch`, `channel`, `dimension` (the score's id),
        `perceived` and `value` (points of 100; the recommend score counts +100, 0 or −100).

    Raises
    ------
    WrongValue
        If nobody was asked for satisfaction, or no branch is large enough.
    """
    rows, top, wave = _asked(data, banks.codebook(data))
    rows = rows.dropna(subset=[name for name in CASES if name in rows])
    parts = {"top_two": rows["satisfaction"] >= top - 1}
    if "effort" in rows:
        parts["easy"] = rows["effort"] <= 2
    if "recommend" in rows:
        parts["recommend_score"] = (rows["recommend"] >= 9).astype(int) - (rows["recommend"] <= 6)
    known = rows[["respondent", "branch", "channel"]]
    scores = [known.assign(dimension=name, perceived=100.0 * marks) for name, marks in parts.items()]
    scores = pd.concat(scores, ignore_index=True).eval("value = perceived")
    answered = rows.groupby("branch").size()
    hidden = disclosure.hidden(scores, branches=answered.index, smallest=smallest)
    scores = scores[~scores["branch"].isin(hidden)]
    return findings.Survey(scores, scores.head(0), False, wave, answered, None, hidden, {}, _sketch(rows))


def channels(survey, branch, *, smallest=small_groups.SMALLEST):
    """How do the channels of a branch compare?

    Parameters
    ----------
    survey : Survey
        From `read`.
    branch : str
        A branch that is shown.
    smallest : int
        Channels with fewer answers are put together, so that none is found by subtraction.

    Returns
    -------
    DataFrame
        One row a channel and score: `channel`, `dimension`, `n`, `estimate`, `low`, `high`. Empty where there is nothing
        to compare.
    """
    rows = survey.scores[survey.scores["branch"] == branch].dropna(subset="channel")
    parts = []
    for name, part in rows.groupby("dimension", sort=False):
        told = part.assign(dimension=small_groups.merged(part["channel"], smallest=smallest))
        if len(told["dimension"].unique()) > 1:
            figures = servqual.performance(told).rename(columns={"dimension": "channel"})
            parts.append(figures.sort_values("channel").assign(dimension=name))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def overall(survey):
    """Give each score over the branches shown, each counted the same.

    Parameters
    ----------
    survey : Survey
        From `read`.

    Returns
    -------
    DataFrame
        One row a score: `dimension`, `n`, `estimate`, `low`, `high`.
    """
    return servqual.performance(survey.scores)


def _asked(data, book):
    """The answers with `respondent`, `branch` and `channel`; the highest mark of satisfaction; the wave."""
    lacking = book.lacking("journey_surveys", CASES)  # all three, where nobody was asked after a case
    if "satisfaction" not in lacking:
        rows = banks.load(data, "journey_surveys").rename(columns={"case": "respondent"})
        rows = rows.drop(columns=lacking, errors="ignore")
        channel = _began(data, book, rows["respondent"])
        return rows.assign(channel=channel), _top(book, "journey_surveys"), None
    rows = banks.load(data, book.survey["name"])
    if "satisfaction" not in rows:
        raise WrongValue(
            en="This bank's surveys did not ask for satisfaction, so there is no scorecard. One question is enough: give "
            "it the role “overall satisfaction” in the mapping.",
            zh="这家银行的问卷没有问满意度，做不出成绩单。有一道题就够了：请在对应表里把它标为“总体满意度”。",
        )
    wave = int(rows["wave"].max()) if "wave" in rows else None
    rows = rows if wave is None else rows[rows["wave"] == wave]
    plain = rows[["respondent", "branch", "satisfaction"]]
    return plain.assign(channel=rows.get("channel")), _top(book, book.survey["name"]), wave


def _began(data, book, cases):
    """The channel in which each case began, where the log says so."""
    if "journeys" not in book.tables or book.lacking("journeys", {"case", "step", "channel"}):
        return None
    events = banks.load(data, "journeys")
    return cases.map(events[events["step"] == 1].set_index("case")["channel"])


def _top(book, table):
    """The highest mark that the codebook allows for satisfaction."""
    fields = {field["name"]: field for field in book.fields(table)}
    return fields["satisfaction"]["constraints"]["maximum"]


def _sketch(rows):
    """Marks of the answers for the register: three answers alone recur, so the case's name is digested with them."""
    asked = rows[[name for name in sorted(CASES) if name in rows]].astype(float)
    return report_register.sketch(
        asked.assign(case=pd.util.hash_array(rows["respondent"].to_numpy(dtype=object)) % 2**32)
    )
