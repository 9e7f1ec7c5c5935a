"""Warm kernels: what a cold one would find, nothing of another notebook, and an end for each."""

import asyncio
import os
import signal
import subprocess
import sys
import time

import kernels
import psutil
import pytest
from kernels import KNOWN, LIBRARIES, SURROUNDINGS, interrupted_and_restarted, ran
from nbclient.exceptions import DeadKernelError

from workshop.jobs import no_network, provisioner
from workshop.jobs import parent as parent_of_kernels
from workshop.run.execution import STRICT

pytestmark = pytest.mark.skipif(not parent_of_kernels.available(), reason="kernels are forked on Linux only")


@pytest.fixture(scope="module")
def parent():
    with provisioner.serving([LIBRARIES, "import polars"]):
        yield


@pytest.mark.parametrize("strict", [False, True])
def test_a_warm_kernel_finds_what_a_cold_one_finds(monkeypatch, strict, tmp_path):
    extra = (f"--IPKernelApp.exec_lines={STRICT}",) if strict else ()
    with provisioner.serving([LIBRARIES], strict=STRICT if strict else ""):
        warm = ran(*SURROUNDINGS, extra=extra, place=tmp_path)
    monkeypatch.delenv(provisioner.ADDRESS, raising=False)
    assert warm == ran(*SURROUNDINGS, extra=extra, place=tmp_path)


def test_nothing_of_one_notebook_is_found_by_the_next(parent, tmp_path):
    ran(
        "import sys, os, types, random, warnings, builtins, matplotlib, pandas, numpy, multiprocessing\n"
        "sys.modules['mine'] = types.ModuleType('mine'); os.environ['MINE'] = '1'; sys.path.insert(0, '/mine')\n"
        "warnings.filterwarnings('ignore', message='mine'); builtins.mine = 1; os.chdir('/')\n"
        "matplotlib.rcParams['figure.dpi'] = 7; pandas.options.display.max_rows = 7; pandas.DataFrame.mine = 7\n"
        "random.seed(7); numpy.random.seed(7); multiprocessing.set_start_method('spawn', force=True)"
    )
    [found] = ran(
        "import sys, os, warnings, matplotlib, pandas, builtins, multiprocessing\n"
        "print('mine' in sys.modules, 'MINE' in os.environ, '/mine' in sys.path, any('mine' in str(f) for f in warnings.filters),"
        "hasattr(builtins, 'mine'), matplotlib.rcParams['figure.dpi'] == 7, pandas.options.display.max_rows == 7,"
        "hasattr(pandas.DataFrame, 'mine'), os.getcwd() == '/', multiprocessing.get_start_method() == 'spawn')",
        place=tmp_path,
    )
    assert found.split() == ["False"] * 10


def test_two_kernels_never_draw_the_same_numbers(parent):
    drawn = [ran("import random, numpy; print(random.random(), numpy.random.rand(), numpy.random.default_rng().random())")
             for _ in range(3)]  # fmt: skip
    numbers = [number for [text] in drawn for number in text.split()]
    assert len(set(numbers)) == 9


def test_threads_processes_duckdb_arrow_and_polars_work(parent):
    told = ran(
        "from joblib import Parallel, delayed; print(Parallel(n_jobs=2)(delayed(abs)(i) for i in (-3, -2)))",
        "import duckdb; print(duckdb.sql('select sum(i) from range(1000) t(i)').fetchall())",
        "import pyarrow.compute, pyarrow; print(pyarrow.compute.sum(pyarrow.array([1, 2])))",
        "from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor\n"
        "for Pool in (ProcessPoolExecutor, ThreadPoolExecutor):\n"
        "    with Pool(2) as pool: print(list(pool.map(abs, [-1, -2])))",
        "import polars; print(polars.DataFrame({'a': [1, 2]}).lazy().sum().collect().item())",
    )
    assert told == ["[3, 2]\n", "[(499500,)]\n", "3\n", "[1, 2]\n[1, 2]\n", "3\n"]


def test_a_parent_ends_without_a_word(capfd):
    """After the last page of `make run` came forty lines of what DuckDB took for leaks."""
    with provisioner.serving(["import duckdb"]):
        assert ran("import duckdb; print(duckdb.sql('select 1').fetchall())") == ["[(1,)]\n"]
    assert capfd.readouterr().err == ""


def test_no_network_holds_in_the_kernel_and_below(parent, tmp_path):
    around = {"PYTHONPATH": str(no_network.site_folder(tmp_path))}
    reach = "import socket\ntry: socket.create_connection(('192.0.2.1', 80), 2)\nexcept PermissionError: print('refused')"
    below = f"import subprocess, sys; print(subprocess.run([sys.executable, '-c', {reach!r}], capture_output=True, text=True).stdout)"
    assert [told.strip() for told in ran(reach, below, around=around)] == ["refused", "refused"]
    [open_again] = ran(
        "import sys; print('sitecustomize' in sys.modules and 'refuse' in dir(sys.modules['sitecustomize']))"
    )
    assert open_again.strip() == "False"


@pytest.mark.parametrize("warning", ["warnings.warn('x')", "import numpy; numpy.log(0.0)"])
def test_a_warning_is_an_error_in_a_strict_kernel(parent, warning):
    extra = (f"--IPKernelApp.exec_lines={STRICT}",)
    [told] = ran(f"import warnings\ntry: {warning}\nexcept Warning: print('raised')", extra=extra)
    assert told.strip() == "raised"


def test_a_library_that_warns_when_it_is_imported_does_so_in_the_lesson(tmp_path, monkeypatch):
    (tmp_path / "old_thing.py").write_text(
        "import warnings; warnings.warn('old', DeprecationWarning)", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    extra = (f"--IPKernelApp.exec_lines={STRICT}",)
    with provisioner.serving(["import old_thing"], strict=STRICT):
        [told] = ran("try: import old_thing\nexcept Warning: print('raised')", extra=extra)
    assert told.strip() == "raised"


def test_time_runs_out_and_a_crash_is_told(parent):
    with pytest.raises(DeadKernelError):
        ran("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    assert ran("print(1)") == ["1\n"]


def test_a_parent_that_has_begun_imports_at_once_and_the_rest_when_it_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    for name in ("first_thing", "second_thing"):
        (tmp_path / f"{name}.py").write_text("", encoding="utf-8")
    with parent_of_kernels.begun(["first_thing"]) as early:
        with provisioner.serving(["import second_thing"], early=early):
            [told] = ran("import sys; print({'first_thing', 'second_thing'} <= set(sys.modules))")
        assert early.process.poll() is None  # its owner ends it
    assert (told.strip(), early.process.poll()) == ("True", 0)


def test_a_parent_that_nobody_needs_ends(capfd):
    with parent_of_kernels.begun(["pandas"]) as early:
        pass
    assert early.process.poll() == 0 and capfd.readouterr().err == ""


def test_where_no_parent_answers_kernels_start_cold(monkeypatch):
    monkeypatch.setenv(provisioner.ADDRESS, "/nowhere/kernels")
    assert ran("print(1)") == ["1\n"]


def test_a_parent_that_runs_a_thread_forks_nothing(tmp_path, monkeypatch):
    (tmp_path / "busy_thing.py").write_text(
        "import threading, time; threading.Thread(target=time.sleep, args=(99,), daemon=True).start()",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with provisioner.serving(["import busy_thing"]):
        [told] = ran("import sys; print('busy_thing' in sys.modules)")
    assert told.strip() == "False"


def test_code_that_has_changed_since_is_read_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "my_thing.py").write_text("number = 1", encoding="utf-8")
    with provisioner.serving(["import my_thing"]):
        assert ran(KNOWN) == ["True\n1\n"]
        (tmp_path / "my_thing.py").write_text("number = 2", encoding="utf-8")
        assert ran(KNOWN) == ["False\n2\n"]


def test_a_parent_for_one_process_alone_gives_no_kernel_to_another(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "my_thing.py").write_text("number = 1", encoding="utf-8")
    with provisioner.serving(["import my_thing"], alone=True):
        assert ran(KNOWN) == ["True\n1\n"]
        asks = "import sys; sys.path.insert(0, {!r}); from kernels import KNOWN, ran; print(ran(KNOWN))"
        other = subprocess.run(
            [sys.executable, "-c", asks.format(os.path.dirname(kernels.__file__))],
            capture_output=True,
            text=True,
            check=True,
        )
    assert other.stdout.strip() == "['False\\n1\\n']"


def test_a_kernel_is_interrupted_and_started_again(parent):
    assert asyncio.run(interrupted_and_restarted()) == ("KeyboardInterrupt", True, False)


OWNER = """
import asyncio, sys
from workshop.jobs import provisioner
from workshop.jobs.python import ThisPython
async def begun():
    manager = ThisPython()
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(60)
    client.execute("import subprocess; print(subprocess.Popen(['sleep', '86'], start_new_session=True).pid)")
    await asyncio.sleep(1)
    print("ready", flush=True)
    await asyncio.sleep(99)
with provisioner.serving(["import json"]):
    asyncio.run(begun())
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_nothing_outlives_its_owner(how):
    with subprocess.Popen(
        [sys.executable, "-c", OWNER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as owner:
        assert owner.stdout.readline() == b"ready\n"
        below = psutil.Process(owner.pid).children(recursive=True)
        assert any("sleep" in one.cmdline() for one in below) and len(below) >= 3
        owner.send_signal(how)
        _, alive = psutil.wait_procs(below, timeout=10)
    assert not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]


def test_a_kernel_that_is_ended_takes_along_what_it_started(parent):
    [told] = ran("import subprocess; print(subprocess.Popen(['sleep', '87'], start_new_session=True).pid)")
    for _ in range(100):
        if not psutil.pid_exists(int(told)):
            return
        time.sleep(0.1)
    raise AssertionError("it still sleeps")
