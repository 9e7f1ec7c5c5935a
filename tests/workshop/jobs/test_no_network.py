"""No network: the text that every process below reads first is a program that does what it says."""

import os
import subprocess
import sys

import pytest

from workshop.jobs import no_network

ASK = "import socket; socket.create_connection(({!r}, 9), timeout=1)"


def ask(folder, host):
    """Let a new process, guarded by a folder, ask for a host."""
    return subprocess.run(
        [sys.executable, "-c", ASK.format(host)],
        env=os.environ | {"PYTHONPATH": str(no_network.site_folder(folder))},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "www.example.com"])
def test_a_guarded_process_refuses_an_address_and_a_name(tmp_path, host):
    """192.0.2.0/24 is kept for documentation (RFC 5737): nobody answers there, so the guard must."""
    tried = ask(tmp_path, host)
    assert tried.stderr.splitlines()[-1].startswith(
        f"PermissionError: No network here; a lesson asked for {host!r}"
    )


def test_a_guarded_process_may_ask_its_own_machine(tmp_path):
    """Kernels speak with their clients through loopback; nobody listens at this port, and Python says that."""
    assert ask(tmp_path, "127.0.0.1").stderr.splitlines()[-1].startswith("ConnectionRefusedError")


def test_a_guarded_process_starts_without_a_word(tmp_path):
    """Python goes on after an error in this file, unguarded, with a line on the terminal that nobody reads."""
    folder = no_network.site_folder(tmp_path)
    started = subprocess.run(
        [sys.executable, "-c", "pass"],
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    assert (started.returncode, started.stderr) == (0, "")
