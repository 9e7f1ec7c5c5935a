"""Kernels as tests start them: what they find, and what they print."""

import asyncio
import os

import psutil
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from workshop.jobs.python import ThisPython
from workshop.run.execution import THREADS

LIBRARIES = "import pandas, seaborn, pingouin, statsmodels.api"
SURROUNDINGS = (
    f"{LIBRARIES}\n"
    + """
import matplotlib, pandas, sys
print(matplotlib.get_backend(), sorted(matplotlib.rcParams.items()))
print([pandas.get_option("display." + name) for name in ("max_columns", "width", "max_rows")])
""",
    f"{LIBRARIES}\nimport warnings; print(warnings.filters)",
    """
import multiprocessing, os, signal, sys, threading
print(__name__, sys.argv[0][-9:], sys.path, sys.flags, os.getcwd(), multiprocessing.get_start_method())
print(sorted(name for name in os.environ if name not in ("JPY_PARENT_PID", "_RJEM_MALLOC_CONF")), threading.main_thread().name)
print(signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGHUP), sys.dont_write_bytecode)
""",
    "print(type(get_ipython()), In, type(display))",
)
# Whether a module of our own is there before it is asked for, and which edition of it.
KNOWN = "import sys; print('my_thing' in sys.modules); import my_thing; print(my_thing.number)"


def ran(*cells, timeout=60, extra=(), around=None, place=None):
    """What the cells print, one text each."""
    kernel = type(
        "Kernel", (ThisPython,), {"extra": extra, "around": dict.fromkeys(THREADS, "1") | (around or {})}
    )
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    resources = {"metadata": {"path": str(place or os.getcwd())}}
    NotebookClient(
        notebook,
        timeout=timeout,
        kernel_manager_class=kernel,
        resources=resources,
        shutdown_kernel="immediate",
    ).execute()
    return ["".join(one.get("text", "") for one in cell.outputs) for cell in notebook.cells]


async def interrupted_and_restarted():
    """What a cell that is interrupted ends with; whether another process follows; whether that one outlives its shutdown."""
    manager = type("Kernel", (ThisPython,), {})()
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(60)
    asked = client.execute("import time; time.sleep(60)")
    await asyncio.sleep(0.5)
    await manager.interrupt_kernel()
    reply = {"parent_header": {}}
    while reply["parent_header"].get("msg_id") != asked:  # it was asked more than once whether it is ready
        reply = await client.get_shell_msg(timeout=20)
    first = manager.provisioner.pid
    await manager.restart_kernel(now=True)
    await client.wait_for_ready(60)
    second = manager.provisioner.pid
    await manager.shutdown_kernel()  # in good order
    client.stop_channels()
    return reply["content"]["ename"], first != second, psutil.pid_exists(second)
