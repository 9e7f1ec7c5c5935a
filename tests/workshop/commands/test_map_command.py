"""What `course data map` says of files that hold no answers of people: averages, tests of staff."""

import pandas as pd

from workshop import cli

PLACES = ["滨江支行", "古楼支行", "东湖支行", "城南支行"]


def mapped(frame, tmp_path, capsys, *more):
    frame.to_csv(tmp_path / "export.csv", index=False)
    asked = ["data", "map", str(tmp_path / "export.csv"), "--out", str(tmp_path / "bank"), "--language", "en"]
    assert cli.main([*asked, *more]) == (1 if more else 0)
    return capsys.readouterr()


def test_averages_of_branches_are_named_as_such(tmp_path, capsys):
    table = pd.DataFrame(
        {"网点": PLACES, "整洁": [3.45, 3.1, 4, 2.98], "热情": [3.2, 3.25, 3, 3.1], "快捷": [3.02, 4.1, 3, 3]}
    )
    assert "look like averages ('整洁': 3.45" in mapped(table, tmp_path, capsys).err


def test_marks_of_a_test_before_and_after_are_no_survey(tmp_path, capsys):
    table = pd.DataFrame({"工号": range(100, 140), "网点": PLACES * 10, "前测成绩": range(50, 90), "后测成绩": range(55, 95),
                          "回访成绩": range(52, 92)})  # fmt: skip
    said = mapped(table, tmp_path, capsys)
    assert "Hardly a column here was understood as ratings" in said.err and "perception item" not in said.out
    said = mapped(table, tmp_path, capsys, "--mapping", str(tmp_path / "bank" / "mapping.xlsx"))
    assert "No column has the role 'perception item'" in said.err and "one branch" not in said.err


def test_answers_may_stand_in_quotes_or_end_with_a_stop(tmp_path, capsys):
    steps = ["非常不满意", "不满意", "一般", "满意", "非常满意"]
    signs = ["{}", "{}。", "“{}”", "{}！", "「{}」"]
    columns = {f"{k}、{name}": [signs[(i + k) % 5].format(steps[(i * i + k * i) % 5]) for i in range(100)]
               for k, name in enumerate(["整洁", "热情", "快捷"], 1)}  # fmt: skip
    said = mapped(pd.DataFrame({"网点": PLACES * 25, **columns}), tmp_path, capsys)
    assert "perception item 3" in said.out
