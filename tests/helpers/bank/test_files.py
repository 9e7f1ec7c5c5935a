"""Files: whole or not at all, and one sentence where none can be written."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers.bank import files, language
from helpers.bank.language import WrongValue


def test_what_was_there_stays_when_writing_fails(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), files.in_one_piece(path) as draft:
        assert draft.suffix == ".csv" and draft.parent == tmp_path
        draft.write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_replaced_once_the_new_one_is_complete(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("old", encoding="utf-8")
    with files.in_one_piece(path) as draft:
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


CAUSES = {
    errno.ENOSPC: ("the disk is full", "磁盘已满"),
    errno.EDQUOT: ("your share of the disk", "磁盘配额"),
    errno.EROFS: ("can only be read", "只读"),
    errno.EACCES: ("does not allow it", "系统不允许"),
    errno.EPERM: ("does not allow it", "系统不允许"),
    errno.EFBIG: ("larger than a file may be", "超过了这里的上限"),
    errno.ENAMETOOLONG: ("name is too long", "名称太长"),
    errno.ENOTDIR: ("a file stands where its folder should be", "同名文件"),
    errno.EISDIR: ("a folder has this name", "已经是一个文件夹"),
    errno.EIO: ("reports an error", "磁盘报告出错"),
    errno.EBUSY: (os.strerror(errno.EBUSY), os.strerror(errno.EBUSY)),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_has_its_own_sentence_and_the_old_file_stays(tmp_path, monkeypatch, cause):
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def refuse(*_):
        raise OSError(cause, os.strerror(cause))

    monkeypatch.setattr(files.os, "replace", refuse)
    with pytest.raises(WrongValue) as caught:
        files.write(path, "new")
    en, zh = CAUSES[cause]
    assert en in caught.value.en and str(path) in caught.value.en and caught.value.en.endswith(".")
    assert zh in caught.value.zh and str(path) in caught.value.zh and caught.value.zh.endswith("。")
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text(encoding="utf-8") == "old"


def test_a_file_that_may_not_grow_is_named_and_not_cut(tmp_path):
    """A real limit of the system: the draft ends in the middle, and is taken away."""
    if os.name != "posix":
        return
    import resource

    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(WrongValue, match="larger than a file may be"):
            files.write(tmp_path / "a.txt", "x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_nothing_is_written_through_a_link(tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("theirs", encoding="utf-8")
    (tmp_path / "a.txt").symlink_to(elsewhere)
    files.write(tmp_path / "a.txt", "mine")
    assert not (tmp_path / "a.txt").is_symlink()
    monkeypatch.setattr(files.secrets, "token_hex", lambda _: "known")
    (tmp_path / f".b.{os.getpid()}.known.part.txt").symlink_to(elsewhere)
    with pytest.raises(WrongValue):
        files.write(tmp_path / "b.txt", "mine")
    assert elsewhere.read_text(encoding="utf-8") == "theirs"


def test_two_threads_may_write_the_same_file(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: files.write(tmp_path / "a.txt", str(n) * 10_000), range(10)))
    assert len(set((tmp_path / "a.txt").read_text(encoding="utf-8"))) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path):
    name = "行" * 80 + ".txt"
    files.write(tmp_path / name, "x")
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_the_folders_of_a_file_are_made(tmp_path):
    for _ in range(2):  # the second time they are there
        files.write(tmp_path / "one" / "two" / "a.txt", "x")
    assert (tmp_path / "one" / "two" / "a.txt").read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("name", ["a.b.html", "a.txt", "plain", "a.part.html", "parts.partial.csv"])
def test_drafts_are_found_by_the_process_that_wrote_them(tmp_path, name):
    with files.in_one_piece(tmp_path / "en" / name):
        ((draft, process),) = files.drafts(tmp_path)
        assert process == os.getpid() and draft.parent.name == "en"
    assert list(files.drafts(tmp_path)) == []


@pytest.mark.parametrize(
    "name",
    [".partners.txt", ".a.part.txt", ".part.part", ".7.part.txt", ".a.b.part.txt", "a.7.abcdef.part.txt"],
)
def test_a_file_of_another_name_is_no_draft(tmp_path, name):
    (tmp_path / name).touch()
    assert list(files.drafts(tmp_path)) == []
