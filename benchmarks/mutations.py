"""Would a test notice? Places in the statistics are changed one by one, and the tests that matter are run.

    python benchmarks/mutations.py --places 200 --out docs/mutations.md

draws places of `helpers` and of the simulator's statistics by the hash of the commit, changes one operator or number at each, in
memory, and runs the tests that run its line; what survives meets the rest of those tests' files and the module's own. No file is
changed. A Markdown page names the survivors, and those of which `equivalent_mutations.csv` shows that nothing changes; the exit code is 1
where more than five in a hundred survive. It needs `fork` (Linux, macOS) and `pip install coverage`.
"""

import argparse
import ast
import contextlib
import copy
import importlib.machinery
import itertools
import json
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from _pytest.config import builtin_plugins
from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
EQUIVALENT = ROOT / "benchmarks" / "equivalent_mutations.csv"
STATISTICS = ["simulated_scores", "estimands", "ledger_estimands", "ledger_truth", "truth"]
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.And: ast.Or, ast.Or: ast.And, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "low": "high", "high": "low", "var": "std",
         "sum": "mean", "floor": "ceil", "first": "last", "head": "tail"}  # fmt: skip
# What tests and pytest itself import: once here, and not again in each child.
HEAVY = ["pandas", "scipy.stats", "statsmodels.formula.api", "seaborn.objects", "sklearn.ensemble", "sklearn.mixture", "pingouin",
         "semopy", "duckdb", "narwhals", "hypothesis.strategies", "_hypothesis_pytestplugin", "xdist.plugin",
         "openpyxl", "docx", "nbformat", "IPython", *(f"_pytest.{name}" for name in builtin_plugins)]  # fmt: skip
# What a child may compute, whatever else the machine does meanwhile; and how much longer it may wait for it.
SECONDS, PATIENCE = 240, 10
# Seconds of tests that meet a place, twice: first those that run it, then their neighbours.
ENOUGH = 25
# Where the tests are that may notice: not those that run every notebook, build kits or open browsers.
TESTS = [
    "tests/helpers",
    "tests/simbank",
    "tests/classroom",
    "tests/owndata",
    "tests/benchmarks",
    "tests/test_law.py",
    "src",
]
# The law tests each statistic by itself: of these, no test has a neighbour.
LAW = "tests/test_law.py"
# Constants and defaults are read before any test runs: this one compares them all.
AT_IMPORT = "tests/helpers/test_helpers_defaults.py"
# Exit codes of pytest (passed, nothing collected; failed, not importable; the rest is a fault of ours), and our own.
PASSED, FAILED = (0, 5), (1, 2)
KILLED, SURVIVED, BROKEN = 0, 9, 10
# Plain asserts: pytest's rewriter would read a module whose doctest is asked for by itself, without our change.
OPTIONS = ["-x", "-p", "no:cacheprovider", "-n", "0", "--assert=plain"]


@dataclass(frozen=True)
class Place:
    """One node of one module that can be changed."""

    file: str
    number: int  # which of its changeable nodes; −1 leaves the module as it is
    line: int
    before: str
    after: str


def changeable(tree):
    """Walk the nodes whose change could change a number: no docstring, message, type of an argument, or zip's own guard."""
    for parent in ast.walk(tree):
        guard = isinstance(parent, ast.keyword) and parent.arg == "strict"  # that both lists are as long
        if guard or isinstance(parent, ast.Raise | ast.JoinedStr | ast.ImportFrom):
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


class Recorder:
    """A plugin of pytest: which lines each test runs, and for how long."""

    def __init__(self):
        import coverage  # only the recording needs it; the folder of this file has a module of the same name

        self.coverage = coverage.Coverage(data_file=None, source=["helpers", "simbank"], config_file=False)
        self.seconds, self.failed = {}, set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        """Whatever runs now, fixtures too, belongs to this test."""
        self.coverage.switch_context(item.nodeid)
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, ENOUGH)  # whatever takes longer, no child would run
        result = yield
        signal.setitimer(signal.ITIMER_PROF, 0)
        self.seconds[item.nodeid] = time.process_time() - begun
        return result

    def pytest_runtest_logreport(self, report):
        """Remember who fails, at any step."""
        if report.failed:
            self.failed.add(report.nodeid)


def _too_long(*_):
    pytest.fail(f"more than {ENOUGH} seconds")


def record(path, tests):
    """Run every test in this process once, and write which of them run which line."""
    for file in dict.fromkeys(
        place.file for place in places()
    ):  # or the first test that imports it would run these lines
        importlib.import_module(".".join(Path(file).with_suffix("").parts[1:]))
    recorder = Recorder()
    signal.signal(signal.SIGPROF, _too_long)
    recorder.coverage.start()
    pytest.main([*tests, *(one for one in OPTIONS if one != "-x")], plugins=[recorder])
    recorder.coverage.stop()
    data = recorder.coverage.get_data()
    lines = {
        Path(file).relative_to(ROOT).as_posix(): data.contexts_by_lineno(file)
        for file in data.measured_files()
    }
    text = json.dumps(kept(recorder.seconds, lines, failed=recorder.failed))
    Path(path).write_text(text, encoding="utf-8")


def kept(seconds, lines, *, failed):
    """What is recorded of the tests that pass on the code as it is: the others would notice every change."""
    passed = {test: spent for test, spent in seconds.items() if test not in failed}
    return {
        "seconds": passed,
        "lines": {
            file: {line: [test for test in tests if test in passed] for line, tests in seen.items()}
            for file, seen in lines.items()
        },
    }


def tests_of(place, seen):
    """The tests that run the place, the short ones first; then everything else in their files and in the module's own."""
    lines = {int(line): set(tests) - {""} for line, tests in seen["lines"].get(place.file, {}).items()}
    stem = Path(place.file).stem
    # What runs at import belongs to no test: every test that runs a line of the module may notice it, and one more.
    compared = {test for test in seen["seconds"] if test.startswith(AT_IMPORT)}
    near = lines.get(place.line) or set().union(compared, *lines.values())
    near = sorted(near, key=lambda test: (test not in compared, seen["seconds"][test]))
    files = {test.partition("::")[0] for test in near} - {LAW}
    own = {test for test in seen["seconds"] if Path(test.partition("::")[0]).stem.startswith(f"test_{stem}")}
    far = {test for test in seen["seconds"] if test.partition("::")[0] in files} | own
    return near, sorted(far - set(near), key=seen["seconds"].get)


def in_time(tests, seen):
    """As many of the tests as a child may compute."""
    total = itertools.accumulate(seen["seconds"][test] for test in tests)
    return [test for test, until in zip(tests, total, strict=True) if until < ENOUGH]


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
    code = pytest.main([*tests, *OPTIONS])
    os._exit(SURVIVED if code in PASSED else KILLED if code in FAILED else BROKEN)


def survives(place, tests):
    """Whether the tests pass although the place is changed; a loop without end is noticed."""
    if not tests:
        return True
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        with contextlib.suppress(BaseException):
            _child(place, tests)
        os._exit(BROKEN)
    end = time.monotonic() + SECONDS * PATIENCE
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
    return False


def unnoticed(place, seen):
    """Whether neither the tests that run the place nor their neighbours notice."""
    return all(survives(place, in_time(tests, seen)) for tests in tests_of(place, seen))


def main(arguments=None):
    """Draw, change, run, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--places", type=int, default=200)
    parser.add_argument("--seed", help="the hash of the commit, where not given")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--seen", type=Path, help="a file that keeps which test runs which line")
    parser.add_argument("--jobs", type=int, default=1, help="places at the same time")
    parser.add_argument("--record", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    if options.record:
        record(options.record, [*TESTS, *map(str, Path("tests/lessons").glob("test_lesson_*.py"))])
        return 0
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    seed, every = options.seed or head, list(places())
    drawn = random.Random(seed).sample(every, min(options.places, len(every)))
    with tempfile.TemporaryDirectory() as folder:
        path = options.seen or Path(folder, "seen.json")
        if not path.is_file():
            subprocess.run([sys.executable, "-P", __file__, "--record", path], check=True)
        seen = json.loads(path.read_text(encoding="utf-8"))
    for heavy in HEAVY:
        importlib.import_module(heavy)
    left = []
    with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
        found = pool.imap(partial(unnoticed, seen=seen), drawn)
        for place, survived in zip(drawn, tqdm(found, desc="mutations", total=len(drawn)), strict=True):
            if survived:
                left.append(place)
                print(f"{place.file}:{place.line}  {place.before}  →  {place.after}", file=sys.stderr)
    proofs = [proof(place) for place in left]
    real = [place for place, shown in zip(left, proofs, strict=True) if not shown]
    text = page(drawn, left, proofs, options=options, seed=seed, every=len(every))
    print(text) if options.out is None else options.out.write_text(text, encoding="utf-8")
    return int(len(real) > 0.05 * len(drawn) or len(left) - len(real) > 0.05 * len(drawn))


def proof(place):
    """Why a change can be noticed by nobody, where that has been shown; empty text where it has not."""
    known = pd.read_csv(EQUIVALENT, dtype=str, keep_default_na=False)
    code = (ROOT / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1].strip()
    same = (known["file"] == place.file) & (known["code"] == code)
    same &= (known["before"] == place.before) & (known["after"] == place.after)
    return next(iter(known.loc[same, "proof"]), "")


def page(drawn, left, proofs, *, options, seed, every):
    """What was noticed, what was not, and what nobody can notice."""
    shown = [(one, why) for one, why in zip(left, proofs, strict=True) if why]
    real = [one for one, why in zip(left, proofs, strict=True) if not why]
    caught = len(drawn) - len(left)
    lines = [
        "# Would a test notice?", "",
        f"    python benchmarks/mutations.py --places {options.places} --seed {seed} --out docs/mutations.md", "",
        f"{len(drawn)} of {every:,} places of `helpers` and of the simulator's statistics were changed one by one, one operator, number or",
        f"name each, and the tests that matter were run: {caught} changes were noticed ({caught / (len(drawn) - len(shown)):.1%} of those that can",
        f"be), {len(real)} were not; {len(shown)} change nothing that anybody could see. The seed is the hash of the commit.", "",
    ]  # fmt: skip
    if real:
        lines += ["| not noticed | code | changed to |", "|---|---|---|"]
        lines += [f"| {one.file}:{one.line} | `{one.before}` | `{one.after}` |" for one in real] + [""]
    if shown:
        lines += ["| no difference | code | changed to | why |", "|---|---|---|---|"]
        lines += [
            f"| {one.file}:{one.line} | `{one.before}` | `{one.after}` | {why} |" for one, why in shown
        ] + [""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
