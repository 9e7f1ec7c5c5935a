"""The list of the slowest tests: ranked, and each with the sentence that it proves."""

from collection import benchmark

slowest = benchmark("slowest")
XML = """<testsuites><testsuite name="pytest">
<testcase classname="tests.a.test_b" name="test_one_thing_holds" time="2.0" />
<testcase classname="tests.a.test_c" name="test_another[en-a|b]" time="5.5" />
</testsuite></testsuites>"""


def test_the_slowest_come_first_with_what_they_prove(tmp_path):
    (tmp_path / "tests.xml").write_text(XML, encoding="utf-8")
    slowest.main([str(tmp_path / "tests.xml"), "--out", str(tmp_path / "tests.md")])
    page = (tmp_path / "tests.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:]
    assert rows == ["| 6 | another (en-a/b) | tests/a/test_c |", "| 2 | one thing holds | tests/a/test_b |"]
    assert "2 tests, 8 seconds" in page
