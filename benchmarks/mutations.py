"""Would a test notice? Places in the statistics are changed one by one, and the tests that matter are run.

    python benchmarks/mutations.py --places 200 --out docs/mutations.md

draws places of `helpers` and of the simulator's statistics by the hash of the commit, changes one operator or number at each, in
memory, and runs the module's own tests, its doctests and the law; what survives meets every test file that names the module. No file is
changed. A Markdown table names the survivors; the exit code is 1 where more than five in a hundred survive. It needs `fork` (Linux, macOS).
"""

import argparse
import ast
import contextlib
import copy
import importlib.machinery
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
STATISTICS = ["scoring", "estimands", "ledger_estimands", "ledger_truth", "truth"]
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.And: ast.Or, ast.Or: ast.And, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "low": "high", "high": "low", "var": "std",
         "sum": "mean", "floor": "ceil", "first": "last", "head": "tail"}  # fmt: skip
SECONDS = 240
# Exit codes of pytest (passed, nothing collected; failed, not importable; the rest is a fault of ours), and our own.
PASSED, FAILED = (0, 5), (1, 2)
KILLED, SURVIVED, BROKEN = 0, 9, 10
OPTIONS = ["-x", "-p", "no:cacheprovider", "-n", "0", "-W", "ignore::pytest.PytestAssertRewriteWarning"]


@dataclass(frozen=True)
class Place:
    """One node of one module that can be changed."""

    file: str
    number: int  # which of its changeable nodes; −1 leaves the module as it is
    line: int
    before: str
    after: str


def changeable(tree):
    """Walk the nodes whose change could change a number: not docstrings, not messages, not the types of arguments."""
    for parent in ast.walk(tree):
        if isinstance(parent, ast.Raise | ast.JoinedStr | ast.ImportFrom):
            for child in ast.walk(parent):
                child.spared = True
    for node in ast.walk(tree):
        if not getattr(node, "spared", False) and _other(node) is not None:
            yield node


def _other(node):
    """Return the node as it would be changed, or None."""
    new = copy.copy(node)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        new.ops = [SWAPS[type(node.ops[0])](), *node.ops[1:]]
    elif isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign) and type(node.op) in SWAPS:
        new.op = SWAPS[type(node.op)]()
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        new.value = not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        new.value = node.value + 1
    elif isinstance(node, ast.Attribute) and node.attr in NAMES:
        new.attr = NAMES[node.attr]
    else:
        return None
    return new


def places():
    """List every place of `helpers` and of the simulator's statistics."""
    files = sorted((ROOT / "src" / "helpers").rglob("*.py"))
    files += [ROOT / "src" / "simbank" / f"{name}.py" for name in STATISTICS]
    for path in files:
        for number, node in enumerate(changeable(ast.parse(path.read_text(encoding="utf-8")))):
            said = ast.unparse(_other(node)).splitlines()[0]
            yield Place(
                path.relative_to(ROOT).as_posix(),
                number,
                node.lineno,
                ast.unparse(node).splitlines()[0],
                said,
            )


def mutated(place, source):
    """Compile a module with one place changed."""
    tree = ast.parse(source)
    node = list(changeable(tree))[place.number]
    for name, value in vars(_other(node)).items():
        setattr(node, name, value)
    return compile(ast.fix_missing_locations(tree), str(ROOT / place.file), "exec")


def own_tests(place):
    """The tests that stand where the module stands: its own files, its doctests, the law."""
    path = Path(place.file)
    found = sorted((ROOT / "tests" / path.parts[1]).rglob(f"test_{path.stem}*.py"))
    law = [f"tests/test_law.py::{path.stem}"] if "methods" in path.parts else []
    return [str(path), *[one.relative_to(ROOT).as_posix() for one in found], *law]


def all_tests(place):
    """Every test file that names the module, the cheap ones first; benchmarks are too long."""
    stem = Path(place.file).stem
    texts = [(path, path.read_text(encoding="utf-8")) for path in (ROOT / "tests").rglob("test_*.py")]
    there = [path for path, text in texts if f"{stem}." in text or f" {stem}" in text]
    there = [path for path in there if not {"benchmarks", "workshop", "kit"} & set(path.parts)]
    return [path.relative_to(ROOT).as_posix() for path in sorted(there, key=lambda path: path.stat().st_size)]


def _child(place, tests):
    """In a child of our own: the module is changed as it is imported, then pytest runs."""
    original = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader, name):
        if Path(loader.path) == ROOT / place.file and place.number >= 0:
            return mutated(place, Path(loader.path).read_text(encoding="utf-8"))
        return original(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    words = [test for test in tests if "::" not in test]
    law = [test.split("::")[1] for test in tests if "::" in test]
    code = pytest.main([*words, *OPTIONS]) if words else 0
    if code in PASSED and law:
        code = pytest.main(["tests/test_law.py", *OPTIONS, "-k", law[0]])
    os._exit(SURVIVED if code in PASSED else KILLED if code in FAILED else BROKEN)


def survives(place, tests, *, too_long):
    """Whether the tests pass although the place is changed; `too_long` is the answer where they do not end."""
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        with contextlib.suppress(BaseException):
            _child(place, tests)
        os._exit(BROKEN)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            if code == BROKEN:
                raise RuntimeError(f"pytest could not run {tests}")
            return code == SURVIVED
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return too_long


def main(arguments=None):
    """Draw, change, run, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--places", type=int, default=200)
    parser.add_argument("--seed", help="the hash of the commit, where not given")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    seed, every = options.seed or head, list(places())
    drawn = random.Random(seed).sample(every, min(options.places, len(every)))
    for heavy in (
        "pandas",
        "scipy.stats",
        "statsmodels.api",
        "seaborn",
        "sklearn.cluster",
        "pingouin",
        "hypothesis",
    ):
        importlib.import_module(heavy)
    unchanged = Place("src/helpers/methods/worth.py", -1, 0, "", "")
    if not survives(unchanged, own_tests(unchanged), too_long=False):
        raise RuntimeError("the tests fail on the code as it is")
    left = []
    for place in tqdm(drawn, desc="mutations"):
        # A module's own tests take seconds: what does not end was changed into a loop. All tests may take longer than we wait.
        if survives(place, own_tests(place), too_long=False) and survives(
            place, all_tests(place), too_long=True
        ):
            left.append(place)
            print(f"{place.file}:{place.line}  {place.before}  →  {place.after}", file=sys.stderr)
    rows = [f"| {one.file}:{one.line} | `{one.before}` | `{one.after}` |" for one in left]
    text = "\n".join([f"{len(drawn)} of {len(every):,} places, seed {seed}: {len(drawn) - len(left)} noticed, {len(left)} not.", "",
                      "| place | code | changed to |", "|---|---|---|", *rows, ""])  # fmt: skip
    print(text) if options.out is None else options.out.write_text(text, encoding="utf-8")
    return int(len(left) > 0.05 * len(drawn))


if __name__ == "__main__":
    sys.exit(main())
