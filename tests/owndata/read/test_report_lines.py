"""Lines of a report around a table: neither headings nor anybody's answer, and always told."""

import csv

import pytest

from owndata.read import sheets

HEADINGS = ["序号", "网点", "整洁", "热情", "办得快", "放心"]
ROWS = [[str(i), "东西"[i % 2] + "门支行", *(str(1 + (i + k) % 5) for k in range(4))] for i in range(1, 31)]


def read(tmp_path, *, above=(), below=(), headings=HEADINGS, rows=ROWS):
    with open(tmp_path / "a.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*above, headings, *rows, *below])
    return sheets.read(tmp_path / "a.csv")


def padded(line):
    cells = line.split("|")
    return [*cells, *[""] * (len(HEADINGS) - len(cells))]


@pytest.mark.parametrize(
    "line",
    [
        "制表人:王伟|审核人:李娜",
        "制表人|王伟||审核人|李娜",
        "制表人：|王伟||审核人：|李娜",
        "|制表人:王伟||审核人:李娜",
        "填表日期：2025-04-01||负责人签字：",
        "经办：李娜||行长：",
        "客服主管：王伟|制表：李娜",
        "打印时间：2025-05-01 10:00",
        "审核人 李娜",
        "单位负责人：张三|填表人：李四|联系电话：0532-1234567|报出日期：2025年5月1日",
        "第1页|共3页",
        "Prepared by: Wang Wei||Checked by: Li Na",
        "Page 1 of 3",
    ],
)
def test_a_line_below_is_nobodys_answer(tmp_path, line):
    found = read(tmp_path, below=[padded(line)])
    assert len(found.cells) == len(ROWS)
    assert [(one.kind, one.row) for one in found.problems] == [("footnote", len(ROWS) + 2)]


@pytest.mark.parametrize(
    "line",
    [
        "机构：滨江支行||||打印日期：2025-05-01",
        "投诉台账||||单位：件",
        "机构|滨江支行||统计日期|2025-03-31",
        "机构：|滨江支行||统计日期：|2025-03-31",
        "问卷编号：A01||调查员：王伟",
        "满意度调查|||2025年3月",
        "Branch: Harbour||Date: 2025-05-01",
    ],
)
def test_a_line_above_is_no_heading(tmp_path, line):
    found = read(tmp_path, above=[padded("客户满意度调查表"), padded(line)])
    assert list(found.cells) == HEADINGS
    assert len(found.cells) == len(ROWS)
    assert [(one.kind, one.row) for one in found.problems] == [("title_line", 1), ("title_line", 2)]


@pytest.mark.parametrize(
    ("above", "headings", "first"),
    [
        (["关于您||服务"], HEADINGS, "关于您—序号"),
        (["网点|日期|评分"], ["", "", "整洁", "热情", "办得快", "放心"], "网点"),
        ([], ["网点：", "日期：", "评分：", "热情：", "时间：", "说明："], "网点："),
        ([], ["单位", "日期", "评分", "部门", "时间：分钟", "说明"], "单位"),
    ],
)
def test_headings_stay_headings(tmp_path, above, headings, first):
    found = read(tmp_path, above=[padded(line) for line in above], headings=headings)
    assert next(iter(found.cells)) == first
    assert len(found.cells) == len(ROWS)


def test_answers_that_begin_like_such_a_line_stay(tmp_path):
    rows = [["单位：某公司", "2025-04-01", "意见：太慢", "4", "", ""], ["说明", "", "3", "", "", ""]] * 10
    assert len(read(tmp_path, rows=rows).cells) == len(rows)
