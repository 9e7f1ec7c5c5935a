"""One machine for a room: a copy for each seat, and nobody comes in without the word."""

import socket
import threading
import urllib.request

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from classroom import cli
from classroom.running import seats
from helpers.bank import data, language


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
    """The system keeps a port for a minute after whoever listened there has hung up."""
    with socket.create_server(("", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as browser:
            server.accept()[0].close()
            assert browser.recv(1) == b""
    seats._free(port)


def test_seats_are_a_number(capsys):
    with pytest.raises(SystemExit):
        cli.main(["lab", "--seats", "many", "--language", "zh"])
    assert "应该是 1 或更大的整数；现在是 'many'" in capsys.readouterr().err


def _opened(browser, seat):
    """Wait for the start page, in the seat's own JupyterLab."""
    page = (By.CSS_SELECTOR, ".jp-MarkdownViewer h1")
    WebDriverWait(browser, 90, ignored_exceptions=(Exception,)).until(
        lambda _: "从这里开始" in browser.find_element(*page).text
    )
    assert f"/workspaces/{seat}/" in browser.current_url


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
    finally:
        browser.quit()
        urllib.request.urlopen(
            urllib.request.Request(
                f"{server}/api/shutdown", method="POST", headers={"Authorization": "token abc123"}
            )
        )
