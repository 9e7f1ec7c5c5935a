"""Which programs carry a signature: read from the header that Windows reads."""

import struct
from pathlib import Path

import pip._vendor.distlib as distlib

from workshop.portable import signatures

LAUNCHER = Path(distlib.__file__).with_name("t64.exe").read_bytes()  # a real program for Windows, unsigned


def test_a_program_without_a_signature_and_the_same_with_one():
    assert not signatures.carries_signature(LAUNCHER)
    first = struct.unpack_from("<I", LAUNCHER, 0x3C)[0] + 24 + 112 + 8 * 4
    held = bytearray(LAUNCHER)
    held[first : first + 8] = struct.pack("<II", len(LAUNCHER), 9000)
    assert signatures.carries_signature(bytes(held))


def test_what_is_no_program_carries_none():
    assert not any(map(signatures.carries_signature, (b"", b"MZ", b"PK" * 200)))


def test_programs_are_listed_by_place_with_their_digests(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "a.pyd").write_bytes(LAUNCHER)
    (tmp_path / "lib" / "a.py").write_text("", encoding="utf-8")
    ((place, size, digest, has),) = signatures.programs(tmp_path)
    assert (place, size, len(digest), has) == ("lib/a.pyd", len(LAUNCHER), 64, False)
