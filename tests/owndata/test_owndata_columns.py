"""Thousands of columns: every command that opens a folder takes time by their number, not by its square."""

import time

import pytest
from bank_folders import wide

from workshop import cli


@pytest.mark.parametrize("command", ["map", "check", "pseudonymise"])
def test_time_grows_with_the_columns(tmp_path, command, monkeypatch, capsys):
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "me"))

    def seconds(columns):
        table = wide(tmp_path / str(columns), columns)
        given = {"map": [table], "check": [table.parent], "pseudonymise": [table.parent, "--yes"]}[command]
        out = [] if command == "check" else ["--out", tmp_path / f"out{columns}"]
        start = time.process_time()
        assert cli.main(["data", command, *map(str, [*given, *out])]) == 0
        return time.process_time() - start

    seconds(50)  # what is imported or cached once
    # Twice the columns: four times as long if it were quadratic.
    assert seconds(8_000) < 3 * seconds(4_000)
