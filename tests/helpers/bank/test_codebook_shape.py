"""One shape of a codebook for check, load and copy: sentences, never a traceback, never a request to a network."""

import copy
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import spoiled_files
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.bank import codebook_schema, codebook_shape, data
from helpers.bank.language import WrongValue
from owndata.judge import check
from owndata.map import folder_codebook

HOSTILE = yaml.safe_load((Path(__file__).parents[2] / "hostile_codebooks.yml").read_text(encoding="utf-8"))


@pytest.fixture
def bank(tmp_path):
    folder = tmp_path / "bank"
    folder.mkdir()
    spoiled_files.good(folder)
    return folder


@pytest.fixture
def asked():
    """A server on this machine that notes what is asked of it."""
    seen = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815 (the names of the standard library)

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield seen, f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def spoiled(place, value):
    """The good codebook with one key changed."""
    package = copy.deepcopy(spoiled_files.codebook())
    if not place:
        return value
    *way, last = place
    here = package
    for step in way:
        here = here.setdefault(step, {}) if isinstance(here, dict) else here[step]
    here[last] = value
    return package


def used(folder):
    """Use a folder as the lessons do."""
    book = data.codebook(folder)
    for table in book.tables:
        data.load(folder, table)
        book.shown(data.load(folder, table))
        book.lacking(table, {"P1", "branch"})


@pytest.mark.parametrize(("place", "value"), HOSTILE)
def test_a_hostile_codebook_gets_sentences_and_nothing_is_fetched(bank, asked, place, value):
    seen, server = asked
    text = json.dumps(spoiled(place, value), ensure_ascii=False).replace("{server}", server)
    (bank / "datapackage.json").write_text(text, encoding="utf-8")
    found = check.check(bank)
    assert found
    for one in found:
        assert "Traceback" not in one.en
        assert "Error:" not in one.en
        assert one.zh
    if check.passes(found):
        used(bank)
    else:
        try:
            used(bank)
        except WrongValue as error:
            assert error.zh
    with pytest.raises(WrongValue):  # `course data map` on it: there is a codebook already
        folder_codebook.describe(bank)
    assert seen == []


@pytest.mark.parametrize("path", [["resources", 1, "schema", "fields", n] for n in range(4)])
def test_what_may_be_left_out_is_filled_in(bank, path):
    package = spoiled_files.codebook()
    field = package["resources"][1]["schema"]["fields"][path[-1]]
    for key in set(field) - {"name"}:
        del field[key]
    spoiled_files.write_codebook(bank, package)
    assert check.passes(check.check(bank))
    used(bank)


def test_a_bank_without_its_table_of_branches_is_told_of_the_link(bank):
    package = spoiled_files.codebook()
    del package["resources"][0]
    spoiled_files.write_codebook(bank, package)
    (found, *_) = [one for one in check.check(bank) if one.severity == "error"]
    assert found.kind == "codebook_shape"
    assert "a link to a table of this codebook (servqual); it is branches" in found.en
    assert len(data.load(bank, "servqual")) == 12  # the lessons that need no branch do without


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"resources": NaN}', '{"a": 1e999}', '"\\ud800"', "{", "", "\x00", "null"]
)
def test_text_that_is_no_codebook_is_a_sentence(bank, text):
    (bank / "datapackage.json").write_text(text, encoding="utf-8")
    assert not check.passes(check.check(bank))
    with pytest.raises(WrongValue):
        data.codebook(bank)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*a){20}", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_a_pattern_that_would_never_end_ends(bank, pattern):
    package = spoiled_files.codebook()
    package["resources"][1]["schema"]["fields"][11]["constraints"] = {"pattern": pattern}
    spoiled_files.write_codebook(bank, package)
    spoiled_files.write(bank, spoiled_files.with_cell("comment", "a" * 3_000 + "!"))
    kinds = {one.kind for one in check.check(bank)}
    assert "contract" in kinds


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_check_passes_loads(tmp_path_factory, data):
    """Any key of the codebook replaced by anything: check ends in sentences, and where it passes the tables load."""
    folder = tmp_path_factory.mktemp("bank")
    spoiled_files.good(folder)
    package = spoiled_files.codebook()
    place = data.draw(st.sampled_from(list(_places(package))))
    anything = st.recursive(
        st.none() | st.booleans() | st.integers(-3, 10) | st.floats(allow_nan=False) | st.text(max_size=5)
        | st.sampled_from(["string", "integer", "number", "date", "datetime", "boolean", "any", "year", "branch", "P1", "2025-01-01"]),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["name", "type", "fields", "en", "zh", "minimum"]), inner, max_size=2),
        max_leaves=4,
    )  # fmt: skip
    spoiled_files.write_codebook(folder, spoiled(place, data.draw(anything)))
    if check.passes(check.check(folder)):
        used(folder)


def _places(here, way=()):
    """Every key and position of a codebook."""
    if way:
        yield list(way)
    steps = here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ()
    for step, inner in steps:
        yield from _places(inner, (*way, step))


def test_the_shape_refuses_and_fills_in_as_it_says():
    assert codebook_shape.faults(spoiled_files.codebook()) == []
    fault = codebook_shape.faults(
        spoiled(["resources", 1, "schema", "fields", 6, "constraints"], {"minimum": "abc"})
    )[0]
    assert fault.place == "servqual › schema › fields › P1 › constraints › minimum"
    assert (fault.en, fault.found) == ("a number without quotation marks", '"abc"')


@pytest.mark.parametrize(
    ("low", "high", "refused"), [(1, 2, False), (0, 1, False), (5, 5, True), (5, 1, True)]
)
def test_a_scale_has_two_marks_or_more(low, high, refused):
    found = codebook_shape.faults(spoiled(["resources", 1, "scale"], {"minimum": low, "maximum": high}))
    assert [one.found for one in found] == ([f"{low}, {high}"] if refused else [])


def test_what_was_found_is_told_as_it_is_written():
    (fault,) = codebook_shape.faults(spoiled(["resources", 0, "schema"], "滨江支行"))
    assert fault.found == '"滨江支行"'


def test_a_pattern_that_cannot_be_used_is_told_in_the_sentence_alone(capfd):
    place = ["resources", 1, "schema", "fields", 0, "constraints", "pattern"]
    (fault,) = codebook_shape.faults(spoiled(place, "(?=silent)"))
    assert fault.place == "servqual › respondent › pattern"
    assert capfd.readouterr() == ("", "")  # the engine would write its own words


@pytest.mark.parametrize(
    ("fields", "there", "found"),
    [
        (["branch"], ["branch"], []),
        (["branch"], ["branch", "city"], []),
        ([], ["branch"], []),
        (["branch", "week"], ["branch", "week"], []),
        (["branch"], ["city"], ["branch"]),
        (["branch", "week"], ["branch", "city"], ["week"]),
    ],
)
def test_a_link_leads_to_columns_that_are_there_be_they_all_or_some(fields, there, found):
    key = fields or ["branch"]
    link = {"fields": key, "reference": {"resource": "other", "fields": key}}
    tables = [
        {"name": "own", "schema": {"fields": [{"name": one} for one in key], "foreignKeys": [link]}},
        {"name": "other", "schema": {"fields": [{"name": one} for one in there]}},
    ]
    assert [one.found for one in codebook_shape.loose_links({"resources": tables})] == found


SURVEY, FIELDS = ["resources", 1], ["resources", 1, "schema", "fields"]
LINK = ["resources", 1, "schema", "foreignKeys", 0]


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (["resources", 0, "name"], "servqual", ("servqual › scale", "null")),
        (["resources", 0, "path"], "SERVQUAL.csv", ("branches › path", "SERVQUAL.csv")),
        (["resources", 0, "path"], "DataPackage.json", ("branches › path", "DataPackage.json")),
        (["resources", 0, "path"], "../b.csv", ("branches › path", "../b.csv")),
        ([*FIELDS, 1, "name"], "respondent", ("servqual › fields", "respondent")),
        ([*FIELDS, 1], {"name": 7}, ("servqual › schema › fields › 2 › name", "7")),
        ([*FIELDS, 1], {"type": "string"}, ("servqual › schema › fields › 2", '{"type": "string"}')),
        (
            [*FIELDS, 1, "constraints"],
            {"name": "other", "required": 1},
            ("servqual › schema › fields › branch › constraints › required", "1"),
        ),
        (
            [*SURVEY, "dimensions", 0, "items"],
            ["1"],
            ("servqual › dimensions › reliability › items › 1", '"1"'),
        ),
        ([*FIELDS, 6, "item"], "1", ("servqual › schema › fields › P1 › item", '"1"')),
        ([*SURVEY, "dimensions", 1, "items"], [2, 3], ("servqual › dimensions", "2")),
        ([*SURVEY, "dimensions", 1, "items"], [3, 3], ("servqual › dimensions", "3")),
        ([*SURVEY, "scale"], {"minimum": 1}, ("servqual › scale", '{"minimum": 1}')),
        ([*LINK, "fields"], [], ("servqual › schema › foreignKeys › 1 › fields", "[]")),
    ],
)
def test_the_first_fault_is_told_with_its_place_and_what_stands_there(place, value, told):
    fault = codebook_shape.faults(spoiled(place, value))[0]
    assert (fault.place, fault.found) == told


def test_two_tables_of_one_name_and_one_file_are_told_of_both():
    branches = spoiled_files.codebook()["resources"][0]
    found = codebook_shape.faults({"resources": [branches, branches]})
    assert [one.place for one in found] == ["branches", "branches › path"] * 2


@pytest.mark.parametrize(
    ("fields", "reference", "found"),
    [
        (["branch"], {"resource": "nowhere", "fields": "branch"}, "nowhere"),
        (["branch", "date"], {"resource": "branches", "fields": "branch"}, "branch, date, branch"),
        (["branch"], {"resource": "branches", "fields": ["branch", "opened"]}, "branch, branch, opened"),
        (["shop"], {"resource": "branches", "fields": ["branch"]}, "shop"),
        (["shop"], {"resource": "branches", "fields": ["town"]}, "town"),
        (["shop"], {"resource": "", "fields": ["town"]}, "shop"),
        (["comment"], {"fields": "respondent"}, None),
    ],
)
def test_a_link_that_leads_nowhere_is_told_by_its_first_reason(fields, reference, found):
    package = spoiled(LINK, {"fields": fields, "reference": reference})
    assert [one.found for one in codebook_shape.loose_links(package)] == ([found] if found else [])


def test_every_rule_says_in_both_languages_what_must_be():
    def rules(here):
        if isinstance(here, dict):
            yield here
        for inner in here.values() if isinstance(here, dict) else here if isinstance(here, list) else ():
            yield from rules(inner)

    told = {"type", "enum", "pattern", "minItems", "not", "required", "anyOf"}
    written = codebook_schema.rules()["$defs"]
    inner = [one for named in written.values() for any_of in rules(named) for one in any_of.get("anyOf", [])]
    conditions = [one["if"] for named in written.values() for one in rules(named) if "if" in one]
    for rule in (one for named in written.values() for one in rules(named)):
        # A property may itself be called "type": only rules hold values that are no rules.
        plain = any(isinstance(rule.get(key), str | list | dict | int) and key in told for key in rule)
        named = all(isinstance(value, dict) and key != "not" for key, value in rule.items())
        if plain and not named and not any(rule in list(rules(one)) for one in [*inner, *conditions]):
            english, chinese = rule["must"]
            assert english != chinese
