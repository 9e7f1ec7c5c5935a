"""The libraries: what is left out says why, and what is compiled holds no path of this machine."""

import importlib.util
import sys
from importlib import metadata

import pytest

from helpers.bank.language import WrongValue
from workshop.jobs import parent, provisioner
from workshop.portable import libraries


def test_everything_left_out_says_why_in_both_languages_and_leads_nowhere_else():
    for one in libraries.trimmed():
        assert one["why"] and one["why@zh"]
        assert ".." not in one["files"] and not one["files"].startswith("/")


def test_compiled_modules_name_no_place_of_this_machine_and_are_never_compiled_again(tmp_path):
    (tmp_path / "kit").mkdir()
    source = tmp_path / "kit" / "thing.py"
    source.write_text("def twice(x):\n    return 2 * x\n", encoding="utf-8")
    libraries.compiled(tmp_path, called="site-packages")
    (held,) = tmp_path.rglob("*.pyc")
    assert str(tmp_path).encode() not in held.read_bytes()
    assert held.read_bytes()[4:8] == (1).to_bytes(4, "little")  # by hash, unchecked (PEP 552)


def test_another_python_and_a_missing_tool_are_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))
    with pytest.raises(WrongValue, match=r"packed with Python 3\.11; this is 3\.12"):
        libraries.installed(tmp_path, lock=tmp_path / "lock", python=tmp_path)
    monkeypatch.undo()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(WrongValue, match="pip install uv"):
        libraries.installed(tmp_path, lock=tmp_path / "lock", python=tmp_path)


def test_jupyter_finds_in_the_folder_who_starts_its_kernels(tmp_path):
    """The folder is no installation: without this entry a lab on Windows would keep no kernel ready, and say nothing."""
    libraries.registered(tmp_path / "site-packages")
    [own] = metadata.distributions(path=[str(tmp_path / "site-packages")])
    [entry] = own.entry_points.select(group="jupyter_client.kernel_provisioners")
    assert (entry.name, entry.load()) == (parent.NAME, provisioner.Warm)
