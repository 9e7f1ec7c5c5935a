"""Three hundred exports of one known survey, in layouts drawn at random: read right, and with how many questions?

``python benchmarks/exports.py --tried 300``
"""

import argparse
import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "owndata")]


def main(argv=None):
    """Try layouts and count."""
    import layouts
    import test_owndata_layouts

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tried", type=int, default=300)
    parser.add_argument("--first", type=int, default=1000)
    options = parser.parse_args(argv)
    asked, wrong, kinds = [], [], Counter()
    for seed in range(options.first, options.first + options.tried):
        layout = layouts.draw(seed)
        with tempfile.TemporaryDirectory() as folder:
            try:
                found, bank, table = test_owndata_layouts.through(layout, Path(folder), seed=seed)
                test_owndata_layouts.same_as_known(bank, table, layout["language"])
            except Exception as error:  # counted, whatever it is
                wrong.append((seed, layout, f"{type(error).__name__}: {str(error)[:300]}"))
                continue
        asked.append(len(found))
        kinds.update(found)
    for seed, layout, why in wrong:
        print(seed, layout, why)
    print(
        f"tried {options.tried}, read right {len(asked)}, questions: median {statistics.median(asked)}, most {max(asked)}"
    )
    print(dict(kinds))
    return int(bool(wrong) or statistics.median(asked) > 2 or max(asked) > 6)


if __name__ == "__main__":
    sys.exit(main())
