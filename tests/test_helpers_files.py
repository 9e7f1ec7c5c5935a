"""Files: whole or not at all, and one sentence where none can be written."""

import pytest

from helpers.bank import files, language
from helpers.bank.checks import WrongValue


def test_what_was_there_stays_when_writing_fails(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), files.whole(path) as draft:
        assert draft.suffix == ".csv" and draft.parent == tmp_path
        draft.write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_replaced_once_the_new_one_is_complete(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")
    with files.whole(path) as draft:
        draft.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("spoken", "words"), [("en", "cannot be written"), ("zh", "无法写入")])
def test_a_place_that_takes_no_file_is_one_sentence(tmp_path, spoken, words):
    language.use(spoken)
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    with pytest.raises(WrongValue, match=words):
        files.write(tmp_path / "file" / "new.md", "text")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


def test_line_ends_are_the_same_everywhere(tmp_path):
    files.write(tmp_path / "a.md", "one\ntwo\n")
    assert (tmp_path / "a.md").read_bytes() == b"one\ntwo\n"
