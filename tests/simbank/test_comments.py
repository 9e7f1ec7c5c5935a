"""The comments read like customers: varied, untidy, in two languages, and about what the truth says."""

import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from simbank import (
    branches,
    campaigns,
    comment_phrases,
    comments,
    customers,
    declared,
    estimands,
    simulated_codebook,
)
from simbank.bank import SEED
from simbank.streams import CHUNK, generator

CHINESE = re.compile(r"[一-鿿]")


@pytest.fixture(scope="module", params=(SEED, 15))
def made(request):
    network = branches.draw(generator(request.param, "branches"), 24)
    said = []
    for chunk in range(2):
        people = customers.draw(generator(request.param, "customers", chunk=chunk), network, CHUNK)
        rows = campaigns.tables(
            request.param, network, people, chunk=chunk, first=chunk * CHUNK,
            comments_before=sum(len(part) for part, _ in said),
        )  # fmt: skip
        said.append((rows["comments"], rows["truth_comments"]))
    texts, meant = (pd.concat(parts, ignore_index=True) for parts in zip(*said, strict=True))
    with pytest.MonkeyPatch.context() as few:
        few.setattr(estimands, "BATCHES", 6)
        few.setattr(declared, "SUBJECTS", (comments,))
        told = pd.DataFrame(declared.quantities(request.param, network))
    main = meant[meant["place"] == 1].set_index("comment").loc[texts["comment"]].reset_index(drop=True)
    return {"said": texts, "meant": meant, "main": main, "told": told, "network": network}


def leaves(node):
    if isinstance(node, dict):
        for value in node.values():
            yield from leaves(value)
    else:
        yield node


# ---- the fragments ----


def test_both_languages_have_the_same_shape():
    def shape(node):
        return {key: shape(value) for key, value in node.items()} if isinstance(node, dict) else "list"

    both = comment_phrases.fragments()
    assert shape(both["zh"]) == shape(both["en"])
    assert list(both["zh"]["topics"]) == list(both["en"]["topics"]) == list(comments.TOPICS)


def test_there_are_several_hundred_fragments_a_language_and_none_twice_in_a_list():
    for language, least in (("zh", 600), ("en", 400)):
        lists = list(leaves(comment_phrases.fragments()[language]))
        assert sum(map(len, lists)) >= least, language
        assert not [line for lines in lists for line, n in Counter(lines).items() if n > 1]


def test_every_slot_and_every_opening_exists():
    for words in comment_phrases.fragments().values():
        known = {*words["slots"], "phone"}
        for lines in leaves(words):
            assert {slot for line in lines for slot in re.findall(r"{(.*?)}", line)} <= known
        assert {"".join(told["opens"]) for told in words["topics"].values()} <= set(words["opens"])


def test_chinese_fragments_are_chinese():
    words = comment_phrases.fragments()["zh"]
    for lines in leaves(words["topics"]):
        for line in lines:
            assert not set(line) & set(",?;!"), line
            assert lines == ["none"] or CHINESE.search(line) or lines[0] in words["opens"], line


def test_an_unknown_slot_is_not_passed_over():
    with pytest.raises(KeyError, match="nowhere"):
        comment_phrases._filled(
            "{nowhere}", comment_phrases.Dice([1]), comment_phrases.fragments()["zh"]["slots"]
        )


# ---- the comments ----


def test_there_are_some_thousand_comments(made):
    assert 3_000 <= len(made["said"]) <= 5_000
    assert made["said"]["comment"].is_unique


def test_hardly_any_comment_is_said_twice(made):
    texts, register = made["said"]["text"], made["main"]["register"]
    told = texts[~register.isin(["short", "empty"])]
    assert told.duplicated().mean() < 0.05
    assert told[told.str.len() > 15].duplicated(keep=False).mean() < 0.05


def test_lengths_are_those_of_customers(made):
    lengths = made["said"]["text"].str.len().groupby(made["said"]["language"])
    assert 20 <= lengths.median()["zh"] <= 45
    assert 60 <= lengths.median()["en"] <= 120
    assert (lengths.max() > 2.2 * lengths.median()).all()
    empty = (made["said"]["text"] == "").mean()
    assert 0.005 <= empty <= 0.03
    assert 0.02 <= (made["said"]["text"].str.len() <= 4).mean() <= 0.15


def test_four_in_five_write_chinese(made):
    said = made["said"]
    assert 0.15 <= (said["language"] == "en").mean() <= 0.25
    told = ~made["main"]["register"].isin(["short", "empty"])
    chinese = said["text"].str.contains(CHINESE)
    assert chinese[told & (said["language"] == "zh")].all()
    assert not chinese[said["language"] == "en"].any()


def test_shares_are_those_of_the_truth(made):
    said, main, told = made["said"], made["main"], made["told"]
    about = main[main["topic"] != "none"]

    def near(values, quantity, **place):
        rows = told[told["quantity"] == quantity]
        for name in ("topic", "branch"):
            rows = rows[rows[name] == place[name]] if name in place else rows[rows[name].isna()]
        expected = rows.iloc[0]
        p = expected["estimand"]
        error = np.sqrt(p * (1 - p) / len(values) + expected["monte_carlo_error"] ** 2)
        assert abs(values.mean() - p) <= 4 * error, (expected["sentence"], values.mean())

    for topic in comments.TOPICS:
        near(about["topic"] == topic, "comment_topic", topic=topic)
        near(about.loc[about["topic"] == topic, "polarity"] == -1, "comment_negative", topic=topic)
    near(about["polarity"] == -1, "comment_negative")
    near(about.loc[about["polarity"] == -1, "ironic"], "comment_ironic")
    near(said["language"] == "en", "comment_english")
    near(main["topic"] == "none", "comment_without_topic")
    branch = said.loc[main["topic"] != "none", "branch"]
    for name in branch.unique():
        near(about.loc[branch == name, "topic"] == "waiting", "comment_topic", topic="waiting", branch=name)


def test_slow_branches_hear_of_waiting(made):
    told = made["told"]
    by_branch = told[(told["quantity"] == "comment_topic") & told["branch"].notna()].set_index("branch")[
        "estimand"
    ]
    response = made["network"].perception[:, branches.DIMENSIONS.index("responsiveness")]
    assert np.corrcoef(by_branch.sort_index(), response)[0, 1] < -0.8


def test_every_topic_is_praised_and_blamed_in_both_languages(made):
    cells = made["main"].assign(language=made["said"]["language"])
    counts = cells[cells["topic"] != "none"].groupby(["language", "topic", "polarity"]).size()
    assert len(counts) >= 2 * 13 * 3 - 6
    assert counts.xs("zh", level="language").min() >= 3


def test_a_second_topic_is_another_one(made):
    twice = made["meant"].groupby("comment")
    two = made["meant"][twice["topic"].transform("size") == 2]
    assert 0.08 <= two["comment"].nunique() / len(made["said"]) <= 0.2
    assert (two.groupby("comment")["topic"].nunique() == 2).all()
    contrary = two.groupby("comment")["polarity"].sum() == 0
    assert 0.35 <= contrary.mean() <= 0.65


def test_nothing_of_the_grammar_shows(made):
    texts = made["said"]["text"]
    assert not texts.str.contains(r"[{}^|\n\r\t\"]").any()
    assert not texts.str.contains("，，|。。|？。|、，|, ,").any()


def test_texts_are_untidy(made):
    chinese = made["said"].loc[made["said"]["language"] == "zh", "text"]
    assert 0.02 <= chinese.str.contains(r"[一-鿿][,.!?]").mean() <= 0.15
    assert 0.002 <= chinese.str.contains("[０-９]").mean() <= 0.05
    assert 0.02 <= chinese.str.contains("[A-Za-z]{2}").mean() <= 0.25
    assert 0.03 <= chinese.str.contains(r"[\U0001F300-\U0001FAFF❤]|\[[一-鿿]+\]").mean() <= 0.2
    assert (made["said"]["text"] != made["said"]["text"].str.strip()).mean() > 0.01


def test_telephone_numbers_are_nobodys_and_the_codebook_warns(made):
    numbers = (
        made["said"]["text"]
        .str.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        .str.findall(r"\d{11}")
        .explode()
        .dropna()
    )
    assert 3 <= len(numbers) <= 60
    assert numbers.str.startswith("12").all()
    words = simulated_codebook.codebook()["tables"]["comments"]
    assert "begin with 12" in words["description"]
    assert "12 开头" in words["description@zh"]
    assert next(field for field in words["fields"] if field["name"] == "text")["identifies"] is True


def test_anger_is_for_complaints_and_agents_take_notes(made):
    main = made["main"]
    assert (main.loc[main["register"] == "angry", "polarity"] == -1).all()
    assert (main.loc[main["ironic"] == 1, "polarity"] == -1).all()
    assert ((main["register"] == "call") == (made["said"]["channel"] == "hotline")).all()
    assert (main.loc[main["register"].isin(["short", "empty"]), "topic"] == "none").all()


def test_no_name_and_no_other_bank_is_mentioned(made):
    text = " ".join(made["said"]["text"])
    for word in ("工商银行", "建设银行", "农业银行", "招商", "支付宝", "ICBC", "HSBC", "先生叫", "经理叫"):
        assert word not in text
