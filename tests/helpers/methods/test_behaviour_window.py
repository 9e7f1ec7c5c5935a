"""A window without a transaction is named as that, and own data are read up to the day after their last one."""

import datetime
from pathlib import Path

import pandas as pd
import polars
import pytest
from collection import ROOT

from helpers.bank.language import WrongValue
from helpers.methods import behaviour
from owndata.map import folder_codebook
from workshop.jobs import parameters

DEALS = pd.DataFrame({
    "customer": ["A", "B"], "time": pd.to_datetime(["2010-03-01 10:00", "2011-12-09 08:26"]), "channel": "app",
    "kind": "transfer", "amount_fen": [5, 7],
})  # fmt: skip


@pytest.mark.parametrize("engine", [lambda rows: rows, polars.from_pandas])
def test_an_empty_window_names_the_days_there_are(engine):
    with pytest.raises(WrongValue) as error:
        behaviour.features(engine(DEALS), as_of="2026-01-01", days=731)
    assert (
        "no transaction in the 731 days before 2026-01-01; yours are of 2010-03-01 to 2011-12-09"
        in error.value.en
    )
    assert "`as_of` 2011-12-10" in error.value.en
    assert "2011-12-10" in error.value.zh
    assert len(behaviour.features(engine(DEALS), as_of="2011-12-10", days=731)) == 2


def test_as_of_is_the_day_after_the_last_transaction_of_own_data(tmp_path):
    import nbformat

    DEALS.to_csv(tmp_path / "transactions.csv", index=False)
    folder_codebook.describe(tmp_path)
    notebook = nbformat.read(ROOT / "notebooks" / "en" / "10_segments.ipynb", as_version=4)
    assert parameters.suited({"data": str(tmp_path)}, notebook=notebook)["as_of"] == "2011-12-10"
    chosen = {"data": str(tmp_path), "as_of": "2011-01-01"}
    assert parameters.suited(chosen, notebook=notebook)["as_of"] == "2011-01-01"
    own = {"data": str(Path(ROOT) / "datasets" / "qingyu_bank")}
    assert "as_of" not in parameters.suited(own, notebook=notebook)


def test_two_spans_may_fill_the_window_to_the_day():
    fills = behaviour.features(DEALS, as_of="2011-12-10", days=20, recent_days=10)
    assert fills["recent_count"].tolist() == [1]
    with pytest.raises(WrongValue, match="two spans"):
        behaviour.features(DEALS, as_of="2011-12-10", days=19, recent_days=10)


def test_a_window_longer_than_the_calendar_begins_with_it():
    assert behaviour._ago(datetime.date(2026, 1, 1), 10**9) == datetime.date.min
    assert behaviour._ago(datetime.date(2026, 1, 1), 1) == datetime.date(2025, 12, 31)
