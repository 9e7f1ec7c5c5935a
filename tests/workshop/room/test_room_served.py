"""A real room on loopback: what comes in, what a seat's program can reach, and what ends with the command."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import requests
import websocket
from collection import ROOT
from jupyter_client.session import Session

from workshop.jobs import kernel, parent
from workshop.room import door, sandbox


class Room:
    """A room opened by the command, and what a student could do in it."""

    def __init__(self, home, port):
        self.home, self.server = home, f"http://127.0.0.1:{port}"
        secrets = {"BANK_PASSWORD": "hunter2", "COURSE_HOME": str(home), "PYTHONUTF8": "1"}
        command = [
            sys.executable,
            "-m",
            "workshop.cli",
            "lab",
            "--seats",
            "2",
            "--trusted",
            "--language",
            "en",
        ]
        self.process = subprocess.Popen(
            [*command, "--allow-root", "--port", str(port)],
            env={**os.environ, **secrets}, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self.said = [self.process.stdout.readline() for _ in range(2)]
        self.word = re.search(r"token=(\S+)", self.said[1])[1]
        self.known = {"Authorization": f"token {self.word}"}
        _until(lambda: requests.get(f"{self.server}/api/status", headers=self.known).ok)

    def ask(self, method, path, *, seat=None, **options):
        """Send a request with the word, as from the page of a seat; the path as it stands, dots and all."""
        page = {"Referer": f"{self.server}/lab/workspaces/{seat}/tree/{seat}/en/x"} if seat else {}
        asked = requests.Request(method, self.server, headers=self.known | page, **options).prepare()
        asked.url = self.server + path
        with requests.Session() as session:
            return session.send(asked, timeout=120)

    def open(self, seat):
        """Start a kernel as JupyterLab does."""
        asked = {"path": f"{seat}/en/05_servqual.ipynb", "type": "notebook", "name": "x"}
        return self.ask("POST", "/api/sessions", json=asked | {"kernel": {"name": "python3"}}).json()

    def run(self, session, code):
        """Run code in a kernel, and return what it printed, or its error."""
        address = f"{self.server.replace('http', 'ws')}/api/kernels/{session['kernel']['id']}/channels"
        channel = websocket.create_connection(address, header=self.known, timeout=60)
        printed = []
        content = {"code": code, "silent": False, "user_expressions": {}, "allow_stdin": False}
        message = Session().msg("execute_request", content)
        channel.send(json.dumps(message | {"channel": "shell"}, default=str))
        while True:
            answer = json.loads(channel.recv())
            if answer["channel"] != "iopub" or answer["parent_header"].get("msg_id") != message["msg_id"]:
                continue
            content = answer["content"]
            printed.append(content.get("text") or content.get("ename") or "")
            if content.get("execution_state") == "idle":
                channel.close()
                return "".join(printed).strip()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("trainer")
    (place / "course" / "lessons").mkdir(parents=True)
    (place / "course" / "lessons" / "exercises.md").write_text("# solution", encoding="utf-8")
    (place / "datasets").mkdir()
    for spoken in ("en", "zh"):
        (place / "notebooks" / spoken).mkdir(parents=True)
        shutil.copy(ROOT / "notebooks" / spoken / "05_servqual.ipynb", place / "notebooks" / spoken)
    return place


@pytest.fixture(scope="module")
def room(home):
    with socket.socket() as probe:
        probe.bind(("", 0))
        port = probe.getsockname()[1]
    opened = Room(home, port)
    yield opened
    opened.process.kill()
    opened.process.communicate()


@pytest.fixture(scope="module")
def seat(room):
    return room.open("seat-01")


def test_the_first_line_says_what_a_room_is_and_no_list_of_processes_shows_the_word(room):
    assert room.said[0].startswith("Everybody in this room can read and change everything in it")
    everything = [process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])]
    assert any("workshop.room.server" in line for line in everything)
    assert not any(room.word in " ".join(line) for line in everything)


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/shutdown"), ("POST", "/api/terminals"), ("PUT", "/api/contents/seats.html"),
     ("POST", "/api/contents"), ("DELETE", "/api/contents/seats.html"), ("PUT", "/api/contents/seat-011/x.txt"),
     ("DELETE", "/api/contents/seat-01"), ("PUT", "/api/contents/seat-01"), ("PUT", "/api/contents/seat-01/%2e%2e/seats.html"),
     ("POST", "/api/contents/seat-01/..%2f")],
)  # fmt: skip
def test_what_nobody_may_do_through_the_server(room, method, path):
    sent = {"type": "file", "format": "text", "content": "x"}
    assert room.ask(method, path, json=sent).status_code in (403, 404)
    assert room.ask("GET", "/api/status").ok
    assert "Choose your seat" in room.ask("GET", "/files/seats.html").text


def test_a_seat_keeps_its_hands_off_the_others_unless_it_means_to(room, seat):
    sent = {"type": "file", "format": "text", "content": "x"}
    kernel_path = f"/api/kernels/{seat['kernel']['id']}"
    for method, path in (
        ("DELETE", f"/api/sessions/{seat['id']}"), ("DELETE", kernel_path), ("POST", f"{kernel_path}/restart"),
        ("PUT", "/api/contents/seat-01/en/x.txt"), ("PUT", "/api/contents/seat-02/%2e%2e/seat-01/en/x.txt"),
        ("PUT", "/api/contents/seat-02/..%2fseat-01/en/x.txt"), ("PUT", "/api/contents/seat-02/en%5c..%5cx.txt"),
    ):  # fmt: skip
        assert room.ask(method, path, seat="seat-02", json=sent).status_code in (403, 404), path
    for aim in ("seats.html", "seat-03", "seat-02/../seats.html"):
        moved = room.ask("PATCH", "/api/contents/seat-02/en/05_servqual.ipynb", json={"path": aim})
        assert moved.status_code == 403, aim
    assert room.ask("PUT", "/api/contents/seat-02/en/x.txt", seat="seat-02", json=sent).status_code == 201
    assert room.ask("GET", kernel_path).ok


def test_a_page_that_the_lab_exports_asks_no_network(room):
    page = room.ask("GET", "/nbconvert/html/seat-01/en/05_servqual.ipynb")
    assert page.ok and "</html>" in page.text
    assert not re.findall(r"""<(?:script|link|img)[^>]+(?:src|href)=["']?(?:https?:)?//""", page.text)


def test_a_kernel_finds_a_copy_and_no_secret(room, seat):
    found = json.loads(
        room.run(
            seat, "import json, os, helpers; print(json.dumps({**os.environ, 'helpers': helpers.__file__}))"
        )
    )
    assert "BANK_PASSWORD" not in found and room.word not in found.values()
    assert found["HOME"] != str(Path.home()) and not found["COURSE_HOME"].startswith(str(room.home))
    assert found["helpers"].startswith(found["COURSE_HOME"])
    assert not (Path(found["COURSE_HOME"]) / "course").exists()
    assert (Path(found["COURSE_HOME"]) / "notebooks" / "en" / "05_servqual.ipynb").is_file()
    assert Path(room.run(seat, "print(os.path.expanduser('~'))")) == Path(found["HOME"])


def test_a_kernel_stays_within_the_fence(room, seat):
    """As the system offers one: the review's reads and writes, root or not."""
    if not sandbox.version():
        assert "no fence" in room.said[-1] + room.process.stdout.readline()
        return
    solutions = room.home / "course" / "lessons" / "exercises.md"
    for code in (
        f"open({str(solutions)!r})", "os.listdir('../../..')", f"os.listdir({str(Path.home())!r})",
        "open('../../seats.html', 'w')", "open(helpers.__file__, 'a')", "open(os.__file__, 'a')",
        f"os.kill({room.process.pid}, 9)", f"open('/proc/{room.process.pid}/environ').read()",
    ):  # fmt: skip
        assert room.run(seat, code) == "PermissionError", code
    assert room.run(seat, "print(open('mine.txt', 'w').write('x'))") == "1"


def test_a_kernel_has_limits(room, seat):
    assert room.run(seat, f"x = bytearray({kernel.MEMORY})") == "MemoryError"
    assert room.run(seat, f"open('big', 'wb').truncate({kernel.FILE + 1})") == "OSError"
    found = room.run(seat, "import resource; print(resource.getrlimit(resource.RLIMIT_NPROC)[1])")
    assert 0 < int(found) < 10_000
    settings = json.loads(
        next(Path(room.run(seat, "print(os.environ['HOME'])")).parent.glob("session/*config.json")).read_text(
            encoding="utf-8"
        )
    )
    assert settings["MappingKernelManager"]["cull_connected"] is True


@pytest.mark.skipif(not parent.available(), reason="kernels are forked on Linux only")
def test_a_kernel_is_warm_and_no_seat_asks_for_one_past_the_server(room, seat):
    assert room.run(room.open("seat-02"), "import sys; print('statsmodels' in sys.modules)") == "True"
    asked = (
        "import glob, socket, tempfile\n"
        "[place] = glob.glob(tempfile.gettempdir() + '/*/kernels')\n"
        "asker = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET); asker.connect(place)\n"
        "print(asker.recv(9))"
    )
    assert room.run(seat, asked) == "b''"


def test_a_killed_room_leaves_nothing_and_its_cookie_opens_no_other(room, seat, home):
    visitor = requests.Session()
    assert visitor.get(f"{room.server}/?token={room.word}").ok
    assert visitor.get(f"{room.server}/api/contents").ok  # no word any more, only the cookie
    cookies = dict(visitor.cookies)
    assert (
        room.run(
            seat,
            "import subprocess; print(subprocess.Popen(['sleep', '99'], start_new_session=True).pid > 1)",
        )
        == "True"
    )
    below = psutil.Process(room.process.pid).children(recursive=True)
    assert len(below) >= 3  # server, kernel, what the kernel started
    session = Path(room.run(seat, "print(os.environ['HOME'])")).parent
    room.process.kill()
    _until(lambda: not any(_alive(process) for process in below))
    assert session.exists()
    again = Room(home, int(room.server.rsplit(":", 1)[1]))
    try:
        assert not session.exists()  # what the dead one left is cleared
        assert again.word != room.word
        assert requests.get(f"{again.server}/api/contents", cookies=cookies).status_code == 403
        wrong = {"Authorization": f"token {room.word}"}
        answers = [requests.get(f"{again.server}/api/contents", headers=wrong) for _ in range(door.TRIES + 2)]
        assert [answer.status_code for answer in answers] == [403] * door.TRIES + [429] * 2
        assert again.ask("GET", "/api/contents").status_code == 429
    finally:
        again.process.terminate()
        again.process.communicate(timeout=30)
    assert again.process.returncode == 128 + 15


def _alive(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _until(condition):
    for _ in range(900):
        try:
            if condition():
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.1)
    raise TimeoutError
