"""What running costs: a way that cannot run the notebooks is told, and the others are counted."""

import json
import sys

from collection import benchmark

running = benchmark("running")


def test_a_way_that_fails_is_told_and_the_others_are_beside_papermill(monkeypatch, tmp_path):
    work = [sys.executable, "-c", "sum(range(10**6))"]
    bad = [sys.executable, "-c", "raise SystemExit(1)"]
    ways = {"cells alone": work, "bad": bad, "papermill, API": work}
    monkeypatch.setattr(running, "ways", lambda home, paths, place: ways)
    out = ["--out", str(tmp_path / "page.md"), "--plot", str(tmp_path / "page.png")]
    running.main(["--notebooks", "2", "--turns", "2", *out])
    assert (tmp_path / "page.png").stat().st_size > 5_000
    rows = [
        line
        for line in (tmp_path / "page.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    assert [row.split(" | ")[0] for row in rows] == ["| way", "| cells alone", "| papermill, API", "| bad"]
    assert rows[1].endswith("| 1.00 | 1.00 |") and rows[2].split(" | ")[3:5] == ["1.00", "1.00"]
    assert rows[3] == "| bad | a notebook fails | | | | | |"


def test_the_program_of_a_pool_is_not_called_like_what_it_imports(tmp_path):
    running.ways([], [], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"pool_papermill.py", "pool_ploomber.py"}


def test_notebooks_of_all_kinds_are_drawn_as_they_would_run(tmp_path):
    paths, every = running.draw(40, seed=2, home=tmp_path / "home")
    assert len(paths) == len(set(paths)) == 40 < every
    endings = {
        ending for ending in ("_deeper", "_exercises", "_trainer") for path in paths if ending in path.stem
    }
    assert endings == {"_deeper", "_exercises", "_trainer"}
    assert all(json.loads(path.read_text(encoding="utf-8"))["cells"] for path in paths)
