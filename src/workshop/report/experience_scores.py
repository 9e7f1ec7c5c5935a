"""What customers say after a case, in numbers: satisfaction, effort and likelihood to recommend, by branch and channel.

A survey with one question for satisfaction is enough; effort and recommendation are reported where they were asked on
the scale that their score is defined on.
Small branches enter no figure, and small channels of a branch are put together (`owndata.map.small_groups`).
"""

from dataclasses import dataclass

import pandas as pd

from helpers.bank import data as banks
from helpers.bank.language import wrong
from owndata.map import small_groups
from workshop.report import answers, disclosure, findings, report_register

CASES = {"satisfaction", "effort", "recommend"}
# What the scores are defined on: 1 and 2 of 7 are easy; 9 and 10 less 0 to 6 are the recommend score.
SCALES = {"effort": (1, 7), "recommend": (0, 10)}


@dataclass(frozen=True)
class Scorecard(findings.Survey):
    """What customers say after a case; its `dimension` is the score's id.

    Attributes
    ----------
    marks : DataFrame
        One row an answer of the branches shown: `branch`, `channel`, and one column a score, in points of 100; the
        recommend score counts +100, 0 or −100.
    left_out : dict
        Questions that were asked on another scale than their score's: the lowest and the highest mark, None where unknown.
    """

    marks: pd.DataFrame
    left_out: dict


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
    Scorecard
        Everything that the reports are made from.

    Raises
    ------
    WrongValue
        If nobody was asked for satisfaction, its marks are not stated, or no branch is large enough.
    """
    rows, marks_of, wave = _asked(data, banks.codebook(data))
    if marks_of["satisfaction"][1] is None:
        raise wrong("workshop.experience_scores.marks")
    left_out = {name: marks_of[name] for name in SCALES if name in rows and marks_of[name] != SCALES[name]}
    rows = rows.drop(columns=list(left_out))
    rows = rows.dropna(subset=[name for name in CASES if name in rows])
    parts = {"top_two": rows["satisfaction"] >= marks_of["satisfaction"][1] - 1}
    if "effort" in rows:
        parts["easy"] = rows["effort"] <= 2
    if "recommend" in rows:
        parts["recommend_score"] = (rows["recommend"] >= 9).astype(int) - (rows["recommend"] <= 6)
    marks, branches = 100.0 * pd.DataFrame(parts), rows["branch"].astype("category")
    scores = _moments(marks, branches)
    counts = disclosure.counts(marks, branches=branches, respondents=rows["respondent"])
    hidden = disclosure.hidden(counts, smallest=smallest, wave=wave)
    scores, answered = scores[~scores["branch"].isin(hidden)], rows.groupby("branch").size()
    marks = rows[["branch", "channel"]].join(marks)[~branches.isin(hidden)]
    none = scores.head(0)
    return Scorecard(
        scores, none, none, False, wave, answered, None, hidden, {}, _sketch(rows), marks, left_out
    )


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
    rows = survey.marks[survey.marks["branch"] == branch]
    # Nobody is left out: the branch's figure less those of its channels would be that of the few without one.
    known = rows["channel"].astype(object)
    merged = small_groups.merged(known.where(known.notna(), small_groups.OTHER), smallest=smallest)
    if known.isna().all() or merged.nunique() < 2:
        return pd.DataFrame()
    told = _moments(rows[survey.scores["dimension"].unique()], merged.astype("category"))
    parts = [findings.figures(one).assign(channel=channel) for channel, one in told.groupby("branch")]
    return pd.concat(parts).sort_values("dimension", key=_places(survey), kind="stable", ignore_index=True)


def _places(survey):
    """A key that sorts scores as the scorecard shows them."""
    place = {name: number for number, name in enumerate(survey.scores["dimension"].unique())}
    return lambda names: names.map(place)


def _moments(marks, groups):
    """Sum up every score of each group; none can lie beyond the ends of its scale."""
    return pd.concat(
        answers.moments(marks[[name]].set_axis(["value"], axis="columns"), groups, dimension=name).assign(
            least=-100.0 if name == "recommend_score" else 0.0, most=100.0
        )
        for name in marks
    )


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
    return findings.figures(survey.scores)


def _asked(data, book):
    """The answers with `respondent`, `branch` and `channel`; the ends of each question's scale; the wave."""
    lacking = book.lacking("journey_surveys", CASES)  # all three, where nobody was asked after a case
    if "satisfaction" not in lacking:
        rows = banks.load(data, "journey_surveys", kept=_needed).rename(columns={"case": "respondent"})
        rows = rows.drop(columns=lacking, errors="ignore")
        channel = _began(data, book, rows["respondent"])
        return rows.assign(channel=channel), _scales(book, "journey_surveys"), None
    rows = banks.load(data, book.survey["name"], kept=_needed)
    if "satisfaction" not in rows:
        raise wrong("workshop.experience_scores.not_asked")
    wave = answers.waves(rows)[-1]
    rows = rows if wave is None else rows[rows["wave"] == wave]
    plain = rows[["respondent", "branch", "satisfaction"]]
    return plain.assign(channel=rows.get("channel")), _scales(book, book.survey["name"]), wave


def _needed(rows):
    there = {"case", "respondent", "branch", "channel", "wave", *CASES}
    return rows[[name for name in rows if name in there]]


def _began(data, book, cases):
    """The channel in which each case began, where the log says so."""
    if "journeys" not in book.tables or book.lacking("journeys", {"case", "step", "channel"}):
        return None
    first = banks.load(data, "journeys", kept=lambda rows: rows.loc[rows["step"] == 1, ["case", "channel"]])
    return cases.map(first.set_index("case")["channel"])


def _scales(book, table):
    """The lowest and the highest mark that the codebook allows each question."""
    rules = {field["name"]: field.get("constraints", {}) for field in book.fields(table)}
    return {name: (rules[name].get("minimum"), rules[name].get("maximum")) for name in CASES & set(rules)}


def _sketch(rows):
    """Marks of the answers for the register: three answers alone recur, so the case's name is digested with them."""
    asked = rows[[name for name in sorted(CASES) if name in rows]].astype(float)
    return report_register.sketch(
        asked.assign(case=pd.util.hash_array(rows["respondent"].to_numpy(dtype=object)) % 2**32)
    )
