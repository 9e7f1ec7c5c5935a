"""Short form of the benchmark of kills, two runs in one folder, and proof that it can fail."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from collection import benchmark as opened

benchmark = opened("kills")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("kills")
    benchmark.collection(place)
    return place


def _begun(home, process):
    """Wait until a worker of this run has scratch: kernels are starting."""

    def meet():
        workers = {str(one.pid) for one in psutil.Process(process.pid).children()}
        return workers & {path.name.split("-")[2] for path in (home / "build").glob(".running-*")}

    _until(meet)


def _until(condition):
    for _ in range(1200):
        if found := condition():
            return found
        time.sleep(0.1)
    raise TimeoutError


@pytest.mark.parametrize("name", ["SIGKILL", "SIGHUP"])
def test_a_run_that_is_killed_leaves_nothing(home, name):
    if not hasattr(signal, name):
        return
    process = benchmark.start(home, "--fresh", "--language", "en")
    _begun(home, process)
    time.sleep(0.5)
    send = os.killpg if name in benchmark.WHOLE_TERMINAL else os.kill
    send(process.pid, getattr(signal, name))
    assert process.wait(60) in (-9, 128 + 1)
    assert benchmark.running(home) == []
    assert benchmark.half_written(home / "build") == 0


def test_one_run_that_is_ended_leaves_the_other_alone(home):
    """After the kills above: their scratch is cleared too."""
    other = benchmark.start(home, "--fresh", "--language", "en")
    _begun(home, other)
    ended = benchmark.start(home, "--fresh", "--language", "zh")
    _begun(home, ended)
    below = psutil.Process(ended.pid).children(recursive=True)
    ended.terminate()
    assert ended.wait(60) == 128 + signal.SIGTERM
    assert psutil.wait_procs(below, timeout=30)[1] == []
    assert other.wait(60) == 0
    assert benchmark.scratch(home / "build") == 0
    pages = {path.stem for path in (home / "build").glob("en/*.html")}
    lessons = {"01_first", "01_first_classroom", "02_second", "02_second_classroom"}
    assert pages == lessons | {"glossary"}


def test_what_is_left_would_be_seen(home, tmp_path):
    around = {**os.environ, benchmark.MARK: str(home)}
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], env=around) as left:
        assert [one.pid for one in benchmark.running(home, patience=1)] == [left.pid]
    (tmp_path / "en").mkdir()
    for name, text in (("en/a.html", "<html>"), ("en/b.ipynb", '{"cells": ['), ("c.json", "{")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert benchmark.half_written(tmp_path) == 3 and not benchmark.whole(tmp_path)
    (tmp_path / "en" / ".a.1.x.part.html").touch()
    assert benchmark.scratch(tmp_path) == 1
    found = benchmark.Kill(1, "SIGKILL", 1.0, running=1, half=0, scratch=0, complete=True)
    assert "0 of 1 clean." in benchmark.table([found])
