"""The embeddable Python: laid out with paths of our own, and anything else refused in one sentence."""

import zipfile

import pytest

from helpers.bank.language import WrongValue
from workshop.portable import python

PARTS = {"python.exe": b"MZ", "python311.dll": b"MZ", "python311.zip": b"PK", "python311._pth": b"python311.zip\n#import site\n"}  # fmt: skip


def packed(path, parts):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_python_is_laid_out_and_finds_the_libraries_and_the_course_alone(tmp_path):
    said = python.unpacked(
        tmp_path / "python", given=packed(tmp_path / "python-3.11.9-embed-amd64.zip", PARTS)
    )
    assert {path.name for path in (tmp_path / "python").iterdir()} == set(PARTS)
    paths = (tmp_path / "python" / "python311._pth").read_text(encoding="utf-8").split("\n")
    assert {"..\\site-packages", "..\\course\\src", "import site"} <= set(paths)
    assert "python-3.11.9-embed-amd64.zip" in said and "SHA-256" in said


@pytest.mark.parametrize("spoil", ["another version", "folders", "no zip"])
def test_what_is_no_embeddable_python_is_one_sentence(tmp_path, spoil):
    path = tmp_path / "given.zip"
    if spoil == "no zip":
        path.write_bytes(b"MZ")
    elif spoil == "folders":
        packed(path, PARTS | {"Lib/os.py": b""})
    else:
        packed(path, {name.replace("311", "312"): held for name, held in PARTS.items()})
    with pytest.raises(WrongValue, match=r"embeddable zip of Python 3\.11"):
        python.unpacked(tmp_path / "python", given=path)
    assert not (tmp_path / "python").exists()
