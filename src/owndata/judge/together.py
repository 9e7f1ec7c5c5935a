"""What only whole tables show, alone and together: when customers joined, which weeks a branch lacks, who is in which group.

Single values and the cells of one row are judged by `helpers.bank.codebook_findings`; here is what would
mislead a lesson although each row by itself is in order. Tables are taken piece by piece, and of each no more is kept than its rules ask.
"""

import numpy as np
import pandas as pd

from helpers.bank.codebook_findings import Seen
from helpers.bank.language import Both
from owndata.say.problems import problem

WEEK = 7
WAITS = ("mean_wait_seconds", "p90_wait_seconds", "wait_minutes", "mean_wait_minutes", "seconds")
MARKS = {"score": 100, "behaviour": 10, "behaviour_second": 10}  # of a training → the best there is
# Table → the columns that are kept of it; of transactions only what is first, last and equal.
KEPT = {
    "customers": ["customer", "joined"],
    "branches": ["branch", "opened"],
    "journeys": ["case"],
    "service_weekly": ["branch", "week", "week_start", *WAITS[:2]],
    "transactions": ["customer", "time"],
    "training": ["employee", "branch", "group", *MARKS],
    "queue_tickets": ["taken", "called", "finished"],
}
MOST_COMPARED = 1_000_000  # transactions; anyone who adds an export twice does so with all of it
MOST_EQUAL = 0.05  # of the transactions; two equal purchases within a second are rare
FEW_EQUAL = 1  # one pair in a handful proves nothing


class Together:
    """Take the tables of a folder and say what they tell together.

    Parameters
    ----------
    paths : dict
        Table → the file that it is in.
    """

    def __init__(self, paths):
        self.paths, self.kept, self.seen = paths, {}, Seen()
        self.rows, self.equal = 0, 0

    def take(self, table, read):
        """Keep what the rules ask of some rows.

        Parameters
        ----------
        table : str
            Its name in the codebook.
        read : dict
            Column → values as they are read (`helpers.bank.codebook_findings.Judge.read`).
        """
        there = [name for name in KEPT.get(table, ()) if name in read]
        if len(there) < min(2, len(KEPT.get(table, ()))) or not there:
            return
        rows = pd.DataFrame({name: read[name] for name in there})
        if table == "transactions":
            if self.rows < MOST_COMPARED:
                self.rows, self.equal = (
                    self.rows + len(rows),
                    self.equal + len(self.seen.add(pd.DataFrame(read))),
                )
            rows = rows.groupby("customer", as_index=False)["time"].min()
        parts = self.kept.setdefault(table, [])
        parts.append(rows)
        if table == "transactions" and len(parts) > 20:
            parts[:] = [pd.concat(parts).groupby("customer", as_index=False)["time"].min()]

    def problems(self):
        """Yield what is wrong.

        Yields
        ------
        Problem
            Errors where a lesson would stop or mislead, notices where it would show less.
        """
        tables = {name: pd.concat(parts) for name, parts in self.kept.items()}
        if "transactions" in tables:
            yield from self._ledger(tables)
        if "journeys" in tables and len(cases := tables["journeys"]["case"].dropna()) > 1 and cases.is_unique:
            yield problem("single_events", file=self.paths["journeys"], column="case")
        if "week_start" in (weekly := tables.get("service_weekly", pd.DataFrame())) and "branch" in weekly:
            yield from self._weeks(weekly.dropna(subset=["branch", "week_start"]))
        for name in [name for name in WAITS if name in weekly]:
            yield from self._units(weekly[name], name)
        yield from self._clocks(tables.get("queue_tickets", pd.DataFrame()))
        yield from self._marks(tables.get("training", pd.DataFrame()))
        for who, what in (("branch", "group"), ("employee", "branch")):
            if {who, what} <= set(rows := tables.get("training", pd.DataFrame())):
                yield from self._one_each(rows.dropna(subset=[who, what]), who, what)

    def _clocks(self, tickets):
        """At midnight nobody takes a number: a moment that is a day alone."""
        for name in tickets:
            moments = tickets[name].dropna()
            alone = moments[moments == moments.dt.normalize()]
            if len(alone):
                yield problem("no_clock", file=self.paths["queue_tickets"], row=int(alone.index[0]), column=name,
                              found=alone.iloc[0].date(), count=len(alone), expected=str(len(moments)))  # fmt: skip

    def _marks(self, training):
        """A cell of per cent is a share to the reader: 85% is 0.85, and not a mark of 100."""
        for name in [name for name in MARKS if name in training]:
            marks = training[name].dropna()
            some = marks.max() > 1 and MARKS[name] == 100  # some cells only: then 1 may be a mark
            share = marks[(marks > 0) & (marks < 1)] if some else marks[marks > 0]
            if len(share) and (share <= 1).all():
                yield problem("share_for_mark", file=self.paths["training"], row=int(share.index[0]), column=name,
                              found=f"{share.iloc[0]:g}", count=len(share), expected=f"0–{MARKS[name]}")  # fmt: skip

    def _one_each(self, rows, who, what):
        """A branch is in one group, an employee in one branch, at all dates of a training."""
        first = rows.groupby(who)[what].transform("first")
        other = rows[rows[what] != first].drop_duplicates(who)
        for row, (name, found) in other[[who, what]].iterrows():
            yield problem("moved_about", file=self.paths["training"], row=int(row), column=what, found=str(found),
                          who=str(name), expected=str(first[row]))  # fmt: skip

    def _ledger(self, tables):
        file, first = self.paths["transactions"], tables["transactions"].groupby("customer")["time"].min()
        if self.equal > max(FEW_EQUAL, MOST_EQUAL * self.rows):
            yield problem("equal_rows", file=file, found=self.equal, expected=str(self.rows))
        if "joined" in (customers := tables.get("customers", ())):
            began = customers["customer"].map(first)
            late = customers[customers["joined"].dt.normalize() > began]
            for row, joined in late["joined"].items():
                yield problem("joined_late", file=self.paths["customers"], row=int(row), column="joined",
                              found=joined.date(), expected=str(began[row].date()))  # fmt: skip
        opened = tables["branches"]["opened"].min() if "opened" in tables.get("branches", ()) else pd.NaT
        if first.min() < opened:
            yield problem(
                "before_opening",
                file=file,
                column="time",
                found=first.min().date(),
                expected=str(opened.date()),
            )

    def _weeks(self, weekly):
        """Weeks begin on one weekday, follow each other, and no branch lacks some in between."""
        file, starts = self.paths["service_weekly"], weekly["week_start"].dt.normalize()
        steps = starts.groupby(weekly["branch"]).apply(
            lambda days: days.drop_duplicates().sort_values().diff()
        )
        step = steps.dt.days.median()
        if step != step:
            return
        if step != WEEK:
            yield problem("not_weeks", file=file, column="week_start", found=f"{step:g}")
            return
        days = starts.dt.day_of_week
        for row in starts.index[days != days.mode()[0]][:20]:
            usual = starts[days == days.mode()[0]].iloc[0].date()
            yield problem(
                "other_weekday",
                file=file,
                row=int(row),
                column="week_start",
                found=starts[row].date(),
                expected=str(usual),
            )
        every = pd.date_range(starts.min(), starts.max(), freq=f"{WEEK}D")
        for branch, there in starts.groupby(weekly["branch"]):
            if len(lost := every.difference(there)) and (days == days.mode()[0]).all():
                yield problem(
                    "weeks_missing",
                    file=file,
                    column="week_start",
                    found=branch,
                    count=str(len(lost)),
                    which=_spans(lost),
                )

    def _units(self, waits, name):
        """Two heaps of waits with nothing between them, one some sixty times the other: minutes beside seconds."""
        waits = np.sort(waits[waits > 0].to_numpy())
        few = max(len(waits) // 20, 3)
        if len(waits) < 4 * few:
            return
        steps = waits[1:] / waits[:-1]
        cut = int(steps[few - 1 : len(steps) - few + 1].argmax()) + few
        low, high = np.median(waits[:cut]), np.median(waits[cut:])
        if steps[cut - 1] > 4 and 25 < high / low < 150:
            yield problem(
                "unit_jump",
                file=self.paths["service_weekly"],
                column=name,
                found=f"{low:.3g}",
                expected=f"{high:.3g}",
            )


def _spans(days):
    """Runs of weeks as first to last, the first few of them."""
    runs = pd.Series(days).groupby((pd.Series(days).diff().dt.days != WEEK).cumsum()).agg(["first", "last"])
    told = [
        f"{first:%Y-%m-%d}" + (f" … {last:%Y-%m-%d}" if last > first else "")
        for first, last in runs.head(3).itertuples(index=False)
    ]
    return Both(", ".join(told) + " …" * (len(runs) > 3), "、".join(told) + " …" * (len(runs) > 3))
