"""Thousands of columns: every command that opens a folder takes time by their number, not by its square."""

import pytest
from collection import benchmark

columns = benchmark("columns")


@pytest.mark.parametrize("command", columns.COMMANDS)
def test_time_grows_with_the_columns(tmp_path, command, monkeypatch):
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "me"))
    columns.seconds(command, tmp_path, 50)  # what is imported or cached once
    few, many = (columns.seconds(command, tmp_path, count) for count in (500, 4_000))
    # Eight times the columns: 64 times as long if it were quadratic; far enough apart for a busy machine.
    assert many < 14 * few
