"""A slip in a cell, and the first words that explain it; without a kernel."""

import linecache
import warnings

import numpy as np
import pandas as pd
import pytest

from classroom.notebook import explain
from helpers.bank import language

TABLE = pd.DataFrame(
    {"a": [0.1, 0.5, 0.3, 0.8], "left": [0, 1, 0, 1], "branch": ["B01", "B02"] * 2, "group": ["t", "w"] * 2},
    index=range(20000, 20004),
)


def told(code, *, spoken="zh", **known):
    """Run a cell; what is said of its error."""
    from sklearn.linear_model import LogisticRegression

    language.use(spoken)
    space = {
        "__name__": "__main__",
        "np": np,
        "pd": pd,
        "past": TABLE.copy(),
        "Model": LogisticRegression,
        **known,
    }
    linecache.cache["<cell>"] = (len(code), None, code.splitlines(keepends=True), "<cell>")
    with warnings.catch_warnings(), pytest.raises(Exception) as caught:
        warnings.simplefilter("ignore")
        exec(compile(code, "<cell>", "exec"), space)
    return explain.explained(caught.value, space=space)


SLIPS = [
    ("Model().fit(past[['a']])", "model.fit(X, y)", "模型.fit(X, y)"),
    ("Model().fit(past[['a']], past[['left', 'a']])", "one pair of brackets", "一层方括号"),
    ("Model().fit(past[['a']], past['left'].head(2))", "of different length", "长短不一"),
    ("Model().fit(past['a'], past['left'])", "Two pairs of brackets", "写两层方括号"),
    ("Model().predict_proba(past[['a']])", "not been computed yet", "模型还没有计算"),
    ("Model().fit(past[['a']], past['a'])", "column of groups", "应该是分组"),
    ("past['p'] = Model().fit(past[['a']], past['left']).predict_proba(past[['a']])", "[:, 1]", "[:, 1]"),
    ("np.log1p(past['branch'])", "text came", "来的却是文字"),
    ("past[past['left' >= 1]]", "before the comparison", "列名要先写完，再比较"),
    ("'3' + 4", "without quotation marks", "不要加引号"),
    ("3 + '4'", "without quotation marks", "不要加引号"),
    ("round('0.1', 2)", "without quotation marks", "不要加引号"),
    ("[3, 1] + 2", "a list in square brackets", "方括号里的一串"),
    ("16 * [1.0] * 0.5", "a text or a list", "文字或方括号里的一串"),
    ("[1 - 0.95] ** 3", "a list in square brackets", "方括号里的一串"),
    ("(1 - 0.95)[3]", "round: (a + b)", "要写圆括号"),
    ("round[0.1, 2]", "stands in round brackets", "要放在圆括号里"),
    ("100(1 + 2)", "write the star", "请写出星号"),
    ("None + 1", "empty (None)", "空的（None）"),
    ("len(500)", "a single number came", "来的只是一个数"),
    ("for i in 5: pass", "range(5)", "range(5)"),
    ("[3, 1]['a']", "by place", "按第几个来取"),
    ("past.groupby('group')['a']['t'].mean()", "after the computation", "先算再取"),
    ("round(0.1, digits=2)", "knows no 'digits'", "没有 'digits' 这个参数"),
    ("past[past['a'] > 0][:, 1]", ".iloc[:, 1]", ".iloc[:, 1]"),
    ("past[(past['a'] > 0), (past['left'] == 1)]", "joined by &", "要用 & 连起来"),
    ("past[['a'], ['left']]", "one list", "同一个清单"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip[0])
def test_an_everyday_slip_is_explained_in_both_languages(slip):
    code, *parts = slip
    for spoken, part in zip(("en", "zh"), parts, strict=True):
        assert part in told(code, spoken=spoken)


def test_a_row_counted_is_not_guessed_by_its_name():
    assert "写 .iloc[-1]" in told("past['a'][-1]")
    for code in ("past.loc[2000]", "past.loc['2000']"):
        assert "是不是" not in told(code) and "没有叫" in told(code)
    assert "不加引号：20001" in told("past.loc['20001']")
    assert '要加引号："7"' in told("pd.Series([1], index=['7'])[7]")
    assert "写 .iloc[0]" in told("past[0]")


def test_a_column_without_its_quotation_marks_is_no_misspelt_name():
    said = told("past[left]", effect=3, lef=4)
    assert '要加英文引号："left"' in said and "是不是想写" not in said
    assert "是不是想写 effect？" in told("efect", effect=3)


def test_the_readers_own_column_is_not_called_as_in_the_glossary(book):
    from helpers.bank import codebook

    codebook.use(book)
    assert codebook.current().label("chance") != "chance"
    said = told("past['Chance']", past=TABLE.assign(chance=1))
    assert "'chance'？" in said and "随机" not in said


EVERYDAY = [
    ("past.assign(day=pd.Timestamp('2025-01-01')).groupby('branch').sum()", "text or a date", "文字或日期"),
    ("past['a'].nlargest(4 / 2)", "divide with //", "两个斜杠 //"),
    ("past['a'].nlargest(2.5)", "divide with //", "两个斜杠 //"),
    ("past['a'] in past['left']", "column.isin(others)", "列.isin(另一列)"),
    ("past['a'].to_numpy()(1)", "square brackets: a[0]", "方括号：数组[0]"),
    ("past['a'].to_numpy()[1.5]", "whole numbers, counting from 0", "整数，从 0 开始数"),
    ("past['a'].to_numpy()[past['a'].to_numpy() > 9][0]", "the condition met nothing", "一个也没有选中"),
    ("past.join(pd.Series([1], name=None))", "has no name yet", "还没有名称"),
    ("past[past]", "a whole table came", "整张表"),
    ("{1 - 0.5} / (1 - 0.2)", "Curly brackets make a set", "花括号里的是集合"),
    ("past['a'].mean(0.5)", "no axis '0.5'", "没有 '0.5' 这个方向"),
    ("(lambda a, b: a)()", "needs more: 'a' and 'b'", "还缺参数：'a'、'b'"),
    ("(pd.to_datetime(past['left']) - pd.Timestamp('2020-01-01')).days", "Here it is .dt.days", "这里要写 .dt.days"),
    ("past['branch'].zfill(5)", "Here it is .str.zfill", "这里要写 .str.zfill"),
    ("past['branch'] == 'B01'.mean()", "brackets come first: (…).mean()", "括起来：(…).mean()"),
    ("(1, 2).round(1)", "Take one of them first", "先取其中一个"),
    ("past.append(past)", "pd.concat", "pd.concat"),
    ("past[['a', 'a']].corr(); pd.concat([past, past], axis=1)['a'].dtype", "Two columns of the table are called 'a'", "有两列都叫 'a'"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "en", "zh"), EVERYDAY)
def test_an_everyday_slip_is_explained(code, en, zh):
    assert en in told(code, spoken="en") and zh in told(code)


def test_a_column_given_for_a_table_is_told_so():
    import seaborn as sns

    code = "sns.barplot(past.groupby('branch').size(), x='n', y='branch')"
    assert 'reset_index(name="n")' in told(code, sns=sns)
