"""Files made to break readers of tables, from public collections: what becomes of each at the own-data door?

``python benchmarks/torture.py FOLDER [FOLDER …]``

Each file is read and mapped in a process of its own, with an end to its patience and to its memory.
"""

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from pathlib import Path

ENDINGS = {".csv", ".tsv", ".xlsx", ".xls", ".xlsb", ".xlsm", ".ods", ".sav", ".zsav", ".slk"}
SECONDS = 60
OUTCOMES = (
    "read, nothing to say",
    "read, and told what is odd",
    "read, and asked",
    "refused in a sentence",
    "traceback",
    "hang",
)


def outcome(path):
    """Read and map one file; say what became of it."""
    from owndata.map import proposed_mapping
    from owndata.read import sheets
    from owndata.say.problems import CannotRead

    try:
        sheet = sheets.read(path)
        found = proposed_mapping.propose(sheet)
    except CannotRead:
        return 3
    return 2 if found.questions else 1 if sheet.problems else 0


def _child(path, pipe):
    try:
        pipe.send((outcome(path), ""))
    except BaseException as error:  # what must not happen, and is counted
        pipe.send((4, f"{type(error).__name__}: {error}"))


def tried(path):
    """Try one file with an end to its patience."""
    here, there = multiprocessing.Pipe()
    child = multiprocessing.Process(target=_child, args=(path, there))
    child.start()
    answer = here.recv() if here.poll(SECONDS) else (5, "")
    child.kill()
    child.join()
    return answer


def main(argv=None):
    """Count the outcomes, folder by folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args(argv)
    from owndata.map import proposed_mapping  # noqa: F401 - read once, before the processes begin

    bad = 0
    for folder in options.folders:
        counts, slowest = Counter(), 0.0
        for path in sorted(one for one in folder.rglob("*") if one.suffix.lower() in ENDINGS):
            begun = time.monotonic()
            what, why = tried(path)
            slowest = max(slowest, time.monotonic() - begun)
            counts[what] += 1
            if what > 3:
                print(path, OUTCOMES[what], why[:300])
        bad += counts[4] + counts[5]
        told = ", ".join(f"{OUTCOMES[i]}: {counts[i]}" for i in range(len(OUTCOMES)))
        print(f"{folder.name}: {counts.total()} files; {told}; slowest {slowest:.1f} s", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
