"""The command: sentences instead of tracebacks, exit codes, languages, and the student's working copy."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from helpers.bank import data, language
from workshop import cli
from workshop.room import lab


@pytest.fixture(autouse=True)
def _machine_speaks_english(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    yield
    language.use("en")


@pytest.fixture
def home(tmp_path, monkeypatch):
    for spoken in language.LANGUAGES:
        (tmp_path / "notebooks" / spoken).mkdir(parents=True)
        (tmp_path / "notebooks" / spoken / "05_servqual.ipynb").write_text(
            '{"first": "一"}', encoding="utf-8"
        )
    (tmp_path / "notebooks" / "README.md").write_text("index", encoding="utf-8")
    (tmp_path / "datasets").mkdir()
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    return tmp_path


def course(*argv, **around):
    """Run the command as users do."""
    environment = {**os.environ, "PYTHONUTF8": "1", **around}
    command = [sys.executable, "-m", "workshop.cli", *argv]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


def test_help_names_every_command_and_is_quick():
    source = "import sys; from workshop import cli; cli.parser().format_help(); "
    source += (
        "print([name for name in ('pandas', 'papermill', 'matplotlib', 'jupytext') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, timeout=60)
    assert ended.stdout.strip() == "[]", ended.stderr
    told = course("--help").stdout
    assert all(name in told for name in ("build", "run", "lab", "data"))


@pytest.mark.parametrize(
    "given",
    [
        "import workshop.run.execution, workshop.kit.kit, nbformat",
        "from helpers.bank import data; data.package(data.folder('qingyu_bank'))",
        "import owndata.judge.check, owndata.map.mapping, owndata.share.pseudonyms",
    ],
)
def test_no_process_compiles_grammars_of_addresses_that_nobody_asks_for(given):
    """jsonschema does at its import, where it can: two seconds in each process that opens a bank or a notebook."""
    told = "; import sys; print([name for name in sys.modules if name.startswith('rfc3987_syntax.')])"
    ended = subprocess.run([sys.executable, "-c", given + told], capture_output=True, text=True, timeout=300)
    assert ended.stdout.strip() == "[]", ended.stderr


@pytest.mark.parametrize(
    ("argv", "en", "zh"),
    [
        (["run", "99_nothing"], "There is no lesson '99_nothing'", "没有 '99_nothing' 这一课"),
        (["run", "-p", "language=fr"], "The language comes by --language", "语言用 --language"),
        (["run", "-p", "branch"], "must be written name=value", "参数要写成"),
    ],
)
def test_wrong_input_is_one_sentence_in_the_machines_language(home, monkeypatch, capsys, argv, en, zh):
    for locale, sentence in (("en_GB.UTF-8", en), ("zh_CN.UTF-8", zh)):
        monkeypatch.setenv("LANG", locale)
        assert cli.main(argv) == 1
        told = capsys.readouterr()
        assert sentence in told.err
        assert len(told.err.strip().splitlines()) == 1
        assert told.out == ""


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["runn"],
        ["run", "--language", "fr"],
        ["run", "--jobs", "0"],
        ["run", "--jobs", "two"],
        ["data", "make"],
    ],
)
def test_a_command_that_cannot_be_understood_ends_with_2(argv):
    ended = course(*argv)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("argv", "locale", "spoken"),
    [
        (["run"], "zh_CN.UTF-8", "zh"),
        (["run"], "de_DE.UTF-8", "en"),
        (["run", "--language", "zh"], "en_GB.UTF-8", "zh"),
        (["run", "--language=en"], "zh_CN.UTF-8", "en"),
        (["run", "--language", "both"], "zh_CN.UTF-8", "zh"),
        (["lab", "--language"], "zh_CN.UTF-8", "zh"),
    ],
)
def test_our_own_words_follow_the_option_then_the_machine(monkeypatch, argv, locale, spoken):
    monkeypatch.setenv("LANG", locale)
    assert cli._spoken(argv) == spoken


def test_a_failed_lesson_ends_with_1(home):
    (home / "notebooks" / "en" / "05_servqual.ipynb").write_text(
        json.dumps(
            {
                "cells": [
                    {
                        "cell_type": "code",
                        "id": "bad",
                        "source": "1/0",
                        "metadata": {},
                        "outputs": [],
                        "execution_count": None,
                    }
                ],
                "metadata": {"kernelspec": {"name": "python3", "language": "python", "display_name": "x"}},
                "nbformat": 4,
                "nbformat_minor": 5,
            }
        ),
        encoding="utf-8",
    )
    ended = course("run", "--language", "en")
    assert ended.returncode == 1
    assert "✗ 05_servqual (en): cell 1 (bad), “1/0”: ZeroDivisionError: division by zero" in ended.stdout
    assert "Traceback" not in ended.stderr


def test_a_damaged_notebook_is_a_sentence(home):
    """As users see it: a program of its own, in the language that it was asked for, and nothing but the sentence."""
    ended = course("run", "--language", "en", LANG="zh_CN.UTF-8")
    assert ended.returncode == 1
    (told,) = ended.stderr.strip().splitlines()
    assert "05_servqual.ipynb is not a notebook that can be read" in told
    assert ended.stdout == ""


def test_data_make_hands_over_what_it_was_given(monkeypatch, tmp_path):
    from simbank import bank

    seen = {}
    monkeypatch.setattr(bank, "make", lambda folder, **options: seen.update(options, folder=folder))
    argv = ["data", "make", "--seed", "7", "--customers", "300", "--out", str(tmp_path / "b")]
    assert cli.main(argv) == 0
    assert seen == {"folder": tmp_path / "b", "seed": 7, "customers": 300}


def test_a_working_copy_is_brought_up_to_date_and_never_overwritten(home):
    target, source = home / "my_notebooks", home / "notebooks" / "en" / "05_servqual.ipynb"
    mine = target / "en" / "05_servqual.ipynb"
    assert lab.refresh(home, target=target) == []
    assert mine.read_text(encoding="utf-8") == '{"first": "一"}'
    assert (target / "README.md").is_file()

    source.write_text("second", encoding="utf-8")
    assert lab.refresh(home, target=target) == []
    assert mine.read_text(encoding="utf-8") == "second"  # nobody had touched it

    mine.write_text("my own work", encoding="utf-8")
    assert lab.refresh(home, target=target) == []  # there is nothing newer
    source.write_text("third", encoding="utf-8")
    assert lab.refresh(home, target=target) == ["en/05_servqual.ipynb"]
    assert lab.refresh(home, target=target) == ["en/05_servqual.ipynb"]
    assert mine.read_text(encoding="utf-8") == "my own work"
    beside = target / "en" / "05_servqual_new.ipynb"
    assert beside.read_text(encoding="utf-8") == "third"
    beside.write_text("my work in the new edition", encoding="utf-8")
    assert lab.refresh(home, target=target) == ["en/05_servqual.ipynb"]
    assert beside.read_text(encoding="utf-8") == "my work in the new edition"


def test_a_file_that_was_there_before_is_the_students(home):
    mine = home / "my_notebooks" / "en" / "05_servqual.ipynb"
    mine.parent.mkdir(parents=True)
    mine.write_text("older than the manifest", encoding="utf-8")
    assert lab.refresh(home, target=home / "my_notebooks") == ["en/05_servqual.ipynb"]
    assert mine.read_text(encoding="utf-8") == "older than the manifest"


def test_the_lab_opens_without_the_file_that_cannot_be_read(home, monkeypatch, capsys):
    broken = home / "my_notebooks" / "en" / "05_servqual.ipynb"
    broken.mkdir(parents=True)
    monkeypatch.setenv("COURSE_HOME", str(home))
    monkeypatch.setattr(lab, "start", lambda *_, **__: 0)
    assert cli.main(["lab", "--language", "en"]) == 0
    told = capsys.readouterr().err
    assert f"'{broken}' was left as it is" in told and len(told.splitlines()) == 1
    assert (home / "my_notebooks" / "README.md").is_file()


def test_the_lab_writes_through_no_link(home, tmp_path, monkeypatch, capsys):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (home / "my_notebooks").mkdir()
    (home / "my_notebooks" / "en").symlink_to(elsewhere)
    monkeypatch.setenv("COURSE_HOME", str(home))
    monkeypatch.setattr(lab, "start", lambda *_, **__: pytest.fail("it must not start"))
    assert cli.main(["lab", "--language", "zh"]) == 1
    assert "是指向别处的链接" in capsys.readouterr().err
    assert list(elsewhere.iterdir()) == []


def test_answers_do_not_reach_the_working_copy(home):
    (home / "notebooks" / "answers").mkdir()
    (home / "notebooks" / "answers" / "05_servqual.json").write_text("{}", encoding="utf-8")
    lab.refresh(home, target=home / "my_notebooks")
    assert not list((home / "my_notebooks").rglob("answers"))


@pytest.mark.parametrize(("spoken", "locale"), [("en", "en"), ("zh", "zh_CN")])
def test_jupyterlab_speaks_the_language_without_touching_the_users_settings(home, tmp_path, spoken, locale):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "config").mkdir()
    around = {**os.environ, **lab.environment(tmp_path / "session", home=home, language=spoken)}
    around |= {"JUPYTER_CONFIG_DIR": str(tmp_path / "user"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=t",
    ]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], cwd=home, env=around, stdout=log, stderr=log
        )
        try:
            found = _setting(port, server)
        finally:
            server.terminate()
            server.wait(30)
    assert found["schema"]["properties"]["locale"]["default"] == locale
    assert not list((tmp_path / "user").rglob("*translation*"))


def _setting(port, server):
    """Ask the running JupyterLab for its language setting."""
    address = f"http://127.0.0.1:{port}/lab/api/settings/@jupyterlab/translation-extension:plugin?token=t"
    for _ in range(120):
        assert server.poll() is None
        try:
            with urllib.request.urlopen(address) as answer:
                return json.load(answer)
        except OSError:
            time.sleep(0.5)
    raise TimeoutError


@pytest.mark.skipif(os.name != "posix", reason="Windows tells a pipe that nobody reads otherwise")
def test_a_reader_who_stops_reading_gets_no_traceback(home):
    """``course … | head``: the rest is written to nobody."""
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "-m", "workshop", "doctor"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (1, "")


@pytest.mark.parametrize("argv", [["poll", "--out"], ["data", "check", "datasets/qingyu_bank", "--workbook"]])
def test_a_workbook_that_stands_there_is_never_written_over(monkeypatch, tmp_path, capsys, argv):
    monkeypatch.chdir(data.home())
    path = tmp_path / "typed.xlsx"
    path.write_text("typed by hand")
    assert cli.main([*argv, str(path)]) == 1
    assert "perhaps filled in. Nothing was written" in capsys.readouterr().err
    assert path.read_text() == "typed by hand"
    assert cli.main([*argv, str(tmp_path / "new.txt")]) == 1
    assert "a name that ends in .xlsx" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["servqual", "--notebook", "x.ipynb"], ["cycle", "--smallest", "5"]])
def test_an_option_that_a_report_does_not_use_is_not_passed_over(capsys, argv):
    assert cli.main(["report", *argv, "--data", "qingyu_bank"]) == 1
    assert "Leave it out" in capsys.readouterr().err
