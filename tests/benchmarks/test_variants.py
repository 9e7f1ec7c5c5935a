"""The page of variants is what its program computes, and each pair differs: a row whose numbers agree teaches nothing."""

import re

from collection import ROOT, benchmark


def test_the_page_is_what_the_program_computes_and_every_pair_differs():
    text = benchmark("variants").page()
    assert text == (ROOT / "docs" / "variants.md").read_text(encoding="utf-8")
    rows = [re.split(r" \| ", line.strip("| ")) for line in text.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == 16 and all(row[3] != row[5] for row in rows)
