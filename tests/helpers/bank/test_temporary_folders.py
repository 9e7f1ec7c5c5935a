"""Scratch belongs to a process: what a dead one left goes, what a living one uses stays."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from helpers.bank import files, temporary_folders

WAIT = "import sys; from pathlib import Path; from helpers.bank import temporary_folders\n"
WAIT += (
    "with temporary_folders.temporary(Path(sys.argv[1])) as made: print(made, flush=True); sys.stdin.read()"
)


@pytest.fixture
def other(tmp_path):
    """Another process with scratch of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", WAIT, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        process.made = tmp_path / process.stdout.readline().strip().rsplit(os.sep, 1)[1]
        yield process
        process.kill()


def test_a_living_neighbours_folder_stays_and_a_dead_ones_goes(tmp_path, other):
    (other.made / "kept.txt").touch()
    with temporary_folders.temporary(tmp_path) as mine:
        assert mine.is_dir() and (other.made / "kept.txt").exists()
    assert not mine.exists() and other.made.exists()
    other.kill()
    while psutil.Process(other.pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.05)
    temporary_folders.clear(tmp_path)  # nobody has waited for it yet: it is dead all the same
    assert not other.made.exists()


def test_a_number_that_was_given_again_keeps_nothing_alive(tmp_path):
    with temporary_folders.temporary(tmp_path) as mine:
        machine, process, started, rest = mine.name.removeprefix(temporary_folders.PREFIX).split("-")
        later = tmp_path / f"{temporary_folders.PREFIX}{machine}-{process}-{int(started) - 1000}-{rest}"
        elsewhere = tmp_path / f"{temporary_folders.PREFIX}abcdef-{process}-1-{rest}"
        earlier = tmp_path / f"{temporary_folders.PREFIX}szr7svgq"
        theirs = tmp_path / f"{temporary_folders.PREFIX}notes-of-mine"
        for folder in (later, elsewhere, earlier, theirs):
            folder.mkdir()
        temporary_folders.clear(tmp_path)
        left = {path for path in tmp_path.iterdir()}
    assert left == {mine, elsewhere, theirs}  # another machine's process cannot be seen from here


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "work.txt").touch()
    (tmp_path / f"{temporary_folders.PREFIX}szr7svgq").symlink_to(tmp_path / "precious")
    temporary_folders.clear(tmp_path)
    assert (tmp_path / "precious" / "work.txt").exists()


def test_drafts_of_the_dead_go(tmp_path, other):
    number = f"{other.pid}.abcdef"
    (tmp_path / "en").mkdir()
    for name in (f"en/.a.{number}.part.html", ".hidden.html", f"b.{number}.part.html"):
        (tmp_path / name).touch()
    temporary_folders.clear_drafts(tmp_path)
    assert len(list(files.drafts(tmp_path))) == 1
    other.kill()
    other.wait()
    temporary_folders.clear_drafts(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("**/*part*")) == [f"b.{number}.part.html"]
    assert (tmp_path / ".hidden.html").exists()


@pytest.mark.parametrize(("began", "alive"), [(995.1, True), (1004.9, True), (1005.0, False), (995.0, False)])
def test_a_clock_set_right_by_less_than_five_seconds_still_shows_the_same_process(monkeypatch, began, alive):
    monkeypatch.setattr(psutil.Process, "create_time", lambda _: began)
    assert temporary_folders._living(os.getpid(), 1000) is alive


def test_a_process_that_may_not_be_looked_at_is_taken_for_living(monkeypatch):
    def refused(_):
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "Process", refused)
    assert temporary_folders._living(1, 1000) is True
