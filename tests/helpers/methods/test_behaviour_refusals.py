"""What `behaviour` refuses, each in one sentence."""

import pandas as pd
import pytest
import refusals

from helpers.methods import behaviour

LEDGER = pd.DataFrame({"customer": ["A"], "time": pd.to_datetime(["2025-02-28"]), "channel": ["app"], "kind": ["fee"],
                       "amount_fen": [700]})  # fmt: skip


REFUSED = [
    (lambda: behaviour.features(LEDGER, as_of="2025-03-02", kinds="fee"), "`kinds` must be a list"),
    (lambda: behaviour.features(LEDGER, as_of="2025-03-02", channels=[]), "`channels` must be a list"),
    (lambda: behaviour.features(LEDGER, as_of="2025-03-02", kinds=["fee", "fee"]), "`kinds` must be a list"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_it_is_refused_in_one_sentence(call, words):
    refusals.is_one_sentence(call, words)
