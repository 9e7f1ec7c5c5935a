"""What every refusal keeps to: one sentence of ours, in both languages."""

import re

import pytest

from helpers.bank.language import Sentence


def is_one_sentence(call, words):
    """See that a call is refused in these words, and in Chinese too."""
    with pytest.raises((ValueError, TypeError), match=re.escape(words)) as told:
        call()
    assert isinstance(told.value, Sentence)
    assert told.value.en != told.value.zh and re.search("[一-鿿]", told.value.zh)
