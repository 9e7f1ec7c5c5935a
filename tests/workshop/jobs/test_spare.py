"""A spare kernel: what a cold one would find, the libraries there already, and an end with its owner."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from kernels import KNOWN, LIBRARIES, SURROUNDINGS, interrupted_and_restarted, ran

from workshop.jobs import parent, provisioner, spare

Warm = provisioner.Warm


@pytest.fixture(autouse=True)
def nothing_can_be_forked(monkeypatch):
    monkeypatch.setattr(parent, "available", lambda: False)
    monkeypatch.delenv(provisioner.ADDRESS, raising=False)


def kept(code):
    """A lab's server that keeps a spare kernel with what this imports."""
    return provisioner.serving([code], alone=True)


@pytest.fixture
def thing(tmp_path, monkeypatch):
    """A module of our own, to be found by name, and whose import can be told."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "my_thing.py").write_text("number = 1", encoding="utf-8")
    return tmp_path / "my_thing.py"


def test_a_spare_kernel_finds_what_a_cold_one_finds(tmp_path):
    with kept(LIBRARIES):
        found = ran(*SURROUNDINGS, place=tmp_path)
    assert found == ran(*SURROUNDINGS, place=tmp_path)


def test_the_first_kernel_is_the_spare_one_and_the_next_is_cold_until_another_waits(thing, monkeypatch):
    with kept("import my_thing"):
        assert [ran(KNOWN) for _ in range(2)] == [["True\n1\n"], ["False\n1\n"]]
    monkeypatch.setattr(spare, "_AFTER", 0)
    with kept("import my_thing"):
        assert ran(KNOWN) == ["True\n1\n"]
        while Warm.spare.process is None:
            time.sleep(0.1)
        assert ran(KNOWN) == ["True\n1\n"]


def test_a_spare_kernel_that_is_gone_or_knows_old_code_is_not_used(thing, monkeypatch):
    with kept("import my_thing"):
        Warm.spare.process.kill()
        Warm.spare.process.wait()
        assert ran(KNOWN) == ["False\n1\n"]
    monkeypatch.setattr(spare, "_PACKAGES", thing.parent)
    with kept("import my_thing"):
        last = Warm.spare.process
        os.utime(thing, (time.time() + 9,) * 2)
        assert ran(KNOWN) == ["False\n1\n"]
        assert last.wait(9) is not None


def test_it_is_interrupted_and_started_again():
    with kept("import json"):
        assert asyncio.run(interrupted_and_restarted()) == ("KeyboardInterrupt", True, False)


def test_where_none_can_be_forked_the_lab_keeps_one_and_a_run_none():
    with provisioner.serving(["import json"]):
        assert Warm.spare is None
    with kept("import json"):
        assert Warm.spare is not None
    assert Warm.spare is None


def test_it_imports_what_each_fifth_lesson_imports():
    asked = provisioner._often(
        [*["import pandas"] * 10, *["from scipy import stats"] * 2, "import jieba"], least=1 / 5
    )
    assert (
        asked[-3:] == ["pandas", "scipy", "scipy.stats"]
        and "pyarrow.dataset" in asked
        and "jieba" not in asked
    )


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_no_spare_kernel_outlives_its_owner(how):
    code = "import time\nfrom workshop.jobs import spare\nwith spare.waiting(['json']): print('ready', flush=True); time.sleep(99)"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as owner:
        assert owner.stdout.readline() == b"ready\n"
        below = psutil.Process(owner.pid).children(recursive=True)
        assert len(below) == 1
        owner.send_signal(how)
        _, alive = psutil.wait_procs(below, timeout=20)
    assert not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]
