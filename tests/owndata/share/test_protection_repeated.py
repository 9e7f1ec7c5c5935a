"""Numbers of people that stand in many rows, under headings that say little: replaced, left out, or asked about."""

import pandas as pd
import pytest
from bank_folders import bank, copied

from helpers.bank import data
from helpers.bank.language import WrongValue
from owndata.share import pseudonyms
from workshop import cli


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A place of one's own for the key."""
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "me"))


# The kinds of numbers that stand in many rows: nothing in the heading says so.
AGAIN = {
    "seven digits": [str(3_000_017 + 7 * n) for n in range(60)],
    "few": [str(40_012_345 + 331 * n) for n in range(5)],
    "passing a million": [str(999_970 + 7 * n) for n in range(60)],
    "hex": [f"{(n + 3) * 2_654_435_769 % 2**44:0{11 + n % 2}x}" for n in range(60)],
    "zeros in front": [f"{n * 37:05}" for n in range(60)],
    "letter and digits": [f"K{n * 13 + 100}" for n in range(60)],
    "hanzi and digits": [f"客{n * 13 + 1000}" for n in range(60)],
    "groups": [f"6222-{n + 100:04}-{n * 7 + 1000}" for n in range(60)],
    "uuid": [f"{n:08x}-1b2c-4d5e-8f90-{n * 99:012x}" for n in range(60)],
}


# A table may hold them as text or, where they are digits without zeros in front, as numbers.
TYPED = [(kind, "text") for kind in AGAIN]
TYPED += [
    (kind, "number") for kind, numbers in AGAIN.items() if numbers[0].isdecimal() and numbers[0][0] != "0"
]


@pytest.mark.parametrize(("kind", "typed"), TYPED)
def test_numbers_that_stand_in_many_rows_stop_the_command_though_another_id_was_found(tmp_path, kind, typed):
    numbers = AGAIN[kind] * (300 // len(AGAIN[kind]))
    held = pd.Series(numbers) if typed == "text" else pd.to_numeric(pd.Series(numbers)).astype(float)
    table = pd.DataFrame(
        {"respondent": [f"R{n:04}" for n in range(300)], "x": held, "P1": [n % 5 + 1 for n in range(300)]}
    )
    folder = bank(tmp_path / "b", {"t": table})
    with pytest.raises(WrongValue, match=r"may number or name people: t\.x\. Nothing") as caught:
        pseudonyms.pseudonymise(folder, out=tmp_path / "o")
    assert "可能是给人编的号，或是人名：t.x。" in caught.value.zh
    assert not (tmp_path / "o").exists()
    plan = pseudonyms.proposal(folder)
    assert plan.loc[plan["act"] == "?", "column"].tolist() == ["x"]
    plan.loc[plan["column"] == "x", "act"] = "replace"
    pseudonyms.pseudonymise(folder, out=tmp_path / "o", plan=plan)
    assert copied(tmp_path / "o", "t")["x"].str.fullmatch("p[0-9a-f]{16}").all()


MEASURED = {
    "fen": [137 * n * n + 5 for n in range(60)], "sums": [(n % 9 + 1) * 100_000 for n in range(60)],
    "seconds": [n * 7 for n in range(60)], "year": [1950 + n for n in range(60)],
    "day": [20_250_301 + n % 30 for n in range(60)], "month": [202_501 + n % 12 for n in range(60)],
    "at": [f"{n % 24:02}{n % 60:02}00" for n in range(60)], "quarter": [f"2025Q{n % 4 + 1}" for n in range(60)],
    "moment": [f"2025-03-01T10:{n % 60:02}" for n in range(60)], "rate": [f"{n % 9 + 1}.25e-05" for n in range(60)],
    "age": [["18-24", "25-34", "35+"][n % 3] for n in range(60)], "range": [["3-5年", "1万元以下"][n % 2] for n in range(60)],
    "postcode": [["010000", "518000", "200001"][n % 3] for n in range(60)], "branch": [3_011_234 + n % 7 for n in range(60)],
}  # fmt: skip


@pytest.mark.parametrize("heading", MEASURED)
def test_measures_days_and_places_that_repeat_are_kept_without_a_question(tmp_path, heading):
    table = pd.DataFrame({"respondent": [f"R{n:04}" for n in range(300)], heading: MEASURED[heading] * 5})
    pseudonyms.pseudonymise(bank(tmp_path / "b", {"t": table}), out=tmp_path / "o")
    after = copied(tmp_path / "o", "t")[heading]
    assert sorted(after.astype(str)) == sorted(map(str, table[heading]))


def test_a_column_that_holds_long_numbers_of_another_has_their_pseudonyms(tmp_path):
    numbers = [3_000_017 + 7 * (n % 60) for n in range(300)]
    table = pd.DataFrame({"khh": numbers, "who": map(str, numbers), "amount": range(300)})
    pseudonyms.pseudonymise(bank(tmp_path / "b", {"t": table}), out=tmp_path / "o")
    after = copied(tmp_path / "o", "t")
    assert (after["khh"] == after["who"]).all()
    assert after["khh"].str.fullmatch("p[0-9a-f]{16}").all()


SHORT = {
    "replace": ["khh", "KHH", "ke_hu_hao", "kehuhao", "zh", "zhanghao", "kh", "kahao", "acct", "acct_no", "cust_no", "custid",
                "cid", "uid", "member_no", "policy_no", "hyh", "gyh", "lsh"],
    "leave": ["sfzh", "sjh", "xm", "xingming", "xing_ming", "dh", "yx", "csrq", "cph"],
}  # fmt: skip


@pytest.mark.parametrize(("act", "heading"), [(act, one) for act, listed in SHORT.items() for one in listed])
def test_headings_in_pinyin_and_abbreviated_are_known_though_their_numbers_repeat(tmp_path, act, heading):
    table = pd.DataFrame({"respondent": range(100, 400), heading: [3_001 + n % 60 for n in range(300)]})
    plan = pseudonyms.proposal(bank(tmp_path / "b", {"t": table}))
    assert plan.loc[plan["column"] == heading, "act"].item() == act


def test_yes_does_not_answer_a_question_about_a_column_but_a_list_does(tmp_path, capsys):
    rows = "".join(f"R{n:04},{3_000_017 + n % 60}\n" for n in range(300))
    folder = bank(tmp_path / "b", {"t": f"respondent,x\n{rows}"})
    command = ["data", "pseudonymise", str(folder), "--out", str(tmp_path / "o"), "--language", "en"]
    assert cli.main([*command, "--yes"]) == 1
    assert "may number or name people: t.x" in capsys.readouterr().err
    assert cli.main(command) == 1
    path = tmp_path / "o_columns.csv"
    assert cli.main([*command, "--list", str(path)]) == 1  # not looked through
    assert "may number or name people: t.x" in capsys.readouterr().err
    path.write_text(path.read_text(encoding="utf-8-sig").replace("t,x,?", "t,x,略去"), encoding="utf-8")
    assert cli.main([*command, "--list", str(path)]) == 0
    assert copied(tmp_path / "o", "t").columns.tolist() == ["respondent"]


def test_an_id_found_by_a_person_settles_its_table(tmp_path):
    folder = bank(tmp_path / "b", {"t": "v,w\n1,2\n3,4\n"})
    plan = pseudonyms.proposal(folder)
    plan.loc[plan["column"] == "v", "act"] = "replace"
    pseudonyms.pseudonymise(folder, out=tmp_path / "o", plan=plan)
    assert copied(tmp_path / "o", "t")["v"].str.startswith("p").all()


def test_nothing_is_asked_about_the_columns_of_the_course():
    plan = pseudonyms.proposal(data.folder("qingyu_bank"))
    assert not ((plan["act"] == "?") & (plan["column"] != "")).any()
