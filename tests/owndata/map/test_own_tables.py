"""Tables beside the survey: recognised by headings in both languages, copied, judged, and used by lessons."""

import gzip
from pathlib import Path

import pandas as pd
import pytest
from collection import ROOT

from helpers.bank import data, needs
from helpers.bank.language import WrongValue
from owndata.judge import check
from owndata.map import mapped_journeys, own_tables
from owndata.read import sheets, xes_files
from owndata.say.problems import CannotRead
from workshop import cli

EXAMPLES = ROOT / "course" / "templates" / "own_tables"
CFPB = (
    "Date received,Product,Sub-product,Issue,Sub-issue,Company,State,ZIP code,Submitted via,Date sent to company,"
    "Company response to consumer,Timely response?,Consumer disputed?,Complaint ID\n"
    "03/12/2014,Mortgage,Other,Loan servicing,,BANK,CA,94000,Web,03/17/2014,Closed with explanation,Yes,No,759217\n"
    "10/21/2016,Credit card,,Rewards,,BANK,NY,10001,Phone,10/25/2016,Closed with relief,Yes,,2141773\n"
)
XES = """<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">{inside}</log>"""
TRACE = (
    '<trace><string key="concept:name" value="{case}"/>'
    '<event><string key="concept:name" value="Enquiry"/><date key="time:timestamp" value="2025-03-03T09:00:00.000+08:00"/></event>'
    '<event><string key="concept:name" value="Approval"/><date key="time:timestamp" value="2025-03-04T10:30:00.000+08:00"/></event>'
    "</trace>"
)


def mapped(file, out, *more):
    assert cli.main(["data", "map", str(file), "--out", str(out), "--language", "en", *map(str, more)]) == 0
    return out


@pytest.mark.parametrize("name", ["queue_tickets", "complaints", "comments", "staff"])
def test_the_examples_map_and_load(tmp_path, name):
    out = mapped(EXAMPLES / f"{name}.csv", tmp_path / "bank")
    assert check.passes(check.check(out))
    rows = data.load(out, name)
    listed = {field["name"] for field in own_tables.catalogue()[name]["fields"]}
    assert set(rows.columns) <= listed
    assert len(rows) == len(sheets.read(EXAMPLES / f"{name}.csv").cells)


def test_tables_gather_in_one_folder_and_none_is_replaced(tmp_path):
    for name in ("queue_tickets", "staff"):
        mapped(EXAMPLES / f"{name}.csv", tmp_path / "bank")
    assert set(data.codebook(tmp_path / "bank").tables) == {"queue_tickets", "staff"}
    before = (tmp_path / "bank" / "staff.csv").read_bytes()
    assert cli.main(["data", "map", str(EXAMPLES / "staff.csv"), "--out", str(tmp_path / "bank")]) == 1
    assert (tmp_path / "bank" / "staff.csv").read_bytes() == before


@pytest.mark.parametrize("kind", ["csv", "xes", "xes.gz"])
def test_an_event_log_becomes_journeys_with_the_users_own_activities(tmp_path, kind):
    log = tmp_path / f"log.{kind}"
    if kind == "csv":
        log.write_bytes((EXAMPLES / "events.csv").read_bytes())
    else:
        text = XES.format(inside="".join(TRACE.format(case=n) for n in range(3))).encode()
        log.write_bytes(gzip.compress(text) if kind.endswith("gz") else text)
    before = log.read_bytes()
    first = mapped(log, tmp_path / "first")
    out = mapped(log, tmp_path / "bank", "--mapping", first / "mapping.xlsx")
    assert check.passes(check.check(out))
    steps, points = data.load(out, "journeys"), data.load(out, "touchpoints")
    assert steps["touchpoint"].isin(points["touchpoint"]).all()
    assert (steps["end"] >= steps["start"]).all()
    assert "steps" in needs.available(data.codebook(out), has_truth=False)
    if kind == "csv":
        check_step = steps[steps["touchpoint"] == "w_check_documents"].iloc[0]
        assert (check_step["end"] - check_step["start"]).total_seconds() == 22 * 60
        assert data.codebook(out).label("a_submitted") == "A_SUBMITTED"
        assert points["owner"].tolist() == ["web", "back office", "credit", "credit"]
    assert log.read_bytes() == before


def test_order_and_names_are_those_of_the_corrected_workbook(tmp_path):
    events = own_tables.table(sheets.read(EXAMPLES / "events.csv").cells, *own_tables.recognised(
        list(sheets.read(EXAMPLES / "events.csv").cells.columns)))  # fmt: skip
    proposed = mapped_journeys.touchpoints(events)
    assert proposed["activity"].tolist()[:2] == ["A_SUBMITTED", "W_Check documents"]
    proposed["position"], proposed["name_zh"] = (
        proposed["position"].iloc[::-1].to_list(),
        ["提交", "核对", "通过", "拒绝"],
    )
    mapped_journeys.write(proposed, tmp_path / "m.xlsx")
    read = mapped_journeys.read(tmp_path / "m.xlsx", events)
    assert read["activity"].tolist() == proposed["activity"].tolist()[::-1]
    names = mapped_journeys.tables(events, read)[2]
    assert names["a_submitted"] == {"en": "A_SUBMITTED", "zh": "提交"}
    with pytest.raises(WrongValue, match="may hold your corrections"):
        mapped_journeys.write(proposed, tmp_path / "m.xlsx")


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [("position", "first", "row 2 needs an order"), ("stage", "then", "a stage")],
)
def test_a_workbook_that_cannot_be_followed_is_a_sentence(tmp_path, column, value, words):
    events = pd.DataFrame({"case": ["1", "1"], "activity": ["a", "b"], "time": ["2025-01-01", "2025-01-02"]})
    mapped_journeys.write(
        mapped_journeys.touchpoints(events).astype(object).assign(**{column: value}), tmp_path / "m.xlsx"
    )
    with pytest.raises(WrongValue, match=words):
        mapped_journeys.read(tmp_path / "m.xlsx", events)
    with pytest.raises(WrongValue, match="has no sheet"):
        mapped_journeys.read(Path(tmp_path / "none.xlsx"), events)


def test_complaints_of_the_cfpb_are_complaints_and_a_journey(tmp_path):
    (tmp_path / "c.csv").write_text(CFPB, encoding="utf-8")
    out = mapped(tmp_path / "c.csv", tmp_path / "bank")
    rows = data.load(out, "complaints")
    assert rows["received"].dt.strftime("%Y-%m-%d").tolist() == ["2014-03-12", "2016-10-21"]
    assert rows["topic"].tolist() == ["Loan servicing", "Rewards"]
    assert data.load(out, "journeys")["touchpoint"].tolist() == ["received", "sent"] * 2
    assert check.passes(check.check(out))


TICKETS = "票号,网点,取号时间,叫号时间\n"


def test_moments_are_written_as_the_lessons_read_them(tmp_path):
    rows = "".join(f"A{n},滨江支行,2025/3/3 上午9:{n:02},2025/3/3 下午1:{n:02}\n" for n in range(12))
    (tmp_path / "q.csv").write_text(TICKETS + rows, encoding="utf-8")
    out = mapped(tmp_path / "q.csv", tmp_path / "bank")
    assert check.check(out) == []
    tickets = data.load(out, "queue_tickets")
    assert ((tickets["called"] - tickets["taken"]).dt.total_seconds() == 4 * 3600).all()


@pytest.mark.parametrize(
    ("taken", "kind"),
    [
        ("45719.376", "time_serial"),
        ("9:02:00", "clock_alone"),
        ("2025/3/3 25:10", "time_unread"),
        ("2025-03-03", "no_clock"),
        ("2025-03-03T01:02:00Z", "date_zone"),
    ],
)
def test_a_moment_without_its_time_of_day_is_an_error_and_the_advice_keeps_it(tmp_path, taken, kind):
    rows = "".join(f"A{n},滨江支行,{taken},2025-03-03 10:00:00\n" for n in range(12))
    (tmp_path / "q.csv").write_text(TICKETS + rows, encoding="utf-8")
    found = [
        one for one in check.check(mapped(tmp_path / "q.csv", tmp_path / "bank")) if one.column == "taken"
    ]
    assert {one.kind for one in found} <= {kind, "alike"}
    assert found[0].severity == "error"
    assert kind == "date_zone" or "2025-03-31 09:05:00" in found[0].en


def test_one_cell_that_is_no_day_leaves_the_others_read(tmp_path):
    log = "投诉编号,受理日期,办结日期\nT1,2025/3/3,2025/3/5\nT2,2025/3/3,-\nT3,2025/3/3,三月底\n"
    (tmp_path / "c.csv").write_text(log, encoding="utf-8")
    out = mapped(tmp_path / "c.csv", tmp_path / "bank")
    assert sheets.read(out / "complaints.csv").cells["closed"].tolist() == ["2025-03-05", "", "三月底"]
    assert {(one.file, one.kind) for one in check.check(out)} == {
        ("complaints.csv", "not_date"),
        ("journeys.csv", "not_date"),
    }


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "text", ["", "<log>", "no log", XES.format(inside=""), '<?xml version="1.0"?>' + BOMB + "<log>&b;</log>"]
)
def test_a_log_that_is_none_is_a_sentence(tmp_path, text):
    (tmp_path / "x.xes").write_text(text, encoding="utf-8")
    with pytest.raises(CannotRead):
        xes_files.read(tmp_path / "x.xes")


def test_a_log_that_unpacks_without_end_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(xes_files, "MOST_UNPACKED", 10_000)
    (tmp_path / "x.xes.gz").write_bytes(gzip.compress(XES.format(inside=TRACE.format(case=1) * 500).encode()))
    with pytest.raises(CannotRead, match="too large"):
        xes_files.read(tmp_path / "x.xes.gz")


def test_a_survey_with_dates_and_comments_stays_a_survey(tmp_path):
    rows = pd.DataFrame({"编号": range(1, 31), "日期": "2025-03-01", "网点": "滨江支行", "意见": "好",
                         **{f"{n}. 服务{n}": [(n * k + k // 7) % 5 + 1 for k in range(30)] for n in range(1, 6)}})  # fmt: skip
    rows.to_csv(tmp_path / "survey.csv", index=False)
    mapped(tmp_path / "survey.csv", tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == [tmp_path / "out" / "mapping.xlsx"]


def rated(tmp_path, headings, first, items):
    """An export with these first columns and so many columns of ratings."""
    names = ["大堂整洁", "办理迅速", "说到做到", "让人放心"][:items]
    rows = [
        [*(cell.format(i) for cell in first), *(str(1 + (i * k) % 5) for k in range(1, items + 1))]
        for i in range(60)
    ]
    path = tmp_path / "export.csv"
    pd.DataFrame(rows, columns=[*headings, *names]).to_csv(path, index=False)
    return path


@pytest.mark.parametrize(
    ("headings", "first"),
    [
        (["工号", "岗位", "网点"], ["S{:03}", "柜员", "滨江支行"]),
        (["投诉编号", "受理日期", "网点"], ["T{:03}", "2025-03-03", "滨江支行"]),
        (["票号", "取号时间", "叫号时间"], ["A{:03}", "2025-03-03 09:00", "2025-03-03 09:05"]),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_survey_may_have_the_headings_of_another_table(tmp_path, capsys, headings, first, language):
    file = rated(tmp_path, headings, first, 4)
    assert cli.main(["data", "map", str(file), "--language", language]) == 0
    assert (tmp_path / "export" / "mapping.xlsx").exists()
    told = capsys.readouterr().out
    assert ("Taken for a survey: 4 columns" if language == "en" else "按问卷处理：有 4 列是评分") in told


def test_a_ledger_with_small_numbers_stays_a_ledger(tmp_path, capsys):
    rows = [
        [f"T{i:03}", "2025-03-03", "滨江支行", 1 + i % 3, 1 + i // 7 % 4, 1 + i // 3 % 5] for i in range(84)
    ]
    headings = ["投诉编号", "受理日期", "网点", "投诉等级", "责任等级", "紧急程度"]
    pd.DataFrame(rows, columns=headings).to_csv(tmp_path / "ledger.csv", index=False)
    out = mapped(tmp_path / "ledger.csv", tmp_path / "bank")
    assert list(pd.read_csv(out / "complaints.csv")) == ["case", "received", "branch"]
    assert "Left out: '投诉等级'" in capsys.readouterr().out


def test_what_a_recognised_table_leaves_out_is_named(tmp_path, capsys):
    file = rated(tmp_path, ["工号", "岗位", "姓名"], ["S{:03}", "柜员", "王伟"], 2)
    out = mapped(file, tmp_path / "bank")
    assert list(pd.read_csv(out / "staff.csv")) == ["employee", "role"]
    told = capsys.readouterr().out
    assert all(f"Left out: '{name}'" in told for name in ("姓名", "大堂整洁", "办理迅速"))


@pytest.mark.parametrize("heading", ["是否超期", "是否满意"])
def test_a_heading_that_means_the_opposite_is_no_such_column(heading):
    _, matched = own_tables.recognised(["投诉编号", "受理日期", heading])
    assert heading not in matched.values()


@pytest.mark.parametrize(
    ("headings", "table"),
    [
        ("投诉编号,登记日期,办结日期,受理渠道,投诉业务类别,涉及网点,处理结果", "complaints"),
        ("工单编号,来电时间,结案时间,责任机构,投诉类别", "complaints"),
        ("案件,环节,时间", "journeys"),
        ("流程编号,节点名称,操作时间,机构名称", "journeys"),
        ("时间,机构名称,客户留言", "comments"),
        ("Complaint Ref,Date Logged,Date Resolved,Branch,Category,Channel", "complaints"),
        ("Case Number,Opened,Closed,Branch,Reason", "complaints"),
        ("Branch,Ticket,Issued At,Called At,Closed At,Counter", "queue_tickets"),
    ],
)
def test_headings_as_ledgers_have_them_are_known(headings, table):
    recognised, taken = own_tables.recognised(headings.split(","))
    assert (recognised, len(taken)) == (table, len(headings.split(",")))


def test_comments_without_a_number_are_numbered_and_serve_the_lesson(tmp_path, capsys):
    rows = pd.DataFrame({"提交时间": ["2025-03-01", "2025-03-02"], "客户意见": ["排队太久", ""]})
    rows.to_csv(tmp_path / "c.csv", index=False)
    out = mapped(tmp_path / "c.csv", tmp_path / "out")
    assert data.load(out, "comments")["comment"].tolist() == ["1", "2"]
    assert "'comment' numbers them" in capsys.readouterr().out and check.passes(check.check(out))


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_log_of_complaints_that_a_branch_fills_in_is_known(tmp_path, spoken):
    import openpyxl

    from helpers.bank import language
    from workshop.kit import branch_workbooks

    language.use(spoken)
    held = branch_workbooks.workbooks(data.codebook("qingyu_bank"))["complaint_log"]
    language.use("en")
    (tmp_path / "log.xlsx").write_bytes(held)
    book = openpyxl.load_workbook(tmp_path / "log.xlsx")
    for row in range(2, 8):
        typed = {1: row, 2: f"2026-03-0{row}", 3: "柜台", 4: "排队", 5: "王丽说等了很久", 9: "处理中" if row == 2 else "2026-03-20"}  # fmt: skip
        for column, value in typed.items():
            book.worksheets[0].cell(row, column).value = value
    book.move_sheet(book.worksheets[0], 1)  # behind the invented example
    book.save(tmp_path / "log.xlsx")
    rows = data.load(mapped(tmp_path / "log.xlsx", tmp_path / "out"), "complaints")
    assert rows["case"].tolist() == list("234567") and rows["closed"].isna().tolist() == [True] + [False] * 5
    assert {"channel", "topic"} <= set(rows) and "王丽" not in rows.to_csv()


def test_a_column_of_days_holds_no_ratings(tmp_path):
    from owndata.map import proposed_mapping

    days = [f"2026-03-{day:02}" for day in range(1, 9)] * 2
    frame = pd.DataFrame({"登记": days, "回访": days, "办结日": days, "网点": ["A", "B"] * 8})
    frame.to_csv(tmp_path / "x.csv", index=False)
    found = proposed_mapping.propose(sheets.read(tmp_path / "x.csv"))
    assert set(found.columns["role"]) == {"ignore", "branch"}


def test_names_where_a_number_should_stand_are_refused(tmp_path, capsys):
    names = ["王丽", "李伟", "张敏", "刘洋", "陈静", "杨帆", "赵磊"]
    pd.DataFrame({"工号": names, "岗位": "柜员"}).to_csv(tmp_path / "x.csv", index=False)
    assert (
        cli.main(["data", "map", str(tmp_path / "x.csv"), "--out", str(tmp_path / "o"), "--language", "zh"])
        == 1
    )
    assert "“工号”列写的是姓名" in capsys.readouterr().err and not (tmp_path / "o").exists()
