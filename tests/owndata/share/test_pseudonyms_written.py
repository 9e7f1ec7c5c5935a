"""Pseudonyms, their key, small groups, and text that would run as a formula."""

import json
import os
import stat
import subprocess
import sys
import zipfile

import pandas as pd
import pytest

from helpers.bank.language import WrongValue
from owndata.identify import formula_text, identifiers, traces
from owndata.map import small_groups
from owndata.share import key_file, pseudonyms


def field(name, kind="string", **constraints):
    return {"name": name, "type": kind, "title": name, "constraints": constraints}


@pytest.fixture
def bank(tmp_path):
    """Three tables: customers, their survey, and branches; ids go from one to the other."""
    folder = tmp_path / "bank"
    folder.mkdir()
    tables = {
        "branches": "branch,name_en,name_zh\nB01,Harbour,港口\nB02,Hill,山\n",
        "customers": "customer,branch,joined,contact\n"
        + "".join(f"C{i:05d},B0{1 + i % 2},2024-01-{i:02d},1380013{8000 + i}\n" for i in range(1, 21)),
        "servqual": "respondent,customer,branch,P1,remark\n"
        + "".join(f"R{i:05d},C{21 - i:05d},B0{1 + i % 2},5,请找王经理 {i}\n" for i in range(1, 21)),
    }
    link = {"fields": ["customer"], "reference": {"resource": "customers", "fields": ["customer"]}}
    places = {"fields": "branch", "reference": {"resource": "branches", "fields": "branch"}}
    schemas = {
        "branches": {"primaryKey": "branch", "fields": [field(n) for n in ("branch", "name_en", "name_zh")]},
        "customers": {
            "primaryKey": ["customer"], "foreignKeys": [places],
            "fields": [field("customer", pattern="C[0-9]{5}"), field("branch"), field("joined", "date"), field("contact")],
        },
        "servqual": {
            "primaryKey": ["respondent"], "foreignKeys": [link, places],
            "fields": [*(field(n) for n in ("respondent", "customer", "branch", "remark")), field("P1", "integer")],
        },
    }  # fmt: skip
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    resources = [{"name": n, "path": f"{n}.csv", "schema": schemas[n], "hash": "x"} for n in tables]
    resources[-1] |= {
        "scale": {"minimum": 1, "maximum": 5},
        "dimensions": [{"name": "speed", "items": [1]}],
    }
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    return folder


def read(folder, name):
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


def test_ids_become_pseudonyms_that_still_link_the_tables(bank, tmp_path):
    before = {path.name: path.read_bytes() for path in bank.iterdir()}
    pseudonyms.pseudonymise(bank, out=tmp_path / "out", key=tmp_path / "k.key")
    assert {path.name: path.read_bytes() for path in bank.iterdir()} == before
    customers, answers = read(tmp_path / "out", "customers"), read(tmp_path / "out", "servqual")
    whole = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir())
    assert not any(f"C{i:05d}" in whole or f"R{i:05d}" in whole for i in range(1, 21))
    assert set(answers["customer"]) == set(customers["customer"])
    assert customers["customer"].str.fullmatch("p[0-9a-f]{16}").all()
    old = read(bank, "customers").merge(read(bank, "servqual"), on="customer")
    new = customers.merge(answers, on="customer")
    pairs = ["joined", "branch_x", "branch_y", "P1"]
    assert sorted(map(tuple, old[pairs].values)) == sorted(map(tuple, new[pairs].values))
    assert set(answers["respondent"]).isdisjoint(answers["customer"])


def test_the_order_of_rows_does_not_tell_the_old_numbers(bank, tmp_path):
    pseudonyms.pseudonymise(bank, out=tmp_path / "out", key=tmp_path / "k.key")
    customers = read(tmp_path / "out", "customers")
    assert customers["customer"].is_monotonic_increasing
    assert customers["joined"].tolist() != read(bank, "customers")["joined"].tolist()


def test_the_same_key_gives_the_same_pseudonyms_and_another_key_others(bank, tmp_path):
    for out, key in (("a", "one"), ("b", "one"), ("c", "two")):
        pseudonyms.pseudonymise(bank, out=tmp_path / out, key=tmp_path / f"{key}.key")
    a, b, c = (read(tmp_path / out, "customers")["customer"] for out in "abc")
    assert a.tolist() == b.tolist()
    assert set(a).isdisjoint(c)


def test_a_pseudonym_is_the_hmac_that_everybody_can_recompute():
    import hashlib
    import hmac

    found = pseudonyms.pseudonyms(pd.Series(["C00001"]), secret=b"k" * 32, domain="customers.customer")
    expected = hmac.new(b"k" * 32, b"customers.customer\0C00001", hashlib.sha256).hexdigest()
    assert found.item() == "p" + expected[:16]


def test_two_ids_with_one_pseudonym_are_refused(monkeypatch):
    monkeypatch.setattr(pseudonyms, "DIGITS", 1)
    with pytest.raises(WrongValue, match="Two different ids of 'customer' would get one pseudonym"):
        pseudonyms.pseudonyms(pd.Series([str(i) for i in range(17)]), secret=b"k" * 32, domain="customer")


def test_names_and_free_text_are_left_out_unless_kept(bank, tmp_path):
    plan = pseudonyms.proposal(bank)
    reasons = {
        column: (act, why) for column, act, why in plan[["column", "act", "why"]].itertuples(index=False)
    }
    assert reasons["contact"] == ("leave", "phone")
    assert reasons["remark"][0] == "leave"
    pseudonyms.pseudonymise(bank, out=tmp_path / "a", key=tmp_path / "k.key")
    assert "contact" not in read(tmp_path / "a", "customers")
    assert "remark" not in read(tmp_path / "a", "servqual")
    assert "name_zh" in read(tmp_path / "a", "branches")
    described = json.loads((tmp_path / "a" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    names = [[one["name"] for one in resource["schema"]["fields"]] for resource in described]
    assert names[1:] == [["customer", "branch", "joined"], ["respondent", "customer", "branch", "P1"]]
    assert "pattern" not in json.dumps(described)
    plan.loc[plan["column"] == "remark", "act"] = "keep"
    notes = pseudonyms.pseudonymise(bank, out=tmp_path / "b", key=tmp_path / "k.key", plan=plan)
    assert "remark" in read(tmp_path / "b", "servqual")
    assert [note.column for note in notes if note.kind == "kept_all_the_same"] == ["remark"]
    assert "KEPT as you asked" in next(note.told(0) for note in notes if note.column == "remark")


def test_dates_are_unchanged_and_that_is_said_in_both_languages(bank, tmp_path):
    notes = pseudonyms.pseudonymise(bank, out=tmp_path / "out", key=tmp_path / "k.key")
    assert sorted(read(tmp_path / "out", "customers")["joined"]) == sorted(read(bank, "customers")["joined"])
    assert any("Dates are unchanged" in note.told(0) and "日期没有改动" in note.told(1) for note in notes)


def test_a_new_key_belongs_to_its_owner_alone(tmp_path):
    first = key_file.read(tmp_path / "keys" / "k.key", apart_from=[])
    assert stat.S_IMODE((tmp_path / "keys" / "k.key").stat().st_mode) == 0o600
    assert len(first) == 32
    assert key_file.read(tmp_path / "keys" / "k.key", apart_from=[]) == first


def test_a_key_is_refused_inside_the_data_even_through_a_link(bank, tmp_path):
    (tmp_path / "link").symlink_to(bank)
    for place in (bank / "k.key", tmp_path / "link" / "k.key", tmp_path / "out" / "k.key"):
        with pytest.raises(WrongValue, match="The key must lie outside the data"):
            pseudonyms.pseudonymise(bank, out=tmp_path / "out", key=place)
    assert not (bank / "k.key").exists()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_that_others_can_read_is_refused(tmp_path, mode):
    key_file.read(tmp_path / "k.key", apart_from=[])
    (tmp_path / "k.key").chmod(mode)
    with pytest.raises(WrongValue, match="Only you may read the key") as caught:
        key_file.read(tmp_path / "k.key", apart_from=[])
    assert "密钥只能由你本人读取" in caught.value.zh


@pytest.mark.parametrize("content", ["", "hello", "ab" * 16, "zz" * 32])
def test_a_file_that_is_no_key_is_refused(tmp_path, content):
    (tmp_path / "k.key").write_text(content, encoding="utf-8")
    (tmp_path / "k.key").chmod(0o600)
    with pytest.raises(WrongValue, match="64 hexadecimal digits"):
        key_file.read(tmp_path / "k.key", apart_from=[])


def test_folders_within_each_other_and_occupied_ones_are_refused(bank, tmp_path):
    for out in (bank / "inner", tmp_path):
        with pytest.raises(WrongValue, match="must stand apart"):
            pseudonyms.pseudonymise(bank, out=out, key=tmp_path / "k.key")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.docx").write_text("x", encoding="utf-8")
    with pytest.raises(WrongValue, match=r"holds something else \(thesis.docx\)"):
        pseudonyms.pseudonymise(bank, out=tmp_path / "full", key=tmp_path / "k.key")
    assert not (tmp_path / "k.key").exists()


def test_a_failure_on_the_way_leaves_no_half_copy(bank, tmp_path):
    (bank / "servqual.csv").unlink()
    with pytest.raises(WrongValue, match="there is no such file"):
        pseudonyms.pseudonymise(bank, out=tmp_path / "out", key=tmp_path / "k.key")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bank"]


def test_the_command_says_it_in_the_readers_language(bank, tmp_path):
    argv = ["data", "pseudonymise", "bank", "--out", "out", "--yes", "--language", "zh"]
    around = {**os.environ, "HOME": str(tmp_path / "me"), "PYTHONUTF8": "1"}
    ended = subprocess.run(
        [sys.executable, "-m", "workshop.cli", *argv],
        cwd=tmp_path, env=around, capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "servqual.remark：已略去" in ended.stdout
    assert "没有查找的有：" in ended.stdout
    assert (tmp_path / "me" / ".bank-service-quality" / "pseudonyms.key").is_file()
    again = subprocess.run(
        [sys.executable, "-m", "workshop.cli", *argv],
        cwd=tmp_path, env=around, capture_output=True, text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert again.returncode == 1
    assert len(again.stderr.strip().splitlines()) == 1


def test_the_simulated_bank_comes_through_and_still_passes(tmp_path):
    from owndata.judge import check

    pseudonyms.pseudonymise("qingyu_bank", out=tmp_path / "out", key=tmp_path / "k.key")
    assert check.passes(check.check(tmp_path / "out"))
    answers = read(tmp_path / "out", "servqual")
    assert answers["customer"].str.startswith("p").all()
    assert set(answers["branch"]) == {f"B{i:02d}" for i in range(1, 25)}


def test_small_groups_are_merged_until_nobody_stands_out():
    groups = pd.Series(["a"] * 12 + ["b"] * 9 + ["c"] * 3 + ["d"] * 40 + [None])
    found = small_groups.merged(groups)
    assert found.value_counts().to_dict() == {"d": 40, "other": 12, "a": 12}
    assert found.isna().sum() == 1
    assert small_groups.merged(pd.Series(["a"] * 10)).tolist() == ["a"] * 10
    assert small_groups.merged(pd.Series(["a"] * 3)).tolist() == ["other"] * 3
    alone = small_groups.merged(pd.Series(["a"] * 20 + ["b"] * 30 + ["c"]))
    assert alone.value_counts().to_dict() == {"b": 30, "other": 21}  # "c" alone would be found by subtraction


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("13800138000", "phone"), ("+86 138 0013 8000", "phone"), ("请回电１３８００１３８０００", "phone"),
        ("11010519491231002X", "id_card"), ("192.168.1.20", "ip"), ("2001:db8:85a3::8a2e:370:7334", "ip"),
        ("li.na@example.cn", "email"), ("6222 0200 0000 0000 004", None), ("4111111111111111", "account"),
        ("2025-03-31 10:05:07", None), ("12:30:45", None), ("3.5", None), ("1234567890123", None), ("很好", None),
    ],
)  # fmt: skip
def test_identifiers_are_known_by_their_content(text, kind):
    assert traces.in_text(text) == kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("来自IP", "ip"), ("3、您的姓名：", "name"), ("Name", "name"), ("微信昵称", "wechat"), ("昵称", "nickname"),
        ("您的联系电话", "phone"), ("身份证号码", "id_card"), ("E-mail", "email"), ("工号", "staff"), ("银行卡号", "account"),
        ("您使用手机银行的频率", None), ("网点名称", None), ("branch name", None), ("微信银行好用", None), ("VIP 通道够快", None),
    ],
)  # fmt: skip
def test_identifiers_are_known_by_their_heading(heading, kind):
    assert identifiers.by_heading(heading) == kind


@pytest.mark.parametrize(
    "text", ["=1+1", "+CMD|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1"]
)
def test_text_that_begins_like_a_formula_is_made_harmless_and_found_again(text):
    made = formula_text.text(text)
    assert made == "'" + text
    assert formula_text.restored(made) == text


@pytest.mark.parametrize("value", ["-2", "-3.5", "+86", "12%", "满意", "", 5, None, "'tis"])
def test_what_is_no_formula_stays(value):
    assert formula_text.text(value) == value


def test_no_workbook_of_ours_holds_a_formula(tmp_path):
    from owndata.map import mapping, proposed_mapping
    from owndata.read import sheets

    (tmp_path / "x.csv").write_text("网点,=cmd|'x',P1\n" + "@甲,=1+1,3\n=乙,+2-1,4\n" * 20, encoding="utf-8")
    proposed = proposed_mapping.propose(sheets.read(tmp_path / "x.csv"))
    mapping.write(proposed, tmp_path / "mapping.xlsx")
    with zipfile.ZipFile(tmp_path / "mapping.xlsx") as parts:
        sheets_xml = [parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/worksheets/sheet")]
        strings = parts.read("xl/sharedStrings.xml").decode()
    assert not any("<f>" in sheet for sheet in sheets_xml)
    assert ">=" not in strings
    assert ">@" not in strings
    assert (
        mapping.read(tmp_path / "mapping.xlsx").columns["heading"].tolist()
        == proposed.columns["heading"].tolist()
    )


def test_a_killed_copy_leaves_nothing_and_loses_nothing(tmp_path):
    """What a dead run left beside the folder is cleared; the folder that it had just moved aside comes back."""
    import os
    import subprocess
    import sys

    from owndata.map import folders

    script = (
        "import os, signal, sys; from pathlib import Path; from owndata.map import folders\n"
        "with folders.whole(Path(sys.argv[1])) as draft:\n"
        "    (draft / 'half').write_text('x', encoding='utf-8')\n"
        "    os.replace(sys.argv[1], draft.parent / 'old') if len(sys.argv) > 2 else None\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    target = tmp_path / "shared"
    target.mkdir()
    (target / "mine.csv").write_text("1", encoding="utf-8")
    for more in ([], ["aside"]):
        subprocess.run([sys.executable, "-c", script, str(target), *more], check=False)
    assert (
        not target.exists() and len(os.listdir(tmp_path)) == 1
    )  # the first scratch was cleared by the second
    with pytest.raises(ZeroDivisionError), folders.whole(target):
        raise ZeroDivisionError
    assert (target / "mine.csv").read_text(encoding="utf-8") == "1"
    assert os.listdir(tmp_path) == ["shared"]
