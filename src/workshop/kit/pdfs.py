"""Documents as PDF, by LibreOffice where it is installed: a printer's queue takes them as they are."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from helpers.bank.language import wrong

MINUTES = 5
SETTLED = {"SOURCE_DATE_EPOCH": "1767225600"}  # the moment that every file of a kit bears


def converted(documents):
    """Make a PDF of each document.

    Parameters
    ----------
    documents : dict
        Name of a ``.docx`` → bytes.

    Returns
    -------
    dict
        The same names ending in ``.pdf`` → bytes.

    Raises
    ------
    WrongValue
        If LibreOffice is not installed, or cannot make one of them.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise wrong("workshop.pdfs.no_writer")
    with tempfile.TemporaryDirectory() as folder:
        place, made = Path(folder), {}
        names = {name: f"{number:03}" for number, name in enumerate(documents)}
        for name, short in names.items():
            (place / f"{short}.docx").write_bytes(documents[name])
        _convert(program, place)
        for name, short in names.items():
            found = place / f"{short}.pdf"
            if not found.is_file():
                raise wrong("workshop.pdfs.not_made", name=name)
            made[name.removesuffix(".docx") + ".pdf"] = found.read_bytes()
    return made


def _convert(program, place):
    """All documents of a folder at once, with settings of their own: nothing of the reader's office is touched."""
    command = [program, f"-env:UserInstallation={(place / 'settings').as_uri()}", "--headless", "--convert-to", "pdf",
               "--outdir", str(place), *map(str, sorted(place.glob("*.docx")))]  # fmt: skip
    subprocess.run(  # noqa: S603 (a list: no shell reads it)
        command, check=False, capture_output=True, timeout=60 * MINUTES, env=os.environ | SETTLED
    )
