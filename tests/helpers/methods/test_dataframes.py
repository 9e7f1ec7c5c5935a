"""Days counted alike on every engine."""

import datetime
from types import SimpleNamespace

import narwhals as nw
import pandas as pd
import pytest

from helpers.bank.language import WrongKind
from helpers.methods import dataframes


@pytest.mark.parametrize("engine", [nw.Implementation.PANDAS, nw.Implementation.PYSPARK])
def test_a_day_begins_with_its_first_minute_by_moments_and_by_whole_days(engine):
    """Spark counts days; an expression is built from the engine's name alone, so pandas can compute either."""
    times = pd.to_datetime(
        ["2024-02-28 23:59:59", "2024-02-29 00:00:00", "2024-02-29 00:00:01", "2024-03-01 00:00:00"]
    )
    happened = dataframes.since(datetime.datetime(2024, 2, 29), frame=SimpleNamespace(implementation=engine))
    found = (
        nw.from_native(pd.DataFrame({"time": times}))
        .select(happened.alias("happened"))
        .to_native()["happened"]
    )
    assert found.tolist() == [False, True, True, True]


@pytest.mark.parametrize("kind", ["any", "time"])
def test_the_zone_of_a_time_is_refused_and_that_of_any_other_column_is_not_asked_for(kind):
    table = pd.DataFrame({"when": pd.to_datetime(["2025-03-01"]).tz_localize("Asia/Shanghai")})
    if kind == "any":
        assert dataframes.opened(table, needed={"when": kind}, name="t").collect().shape == (1, 1)
    else:
        with pytest.raises(WrongKind, match="Asia/Shanghai"):
            dataframes.opened(table, needed={"when": kind}, name="t")
