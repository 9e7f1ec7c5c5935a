"""Zips that are the same bytes whenever they are built, and appear whole or not at all."""

import io
import re
import zipfile

from helpers.bank.files import in_one_piece

MOMENT = (2026, 1, 1, 0, 0, 0)
STAMP = b"2026-01-01T00:00:00Z"


def settled(content):
    """Take the time of building out of an Office file.

    Parameters
    ----------
    content : bytes
        A ``.docx``, ``.pptx`` or ``.xlsx``.

    Returns
    -------
    bytes
        The same parts in the same order, with a fixed time.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    return _zipped([(name, _part(name, part)) for name, part in parts])


def _part(name, part):
    """A part without its time; the workbook behind a chart is an Office file itself."""
    if name.endswith(".xlsx"):
        return settled(part)
    return (
        re.sub(rb"(?<=>)\d{4}-\d\d-\d\dT[\d:.]+Z(?=<)", STAMP, part) if name.startswith("docProps/") else part
    )


def write(path, files):
    """Write a zip whole or not at all.

    Parameters
    ----------
    path : Path
        The zip; its folder is made.
    files : dict
        Name within the zip → bytes; written in the order of their names.
    """
    with in_one_piece(path) as draft:
        draft.write_bytes(_zipped(sorted(files.items())))


def _zipped(parts):
    """A zip with fixed times; names beyond ASCII are marked as UTF-8, as Windows needs it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            new.writestr(info, content)
    return held.getvalue()
