"""What `rfm` refuses, each in one sentence."""

import pandas as pd
import pytest
import refusals

from helpers.methods import rfm

LEDGER = pd.DataFrame({"customer": ["A"], "time": pd.to_datetime(["2025-02-28"]), "channel": ["app"], "kind": ["fee"],
                       "amount_fen": [700]})  # fmt: skip


REFUSED = [
    (
        lambda: rfm.scores(
            LEDGER.assign(time=LEDGER["time"].dt.tz_localize("Asia/Shanghai")), as_of="2025-03-02"
        ),
        "without a time zone",
    ),
    (lambda: rfm.scores(LEDGER.assign(time=pd.Timedelta(days=1)), as_of="2025-03-02"), "dates or times"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_it_is_refused_in_one_sentence(call, words):
    refusals.is_one_sentence(call, words)
