"""Protection follows the data, not the codebook's keys: every table, every type, every path, and a person's word."""

import json
import os
import shutil

import pandas as pd
import pytest
from bank_folders import bank, copied

from helpers.bank import data
from helpers.bank.language import WrongValue
from owndata.identify import traces
from owndata.judge import check
from owndata.share import protection, pseudonyms, quasi_identifiers, sharing_list
from workshop import cli

ALONE = ["journeys", "transactions", "journey_surveys", "complaints", "comments", "customers", "churn",
         "servqual", "staff", "training", "trial_offer", "trial_reminder"]  # fmt: skip
NUMBERED = ("customer", "case", "respondent", "comment", "employee", "repeat_of")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A place of one's own for the key."""
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "me"))


@pytest.mark.parametrize("name", ALONE)
def test_a_table_alone_loses_its_numbers_through_the_products_own_door(tmp_path, name, capsys):
    folder, out = tmp_path / "led", tmp_path / "o"
    folder.mkdir()
    resource = next(r for r in data.package(data.folder("qingyu_bank"))["resources"] if r["name"] == name)
    shutil.copy(data.folder("qingyu_bank") / resource["path"], folder)
    if name == "servqual":  # a survey has a codebook of its own
        package = {"resources": [resource]}
        resource["schema"].pop("foreignKeys")
        (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    else:
        assert cli.main(["data", "map", str(folder), "--language", "en"]) == 0
    command = ["data", "pseudonymise", str(folder), "--out", str(out), "--language", "en"]
    assert cli.main([*command, "--yes"]) == 0
    told = capsys.readouterr().out
    before = data.tables.raw(folder / resource["path"])
    after = copied(out, name)
    ids = [column for column in before.columns if column in NUMBERED]
    assert ids
    for column in ids:
        assert f"{name}.{column}: replaced" in told
        assert not set(before[column].dropna()) - {""} & set(after[column].dropna())
        assert after[column].dropna().str.fullmatch("p[0-9a-f]{16}").all()
        assert after[column].nunique() == (before[column].replace("", None)).nunique()
    for column in before.columns:  # every column is told of, whatever was done to it
        assert f"{name}.{column}: " in told


NUMBERS = [
    ("respondent", list(range(1000, 1030))), ("respondent", [float(n) for n in range(1000, 1030)]),
    ("member_no", list(range(13800138000, 13800138030))), ("客户号", list(range(500, 530))),
    ("customer", [f"C{n:05}" for n in range(30)]), ("cust_id", list(range(7, 37))), ("工号", list(range(100, 130))),
    ("account", [f"6222{n:012}" for n in range(30)]), ("who_id", [f"x{n}" for n in range(30)]),
    ("k", [f"KH{n:06}" for n in range(30)]), ("nr", list(range(100_200, 100_230))),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "numbers"), NUMBERS)
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_numbers_of_every_type_are_known_without_any_key(tmp_path, heading, numbers, kind):
    frame = pd.DataFrame({heading: numbers, "P1": [n % 5 + 1 for n in range(30)]})
    table = frame.to_csv(index=False).replace("\r\n", "\n") if kind == "csv" else frame
    pseudonyms.pseudonymise(bank(tmp_path / "b", {"t": table}), out=tmp_path / "o")
    after = copied(tmp_path / "o", "t")
    assert after[heading].str.fullmatch("p[0-9a-f]{16}").all()
    assert sorted(after["P1"].astype(int)) == sorted(frame["P1"])


@pytest.mark.parametrize("heading", ["x", "金额", "P1"])
def test_a_number_of_a_person_in_an_innocent_column_of_numbers_is_left_out(tmp_path, heading):
    table = pd.DataFrame({"customer": ["C1", "C2", "C3"], heading: [13800138000, 13912345678, None]})
    pseudonyms.pseudonymise(bank(tmp_path / "b", {"t": table}), out=tmp_path / "o")
    assert copied(tmp_path / "o", "t").columns.tolist() == ["customer"]


def test_measures_and_dates_are_kept(tmp_path):
    rows = pd.DataFrame({
        "customer": [f"C{n}" for n in range(40)], "amount_fen": [137 * n + 5 for n in range(40)],
        "joined": pd.date_range("2020-01-01", periods=40), "weight": [1 + n / 7 for n in range(40)],
        "date": [f"2025-03-{n % 28 + 1:02}" for n in range(40)], "response": [n % 2 for n in range(40)],
    })  # fmt: skip
    pseudonyms.pseudonymise(bank(tmp_path / "b", {"t": rows}), out=tmp_path / "o")
    assert copied(tmp_path / "o", "t").columns.tolist() == rows.columns.tolist()
    assert sorted(copied(tmp_path / "o", "t")["amount_fen"]) == rows["amount_fen"].tolist()


def test_the_same_id_has_the_same_pseudonym_in_every_table_though_no_key_says_so(tmp_path):
    tables = {
        "a": "customer,v\n1001,1\n1002,2\n1003,3\n",
        "b": pd.DataFrame({"customer_id": [1001, 1002], "w": [1, 2]}),
        "c": pd.DataFrame({"客户号": [1001.0, None], "w": [1, 2]}),
        "d": "ref,customer\nx,Ｃ１\ny, C1 \n",
    }
    pseudonyms.pseudonymise(bank(tmp_path / "b", tables), out=tmp_path / "o")
    a, b, c, d = (copied(tmp_path / "o", name) for name in "abcd")
    assert set(b["customer_id"]) < set(a["customer"])
    assert set(c["客户号"]) - {""} < set(b["customer_id"])
    assert len(set(d["customer"])) == 1


def test_a_column_that_holds_the_ids_of_another_is_known_by_its_values(tmp_path):
    ids = [f"C{n:05}" for n in range(30)]
    tables = {
        "a": "customer,v\n" + "".join(f"{one},1\n" for one in ids),
        "b": "x,customer\n" + "".join(f"{one},{one}\n" for one in ids[:5] * 4),
    }
    pseudonyms.pseudonymise(bank(tmp_path / "b", tables), out=tmp_path / "o")
    b = copied(tmp_path / "o", "b")
    assert (b["x"] == b["customer"]).all()


def test_a_table_in_which_no_number_is_found_stops_the_command_and_is_named(tmp_path):
    tables = {"a": "customer,v\nC1,1\n", "visits": "day,v\n2025-03-01,1\n2025-03-02,2\n"}
    folder = bank(tmp_path / "b", tables)
    with pytest.raises(WrongValue, match="numbers people was found in: visits") as caught:
        pseudonyms.pseudonymise(folder, out=tmp_path / "o")
    assert "没有找到给人编号的列：visits" in caught.value.zh
    assert not (tmp_path / "o").exists()
    plan = pseudonyms.proposal(folder)
    plan.loc[(plan["table"] == "visits") & (plan["column"] == ""), "act"] = "public"
    pseudonyms.pseudonymise(folder, out=tmp_path / "o", plan=plan)
    assert (tmp_path / "o" / "visits.csv").is_file()


def test_public_tables_need_no_word_but_only_with_the_columns_of_the_course(tmp_path):
    tables = {"a": "customer\nC1\n", "branches": "branch,name_en,name_zh\nB01,Hill,山\n"}
    plan = pseudonyms.proposal(bank(tmp_path / "b", tables))
    assert plan.loc[(plan["table"] == "branches") & (plan["column"] == ""), "act"].item() == "public"
    tables["branches"] = "branch,name_en,name_zh,boss\nB01,Hill,山,x\n"
    plan = pseudonyms.proposal(bank(tmp_path / "c", tables))
    assert plan.loc[(plan["table"] == "branches") & (plan["column"] == ""), "act"].item() == "?"


def test_a_branch_named_by_a_telephone_number_is_looked_at_too(tmp_path):
    tables = {"a": "customer\nC1\n", "branches": "branch,name_en,name_zh\nB01,Hill,请致电13800138000\n"}
    pseudonyms.pseudonymise(bank(tmp_path / "b", tables), out=tmp_path / "o")
    assert "13800138000" not in (tmp_path / "o" / "branches.csv").read_text(encoding="utf-8")


def test_the_command_stops_with_a_list_until_somebody_has_looked_through_it(tmp_path, capsys):
    folder = bank(
        tmp_path / "b", {"t": "customer,memo,P1\nC1,你好,1\nC2,再见,2\n", "v": "day,n\n2025-03-01,1\n"}
    )
    command = ["data", "pseudonymise", str(folder), "--out", str(tmp_path / "o"), "--language", "en"]
    assert cli.main(command) == 1
    told, path = capsys.readouterr().out, tmp_path / "o_columns.csv"
    assert "Nothing was copied yet" in told
    assert "--list" in told
    assert not (tmp_path / "o").exists()
    assert not (tmp_path / "me").exists()  # no key either
    shown = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert shown["列 column"].tolist() == ["", "customer", "memo", "P1", "", "day", "n"]
    assert shown["怎么处理 what to do"].tolist()[:2] == ["有个人 people", "换成假名 replace"]
    assert cli.main(command) == 1  # never overwritten
    assert "may hold your corrections" in capsys.readouterr().err
    text = path.read_text(encoding="utf-8-sig")
    assert cli.main([*command, "--list", str(path)]) == 1
    assert "numbers people was found in: v" in capsys.readouterr().err
    # A bank's Excel saves the corrected list in GB18030; either word will do.
    corrected = text.replace("v,,?", "v,,没有个人").replace("t,memo,保留 keep", "t,memo,leave out")
    path.write_bytes(corrected.encode("gb18030"))
    assert cli.main([*command, "--list", str(path)]) == 0
    told = capsys.readouterr().out
    assert "t.memo: left out" in told
    assert copied(tmp_path / "o", "t").columns.tolist() == ["customer", "P1"]


LISTS = [
    (lambda text: text.replace("t,P1,保留 keep", "t,P1,perhaps"), "'perhaps' is not one of", "不是"),
    (lambda text: "\n".join(text.split("\n")[:-2]) + "\n", "does not name it", "没有写"),
    (lambda text: text + "t,P9,keep,,\n", "no such column", "数据里没有"),
    (lambda text: text + "t,P1,leave out,,\n", "says two things", "两种处理"),
    (lambda text: "", "is not a list of columns", "不是列的清单"),
    (lambda text: text.replace("t,,有个人 people", "t,,keep"), "'keep' is not one of", "不是"),
]


@pytest.mark.parametrize(("spoil", "english", "chinese"), LISTS)
def test_a_list_that_does_not_fit_is_refused_in_one_sentence(tmp_path, spoil, english, chinese):
    plan = pseudonyms.proposal(bank(tmp_path / "b", {"t": "customer,P1\nC1,1\n"}))
    sharing_list.write(plan, tmp_path / "l.csv")
    text = (tmp_path / "l.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "l.csv").write_text(spoil(text), encoding="utf-8-sig")
    with pytest.raises(WrongValue, match=english) as caught:
        sharing_list.read(tmp_path / "l.csv", plan)
    assert chinese in caught.value.zh


@pytest.mark.parametrize("line", ["", ",,,,"])
def test_an_empty_line_in_a_list_says_nothing(tmp_path, line):
    plan = pseudonyms.proposal(bank(tmp_path / "b", {"t": "customer,P1\nC1,1\n"}))
    sharing_list.write(plan, tmp_path / "l.csv")
    lines = (tmp_path / "l.csv").read_text(encoding="utf-8-sig").splitlines()
    text = "\n".join([*lines[:2], line, *lines[2:], line, line])
    (tmp_path / "l.csv").write_text(text, encoding="utf-8-sig")
    assert sharing_list.read(tmp_path / "l.csv", plan)["act"].tolist() == plan["act"].tolist()


def test_a_heading_that_would_run_as_a_formula_is_harmless_in_the_list_and_found_again(tmp_path):
    plan = pseudonyms.proposal(bank(tmp_path / "b", {"t": "customer,=1+1\nC1,1\n"}))
    sharing_list.write(plan, tmp_path / "l.csv")
    assert "'=1+1" in (tmp_path / "l.csv").read_text(encoding="utf-8-sig")
    assert sharing_list.read(tmp_path / "l.csv", plan)["column"].tolist() == ["", "customer", "=1+1"]


OUTSIDE = ["{original}", "../original.csv", "../../original.csv", "sub/../../original.csv", "..\\original.csv",
           "C:\\original.csv", "C:original.csv", "//server/share/original.csv", "file:///original.csv",
           "link.csv", "linked/original.csv", "", ".", "con.csv", "datapackage.json", "a\x00.csv", "a\nb.csv",
           "x" * 5000, "题" * 150]  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_out_of_the_folder_is_refused_by_every_reader_before_anything_is_written(tmp_path, path):
    original = tmp_path / "original.csv"
    original.write_text("customer,P1\nC1,1\n", encoding="utf-8")
    folder = bank(tmp_path / "b", {"t": "customer,P1\nC1,1\n"})
    (folder / "link.csv").symlink_to(original)
    (folder / "linked").symlink_to(tmp_path, target_is_directory=True)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["path"] = path.format(original=original)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    for act in (
        lambda: pseudonyms.pseudonymise(folder, out=tmp_path / "o"),
        lambda: data.load(folder, "t"),
        lambda: data.codebook(folder).lacking("t", {"P1"}),
    ):
        with pytest.raises(WrongValue) as caught:
            act()
        assert "\n" not in caught.value.en
        assert len(caught.value.en) < 800
    assert not check.passes(check.check(folder))
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
@pytest.mark.parametrize("which", ["t.csv", "datapackage.json", "key", "list"])
def test_a_pipe_is_refused_and_never_waited_for(tmp_path, which):
    folder = bank(tmp_path / "b", {"t": "customer,P1\nC1,1\n"})
    pipe = {"key": tmp_path / "k.key", "list": tmp_path / "l.csv"}.get(which, folder / which)
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    with pytest.raises(WrongValue):
        if which == "list":
            sharing_list.read(pipe, pseudonyms.proposal(folder))
        pseudonyms.pseudonymise(folder, out=tmp_path / "o", key=pipe if which == "key" else None)
    if which in ("t.csv", "datapackage.json"):
        assert not check.passes(check.check(folder))
        with pytest.raises(WrongValue):
            data.load(folder, "t")


def test_output_folders_never_hold_an_input(tmp_path, capsys):
    folder = bank(tmp_path / "b", {"customers": "customer,branch,P1\nR1,B01,1\n"})
    before = {p: p.read_bytes() for p in folder.iterdir()}
    (tmp_path / "o").mkdir()
    plan = pseudonyms.proposal(folder)
    sharing_list.write(plan, tmp_path / "o" / "customers.csv")
    commands = [
        ["pseudonymise", folder, "--out", tmp_path / "o", "--list", tmp_path / "o" / "customers.csv"],
        ["pseudonymise", folder, "--out", tmp_path / "o", "--yes", "--key", tmp_path / "o" / "k.key"],
        ["pseudonymise", folder, "--out", folder / "inner", "--yes"],
        ["map", folder / "customers.csv", "--out", folder],
        ["map", folder / "customers.csv", "--out", tmp_path],
        ["check", folder, "--workbook", folder / "customers.csv"],
        ["check", folder, "--workbook", folder / "problems.xlsx"],
    ]
    for command in commands:
        assert cli.main(["data", *map(str, command), "--language", "en"]) == 1, command
        assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert {p: p.read_bytes() for p in folder.iterdir()} == before


def test_the_codebook_of_the_copy_holds_what_is_allowed_and_nothing_else(tmp_path):
    secret = "王伟 13800138000"
    extra = {"contributors": [{"title": secret}], "sources": [{"title": secret, "path": "x"}], "title": secret,
             "title@zh": secret, "description": secret, "notes": secret, "name": "wang-wei", "homepage": secret}  # fmt: skip
    folder = bank(tmp_path / "b", {"t": "customer,P1,kind\nC1,1,a\n"}, **extra)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    table = package["resources"][0]
    table |= {
        "title": secret,
        "description": secret,
        "notes": secret,
        "sources": [{"title": secret}],
        "hash": secret,
    }
    table["schema"]["fields"] = [
        {"name": "customer", "title": "Customer", "example": "C1", "rdfType": secret, "description": secret,
         "constraints": {"pattern": "C1|C2", "enum": ["C1", "C2"], "minLength": 2}, "values": {"C1": {"en": secret, "zh": secret}}},
        {"name": "P1", "title": secret, "description": secret, "type": "integer", "item": 1},
        {"name": "kind", "constraints": {"enum": ["a", secret]}, "values": {"a": {"en": "A", "zh": "甲"}}},
    ]  # fmt: skip
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    pseudonyms.pseudonymise(folder, out=tmp_path / "o")
    text = (tmp_path / "o" / "datapackage.json").read_text(encoding="utf-8")
    assert not [word for word in ("13800138000", "王伟", "wang-wei", "C1", "example", "hash") if word in text]
    made = json.loads(text)["resources"][0]["schema"]["fields"]
    assert made[0] == {"name": "customer", "type": "string", "title": "Customer", "constraints": {}}
    assert made[2]["values"] == {"a": {"en": "A", "zh": "甲"}}
    assert data.load(tmp_path / "o", "t")["P1"].tolist() == [1]


def test_names_of_files_and_tables_lead_nowhere(tmp_path):
    folder = bank(tmp_path / "b", {"t": "customer\nC1\n"})
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["name"] = "../../evil"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    pseudonyms.pseudonymise(folder, out=tmp_path / "o")
    assert sorted(path.name for path in (tmp_path / "o").iterdir()) == ["datapackage.json", "table1.csv"]
    assert not list(tmp_path.parent.glob("evil*"))


def test_how_many_are_alone_is_said_and_making_coarser_says_what_it_brought_and_cost(tmp_path, capsys):
    source = data.folder("qingyu_bank")
    folder = tmp_path / "b"
    folder.mkdir()
    for name in ("customers.csv", "branches.csv", "service_weekly.csv", "trial_reminder.csv"):
        shutil.copy(source / name, folder)
    assert cli.main(["data", "map", str(folder), "--language", "en"]) == 0
    command = ["data", "pseudonymise", str(folder), "--yes", "--language", "en"]
    assert cli.main([*command, "--out", str(tmp_path / "fine")]) == 0
    assert "customers: 19,799 of 20,000 (99%) are alone" in capsys.readouterr().out
    assert cli.main([*command, "--out", str(tmp_path / "coarse"), "--coarse"]) == 0
    told = capsys.readouterr().out
    assert "Made coarser: " in told
    assert "branch 24 → 3" in told
    assert "birth_year 66 → 7" in told
    assert "service_weekly: the whole table is left out" in told
    made = data.load(tmp_path / "coarse", "customers")
    assert set(made["birth_year"] % 10) == {0}
    assert set(made["joined"].dt.strftime("%m-%d")) == {"01-01"}
    assert (
        set(made["branch"])
        == set(data.load(tmp_path / "coarse", "branches")["branch"])
        == {"east", "central", "west"}
    )
    assert check.passes(check.check(tmp_path / "coarse"))
    known = ["birth_year", "joined", "branch", "kind"]
    k = quasi_identifiers.uniqueness(made, known)["k"].item()
    assert f"k = {k}; the cost" in told


def test_the_result_says_what_was_not_looked_for(tmp_path):
    notes = pseudonyms.pseudonymise(bank(tmp_path / "b", {"t": "customer\nC1\n"}), out=tmp_path / "o")
    said = next(note for note in notes if note.kind == "not_looked_for")
    assert traces.NOT_LOOKED_FOR[0] in said.told(0)
    assert traces.NOT_LOOKED_FOR[1] in said.told(1)


@pytest.mark.parametrize("cells", [["a\tb", "=1+1"], ["\x1b[2J", "x"]])
def test_a_column_of_lists_or_odd_cells_ends_in_a_decision_not_in_a_traceback(tmp_path, cells):
    table = pd.DataFrame({"customer": ["C1", "C2"], "x": [[1], [2]], "y": cells, "z": [b"a", b"\xff"]})
    plan = pseudonyms.proposal(bank(tmp_path / "b", {"t": table}))
    assert set(plan["act"]) <= {*protection.ACTS, *protection.ABOUT}


@pytest.mark.parametrize("heading", ["date", "birth_year"])
@pytest.mark.parametrize("asked", ["--coarse", "--yes"])
def test_coarse_says_so_where_there_is_nothing_to_make_coarser(tmp_path, heading, asked, capsys):
    """A survey has days of answering and branches without a region: --coarse did nothing, and said nothing."""
    values = {"date": "2025-03-04", "birth_year": 1987}[heading]
    rows = pd.DataFrame({"respondent": [f"R{n:03}" for n in range(30)], "branch": "B01", heading: values})
    folder = bank(tmp_path / "b", {"marks": rows.assign(mark=4)})
    command = ["data", "pseudonymise", str(folder), "--out", str(tmp_path / "o"), "--language", "en"]
    assert cli.main([*command, "--yes", asked]) == 0
    told = "Nothing here can be made coarser: " in capsys.readouterr().out
    assert told == (asked == "--coarse" and heading == "date")


ODD = [("P1", "cannot be made coarser", "不能概括"), ("branch", "cannot be made coarser", "不能概括")]


@pytest.mark.parametrize(("column", "english", "chinese"), ODD)
def test_what_cannot_be_done_is_refused(tmp_path, column, english, chinese):
    folder = bank(tmp_path / "b", {"t": "customer,branch,P1\nC1,B01,1\n"})
    plan = pseudonyms.proposal(folder)
    with pytest.raises(WrongValue, match=r"does not fit the folder at t.P1"):
        pseudonyms.pseudonymise(folder, out=tmp_path / "o", plan=plan[plan["column"] != "P1"])
    plan.loc[plan["column"] == column, "act"] = "generalise"
    with pytest.raises(WrongValue, match=english) as caught:
        pseudonyms.pseudonymise(folder, out=tmp_path / "o", plan=plan)
    assert chinese in caught.value.zh


def test_branches_are_coarser_everywhere_or_nowhere(tmp_path):
    tables = {
        "t": "customer,branch\nC1,B01\n",
        "branches": "branch,name_en,name_zh,region\nB01,Hill,山,east\n",
    }
    folder = bank(tmp_path / "b", tables)
    plan = pseudonyms.proposal(folder, coarse=True)
    plan.loc[(plan["table"] == "t") & (plan["column"] == "branch"), "act"] = "keep"
    with pytest.raises(WrongValue, match="in every table or in none; t keeps them"):
        pseudonyms.pseudonymise(folder, out=tmp_path / "o", plan=plan)


def test_what_pandas_hides_in_parquet_does_not_travel(tmp_path):
    hidden = pd.DataFrame(
        {"kind": pd.Categorical(["a", "a"], categories=["a", "王伟13800138000"]), "P1": [1, 2]}
    )
    hidden.index = pd.Index(["C00001", "C00002"], name="customer")
    hidden.attrs = {"owner": "王伟13800138000"}
    folder = bank(tmp_path / "b", {"t": "customer\nC1\n"})
    (folder / "t.csv").unlink()
    hidden.to_parquet(folder / "t.parquet")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["path"] = "t.parquet"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    pseudonyms.pseudonymise(folder, out=tmp_path / "o")
    content = (tmp_path / "o" / "t.parquet").read_bytes()
    assert not [word for word in ("王伟", "13800138000", "C00001") if word.encode() in content]
    assert copied(tmp_path / "o", "t")["customer"].str.fullmatch("p[0-9a-f]{16}").all()


@pytest.mark.parametrize("text", ["see C00003", "C00003-7", "ref:C00003", "（C00003）"])
def test_an_id_within_another_column_does_not_travel(tmp_path, text):
    rows = "".join(f"C{n:05},ok\n" for n in range(20))
    folder = bank(tmp_path / "b", {"t": f"customer,x\n{rows}C00099,{text}\n"})
    pseudonyms.pseudonymise(folder, out=tmp_path / "o")
    assert "C00003" not in (tmp_path / "o" / "t.csv").read_text(encoding="utf-8")


def test_ids_under_the_heading_of_a_place_are_replaced(tmp_path):
    rows = "".join(f"C{n:05},C{n:05}\n" for n in range(20))
    pseudonyms.pseudonymise(bank(tmp_path / "b", {"t": f"customer,channel\n{rows}"}), out=tmp_path / "o")
    assert "C00003" not in (tmp_path / "o" / "t.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "heading", ["出生日期", "date_of_birth", "公司名称", "phone_number", "Customer_Name"]
)
def test_headings_that_name_somebody_are_left_out_whatever_they_hold(tmp_path, heading):
    pseudonyms.pseudonymise(bank(tmp_path / "b", {"t": f"customer,{heading}\nC1,x\n"}), out=tmp_path / "o")
    assert copied(tmp_path / "o", "t").columns.tolist() == ["customer"]
