"""The house: imports run one way, modules stay small, functions too."""

import ast
import graphlib
import re
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src"
MODULES = sorted(SOURCE.rglob("*.py"))
NAMES = [".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in MODULES]
# Arrows point down only: which packages a package may look into, and which rooms of helpers a room.
BELOW = {
    "helpers": {"helpers"},
    "simbank": {"simbank"},
    "classroom": {"classroom", "helpers"},
    "owndata": {"owndata", "helpers"},
    "workshop": {"workshop", "owndata", "classroom", "simbank", "helpers"},
}
ROOMS = {"bank": {"bank"}, "methods": {"bank", "methods"}, "figures": {"bank", "figures"}}


def imports(path):
    """Dotted names of everything a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def package_imports(path, package):
    """Modules of one of our packages that a file imports."""
    return {name.split(".")[1] for name in imports(path) if name.startswith(package + ".")}


def test_the_top_level_is_what_a_newcomer_is_told():
    """What a lesson writes for its reader, and what a command leaves, is not ours to hand on."""
    try:
        listed = ["git", "-C", str(TESTS), "ls-files", "--full-name", "-z", ":/"]
        handed_on = subprocess.run(listed, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a clone")
    folders = {name.partition("/")[0] for name in handed_on.split("\0") if "/" in name}
    drawn = {"notebooks", "course", "datasets", "src", "tests"}
    usual = {"benchmarks", "docs", "licences"}
    assert {name for name in folders if not name.startswith(".")} == drawn | usual


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_imports_run_one_way(path):
    package = path.relative_to(SOURCE).parts[0]
    roots = {name.split(".")[0] for name in imports(path)}
    assert roots & set(BELOW) <= BELOW[package]
    if package == "helpers" and path.stem != "__init__":
        room = path.parent.name
        assert package_imports(path, "helpers") <= ROOMS[room]
        assert room == "figures" or "matplotlib" not in roots


def test_no_folder_imports_in_a_circle():
    """Neither in two steps nor in more: every folder can be laid on those that it looks into."""
    looks = {}
    for path in MODULES:
        room = ".".join(path.relative_to(SOURCE).parts[:-1])
        found = {name.rpartition(".")[0] for name in imports(path)}
        rooms = {".".join(other.relative_to(SOURCE).parts[:-1]) for other in MODULES}
        looks.setdefault(room, set()).update(
            next((part for part in (name, name.rpartition(".")[0]) if part in rooms), room) for name in found
        )
    graphlib.TopologicalSorter({room: below - {room} for room, below in looks.items()}).prepare()


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_modules_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 360
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            assert lines <= 35, f"{path.name}:{node.lineno} {node.name} has {lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_nothing_is_remembered_but_what_is_open(path):
    """`opened.now` alone: no name is set anew from within a function, no module fills a container of its own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)]
    for node in tree.body:
        if isinstance(node, ast.Assign):
            assert ast.unparse(node.value) not in ("{}", "[]", "set()", "dict()", "list()"), ast.unparse(node)


def test_no_lesson_is_named_in_the_code():
    """What a lesson needs and brings along is in ``course``; examples and sentences may name one."""
    lessons = {path.name for path in (TESTS.parent / "course" / "lessons").iterdir()}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant) and node.value in lessons), (
                f"{path.name}:{node.lineno}"
            )


MIRRORED = sorted(path for package in BELOW for path in (TESTS / package).rglob("test_*.py"))


@pytest.mark.parametrize("path", MIRRORED, ids=[str(path.relative_to(TESTS)) for path in MIRRORED])
def test_a_test_stands_where_its_module_stands(path):
    """Named after a module beside which it would lie in `src`, or after the folder; an aspect may follow."""
    folder = SOURCE / path.parent.relative_to(TESTS)
    there = {one.stem for one in folder.iterdir()} | {folder.name}
    name = path.stem.removeprefix("test_")
    assert any(name == one or name.startswith(f"{one}_") for one in there)


ROOMS_OF_THE_HOUSE = sorted(path for path in SOURCE.rglob("__init__.py"))


@pytest.mark.parametrize("path", ROOMS_OF_THE_HOUSE, ids=[path.parent.name for path in ROOMS_OF_THE_HOUSE])
def test_a_room_says_in_one_line_what_lies_in_it(path):
    """In one line of its own; README says of a package what the package says of itself."""
    line = path.read_text(encoding="utf-8").split("\n")[0]
    assert line.startswith('"""') and 20 < len(line.strip('"')) <= 110 and line.strip('"').endswith(".")
    if path.parent.name in BELOW:
        said = line.strip('"').rstrip(".").replace("``", "`")
        readme = (SOURCE.parent / "README.md").read_text(encoding="utf-8")
        assert f"| `src/{path.parent.name}/` | {said[0].lower()}{said[1:]} |" in readme


def test_every_public_helper_is_documented():
    for path in SOURCE.glob("helpers/*/*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_a_docstring_refers_to_what_there_is():
    """“As for `x`”: a function or parameter of its own module, or `module.x` of another."""
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")}
    for path, text in texts.items():
        for name in re.findall(r"[Aa]s for `([\w.]+)`", text):
            module, _, named = name.rpartition(".")
            places = [one for one in texts if one.stem == module] if module else [path]
            defined = rf"(?m)^\s*(def|class) {named}\b|^ +(\w+, )*{named}(, \w+)* :"
            assert any(re.search(defined, texts[one]) for one in places), f"{path.name}: {name}"


def test_text_is_read_and_written_as_utf8():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("read_text", "write_text"):
                assert "encoding" in {k.arg for k in node.keywords}, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize(
    "path", sorted((TESTS.parent / "benchmarks").glob("*.py")), ids=lambda path: path.stem
)
def test_a_command_of_its_own_says_what_it_does(path):
    text = path.read_text(encoding="utf-8")
    assert 'if __name__ == "__main__":' not in text or "ArgumentParser" in text
