"""Does a name say where it lives? Twelve public functions, drawn by a seed, to be placed by somebody who knows the folders alone.

    python benchmarks/placing.py --seed 1          # the folders with one line each, and twelve names
    python benchmarks/placing.py --seed 1 --key    # where they live

A name is written as code writes it, ``module.function``. Nothing else is shown: no documentation, no argument. What
readers answered stands in docs/placing.md.
"""

import argparse
import ast
import random
from pathlib import Path

SRC = Path(__file__).resolve().parents[1] / "src"


def folders():
    """Map each folder of `src` that holds modules to the first line it says of itself."""
    found = {}
    for path in sorted(SRC.rglob("__init__.py")):
        if any(one.name != "__init__.py" for one in path.parent.glob("*.py")):
            lines = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()
            found[path.parent.relative_to(SRC).as_posix()] = lines[0]
    return found


def functions():
    """List ``(folder, module.function)`` of every public function, the entry points named alike left out."""
    found = []
    for path in sorted(SRC.rglob("*.py")):
        if path.stem.startswith("_"):
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found.append((path.parent.relative_to(SRC).as_posix(), f"{path.stem}.{node.name}"))
    return found


def main(arguments=None):
    """Print the question, or its key."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draw", type=int, default=12)
    parser.add_argument("--key", action="store_true")
    options = parser.parse_args(arguments)
    drawn = random.Random(options.seed).sample(functions(), options.draw)
    if options.key:
        print(*(f"{name:<40} {folder}" for folder, name in drawn), sep="\n")
        return
    print(*(f"{folder:<24} {line}" for folder, line in folders().items()), "", sep="\n")
    print(*(name for _, name in drawn), sep="\n")


if __name__ == "__main__":
    main()
