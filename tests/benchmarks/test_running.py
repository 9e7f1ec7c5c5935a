"""What running costs: a way that cannot run the notebooks is told, and the others are counted."""

import sys

from collection import benchmark

running = benchmark("running")


def test_a_way_that_fails_is_told_and_the_others_are_beside_papermill(monkeypatch, tmp_path):
    work = [sys.executable, "-c", "sum(range(10**6))"]
    ways = {"good": work, "bad": [sys.executable, "-c", "raise SystemExit(1)"], "papermill, API": work}
    monkeypatch.setattr(running, "ways", lambda names, paths, place: ways)
    running.main(["--lessons", "1", "--turns", "2", "--out", str(tmp_path / "page.md")])
    rows = [
        line
        for line in (tmp_path / "page.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    assert [row.split(" | ")[0] for row in rows] == ["| way", "| good", "| papermill, API", "| bad"]
    assert rows[2].endswith("| 1.00 |") and rows[3] == "| bad | a notebook fails | | |"


def test_the_program_of_a_pool_is_not_called_like_what_it_imports(tmp_path):
    running.ways([], [], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"pool_papermill.py", "pool_ploomber.py"}
