"""What a bank's answers cost: the folder that is measured is one that the check passes, and every command has its row."""

from collection import benchmark

from owndata.judge import check

growth = benchmark("growth")


def test_the_bank_that_is_measured_passes_the_check(tmp_path):
    folder = growth.bank(tmp_path / "bank", 300)
    assert check.passes(check.check(folder))
    assert len((folder / "servqual.csv").read_text(encoding="utf-8").splitlines()) == 301


def test_every_command_and_size_is_told_and_the_kit_once(tmp_path, monkeypatch):
    monkeypatch.setattr(growth, "run", lambda words: (3.0, 250.0))
    growth.main(["100", "200", "--out", str(tmp_path / "page.md")])
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| `")]
    assert [row[:2] for row in rows] == [
        *([name, size] for size in ("100", "200") for name in growth.COMMANDS),
        ["`course kit --route one-day`", "–"],
    ]
    assert rows[0][2:] == ["3.0", "30000.0", "250"]


def test_a_command_counts_the_seconds_and_the_memory_of_what_it_starts():
    seconds, most = growth.run(["data", "check", "--help"])
    assert seconds > 0 and most > 1
