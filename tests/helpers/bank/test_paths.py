"""One rule for the paths of tables: inside the folder, a regular file, by a name that every system knows."""

import os
import socket

import pytest

from helpers.bank import paths
from helpers.bank.language import WrongValue

REFUSED = [
    "", " ", "/etc/passwd", "\\\\server\\share\\a.csv", "//server/a.csv", "C:\\a.csv", "c:a.csv", "../a.csv", "a/../../b.csv",
    "a/..", "..", "http://127.0.0.1/a.csv", "file:///a.csv", "a\\b.csv", "a\0.csv", "a\n.csv", "a\x1b[2J.csv", "NUL", "con.csv",
    "sub/LPT1.csv", "a.csv.", "a.csv ", "a.csv:stream", "a?.csv", "x" * 5000, "\ud800.csv", None, 7, ["a.csv", "b.csv"], {},
]  # fmt: skip


@pytest.mark.parametrize("path", REFUSED)
def test_words_that_lead_elsewhere_are_refused_without_looking_at_the_disk(path):
    english, chinese = paths.refusal(path)
    assert english
    assert chinese


@pytest.mark.parametrize(
    "path", ["a.csv", "sub/a.parquet", "客户 2025（终）.csv", "a'b.csv", ".hidden.csv", "console.csv"]
)
def test_a_file_in_the_folder_may_be_read(tmp_path, path):
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("x", encoding="utf-8")
    assert paths.inside(tmp_path, path).read_text(encoding="utf-8") == "x"


def test_a_link_may_stay_in_the_folder_but_not_leave_it(tmp_path):
    bank = tmp_path / "bank"
    bank.mkdir()
    (tmp_path / "other.csv").write_text("secret", encoding="utf-8")
    (bank / "a.csv").write_text("x", encoding="utf-8")
    (bank / "good.csv").symlink_to(bank / "a.csv")
    (bank / "bad.csv").symlink_to(tmp_path / "other.csv")
    (bank / "up").symlink_to(tmp_path, target_is_directory=True)
    (bank / "round.csv").symlink_to(bank / "round.csv")
    assert paths.inside(bank, "good.csv").is_file()
    for path in ("bad.csv", "up/other.csv", "round.csv", "dangling.csv"):
        with pytest.raises(WrongValue) as caught:
            paths.inside(bank, path)
        assert caught.value.en.count("\n") == 0
        assert "数据说明" in caught.value.zh
    (tmp_path / "link").symlink_to(bank, target_is_directory=True)  # the folder itself may be reached by one
    assert paths.inside(tmp_path / "link", "a.csv").is_file()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_pipes_sockets_and_devices_are_no_tables(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)  # the name of a socket must be short
        server.bind("s.csv")
        for path in ("pipe.csv", "s.csv"):
            assert not paths.is_regular(tmp_path / path)
            with pytest.raises(WrongValue, match="not a plain file"):
                paths.inside(tmp_path, path)
    assert not paths.is_regular("/dev/null")
    assert not paths.is_regular("x" * 5000)
    assert not paths.is_regular("\0")


def test_a_long_name_is_shown_by_its_first_sixty_characters(tmp_path):
    with pytest.raises(WrongValue) as error:
        paths.inside(tmp_path, "x" * 70 + ".csv")
    assert f"'{'x' * 60}'" in str(error.value)
