"""A port is obeyed, and a taken one says so; a lab may keep everything in its working copy."""

import os
import shutil
import socket
import subprocess

import pytest
from collection import ROOT

from helpers.bank.language import WrongValue
from workshop import cli
from workshop.room import lab, room_copy, server


@pytest.fixture
def taken():
    """A port of this machine that another program holds."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_free_port_is_taken_without_a_word(taken):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server.refuse_taken(port)
    with pytest.raises(WrongValue, match=f"The port must be free; {taken} is not"):
        server.refuse_taken(taken)


@pytest.mark.parametrize(("language", "said"), [("en", "must be free"), ("zh", "端口应该空闲")])
def test_the_lab_refuses_a_taken_port_before_it_copies_anything(
    taken, language, said, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    monkeypatch.setattr(lab, "start", lambda *_, **__: pytest.fail("it must not start"))
    assert cli.main(["lab", "--language", language, "--port", str(taken)]) == 1
    told = capsys.readouterr().err
    assert said in told and str(taken) in told and len(told.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_lab_listens_where_it_was_told(monkeypatch, tmp_path):
    got = {}
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    monkeypatch.setattr(server, "refuse_taken", lambda port: got.update(asked=port))
    monkeypatch.setattr(lab, "refresh", lambda *_, **__: [])
    monkeypatch.setattr(lab, "start", lambda *_, options, **__: got.update(options=options))
    cli.main(["lab", "--port", "8899"])
    assert got == {"asked": 8899, "options": ["--ServerApp.port=8899", "--ServerApp.port_retries=0"]}


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8e3", "²", "lab"])
def test_a_port_that_no_machine_has_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        cli.main(["lab", "--port", port])
    assert "1 to 65535" in capsys.readouterr().err


@pytest.mark.skipif(not shutil.which("make"), reason="Windows goes without make")
def test_make_hands_the_port_on():
    said = subprocess.run(
        ["make", "--dry-run", "lab", "PORT=8899", "LANGUAGE=zh"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "course lab --language zh --port 8899" in said.stdout


def test_a_lab_of_its_own_keeps_settings_and_passing_files_in_the_working_copy(monkeypatch, tmp_path):
    for name in room_copy.own_places(tmp_path / "names"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("PYTHONUTF8", "0")
    monkeypatch.setattr(lab, "start", lambda target, **_: 0)
    work = tmp_path / "我的 笔记"
    assert cli.main(["lab", "--language", "zh", "--folder", str(work), "--self-contained"]) == 0
    assert (work / "zh" / "05_servqual.ipynb").is_file()
    assert not [
        name
        for name in room_copy.own_places(work / ".settings")
        if not os.environ[name].startswith(str(work))
    ]
    assert os.environ["PYTHONUTF8"] == "1"
