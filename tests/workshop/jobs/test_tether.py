"""Nothing outlives anyone who started it."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from workshop.jobs import tether

# A parent that starts a child, tells its number and waits.
PARENT = """import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.DEVNULL).pid, flush=True)
sys.stdin.read()"""
TIED = """import os, subprocess, sys, time
from workshop.jobs import tether
tether.tie(os.getppid())
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(99)"], start_new_session=True)
time.sleep(99)"""
# A call into C that lets no other thread of Python run.
BUSY = """import os
from workshop.jobs import tether
tether.fall_with(os.getppid())
sum(range(10**13))"""


def _below(process, number):
    for _ in range(100):
        found = psutil.Process(process.pid).children(recursive=True)
        if len(found) >= number:
            return found
        time.sleep(0.1)
    raise TimeoutError


def _alive(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _end(processes, seconds=15):
    for _ in range(seconds * 10):
        if not any(_alive(one) for one in processes):
            return True
        time.sleep(0.1)
    for one in processes:
        one.kill()
    return False


@pytest.mark.parametrize(("script", "number"), [(TIED, 2), (BUSY, 1)], ids=["tied", "busy"])
def test_what_was_started_ends_with_a_parent_that_is_killed(script, number):
    if script == BUSY and not sys.platform.startswith("linux"):
        return  # elsewhere ipykernel watches its parent itself
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        below = _below(parent, number)
        time.sleep(1)  # until it has tied itself
        assert all(_alive(one) for one in below)
        parent.kill()
        assert _end(below)


def test_a_child_whose_parent_is_gone_already_does_not_begin():
    script = "import os\nfrom workshop.jobs import tether\ntether.fall_with(1)\nprint('here')"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    if os.name == "posix":
        assert (ended.returncode, ended.stdout) == (1, "")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_asked_to_end_we_tidy_up_once(name):
    if not hasattr(signal, name):
        return
    number, tidied = getattr(signal, name), []
    before = signal.getsignal(number)
    with pytest.raises(SystemExit) as left, tether.closing():
        try:
            os.kill(os.getpid(), number)
            time.sleep(5)
        finally:
            os.kill(os.getpid(), number)  # an impatient terminal asks again
            tidied.append(True)
    assert left.value.code == 128 + number and tidied == [True]
    assert signal.getsignal(number) == before


def test_nohup_stays_nohup():
    if not hasattr(signal, "SIGHUP"):
        return
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with tether.closing():
            os.kill(os.getpid(), signal.SIGHUP)
            time.sleep(0.1)
    finally:
        signal.signal(signal.SIGHUP, before)
