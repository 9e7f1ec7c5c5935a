"""Which tests take longest, and what does each prove? On a quiet machine:

    python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --junitxml=tests.xml
    python benchmarks/slowest.py tests.xml --out docs/tests.md

reads what pytest wrote. A test's seconds are those of its own set-up too: what several tests share is counted with the first.
"""

import argparse
import re
from pathlib import Path
from xml.etree import ElementTree

from helpers.bank.files import write

PAGE = """# Which tests take longest

    python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --junitxml=tests.xml
    python benchmarks/slowest.py tests.xml --out docs/tests.md

{count:,} tests, {whole:,.0f} seconds in two processes side by side; the {most} slowest take {share:.0%} of them. A test's name says what it
proves. What several tests of a file share is made once, and counted with the first of them.

| seconds | what it proves | where |
|--:|---|---|
{rows}

最慢的 {most} 个测试：各用多少秒，各证明什么（测试名就是要证明的那句话），在哪个文件里。
"""


def slowest(path, *, most=20):
    """How many tests, their seconds together, and the slowest: seconds, what they prove, where."""
    cases = [
        (float(case.get("time")), _proves(case.get("name")), case.get("classname").replace(".", "/"))
        for case in ElementTree.parse(path).iter("testcase")
    ]
    return len(cases), sum(seconds for seconds, _, _ in cases), sorted(cases, reverse=True)[:most]


def _proves(name):
    """A test's name as a sentence; of which case, in brackets."""
    words, _, case = name.removeprefix("test_").partition("[")
    said = words.replace("_", " ")
    case = re.sub(r"\s+", " ", case.removesuffix("]").replace("|", "/"))
    return f"{said} ({case[:40]})" if case else said


def main(arguments=None):
    """Read, rank, tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("xml", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    count, whole, ranked = slowest(options.xml)
    rows = "\n".join(f"| {seconds:.0f} | {proves} | {where} |" for seconds, proves, where in ranked)
    share = sum(seconds for seconds, _, _ in ranked) / whole
    text = PAGE.format(count=count, whole=whole, most=len(ranked), share=share, rows=rows)
    print(text) if options.out is None else write(options.out, text)


if __name__ == "__main__":
    main()
