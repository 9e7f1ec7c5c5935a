"""The ledger of a bank, chunk by chunk: cases, leaving, transactions, churn; memory does not grow with customers."""

from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simbank import (
    before_after,
    calendar,
    campaigns,
    case_records,
    cases,
    chances,
    churn,
    customers,
    echoes,
    incentives,
    leaving,
    queue,
    raw_customers,
    raw_notes,
    service,
    staff,
    tier_changes,
    touchpoints,
    training,
    transactions,
    true_segments,
)
from simbank.branches import Network
from simbank.streams import CHUNK, SETTING, generator

PARQUET = ("transactions", "journeys", "truth_segments", "truth_leaving")
TABLES = ("staff", "transactions", "touchpoints", "journeys", "journey_surveys", "complaints", "service_weekly", "churn",
          "truth_segments")  # fmt: skip
ROWS_A_GROUP = 100_000


@dataclass(frozen=True)
class Setting:
    """Everything drawn once a bank.

    Attributes
    ----------
    network : Network
        The branches.
    state : Service
        Their two years.
    habits : Habits
        The segments.
    moments : Moments
        What moves satisfaction.
    """

    network: Network
    state: service.Service
    habits: true_segments.Habits
    moments: touchpoints.Moments


def setting(seed, network, known):
    """Draw what all customers of a bank share.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        The branches.
    known : DataFrame
        The table ``branches``.

    Returns
    -------
    Setting
        The bank as its customers find it.
    """
    return Setting(
        network,
        service.draw(generator(seed, "service_weekly", chunk=SETTING), network, known),
        true_segments.draw(generator(seed, "truth_segments", chunk=SETTING)),
        touchpoints.draw(generator(seed, "journeys", chunk=SETTING)),
    )


def write(folder, *, seed, network, known, answers, size, step, note=lambda number, people: None):
    """Write the ledger of a bank into a folder.

    Parameters
    ----------
    folder : pathlib.Path
        Where the tables go.
    seed : int
        The seed of the bank.
    network : Network
        The branches.
    known, answers : DataFrame
        The tables ``branches`` and ``servqual``: who answers was not gone.
    size : int
        How many customers.
    step : callable
        Called after each chunk.
    note : callable
        Takes each chunk's number and its customers, with the day they left.

    Returns
    -------
    dict of str to int
        How many rows each table has.
    """
    bank = setting(seed, network, known)
    until = last_answers(answers)
    counts = np.zeros((len(network), service.WEEKS), dtype=np.int64)
    weeks = service.table(
        generator(seed, "service_weekly"), network, bank.state, customers=size, complaints=counts
    )
    waits = weeks["mean_wait_seconds"].to_numpy().reshape(counts.shape)
    with _files(folder) as write_rows:
        employees = staff.table(generator(seed, "staff"), network, known)
        write_rows("staff", employees)
        write_rows("training", training.table(seed, employees))
        write_rows("before_after", before_after.table(seed, network))
        write_rows("incentives", incentives.table(seed, network))
        write_rows("queue_tickets", queue.table(seed, network))
        write_rows("touchpoints", touchpoints.table())
        for number, first in enumerate(range(0, size, CHUNK)):
            chunk = draw(seed, number, bank, keep=size - first, until=until, waits=waits)
            for name, rows in chunk["tables"].items():
                write_rows(name, rows)
            _beside(write_rows, seed, network, chunk, number=number, first=first)
            np.add.at(counts, chunk["complaints"], 1)
            note(number, chunk["people"])
            step()
        write_rows("service_weekly", weeks.assign(complaints=counts.ravel()))
    return write_rows.rows


def _beside(write_rows, seed, network, chunk, *, number, first):
    """Write what a chunk of customers leaves beside the ledger: trials, echoes, letters, raw cards and notes."""
    said = write_rows.rows.get("comments", 0)
    tried = campaigns.tables(seed, network, chunk["people"], chunk=number, first=first, comments_before=said)
    tried |= echoes.tables(
        seed, network, chunk["people"], chunk["tables"]["complaints"],
        chunk=number, first=first, known=write_rows.rows.get("echoes", 0),
    )  # fmt: skip
    tried["tier_changes"] = tier_changes.table(
        seed, chunk["people"], chunk["tables"]["churn"], chunk=number, first=first
    )
    for name, rows in tried.items():
        write_rows(name, rows)
    for name, subject in (("raw_customers", raw_customers), ("raw_notes", raw_notes)):
        known, errors = (write_rows.rows.get(table, 0) for table in (name, "truth_dirt"))
        typed = subject.tables(
            seed, network, chunk["people"], chunk=number, first=first, known=known, errors=errors
        )
        for table, rows in typed.items():
            write_rows(table, rows)


def last_answers(answers):
    """Return the day on which each respondent of the survey last answered.

    Parameters
    ----------
    answers : DataFrame
        The table ``servqual``.

    Returns
    -------
    Series
        Day number by customer number (from 0).
    """
    person = answers["customer"].str[1:].astype(np.int64) - 1
    return (
        pd.Series(calendar.day(answers["date"].to_numpy(dtype="datetime64[D]")), index=person)
        .groupby(level=0)
        .max()
    )


def draw(seed, number, bank, *, keep, until, waits):
    """Draw one chunk of customers with all that happens to them.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    number : int
        Which chunk.
    bank : Setting
        As returned by `setting`.
    keep : int
        How many of its customers the bank has.
    until : Series
        As returned by `last_answers`.
    waits : ndarray of int64, n branches × 104 weeks
        Mean waits on record.

    Returns
    -------
    dict
        ``tables``: rows of each table; ``complaints``: branch and week of each complaint; ``people``: the
        customers, with the day they ``left``.
    """
    first, streams = number * CHUNK, _streams(seed, number)
    # A whole chunk is drawn, so that a customer is the same person in the same segment in a bank of any size.
    everybody = customers.draw(generator(seed, "customers", chunk=number), bank.network, CHUNK)
    segment = true_segments.assign(streams["truth_segments"], everybody, bank.habits)[:keep]
    people = everybody.iloc[:keep]
    found, events = cases.draw(streams["journeys"], people, segment, bank.network, bank.state, bank.moments)
    held = until.reindex(range(first, first + len(people)), fill_value=-1).to_numpy()
    leave = leaving.draw(streams["churn"], people, segment, bank.network, found, held)
    found, events = happened(found, events, leave)
    drawn = transactions.draw(streams["transactions"], people, segment, bank.habits, leave)
    names = case_records.named_cases(found, first=first)
    panel, hit, chance = case_records.asked(streams["journey_surveys"], people, found, events)
    surveys = case_records.surveys(
        streams["journey_surveys"], people, found, events, panel, names, network=bank.network
    )
    answered = _answered(surveys, found, names)
    known = churn.table(
        streams["churn"], people, found, drawn, answered, leave,
        first=first, network=bank.network, weekly_wait=waits,
    )  # fmt: skip
    tables = {
        "transactions": transactions.table(drawn, first=first),
        "journeys": case_records.table(found, events, hit, chance, names, network=bank.network),
        "journey_surveys": surveys,
        "complaints": case_records.complaints(found, events, names, cases.TOPICS, network=bank.network),
        "churn": churn.tidy(known),
        "truth_segments": true_segments.table(people, segment, first=first, network=bank.network),
        "truth_leaving": chances.table(people, segment, bank.network, found, leave, first=first),
    }
    return {"tables": tables, "complaints": _complained(found), "people": people.assign(left=leave)}


def _complained(found):
    """Branch and week of each complaint."""
    complaints = found[found["journey"] == 2]
    return complaints["branch"].to_numpy(), service.week(complaints["start"].to_numpy() // 86_400)


def _streams(seed, number):
    """Table → the chance of its own that a chunk has."""
    return {name: generator(seed, name, chunk=number) for name in TABLES if name != "touchpoints"}


def _answered(surveys, found, names):
    """What was answered, by whom (their place among the customers) and on which day."""
    place = found["person"].set_axis(names["case"]).reindex(surveys["case"]).to_numpy()
    return surveys[["satisfaction"]].assign(person=place, day=calendar.day(surveys["date"].to_numpy(str)))


def happened(found, events, leave):
    """Keep the cases that began before their customer left, and number them anew.

    Parameters
    ----------
    found, events : DataFrame
        As returned by `cases.draw`.
    leave : ndarray of int64
        The day each customer leaves.

    Returns
    -------
    tuple of DataFrame
        Cases and events, both ordered by customer.
    """
    begun = found["start"].to_numpy() < np.minimum(leave[found["person"]], calendar.DAYS) * 86_400
    before = found["repeat_of"].to_numpy()
    kept = np.flatnonzero(begun)
    kept = kept[np.lexsort([found["start"].to_numpy()[kept], found["person"].to_numpy()[kept]])]
    place = np.full(len(found) + 1, -1)
    place[kept] = np.arange(len(kept))
    cases_left = found.iloc[kept].assign(repeat_of=place[before[kept]]).reset_index(drop=True)
    seen = events[begun[events["case"]]]
    seen = seen.assign(case=place[seen["case"]]).sort_values(
        ["case", "start", "end"], kind="stable", ignore_index=True
    )
    return cases_left, seen


class _Writers:
    """Files that grow chunk by chunk: Parquet for what is large, CSV for what people open."""

    def __init__(self, folder):
        self.folder, self.open, self.rows = folder, {}, {}

    def __call__(self, name, rows):
        if name in PARQUET:
            self._parquet(name, rows)
        else:
            path, more = self.folder / f"{name}.csv", name in self.rows
            with path.open("a" if more else "w", encoding="utf-8", newline="") as file:
                rows.to_csv(file, index=False, header=not more, lineterminator="\n")
        self.rows[name] = self.rows.get(name, 0) + len(rows)

    def _parquet(self, name, rows):
        if isinstance(rows, pd.DataFrame):
            columns = {column: rows[column].to_numpy(dtype=object).tolist() for column in rows}
            rows = pa.table(columns)
        if name not in self.open:
            options = {"compression": "zstd", "compression_level": 9, "store_schema": False}
            self.open[name] = pq.ParquetWriter(self.folder / f"{name}.parquet", rows.schema, **options)
        self.open[name].write_table(rows, row_group_size=ROWS_A_GROUP)


@contextmanager
def _files(folder):
    writers = _Writers(folder)
    try:
        yield writers
    finally:
        for file in writers.open.values():
            file.close()
