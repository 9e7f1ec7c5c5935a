"""A column that is not there."""

import linecache

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


def explained(code, *, spoken="zh", **known):
    language.use(spoken)
    space = {"__name__": "__main__", "seen": SEEN.copy(), "branch": "B01", **known}
    linecache.cache["<cell>"] = (len(code), None, [code], "<cell>")
    with pytest.raises((KeyError, TypeError)) as caught:
        exec(compile(code, "<cell>", "exec"), space)
    return explain.explained(caught.value, space=space)


@pytest.mark.parametrize(
    ("code", "en", "zh"),
    [
        ("seen[branch] == 'B02'", 'The column is ["branch"]', '列名要加引号：["branch"]'),
        ("seen.rename(columns={'post': 'id'})[id]", 'The column is ["id"]', '列名要加引号：["id"]'),
        ("seen[id]", "is a name of the notebook or of Python", "是笔记本或 Python 里的名称"),
        ("seen['hours']", "hours is a column of its own", "直接写 hours"),
        ("seen.groupby(hours)['hours']", "hours is a column of its own", "直接写 hours"),
        ("seen['post'].groupby('hours').mean()", "hours is a column of its own", "直接写 hours"),
        ("seen['post']['hours']", "No row is called 'hours'", "没有叫 'hours' 的行"),
        ("seen[hours]", "a column of values came", "现在放的是一列值"),
        ("seen.pivot_table(index='group', columns='wave')['post']['1']", None, "数字不加引号：1。"),
    ],
)
def test_a_name_of_the_notebook_is_told_from_a_column(code, en, zh):
    known = {"hours": pd.Series([9.5, 10.5])}
    if "wave" in code:
        known["seen"] = SEEN.drop(columns="branch").assign(wave=[1, 2])
    assert zh in explained(code, **known)
    assert en is None or en in explained(code, spoken="en", **known)
