"""One machine that serves a room: a working copy for each seat, one JupyterLab, one address for the board."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from classroom.running import lab, startpage
from helpers.bank.files import write
from helpers.bank.language import WrongValue, pick

PAGE, PORT = "seats.html", 8888
# A seat that nobody used for half an hour gives its memory back; what was written is on the disk.
IDLE_SECONDS = 1800


def prepare(home, *, target, language, count):
    """Make a working copy for each seat, and the page on which everybody picks one's own.

    Parameters
    ----------
    home : Path
        The collection's folder.
    target : Path
        Where the seats' folders are, or shall be; what was written in them stays.
    language : {"en", "zh"}
        The language of the lessons.
    count : int
        How many seats, 1 to 99.

    Returns
    -------
    list of str
        The seats' names: ``seat-01`` …

    Raises
    ------
    WrongValue
        `count` is not 1 to 99.
    """
    if not 1 <= count <= 99:
        raise WrongValue(
            en=f"A room has 1 to 99 seats; {count} were asked for. Give another number.",
            zh=f"座位数应为 1 到 99，现在是 {count}。请换一个数。",
        )
    names = [f"seat-{number:02d}" for number in range(1, count + 1)]
    for name in names:
        lab.refresh(home, target=target / name)
        first = startpage.written(home, target=target / name, language=language)
    write(target / PAGE, page(names, first=f"{language}/{first.name}"))
    return names


def page(names, *, first):
    """Draw the page of seats, in the current language.

    Parameters
    ----------
    names : list of str
        The seats.
    first : str
        What each seat opens with, seen from its folder.

    Returns
    -------
    str
        HTML; each seat opens a JupyterLab of its own, so that nobody's tabs appear at a neighbour's.
    """
    links = "\n".join(
        f'<a href="../lab/workspaces/{name}/tree/{name}/{quote(first)}">{name.removeprefix("seat-")}</a>'
        for name in names
    )
    return _PAGE.format(
        lang=pick(en="en", zh="zh-CN"),
        title=pick(en="Choose your seat", zh="请选自己的座位号"),
        note=pick(
            en="Keep to one number: what you write is saved there.",
            zh="全程只用这一个号，你写的内容都存在它下面。",
        ),
        links=links,
    )


def start(target, *, home, language, port=PORT, word=None, options=()):
    """Serve the seats until the trainer stops it.

    Parameters
    ----------
    target : Path
        The seats' folders (`prepare`).
    home : Path
        The collection's folder.
    language : {"en", "zh"}
        The language of the menus.
    port : int
        Where to listen.
    word : str, optional
        What stands in the address, so that only this room comes in; by default a new one each time.
    options : sequence of str
        Handed on to ``jupyter lab``.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    WrongValue
        Another program listens there.
    """
    _free(port)
    word = word or secrets.token_hex(3)
    print(invitation(port=port, word=word), flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        around = {**os.environ, **lab.environment(Path(folder), home=home, language=language)}
        command = [
            sys.executable, "-m", "jupyterlab", "--ServerApp.ip=0.0.0.0", f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0", "--ServerApp.open_browser=False", f"--ServerApp.root_dir={target}",
            f"--IdentityProvider.token={word}", f"--LabApp.default_url=/files/{PAGE}",
            f"--MappingKernelManager.cull_idle_timeout={IDLE_SECONDS}", "--ServerApp.log_level=WARN",
            *options,
        ]  # fmt: skip
        try:
            return subprocess.call(command, cwd=target, env=around)  # noqa: S603
        except KeyboardInterrupt:  # JupyterLab has said goodbye itself
            return 0


def invitation(*, port, word):
    """Say what to write on the board, and what to know before.

    Parameters
    ----------
    port : int
        Where JupyterLab listens.
    word : str
        What stands in the address.

    Returns
    -------
    str
        Some lines in the current language.
    """
    address = f"http://{_address()}:{port}/?token={word}"
    return pick(
        en=f"Write on the board:  {address}\nAnybody on this network with this address can run programs on this "
        "machine: use it only in a room you trust. Stop with Ctrl+C; every seat's work stays in its folder.",
        zh=f"请写在白板上：  {address}\n同一网络里，知道这个地址的人都能在本机运行程序，只在可信的教室里使用。"
        "按 Ctrl+C 结束，每个座位写的内容都留在各自的文件夹里。",
    )


def _free(port):
    """Refuse a port that another program holds."""
    with socket.socket() as probe:
        if os.name == "posix":  # else the room just closed would hold its port for another minute
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except (OSError, OverflowError) as error:
            raise WrongValue(
                en=f"The port must be free; {port} is not. Choose another one with --port, such as {PORT + 11}.",
                zh=f"端口应该空闲；{port} 用不了。请用 --port 换一个，例如 {PORT + 11}。",
            ) from error


def _address():
    """Find this machine's address in the room's network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documentation: it only picks the interface
            return probe.getsockname()[0]
        except OSError:
            return socket.gethostname()


_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1.4rem/1.6 sans-serif; max-width: 50rem; margin: 3rem auto; }}
a {{ display: inline-block; width: 4rem; margin: .4rem; padding: .6rem 0; text-align: center;
    border: 2px solid #0b6e99; border-radius: .4rem; color: #0b6e99; text-decoration: none; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{note}</p>
{links}
</body>
</html>
"""
