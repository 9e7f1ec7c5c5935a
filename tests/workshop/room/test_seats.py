"""One machine for a room: a copy for each seat, and nobody comes in without the word."""

import errno
import math
import os
import shutil
import socket
import threading
import urllib.request
from functools import partial
from pathlib import Path

import psutil
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from helpers.bank import data, language, temporary_folders
from workshop import cli
from workshop.room import room_copy, seats, trust
from workshop.room import server as room_server


@pytest.fixture
def room(tmp_path):
    language.use("zh")
    names = seats.prepare(data.home(), target=tmp_path, language="zh", count=2)
    yield tmp_path, names
    language.use("en")


def test_each_seat_has_a_copy_that_keeps_what_was_written(room):
    target, names = room
    assert names == ["seat-01", "seat-02"]
    lesson = "zh/05_servqual_exercises.ipynb"
    first, second = (target / name / lesson for name in names)
    original = second.read_text(encoding="utf-8")
    first.write_text(original + " ", encoding="utf-8")
    seats.prepare(data.home(), target=target, language="zh", count=2)
    assert first.read_text(encoding="utf-8") == original + " "
    assert second.read_text(encoding="utf-8") == original


def test_the_page_names_every_seat_once(room):
    target, names = room
    page = (target / seats.PAGE).read_text(encoding="utf-8")
    assert 'lang="zh-CN"' in page and "请选自己的座位号" in page
    assert all(page.count(f"/lab/workspaces/{name}/tree/{name}/zh/") == 1 for name in names)


@pytest.mark.parametrize("count", [0, 100])
def test_a_room_of_no_size_is_one_sentence(tmp_path, count):
    with pytest.raises(ValueError, match=f"1 to 99 seats; {count} were asked for"):
        seats.prepare(data.home(), target=tmp_path, language="en", count=count)
    assert not any(tmp_path.iterdir())


def test_a_port_that_is_taken_is_one_sentence(room, capsys):
    with socket.socket() as other:
        other.bind(("", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(ValueError, match=f"端口应该空闲；{taken} 用不了"):
            seats.start(room[0], home=data.home(), language="zh", port=taken)
    assert capsys.readouterr().out == ""


def test_a_room_can_be_opened_again_as_soon_as_it_was_closed():
    """The system keeps a port for a minute after anyone who listened there has hung up."""
    with socket.create_server(("", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as browser:
            server.accept()[0].close()
            assert browser.recv(1) == b""
    room_server.refuse_taken(port)


def test_seats_are_a_number(capsys):
    with pytest.raises(SystemExit):
        cli.main(["lab", "--seats", "many", "--language", "zh"])
    assert "应该是 1 或更大的整数；现在是 'many'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("spoken", "said"), [("en", "The Littlest JupyterHub or JupyterHub"), ("zh", "请加上 --trusted")]
)
def test_a_room_that_nobody_vouches_for_is_one_sentence(tmp_path, monkeypatch, capsys, spoken, said):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    assert cli.main(["lab", "--seats", "3", "--language", spoken]) == 1
    told = capsys.readouterr()
    assert told.out == "" and len(told.err.strip().splitlines()) == 1
    assert said in told.err and "--trusted" in told.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("more", [["--folder", "x"], ["--data", "qingyu_bank"], ["--self-contained"]])
def test_what_a_room_would_pass_over_is_refused_in_one_sentence(monkeypatch, tmp_path, capsys, more):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    assert cli.main(["lab", "--seats", "2", "--trusted", "--language", "en", *more]) == 1
    assert "A room keeps its seats in 'my_room'" in capsys.readouterr().err
    assert not (tmp_path / "my_room").exists()


def test_the_room_says_what_it_is_on_its_first_line_and_on_the_page(room):
    assert "都能看到并修改这里的一切" in trust.warning()
    assert seats.invitation(port=8888, word="w").splitlines()[0] == trust.warning()
    assert trust.warning() in (room[0] / seats.PAGE).read_text(encoding="utf-8")


def test_the_administrator_opens_no_room_by_accident(monkeypatch):
    monkeypatch.setattr(trust.os, "geteuid", lambda: 0, raising=False)
    with pytest.raises(ValueError, match="--allow-root"):
        trust.refuse_dangers(allow_root=False)


def test_no_room_opens_beside_a_key_where_there_is_no_fence(tmp_path, monkeypatch):
    key = tmp_path / "pseudonyms.key"
    key.touch()
    monkeypatch.setattr(trust.key_file, "default", lambda: key)
    monkeypatch.setattr(trust.sandbox, "version", lambda: 0)
    with pytest.raises(ValueError, match="could be read by everybody"):
        trust.refuse_dangers(allow_root=True)
    monkeypatch.setattr(trust.sandbox, "version", lambda: 1)
    trust.refuse_dangers(allow_root=True)
    assert "no fence" not in seats.invitation(port=1, word="w")


def test_the_word_is_new_and_long():
    words = {seats.new_word() for _ in range(100)}
    assert len(words) == 100
    letters = sum(len(group) for group in words.pop().split("-"))
    assert letters * math.log2(len(set(seats._LETTERS))) >= 64


# What a student, or a bad day, can leave in a seat; and whether the seat can still be used.
LESSON = "zh/05_servqual.ipynb"


def _folder(seat):
    (seat / LESSON).unlink()
    (seat / LESSON).mkdir()


def _link_to_a_file(seat):
    (seat / LESSON).unlink()
    (seat / LESSON).symlink_to(seat.parent / "elsewhere.ipynb")


def _pipe(seat):
    (seat / LESSON).unlink()
    os.mkfifo(seat / LESSON)


def _closed(seat):
    (seat / LESSON).chmod(0)


def _pipe_as_record(seat):
    (seat / "zh" / ".progress").mkdir()
    os.mkfifo(seat / "zh" / ".progress" / "05_servqual.json")


def _manifest(text):
    def spoil(seat):
        (seat / ".course.json").write_text(text, encoding="utf-8")

    return spoil


def _link_to_a_folder(seat):
    (seat / "zh").rename(seat.parent / "elsewhere")
    (seat / "zh").symlink_to(seat.parent / "elsewhere")


def _link_as_seat(seat):
    seat.rename(seat.parent / "elsewhere")
    seat.symlink_to(seat.parent / "elsewhere")


def _file_as_seat(seat):
    shutil.rmtree(seat)
    seat.write_text("mine", encoding="utf-8")


def _folder_as_start_page(seat):
    page = next((seat / "zh").glob("0*.md"))
    page.unlink()
    page.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [_folder, _link_to_a_file, _pipe, _closed, _pipe_as_record,
     *map(_manifest, ["[]", "null", "3", '{"en": 5}', "{", "[" * 10**5])],
)  # fmt: skip
def test_one_spoiled_file_costs_that_file_alone(room, spoil):
    target, names = room
    lesson = target / names[0] / "zh" / "03_moments.ipynb"
    spoil(target / names[0])
    lesson.unlink()
    told = []
    assert seats.prepare(data.home(), target=target, language="zh", count=2, tell=told.append) == names
    assert lesson.is_file()  # the rest of the seat is brought up to date
    assert len(told) <= 1 and all("05_servqual.ipynb" in str(sentence) for sentence in told)
    assert not (target / "elsewhere.ipynb").exists()


@pytest.mark.parametrize("spoil", [_link_to_a_folder, _link_as_seat, _file_as_seat, _folder_as_start_page])
def test_a_broken_seat_is_named_and_everybody_else_gets_in(room, spoil):
    target, names = room
    spoil(target / names[0])
    before = {path: path.read_bytes() for path in target.glob("elsewhere/**/*") if path.is_file()}
    removed = [path for path in before if path.name == "03_moments.ipynb"]
    for path in removed:
        path.unlink()  # anyone who wrote through the link would bring it back
    told = []
    assert seats.prepare(data.home(), target=target, language="zh", count=2, tell=told.append) == names[1:]
    assert len(told) == 1 and told[0].startswith("seat-01 暂不能用：")
    page = (target / seats.PAGE).read_text(encoding="utf-8")
    assert "<s>01</s>" in page and "/tree/seat-02/" in page and "/tree/seat-01/" not in page
    assert not any(path.exists() for path in removed)


def test_a_folder_in_place_of_the_page_keeps_nobody_out(room):
    target, names = room
    (target / seats.PAGE).unlink()
    (target / seats.PAGE / "inside").mkdir(parents=True)
    assert seats.prepare(data.home(), target=target, language="zh", count=2) == names
    assert (target / seats.PAGE).is_file() and list(target.glob("*/inside"))


def test_a_room_without_a_single_seat_is_one_sentence(tmp_path):
    (tmp_path / "room").write_text("a file", encoding="utf-8")
    with pytest.raises(ValueError, match="No seat in "):
        seats.prepare(data.home(), target=tmp_path / "room", language="en", count=1, tell=lambda _: None)
    assert (tmp_path / "room").read_text(encoding="utf-8") == "a file"


def test_the_room_borrows_a_copy_without_solutions_or_real_data(tmp_path, monkeypatch):
    home = tmp_path / "home"
    for name in ("course/lessons/05", "notebooks/en", "datasets/real", "datasets/simulated"):
        (home / name).mkdir(parents=True)
    (home / "course" / "lessons" / "05" / "exercises.md").write_text("# solution", encoding="utf-8")
    (home / "notebooks" / "en" / "05.ipynb").write_text("{}", encoding="utf-8")
    (home / "datasets" / "real" / "datapackage.json").write_text("{}", encoding="utf-8")
    described = home / "datasets" / "simulated" / "datapackage.json"
    described.write_text('{"simulated": true}', encoding="utf-8")
    monkeypatch.setenv("BANK_PASSWORD", "secret")
    with temporary_folders.temporary(tmp_path) as folder:
        copy = room_copy.made(home, folder)
        around = room_copy.environment(folder, copy=copy, language="en")
        there = {path.relative_to(copy).as_posix() for path in copy.rglob("*")}
        assert {"notebooks/en/05.ipynb", "datasets/simulated", "src/helpers/bank/data.py"} <= there
        assert not any(name.startswith(("course", "datasets/real", "src/simbank")) for name in there)
        assert not any(path.stat().st_mode & 0o222 for path in copy.rglob("*"))
        assert "secret" not in around.values() and str(Path.home()) not in around.values()
        assert {Path(around[name]).parent for name in ("HOME", "TMPDIR")} == {folder}
    assert [path.name for path in tmp_path.iterdir()] == ["home"]  # read-only files are taken away too


def test_a_disk_too_full_for_the_copy_is_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "a.ipynb").write_text("{}", encoding="utf-8")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a.ipynb")

    copied = partial(shutil.copytree, copy_function=full)
    monkeypatch.setattr(shutil, "copytree", copied)
    with pytest.raises(ValueError, match="the disk is full"):
        room_copy.made(tmp_path, tmp_path / "out")


def _opened(browser, seat):
    """Wait for the start page, in the seat's own JupyterLab."""
    page = (By.CSS_SELECTOR, ".jp-MarkdownViewer h1")
    WebDriverWait(browser, 90, ignored_exceptions=(Exception,)).until(
        lambda _: "从这里开始" in browser.find_element(*page).text
    )
    assert f"/workspaces/{seat}/" in browser.current_url


PUT = """const [seat, done] = arguments;
const token = document.cookie.match(/_xsrf=([^;]+)/)[1];
const body = JSON.stringify({type: "file", format: "text", content: "x"});
fetch(`/api/contents/${seat}/zh/x.txt`, {method: "PUT", body, headers: {"X-XSRFToken": token}})
  .then((answer) => done(answer.status));"""


@pytest.mark.browser
def test_two_seats_open_side_by_side_and_a_stranger_stays_outside(room, tmp_path):
    with socket.socket() as probe:
        probe.bind(("", 0))
        port = probe.getsockname()[1]
    threading.Thread(
        target=seats.start, args=(room[0],), daemon=True,
        kwargs={"home": data.home(), "language": "zh", "port": port, "word": "abc123", "options": ["--allow-root"]},
    ).start()  # fmt: skip
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    server = f"http://127.0.0.1:{port}"
    try:
        WebDriverWait(browser, 60, ignored_exceptions=(Exception,)).until(
            lambda _: urllib.request.urlopen(f"{server}/login").status == 200
        )
        browser.get(f"{server}/files/{seats.PAGE}")
        assert "/login" in browser.current_url  # no word, no seats
        browser.get(f"{server}/?token=abc123")
        WebDriverWait(browser, 30).until(lambda _: browser.find_elements(By.LINK_TEXT, "02"))
        browser.find_element(By.LINK_TEXT, "02").click()
        _opened(browser, "seat-02")
        browser.execute_script(f"window.open('{server}/files/{seats.PAGE}')")
        browser.switch_to.window(browser.window_handles[1])
        WebDriverWait(browser, 30).until(lambda _: browser.find_elements(By.LINK_TEXT, "01"))
        browser.find_element(By.LINK_TEXT, "01").click()
        _opened(browser, "seat-01")
        # What a page of seat 01 may write, as a real browser sends it.
        assert [browser.execute_async_script(PUT, seat) for seat in ("seat-01", "seat-02")] == [201, 403]
    finally:
        browser.quit()
        for child in psutil.Process().children():  # the server; what it has started ends with it
            if "workshop.room.server" in child.cmdline():
                child.terminate()
                child.wait(30)
