"""A column that is not there."""

import pandas as pd
import pytest

from classroom.notebook import explain
from helpers.bank import language

SEEN = pd.DataFrame({"group": ["trained", "waiting"], "branch": ["B01", "B02"], "post": [1.0, 2.0]})


@pytest.mark.parametrize(
    "code",
    [
        "seen.set_index('group')['group']",
        "seen.set_index('group')[['group', 'post']]",
        "seen.groupby('group')['post'].mean()['group']",
        "seen.groupby('group').mean(numeric_only=True)['group']",
        "seen.groupby(['branch', 'group']).size()['group']",
    ],
)
def test_what_names_the_rows_is_no_column(code):
    space = {"__name__": "__main__", "seen": SEEN.copy()}
    with pytest.raises(KeyError) as caught:
        exec(compile(code, "<cell>", "exec"), space)
    assert "it names the rows (trained, waiting)" in explain.explained(caught.value, space=space)
    language.use("zh")
    assert "而是行的名称（trained、waiting）" in explain.explained(caught.value, space=space)
