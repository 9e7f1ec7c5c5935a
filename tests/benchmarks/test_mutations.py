"""The program that changes code: it finds places, changes one node of each, and leaves messages and docstrings alone."""

import ast

from collection import ROOT, benchmark

mutations = benchmark("mutations")


def test_a_place_is_one_node_and_the_rest_stays():
    source = 'def spread(low, high):\n    """Of 2 ends."""\n    if high < low:\n        raise ValueError(f"{1}")\n    return high - 1\n'
    nodes = list(mutations.changeable(ast.parse(source)))
    assert [ast.unparse(node) for node in nodes] == ["high < low", "high - 1", "1"]
    place = mutations.Place("spread.py", 1, 5, "high - 1", "high + 1")
    bound = {}
    exec(mutations.mutated(place, source), bound)
    assert bound["spread"](0, 5) == 6


def test_places_are_found_in_every_room_and_the_own_tests_of_a_module_stand_beside_it():
    found = list(mutations.places())
    assert {place.file.split("/")[1] for place in found} == {"helpers", "simbank"}
    worth = next(place for place in found if place.file.endswith("methods/worth.py"))
    assert "tests/helpers/methods/test_worth.py" in mutations.own_tests(worth)
    assert all((ROOT / test).is_file() for test in mutations.all_tests(worth))
