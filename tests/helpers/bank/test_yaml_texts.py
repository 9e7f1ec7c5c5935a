"""Our own YAML files are read the same by the quick reader and by the plain one."""

from pathlib import Path

import pytest
import yaml

from helpers.bank import yaml_texts

SOURCE = Path(__file__).parents[3] / "src"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.yml")), ids=lambda path: path.stem)
def test_both_readers_read_the_same(path):
    assert yaml_texts.read(path) == yaml.safe_load(path.read_text(encoding="utf-8"))
