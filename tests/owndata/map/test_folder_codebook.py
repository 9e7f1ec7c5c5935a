"""A bank's own ledger: described, judged, served; and everything about it that used to stop or to mislead."""

import json
import shutil
from collections import Counter

import pandas as pd
import pytest
from collection import LESSONS, ROOT

from helpers.bank import data, needs
from helpers.bank.bank import Bank
from helpers.bank.language import WrongKind, WrongValue
from helpers.methods import dataframes, rfm
from owndata.judge import check
from owndata.map import folder_codebook, lessons_served
from workshop import cli
from workshop.build import source

CUSTOMERS = "customer,joined,birth_year,姓名\n001,2020-01-31,1980,王伟\n002,2021-02-28,1990,李娜\n"
TRANSACTIONS = (
    "customer,time,channel,kind,amount_fen\n001,2025-03-01 09:30:00,app,transfer,1230\n"
    "001,2025-03-01 09:30:00,app,transfer,1230\n002,2025-04-01 10:00:00,card,card_purchase,900\n"
)


@pytest.fixture
def ledger(tmp_path):
    folder = tmp_path / "ledger"
    folder.mkdir()
    (folder / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    (folder / "transactions.csv").write_text(TRANSACTIONS, encoding="utf-8")
    return folder


def test_a_folder_of_tables_gets_its_codebook_and_serves_lesson_10(ledger, capsys):
    assert cli.main(["data", "map", str(ledger), "--language", "zh"]) == 0
    assert "没有哪一课用到这些列：姓名" in capsys.readouterr().out
    assert check.passes(check.check(ledger))
    assert cli.main(["data", "check", str(ledger), "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "Lessons that have what they need: 10_segments" in told
    assert "09_value lacks: branches, customers.branch, customers.kind, customers.products, churn" in told
    rows = data.load(ledger, "transactions")
    assert (len(rows), rows["time"].dt.hour.tolist(), rows["customer"][0]) == (3, [9, 9, 10], "001")
    assert "ledger" in needs.available(data.codebook(ledger), has_truth=False)
    with pytest.raises(WrongValue, match="exists and may hold your corrections"):
        folder_codebook.describe(ledger)


CHURN = "customer,snapshot,left,last_satisfaction\n001,2025-01-01,0,5\n002,2025-01-01,0,4\n001,2025-07-01,0,5\n002,2025-07-01,1,\n"


def test_marks_are_asked_about_and_others_leave_out_what_counts_by_them(ledger, capsys):
    (ledger / "churn.csv").write_text(CHURN, encoding="utf-8")
    assert cli.main(["data", "map", str(ledger), "--language", "zh"]) == 0
    assert "churn.last_satisfaction：1 到 7 分。不是的话，请改 datapackage.json" in capsys.readouterr().out
    assert {"stayed", "early_warning"} <= needs.available(Bank(ledger), has_truth=False)
    path = ledger / "datapackage.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"maximum": 7', '"maximum": 5'), encoding="utf-8"
    )
    assert not {"stayed", "early_warning"} & needs.available(Bank(ledger), has_truth=False)
    assert cli.main(["data", "check", str(ledger), "--language", "en"]) == 0
    assert "11_churn: What stands here counts `last_satisfaction`" in capsys.readouterr().out


def test_what_a_lesson_is_said_to_need_is_what_most_of_its_cells_need():
    found, survey = {}, []
    for lesson in LESSONS:
        cells = source.read(ROOT / "course" / "lessons" / lesson["id"] / "lesson.md").in_language("en")
        code = [(cell.text, _needs(cell)) for cell in cells if cell.kind == "code"]
        needed = Counter(need for _, asked in code for need in asked if need != "truth")
        usual = next((need for need, _ in needed.most_common(1)), None)
        # Where cells stand in for those that data with less must leave out, these ask for the least that serves.
        instead = Counter(need for _, asked in code if f"no_{usual}" in asked for need in asked)
        del instead[f"no_{usual}"]
        either = {
            "expectations",
            "no_expectations",
        }  # what reads a survey with and without them needs neither
        if any('load("servqual")' in text and set(asked) <= either for text, asked in code):
            survey.append(lesson["id"])
        elif usual:
            found[lesson["id"]] = (instead or needed).most_common(1)[0][0]
    serving = dict(lessons_served._serving())
    assert found == {lesson: need for lesson, need in serving.items() if need != "survey"}
    assert survey == [lesson for lesson, need in serving.items() if need == "survey"]


def _needs(cell):
    """What a cell asks for."""
    return cell.metadata.get("needs", [])


def test_a_folder_without_a_table_of_the_course_is_told_their_names(tmp_path):
    with pytest.raises(WrongValue, match=r"customers\.csv"):
        folder_codebook.describe(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_list_of_customers_is_no_survey(tmp_path, capsys):
    path = tmp_path / "客户.csv"
    path.write_text("客户号,开户机构,持有产品数\n1,滨江支行,2\n2,古城支行,3\n", encoding="gb18030")
    cli.main(["data", "map", str(path), "--language", "zh"])
    assert "不像问卷" in capsys.readouterr().err


FAULTS = [
    ("transactions", "app,transfer", "手机银行,transfer", "'手机银行'; the codebook lists counter", "数据说明里列出的是"),
    ("transactions", ",1230\n", ",-1230\n", "must hold values ≥ 1; row 2", "应该是 ≥ 1"),
    ("transactions", "09:30:00", "09:30:00+08:00", "without a time zone", "不带时区"),
    ("transactions", TRANSACTIONS[38:], "", "not one row", "一行数据都没有"),
    ("customers", "\n002", "\n001", "'001' is in rows 2 and 3", "第 2 行和第 3 行都有"),
    ("customers", "2020-01-31", "43861", "'43861'", "'43861'"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "english", "chinese"), FAULTS)
def test_what_would_be_counted_wrongly_is_refused_in_one_sentence(ledger, table, old, new, english, chinese):
    folder_codebook.describe(ledger)
    path = ledger / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(WrongValue) as error:
        data.load(ledger, table)
    assert english in error.value.en
    assert chinese in error.value.zh


def test_days_without_hyphens_are_days(ledger):
    folder_codebook.describe(ledger)
    path = ledger / "customers.csv"
    path.write_text(
        CUSTOMERS.replace("2020-01-31", "20200131").replace("2021-02-28", "20210228"), encoding="utf-8"
    )
    assert data.load(ledger, "customers")["joined"].dt.strftime("%Y-%m-%d").tolist() == [
        "2020-01-31",
        "2021-02-28",
    ]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_column_that_is_empty_or_not_in_the_file_is_named(tmp_path, ending, capsys):
    folder = tmp_path / "log"
    folder.mkdir()
    own = data.folder("qingyu_bank")
    shutil.copy(own / "touchpoints.csv", folder)
    log = pd.read_parquet(own / "journeys.parquet").head(200).assign(emotion=float("nan"))
    path = folder / f"journeys.{ending}"
    log.to_parquet(path) if ending == "parquet" else log.to_csv(path, index=False)
    folder_codebook.describe(folder)
    book = Bank(folder)
    assert book.lacking("journeys", {"emotion", "case"}) == {"emotion"}
    assert "journeys" not in needs.available(book, has_truth=False)
    assert needs.empty_column(book, "journeys") == ("journeys", "emotion")
    assert lessons_served.lessons(book) == ([], {"02_journey": ["journeys.emotion"],
                                         "03_moments": ["journeys.emotion", "journey_surveys"]})  # fmt: skip
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    log = log.drop(columns="emotion")  # named in the codebook, not in the file
    log.to_parquet(path) if ending == "parquet" else log.to_csv(path, index=False)
    assert any(field["name"] == "emotion" for field in package["resources"][1]["schema"]["fields"])
    assert data.codebook(folder).lacking("journeys", {"emotion"}) == {"emotion"}


def test_qingyu_bank_serves_every_lesson_of_data_once():
    there, lacking = lessons_served.lessons(Bank("qingyu_bank"))
    assert lacking == {}
    assert there == [lesson["id"] for lesson in LESSONS if lesson["id"] != "00_welcome"]


def test_two_branches_are_too_few_to_compare_and_it_is_said(tmp_path):
    own = data.folder("qingyu_bank")
    package = json.loads((own / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["name"] in {"servqual", "branches"}]
    for one in package["resources"]:
        one["schema"].pop("foreignKeys", None)
        rows = pd.read_csv(own / one["path"], dtype=str)
        rows[rows["branch"].isin(["B01", "B02"])].to_csv(tmp_path / one["path"], index=False)
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    there, lacking = lessons_served.lessons(Bank(tmp_path))
    assert {"05_servqual", "06_reliability"} <= set(there)
    assert "fewer than three branches" in lacking["07_branches"][0]


@pytest.mark.parametrize("kind", ["pandas", "polars", "duckdb"])
def test_a_time_zone_is_refused_on_every_engine(kind):
    import duckdb
    import polars

    rows = pd.DataFrame({"customer": ["A"], "amount_fen": [5],
                         "time": pd.to_datetime(["2025-12-31 23:30"]).tz_localize("Asia/Shanghai")})  # fmt: skip
    table = {"pandas": lambda: rows, "polars": lambda: polars.from_pandas(rows).lazy(),
             "duckdb": lambda: duckdb.from_df(rows)}[kind]()  # fmt: skip
    with pytest.raises(WrongKind, match="without a time zone"):
        rfm.scores(table, as_of="2026-01-01")
    assert dataframes.missing(rows).iloc[0].sum() == 0
