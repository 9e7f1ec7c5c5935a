"""The program that changes code: it finds places, changes one node of each, and leaves messages and docstrings alone."""

import argparse
import ast

from collection import benchmark

mutations = benchmark("mutations")


def test_a_place_is_one_node_and_the_rest_stays():
    source = 'def spread(low, high):\n    """Of 2 ends."""\n    if high < low:\n        raise ValueError(f"{1}")\n    return high - 1\n'
    nodes = list(mutations.changeable(ast.parse(source)))
    assert [ast.unparse(node) for node in nodes] == ["high < low", "high - 1", "1"]
    place = mutations.Place("spread.py", 1, 5, "high - 1", "high + 1")
    bound = {}
    exec(mutations.mutated(place, source), bound)
    assert bound["spread"](0, 5) == 6


def test_places_are_found_in_every_room_and_meet_the_tests_that_run_them_first():
    found = list(mutations.places())
    assert {place.file.split("/")[1] for place in found} == {"helpers", "simbank"}
    place = mutations.Place("src/helpers/methods/customer_value.py", 1, 5, "high - 1", "high + 1")
    seen = {
        "seconds": {"tests/a.py::slow": 2, "tests/a.py::quick": 1, "tests/a.py::other": 1, "tests/b.py::far": 1,
                    "tests/test_customer_value.py::own": 1},
        "lines": {place.file: {"1": [""], "5": ["tests/a.py::slow", "tests/a.py::quick"], "6": ["tests/b.py::far"]}},
    }  # fmt: skip
    near, far = mutations.tests_of(place, seen)
    assert near == ["tests/a.py::quick", "tests/a.py::slow"]
    assert set(far) == {"tests/a.py::other", "tests/test_customer_value.py::own"}
    at_import = mutations.Place(place.file, 0, 1, "1", "2")
    compared = "tests/helpers/test_helpers_defaults.py::all"
    seen["seconds"][compared] = 1
    assert set(mutations.tests_of(at_import, seen)[0]) == {*near, "tests/b.py::far", compared}
    assert (
        mutations.in_time(near * 30, {"seconds": seen["seconds"]}) == (near * 30)[: mutations.ENOUGH * 2 // 3]
    )


def test_a_change_arrives_where_the_module_is_asked_for_its_doctest(tmp_path, monkeypatch):
    """The doctest holds either way; the test beside it must meet the changed module, which pytest itself imports."""
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --doctest-modules --import-mode=importlib\n")
    (tmp_path / "spread.py").write_text(
        'def spread(low, high):\n    """Of two.\n\n    >>> spread(0, 0)\n    0\n    """\n    return high - low\n'
    )
    (tmp_path / "test_spread.py").write_text(
        "import spread\n\ndef test_spread():\n    assert spread.spread(1, 3) == 2\n"
    )
    monkeypatch.setattr(mutations, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    place = mutations.Place("spread.py", 0, 4, "high - low", "high + low")
    doctest, own = "spread.py::spread.spread", "test_spread.py::test_spread"
    assert mutations.survives(place, [doctest])
    assert not mutations.survives(place, [doctest, own])
    unchanged = mutations.Place("spread.py", -1, 4, "high - low", "high - low")
    assert mutations.survives(unchanged, [doctest, own])


def test_the_page_tells_what_nobody_can_notice_from_what_nobody_noticed():
    same = mutations.Place(
        "src/helpers/methods/control.py", 0, _line("variance=lambda p: p * (1 - p)"), "1 - p", "1 + p"
    )
    other = mutations.Place(same.file, 1, same.line, "p * (1 - p)", "p / (1 - p)")
    proofs = [mutations.proof(one) for one in (same, other)]
    assert "cancels" in proofs[0] and proofs[1] == ""
    options = argparse.Namespace(places=200)
    text = mutations.page(
        [same] * 198 + [other] * 2, [same, other], proofs, options=options, seed="abc", every=9000
    )
    assert (
        "198 changes were noticed (99.5% of those that can" in text
        and "be), 1 were not; 1 change nothing" in text
    )
    assert text.index(f"| {same.file}:{same.line} | `p * (1 - p)`") < text.index("| `1 - p` | `1 + p` | σ_i")


def test_every_proof_is_of_code_that_is_there():
    for row in mutations.pd.read_csv(mutations.EQUIVALENT, dtype=str).itertuples():
        lines = (mutations.ROOT / row.file).read_text(encoding="utf-8").splitlines()
        assert row.code in [line.strip() for line in lines], row.code
        assert row.before in row.code and row.before != row.after


def _line(part):
    lines = (mutations.ROOT / "src/helpers/methods/control.py").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if part in line)


def test_a_test_that_fails_as_it_is_can_notice_nothing():
    seen = mutations.kept(
        {"a::fine": 1, "a::broken": 2}, {"a.py": {"1": ["", "a::fine", "a::broken"]}}, failed={"a::broken"}
    )
    assert seen == {"seconds": {"a::fine": 1}, "lines": {"a.py": {"1": ["a::fine"]}}}
