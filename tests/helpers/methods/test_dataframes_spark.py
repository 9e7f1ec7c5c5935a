"""RFM and behaviour on Spark: the same call, the same numbers (needs Java: `make test-all`)."""

import numpy as np
import pandas as pd
import pytest

from helpers.methods import behaviour, rfm

pytestmark = [
    pytest.mark.java,
    # PySpark speaks of versions of pandas that it has not been tried with, and closes its sockets late.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        # Not the driver's own: a written moment would be read by the wrong clock.
        .config("spark.sql.session.timeZone", "Asia/Shanghai")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def ledger():
    pick = np.random.default_rng(9)
    rows = 400
    return pd.DataFrame(
        {
            "customer": pick.choice([f"C{n:03}" for n in range(60)], rows),
            "time": pd.Timestamp("2024-02-20") + pd.to_timedelta(pick.integers(0, 700, rows) * 12, unit="h"),
            "channel": pick.choice(behaviour.CHANNELS, rows),
            "kind": pick.choice(behaviour.KINDS, rows),
            "amount_fen": pick.choice([100, 200, 2**53 + 1], rows),
        }
    )


@pytest.mark.parametrize("call", [rfm.scores, behaviour.features], ids=["rfm", "behaviour"])
def test_spark_gives_the_same_numbers_and_its_own_kind(spark, ledger, tmp_path, call):
    path = tmp_path / "transactions.parquet"
    ledger.to_parquet(path, coerce_timestamps="us", index=False)
    frame = spark.read.parquet(str(path))
    query = call(frame, as_of="2024-12-31")
    assert type(query) is type(frame)
    wanted = call(ledger, as_of="2024-12-31")
    rows = sorted(tuple(row) for row in query.collect())
    assert query.columns == list(wanted.columns)
    assert rows == [tuple(row) for row in wanted.itertuples(index=False)]
    assert {kind for name, kind in query.dtypes if name != "customer"} == {"bigint"}
