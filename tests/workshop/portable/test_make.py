"""The folder: everything in its place, without solutions, real banks or long paths; its libraries are tried by `make test-windows`."""

import zipfile

import pytest
from collection import ROOT

from helpers.bank import language
from helpers.bank.language import WrongValue
from workshop import cli
from workshop.portable import libraries, make, python, starters


@pytest.fixture
def light(monkeypatch):
    """Python and libraries as two small files each: fetching them takes minutes and a network."""

    def unpacked(target, *, given=None):
        target.mkdir(parents=True)
        (target / "python.exe").write_bytes(b"MZ")
        return "Python comes from a test."

    def installed(target, *, lock, python):
        assert lock.is_file()
        target.mkdir()
        (target / "pandas.pyd").write_bytes(b"MZ")

    monkeypatch.setattr(python, "unpacked", unpacked)
    monkeypatch.setattr(libraries, "installed", installed)


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_the_zip_holds_what_students_open_and_no_solution(light, tmp_path, spoken):
    path = make.make(home=ROOT, spoken=spoken, out=tmp_path)
    with zipfile.ZipFile(path) as archive:
        names = [name.partition("/")[2] for name in archive.namelist()]
        page = archive.read(
            next(one for one in archive.namelist() if one.endswith(starters.DEPARTMENT[spoken]))
        )
        listed = archive.read(f"{path.stem}/{starters.UNSIGNED}").decode()
    assert {starters.NAMES[spoken], "python/python.exe", "course/notebooks/zh/05_servqual.ipynb"} <= set(
        names
    )
    assert {"course/datasets/qingyu_bank/datapackage.json", "course/src/workshop/__main__.py"} <= set(names)
    assert not [name for name in names if "solution" in name or name.startswith("course/course/lessons")]
    assert not [name for name in names if name.lower().endswith(("_trainer.ipynb", "scripts/course.exe"))]
    assert "site-packages/pandas.pyd" in listed and "python/python.exe" in listed
    assert ("端口" if spoken == "zh" else "ports") in page.decode()


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_a_starter_calls_the_signed_python_alone_in_letters_that_every_console_reads(spoken):
    text = starters.starter(spoken)
    assert text.isascii() and text.count("\r\n") == text.count("\n")
    called = [line for line in text.splitlines() if ".exe" in line]
    assert called and all('"%HERE%python\\python.exe" -X utf8 -m workshop lab' in line for line in called)
    assert all(f"--language {spoken}" in line and "--self-contained" in line for line in called)


def test_a_path_too_long_for_windows_is_refused(tmp_path):
    (tmp_path / ("x" * 121)).write_text("", encoding="utf-8")
    with pytest.raises(WrongValue, match="at most 120 characters"):
        make._refuse_long(tmp_path)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["kit"], "--route"),
        (["kit", "--route", "one-day", "--python", "no.zip"], "--python must name a zip"),
        (["kit", "--with-python", "--python", "no.zip"], "--python must name a zip"),
    ],
)
def test_what_is_to_be_packed_must_be_said(argv, said, capsys):
    assert cli.main([*argv, "--language", "en"]) == 1
    assert said in capsys.readouterr().err
