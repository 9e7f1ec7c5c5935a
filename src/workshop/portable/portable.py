"""``course kit --with-python``: Python, libraries and course in one folder that needs no installation."""

import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from tqdm import tqdm

from helpers.bank import language
from helpers.bank.files import in_one_piece, write
from helpers.bank.language import pick, wrong
from workshop.build import index
from workshop.kit import archive
from workshop.portable import libraries, python, start_files
from workshop.room import room_copy

LONGEST = 120  # characters within the folder; Windows allows 260 with the place where it was unzipped
PACKAGES = ("helpers", "classroom", "owndata", "workshop", "simbank")
_BESIDE = ("LICENSE", "CITATION.cff", "README.md", "README.zh.md", "requirements.lock", "licences", "docs")


def make(*, home, spoken, out=None, given=None, kit=None):
    """Pack the folder into one zip.

    Parameters
    ----------
    home : Path
        The collection's folder.
    spoken : {"en", "zh"}
        The reader's language.
    out : Path, optional
        The folder for the zip; ``build`` by default.
    given : Path, optional
        The publisher's own zip of Python; without it the copy on the package index.
    kit : Path, optional
        A kit for the trainer, from `workshop.kit.kit.make`, to be carried along.

    Returns
    -------
    Path
        The zip.

    Raises
    ------
    WrongValue
        If Python or a library cannot be had, or a path would be too long for Windows.
    """
    language.use(spoken)
    name = pick(en="service quality with Python", zh="服务质量课程（含Python）")
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(passing, name)
        fill(folder, home=home, given=given)
        if kit:
            shutil.unpack_archive(kit, folder)
        _refuse_long(folder)
        path = Path(out or home / "build") / f"{name}.zip"
        _zip(folder, path)
    return path


def fill(folder, *, home, given=None):
    """Lay everything out.

    Parameters
    ----------
    folder : Path
        The folder; it is made.
    home : Path
        The collection's folder.
    given : Path, optional
        The publisher's own zip of Python.
    """
    origin = python.unpacked(folder / "python", given=given)
    libraries.installed(folder / "site-packages", lock=home / "requirements.lock", python=folder / "python")
    libraries.registered(folder / "site-packages")
    room_copy.copied(home, folder / "course", packages=PACKAGES)
    for name in _BESIDE:
        source, target = home / name, folder / "course" / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    shutil.copytree(home / "course" / "templates", folder / "course" / "course" / "templates")
    _leave_out(index.read(home / "course" / "course.yml").get("replications"), folder / "course")
    for place in ("site-packages", "course/src"):
        libraries.compiled(folder / place, called=place)
    for names, words in ((start_files.NAMES, start_files.starter), (start_files.AGAIN, start_files.again)):
        (folder / names[language.current()]).write_bytes(words(language.current()).encode("ascii"))
    licence = (home / "licences" / "OFL-1.1.txt").read_text(encoding="utf-8")
    page, unsigned = start_files.department(folder, origin=origin, licence=licence)
    write(folder / start_files.DEPARTMENT[language.current()], page)
    write(folder / start_files.UNSIGNED, unsigned)


def _leave_out(part, course):
    """Take out the replications, whose data arrive in packages that the folder does not carry, and the rows that list them."""
    names = [lesson["id"] for lesson in part["lessons"]] if part else []
    for name in names:
        for path in (course / "notebooks").rglob(f"{name}*"):
            path.unlink()
    for path in (course / "README.md", course / "README.zh.md", course / "notebooks" / "README.md"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not any(f"/{name}.ipynb" in line for name in names)]
        write(path, "".join(kept))


def _refuse_long(folder):
    """No path in it is so long that a folder on a Windows machine cannot take it."""
    longest = max((path.relative_to(folder).as_posix() for path in folder.rglob("*")), key=len)
    if len(longest) > LONGEST:
        raise wrong("workshop.portable.too_long", most=LONGEST, longest=longest, size=len(longest))


def _zip(folder, path):
    """Write the zip whole or not at all, with a bar; it streams, since it is large."""
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    bar = "{desc} {percentage:3.0f}% |{bar:30}| {n_fmt}/{total_fmt} · {elapsed}"
    with (
        in_one_piece(path) as draft,
        zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for one in tqdm(files, desc=pick(en="Packing", zh="正在打包"), bar_format=bar):
            info = zipfile.ZipInfo(os.path.relpath(one, folder.parent).replace(os.sep, "/"), archive.MOMENT)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with one.open("rb") as source, new.open(info, "w") as target:
                shutil.copyfileobj(source, target)
