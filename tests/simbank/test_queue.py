"""Queue tickets: a stream of their own, the declared process, and a truth that two other routes find."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simbank import bank, branches, declared, estimands, queue, simulated_codebook
from simbank.streams import TABLES, generator

ROOT = Path(__file__).parents[2]
TIMES = ["taken", "called", "finished"]


@pytest.fixture(scope="module")
def network():
    return branches.draw(generator(bank.SEED, "branches"), 24)


@pytest.fixture(scope="module")
def tickets(network):
    table = queue.table(bank.SEED, network)
    return table.assign(**{name: pd.to_datetime(table[name]) for name in TIMES})


def test_the_committed_table_is_the_one_that_is_drawn(network):
    written = queue.table(bank.SEED, network).to_csv(index=False, lineterminator="\n")
    assert written == (ROOT / "datasets/qingyu_bank/queue_tickets.csv").read_text(encoding="utf-8")


def test_its_stream_is_its_own():
    assert list(TABLES.values()).count(TABLES["queue_tickets"]) == 1


def test_every_truth_about_queues_has_its_sentence():
    words = declared.words()["quantities"]
    assert {key.split(".")[0] for key in words if key.startswith("queue_")} == {
        "queue_arrivals", "queue_counters", "queue_gain", "queue_gain_given_up", "queue_given_up", "queue_patience",
        "queue_service", "queue_spent", "queue_wait", "queue_wait_served"}  # fmt: skip


def test_its_columns_are_those_of_a_banks_own_log():
    own = simulated_codebook.codebook()["tables"]["queue_tickets"]["fields"]
    contract = (ROOT / "src/owndata/map/own_tables.yml").read_text(encoding="utf-8")
    text = contract.split("queue_tickets:")[1].split("\ncomments:")[0]
    for field in own:
        assert f"name: {field['name']}, type: {field['type']}, title: {field['title']}" in text, field["name"]


@pytest.mark.parametrize("count", [3, 5, 24, 60])
def test_six_branches_at_most_have_the_machine(count):
    drawn = queue.draw(1, branches.draw(generator(1, "branches"), count))
    assert len(drawn) == min(6, count) if count != 5 else 5
    assert all(queue.branch < count for queue in drawn)


def test_numbers_are_called_in_their_order_and_a_counter_serves_one_at_a_time(tickets):
    for _, day in tickets.groupby(["branch", tickets["taken"].dt.date]):
        assert day["called"].is_monotonic_increasing and (day["called"] >= day["taken"]).all()
        for _, one in day.dropna(subset="finished").groupby("counter"):
            assert (one["called"].to_numpy()[1:] >= one["finished"].to_numpy()[:-1]).all()


def test_who_gave_up_has_neither_counter_nor_end(tickets):
    gone = tickets["finished"].isna()
    assert (tickets.loc[gone, "counter"] == "").all() and (tickets.loc[~gone, "counter"] != "").all()
    assert 0.02 < gone.mean() < 0.2


def test_arrivals_and_service_come_back(network, tickets):
    days = queue.WEEKS * queue.WORKDAYS
    for one in queue.draw(bank.SEED, network):
        rows = tickets[tickets["branch"] == branches.ids(24)[one.branch]]
        counted = rows.groupby(rows["taken"].dt.hour).size().to_numpy()
        z = (counted - days * one.rate / 1000) / np.sqrt(days * one.rate / 1000)
        assert (np.abs(z) < 4).all()
        took = (rows["finished"] - rows["called"]).dt.total_seconds()
        assert took.mean() == pytest.approx(one.service, rel=4 / np.sqrt(len(took)))


def test_a_queue_of_even_arrivals_is_erlangs():
    """Without giving up, after a start that is left out: the formula, by another route than the simulator's."""
    even = queue.Queue(branch=0, rate=np.full(8, 60_000), service=150, counters=3)
    rng = generator(3, "queue_tickets")
    taken, there = queue.arrivals(rng, even, 400)
    service, _ = queue._seconds(rng, even, taken.shape)
    wait, stays, _ = queue.serve(taken, there, service, np.full_like(service, 10**9), counters=3)
    settled = there & (taken > 2 * queue.HOUR)
    assert (stays == there).all()
    offered = 60 * 150 / 3600
    blocked = offered**3 / math.factorial(3) / sum(offered**k / math.factorial(k) for k in range(4))
    waits = blocked / (1 - offered / 3 * (1 - blocked)) * 150 / (3 - offered)
    means = np.array([wait[day][settled[day]].mean() for day in range(400)])
    assert means.mean() == pytest.approx(waits, abs=4 * means.std() / 20)


def test_one_more_counter_shortens_the_wait_and_keeps_people(network, monkeypatch):
    monkeypatch.setattr(estimands, "BATCHES", 2)
    effects = queue.effects(bank.SEED, network, number=0)
    for (name, _), value in effects.items():
        if name.startswith("queue_gain"):
            assert value < 0
    spent = {place: value for (name, place), value in effects.items() if name == "queue_spent"}
    called = {place: value for (name, place), value in effects.items() if name == "queue_wait"}
    assert all(spent[place] < called[place] for place in spent)  # nobody waits on after leaving
