"""Headings with a word for a person, a number or a time: kept as items where the answers are those of items, or asked."""

import numpy as np
import pandas as pd
import pytest

from owndata.map import heading_claims, proposed_mapping
from owndata.read import sheets

SPOKEN = (
    "1、员工佩戴工号牌、着装统一", "2、员工职业素养高", "3、网点地理位置便利", "4、自助设备标识清晰", "5、员工称呼得体",
    "6、办一笔业务不用跑几次", "7、电子渠道好用", "员工能叫出我的名字", "客户经理联系方式畅通", "投诉渠道畅通", "金融知识教育宣传到位",
    "员工主动推荐合适的产品", "Duration of the wait was acceptable", "Financial education is good",
)  # fmt: skip
NAMED = (
    "工号",
    "柜员工号",
    "姓名",
    "联系电话",
    "您的年龄段",
    "受教育程度",
    "月收入（元）",
    "本月办理次数",
    "How many people live with you?",
)
PLAIN = ("大堂整洁", "办理迅速", "说到做到", "让人放心", "关心客户", "等候不久")
WORDS = ("非常不满意", "不满意", "一般", "满意", "非常满意")


def marks(count, n=160, seed=7):
    """Answers that hang together, from 1 to 5, a column each."""
    rng = np.random.default_rng(seed)
    felt = rng.normal(3.6, 0.8, (1, n)) + rng.normal(0, 0.9, (count, n))
    return np.clip(np.rint(felt), 1, 5).astype(int)


def alone(n=160, seed=8):
    return np.random.default_rng(seed).integers(1, 6, n)


def proposed(columns, tmp_path):
    table = pd.DataFrame(columns)
    table.insert(0, "网点", [f"{'东西南北'[i % 4]}门支行" for i in range(len(table))])
    table.to_csv(tmp_path / "a.csv", index=False)
    found = proposed_mapping.propose(sheets.read(tmp_path / "a.csv"))
    return found.columns.set_index("heading"), found.questions


@pytest.mark.parametrize("as_words", [False, True])
def test_sentences_that_are_rated_like_the_others_are_items(tmp_path, as_words):
    names = [*SPOKEN, "办理迅速"]
    answers = marks(len(names))
    said = np.array(WORDS)[answers - 1] if as_words else answers
    found, asked = proposed(dict(zip(names, said, strict=True)), tmp_path)
    assert asked == ()
    assert found.loc[names, "role"].tolist() == ["perception"] * len(names)
    assert found.loc[names, "item"].tolist() == list(range(1, len(names) + 1))


def test_what_a_heading_names_is_no_item_whatever_its_numbers(tmp_path):
    columns = dict(zip([*PLAIN, *NAMED], marks(len(PLAIN) + len(NAMED)), strict=True))
    found, asked = proposed(columns, tmp_path)
    assert asked == ()
    assert set(found.loc[[*NAMED], "role"]) == {"identifier", "ignore"}
    assert set(found.loc[["工号", "柜员工号", "姓名", "联系电话"], "role"]) == {"identifier"}


def test_a_sentence_without_relation_to_the_items_is_asked_about(tmp_path):
    columns = dict(zip(PLAIN, marks(len(PLAIN)), strict=True)) | {"员工佩戴工号牌": alone()}
    found, (asked,) = proposed(columns, tmp_path)
    assert (asked.kind, asked.seen, found.loc["员工佩戴工号牌", "role"]) == (
        "items",
        ("员工佩戴工号牌",),
        "identifier",
    )
    assert asked.choices[1].columns == {"员工佩戴工号牌": {"role": "perception", "item": 7}}


def test_a_noun_is_asked_about_only_where_its_answers_go_along(tmp_path):
    columns = dict(zip([*PLAIN, "投诉渠道"], marks(len(PLAIN) + 1), strict=True))
    found, (asked,) = proposed(columns | {"办理渠道": alone()}, tmp_path)
    assert (asked.kind, asked.seen) == ("named", ("投诉渠道",))
    assert found.loc[["投诉渠道", "办理渠道"], "role"].tolist() == ["perception", "ignore"]


@pytest.mark.parametrize(
    "say",
    [
        lambda mark, i: "ABCDE"[5 - mark],
        lambda mark, i: f"{mark}分",
        lambda mark, i: f"{mark}/5",
        lambda mark, i: "★" * mark + "☆" * (5 - mark),
        lambda mark, i: str(mark * 17 + i % 9),
        lambda mark, i: str(mark) if i % 11 else "99",
        lambda mark, i: str(mark - 3),
        lambda mark, i: f"{mark}-{WORDS[mark - 1]}",
    ],
)
def test_in_whatever_way_the_items_are_answered(tmp_path, say):
    names = [*PLAIN, *SPOKEN[:4]]
    said = [[say(mark, i) for i, mark in enumerate(one)] for one in marks(len(names))]
    found, asked = proposed(dict(zip(names, said, strict=True)), tmp_path)
    assert found.loc[names, "role"].tolist() == ["perception"] * len(names)
    assert {one.kind for one in asked} <= {"letters", "codes"}


@pytest.mark.parametrize("name", ["地理位置", "员工称呼", "工号"])
def test_nobody_is_called_very_satisfied(tmp_path, name):
    said = np.array(WORDS)[marks(4) - 1]
    found, asked = proposed(dict(zip([*PLAIN[:3], name], said, strict=True)), tmp_path)
    assert (found.loc[name, "role"], asked) == ("perception", ())


def test_of_two_overall_satisfactions_one_is_asked_about(tmp_path):
    names = [*PLAIN, "整体环境令人满意", "总体满意度"]
    found, (asked,) = proposed(dict(zip(names, marks(len(names)), strict=True)), tmp_path)
    assert (asked.kind, asked.seen) == ("named", ("整体环境令人满意",))
    assert found.loc["总体满意度", "role"] == "satisfaction"


@pytest.mark.parametrize(
    ("heading", "claim"),
    [
        ("近几年服务越来越好", "mention"), ("您的收入证明办理清楚", "mention"), ("Years_with_bank", "noun"), ("地理位置", "noun"),
        ("每月办理几次", "settled"), ("Numerous options were offered", None), ("NumReports", "settled"), ("用时", "noun"),
        ("请您对以下方面评分—联系方式", "mention"), ("Please rate the following - Email", "mention"), ("满意度：员工称呼", "mention"),
        ("What is your age?", "settled"), ("What is the highest level of education you have completed?", "settled"),
        ("Your phone number", "settled"), ("Your satisfaction with the email service", "mention"),
    ],
)  # fmt: skip
def test_what_headings_claim(heading, claim):
    assert heading_claims.claim(heading) == claim


def test_too_few_answers_to_tell_are_asked_about(tmp_path):
    names = ["员工称呼得体", "电子渠道好用", "办理迅速"]
    _, (asked,) = proposed(dict(zip(names, marks(3, n=18), strict=True)), tmp_path)
    assert (asked.kind, asked.seen) == ("named", ("员工称呼得体", "电子渠道好用"))


def test_numbers_that_no_item_has_are_what_their_heading_says(tmp_path):
    counted = np.random.default_rng(3).integers(0, 10, 160)
    columns = dict(zip(PLAIN, marks(len(PLAIN)), strict=True)) | {"等多少分钟心里有数": counted}
    found, asked = proposed(columns, tmp_path)
    assert (found.loc["等多少分钟心里有数", "role"], set(found["high"].dropna()), asked) == (
        "ignore",
        {5},
        (),
    )


@pytest.mark.parametrize("heading", SPOKEN)
def test_a_sentence_mentions(heading):
    assert heading_claims.claim(heading) == "mention"


@pytest.mark.parametrize("heading", NAMED)
def test_a_name_settles(heading):
    assert heading_claims.claim(heading) == "settled"
