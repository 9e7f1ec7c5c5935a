"""The simulated bank: reproducible, described, hanging together, replaced whole or not at all."""

import csv
import hashlib
import json
import shutil
import tracemalloc
from pathlib import Path

import frictionless
import numpy as np
import pandas as pd
import pytest

from simbank import bank, branches, customers, dataset_catalogue, estimands, simulated_codebook
from simbank.streams import CHUNK, TABLES, generator

COMMITTED = Path(__file__).parents[2] / "datasets" / "qingyu_bank"
TABLES_THERE = {
    resource["path"]
    for resource in json.loads((COMMITTED / "datapackage.json").read_text(encoding="utf-8"))["resources"]
}
FILES = {*TABLES_THERE, "truth.json", "datapackage.json"}
ALWAYS_ALIKE = {"touchpoints.csv"}  # the inventory is the same in every bank


@pytest.fixture(scope="module")
def tables():
    frames = {name: pd.read_csv(COMMITTED / f"{name}.csv") for name in ("branches", "customers", "servqual")}
    for name, column in (
        ("customers", "joined"),
        ("servqual", "invited"),
        ("servqual", "date"),
        ("branches", "opened"),
    ):
        frames[name][column] = pd.to_datetime(frames[name][column])
    return frames


QUICK = {"customers": 1000, "branches": 3, "progress": False}


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(estimands, "BATCHES", 2)
    return QUICK


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A bank of seed 1 that several tests read and none may change."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimands, "BATCHES", 2)
        return bank.make(tmp_path_factory.mktemp("small") / "bank", seed=1, **QUICK)


def validated(folder):
    """Hold the text tables of a bank against its codebook; Parquet files carry their types."""
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"] = [one for one in described["resources"] if one["path"].endswith(".csv")]
    return frictionless.Package(described, basepath=str(folder)).validate()


def content(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_committed_bank_comes_back_byte_for_byte(tmp_path):
    assert content(bank.make(tmp_path / "again", progress=False)) == content(COMMITTED)


def test_another_seed_is_another_bank(tmp_path, quick, small):
    two, same = (bank.make(tmp_path / str(seed), seed=seed, **quick) for seed in (2, 1))
    assert content(small) == content(same)
    assert all(content(small)[name] != content(two)[name] for name in FILES - ALWAYS_ALIKE)


def test_the_same_customer_lives_in_a_bank_of_any_size():
    network = branches.draw(generator(5, "branches"), 24)
    drawn = [customers.draw(generator(5, "customers", chunk=0), network, CHUNK) for _ in range(2)]
    pd.testing.assert_frame_equal(*drawn)
    other = customers.draw(generator(5, "customers", chunk=1), network, CHUNK)
    assert not drawn[0]["birth_year"].equals(other["birth_year"])


def test_table_numbers_never_move():
    assert list(TABLES.values()) == sorted(set(TABLES.values()))
    assert [TABLES[name] for name in ("branches", "customers", "servqual", "training", "truth")] == [
        1,
        3,
        7,
        14,
        15,
    ]


def test_files_and_codebook_agree_both_ways():
    described = json.loads((COMMITTED / "datapackage.json").read_text(encoding="utf-8"))
    assert {path.name for path in COMMITTED.iterdir()} == FILES
    assert described["simulated"] is True
    assert described["seed"] == bank.SEED
    for resource in described["resources"]:
        path = COMMITTED / resource["path"]
        raw = path.read_bytes()
        if path.suffix == ".parquet":
            table = pd.read_parquet(path)
            heading, count = list(table.columns), len(table)
        else:
            assert b"\r" not in raw
            rows = list(csv.reader(raw.decode("utf-8").splitlines()))
            heading, count = rows[0], len(rows) - 1
        assert heading == [field["name"] for field in resource["schema"]["fields"]]
        assert count == resource["rows"]
        assert len(raw) == resource["bytes"]
        assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"


def test_frictionless_finds_nothing_wrong():
    """Of the text tables; Parquet files carry their types, and the codebook is held against them above."""
    assert {f"{name}.csv" for name in ("branches", "customers", "servqual", "complaints", "churn")} <= FILES
    report = validated(COMMITTED)
    assert report.valid, report.flatten(["type", "note"])[:5]
    assert {task.place for task in report.tasks} == {name for name in TABLES_THERE if name.endswith(".csv")}
    assert len(report.tasks) > 12


def test_the_catalogue_is_up_to_date():
    assert (COMMITTED.parent / "README.md").read_text(encoding="utf-8") == dataset_catalogue.text(
        COMMITTED.parent
    )


def test_the_whole_bank_is_small():
    assert sum(path.stat().st_size for path in COMMITTED.iterdir()) < 25_000_000


SPOILED = [
    ("servqual", "P5", "8", "constraint-error"),
    ("servqual", "E5", "9", "constraint-error"),
    ("servqual", "customer", "C99999", "foreign-key"),
    ("servqual", "seconds", "fast", "type-error"),
    ("customers", "branch", "B99", "foreign-key"),
]


def test_frictionless_finds_what_we_spoil(tmp_path, small):
    """Each spoiled cell in its own place, and that these two files are not the ones described; nothing else."""
    folder = shutil.copytree(small, tmp_path / "bank")
    for line, (table, column, value, _) in enumerate(SPOILED):
        frame = pd.read_csv(folder / f"{table}.csv", dtype=str)
        frame.loc[line, column] = value
        frame.to_csv(folder / f"{table}.csv", index=False, lineterminator="\n")
    report = validated(folder)
    errors = [(task.name, error.to_dict()) for task in report.tasks for error in task.errors]
    cells = {
        (name, *error.get("fieldNames", [error.get("fieldName")]), error["rowNumber"], error["type"])
        for name, error in errors
        if "rowNumber" in error
    }
    assert cells == {
        (name, column, line, kind) for line, (name, column, _, kind) in enumerate(SPOILED, start=2)
    }
    files = {(name, error["type"]) for name, error in errors if "rowNumber" not in error}
    assert {("servqual", "hash-count"), ("customers", "hash-count")} <= files
    assert {name for name, _ in files} == {"servqual", "customers"}


def test_every_label_is_there_in_both_languages():
    book = simulated_codebook.codebook()
    titles = []
    for table in book["tables"]:
        for field in simulated_codebook.fields(table):
            assert field["title"]
            assert any("一" <= letter <= "鿿" for letter in field["title@zh"]), field["name"]
            assert ("description" in field) == ("description@zh" in field)
            titles.append((table, field["title"]))
            for value in field.get("values", {}).values():
                assert set(value) == {"en", "zh"}
    assert len(set(titles)) == len(titles)
    assert sorted(book["items"]) == list(range(1, 23))


def test_chinese_texts_use_full_width_punctuation():
    for table, words in simulated_codebook.codebook()["tables"].items():
        texts = [
            words["description@zh"],
            *(field.get("description@zh", "") for field in simulated_codebook.fields(table)),
        ]
        assert not [text for text in texts if any(mark in text for mark in ",;:?!")]


def test_keys_hang_together(tables):
    people, answers = tables["customers"], tables["servqual"]
    assert set(people["branch"]) == set(tables["branches"]["branch"])
    joined = answers.merge(people, on="customer", suffixes=("", "_home"), validate="many_to_one")
    assert len(joined) == len(answers)
    assert (joined["branch"] == joined["branch_home"]).all()
    assert (joined["survey_consent"] == 1).all()
    assert not answers.duplicated(["customer", "wave"]).any()
    assert answers.groupby("customer").size().max() == 2
    assert tables["branches"][["name_en", "name_zh"]].nunique().tolist() == [24, 24]


def test_dates_are_in_order(tables):
    answers = tables["servqual"].merge(
        tables["customers"][["customer", "joined", "birth_year"]], on="customer"
    )
    assert (answers["joined"] + pd.Timedelta(days=30) <= answers["invited"]).all()
    assert (answers["invited"] <= answers["date"]).all()
    assert answers.groupby("wave")["date"].max()[1] < answers.groupby("wave")["date"].min()[2]
    people = tables["customers"].merge(tables["branches"][["branch", "opened"]], on="branch")
    assert (people["opened"] <= people["joined"]).all()
    assert (people["joined"].dt.year - people["birth_year"] >= 18).all()
    first, last = tables["servqual"].groupby("wave")["date"].max()[1], tables["servqual"]["invited"].max()
    moved = pd.to_datetime(tables["branches"]["transformed"].dropna())
    assert moved.between(first, last).all()
    assert (moved.dt.day_of_week == 0).all()
    assert moved.nunique() > len(moved) / 2
    assert 4 <= tables["branches"]["transformed"].isna().sum() <= 14


def test_weights_are_invited_over_answered_in_their_cells(tables):
    people = tables["customers"]
    answers = tables["servqual"].merge(people[["customer", "birth_year", "digital_use"]], on="customer")
    age = pd.cut(answers["birth_year"], [1939, 1964, 1984, 2005]).astype(str)
    cells = answers.groupby([answers["wave"], age, answers["digital_use"]])["weight"]
    assert (cells.min() == cells.max()).all()
    invited = cells.first() * cells.size()
    # Rounded to four digits, the weight still gives back a whole number of invitations.
    np.testing.assert_allclose(invited, invited.round(), atol=0.06)


def test_memory_is_flat_in_customers(tmp_path):
    network = branches.draw(generator(1, "branches"), 24)
    peaks = []
    for size in (30_000, 120_000):
        tracemalloc.start()
        bank.enrol(tmp_path / "customers.csv", seed=1, network=network, size=size, step=lambda: None)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]  # with every chunk kept it is 1.25 times


def test_a_bank_is_replaced_only_when_complete(tmp_path, quick, small, monkeypatch):
    folder = shutil.copytree(small, tmp_path / "bank")
    before = content(folder)
    with monkeypatch.context() as broken:
        broken.setattr(bank, "survey", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bank.make(folder, seed=2, **quick)
    assert content(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["bank"]
    assert content(bank.make(folder, seed=2, **quick)) != before
    assert [path.name for path in tmp_path.iterdir()] == ["bank"]


def test_other_peoples_folders_are_left_alone(tmp_path, quick):
    (tmp_path / "thesis.docx").write_text("all I have", encoding="utf-8")
    with pytest.raises(
        FileExistsError, match=r"must be new, empty or a bank; .* Choose another name\..*请换一个名字。"
    ):
        bank.make(tmp_path, **quick)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            {"customers": 10},
            "`customers` must be a whole number of 1000 or more; it is 10. Choose another number. ",
        ),
        ({"seed": -1}, "`seed` must be a whole number of 0 or more; it is -1. "),
        ({"seed": 1.5}, "`seed` must be a whole number of 0 or more; it is 1.5. "),
        ({"seed": True}, "`seed` must be a whole number of 0 or more; it is True. "),
        ({"branches": 61}, "`branches` must be a whole number from 3 to 60; it is 61. "),
    ],
)
def test_arguments_that_cannot_be_used_get_a_sentence(tmp_path, wrong, sentence):
    with pytest.raises(ValueError) as caught:
        bank.make(tmp_path / "bank", progress=False, **wrong)
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).endswith("请改成这样的数。")
    assert not list(tmp_path.iterdir())
