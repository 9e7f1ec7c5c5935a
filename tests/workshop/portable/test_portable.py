"""The folder: everything in its place, without solutions, real banks or long paths; its libraries are tried by `make test-windows`."""

import re
import zipfile

import pytest
from collection import REPLICATIONS, ROOT

from helpers.bank import language
from helpers.bank.language import WrongValue
from workshop import cli
from workshop.portable import libraries, portable, python, start_files
from workshop.room import lab_page


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
    path = portable.make(home=ROOT, spoken=spoken, out=tmp_path)
    with zipfile.ZipFile(path) as archive:
        names = [name.partition("/")[2] for name in archive.namelist()]
        page = archive.read(
            next(one for one in archive.namelist() if one.endswith(start_files.DEPARTMENT[spoken]))
        )
        listed = archive.read(f"{path.stem}/{start_files.UNSIGNED}").decode()
    assert {start_files.NAMES[spoken], "python/python.exe", "course/notebooks/zh/05_servqual.ipynb"} <= set(
        names
    )
    assert {"course/datasets/qingyu_bank/datapackage.json", "course/src/workshop/__main__.py"} <= set(names)
    assert not [name for name in names if "solution" in name or name.startswith("course/course/lessons")]
    assert not [name for name in names if name.lower().endswith(("_trainer.ipynb", "scripts/course.exe"))]
    assert "site-packages/pandas.pyd" in listed and "python/python.exe" in listed
    assert ("端口" if spoken == "zh" else "ports") in page.decode()


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_a_starter_calls_the_signed_python_alone_in_letters_that_every_console_reads(spoken):
    text = start_files.starter(spoken)
    assert text.isascii() and text.count("\r\n") == text.count("\n")
    called = [line for line in text.splitlines() if ".exe" in line]
    assert called and all('"%HERE%python\\python.exe" -X utf8 -m workshop lab' in line for line in called)
    assert all(f"--language {spoken}" in line and "--self-contained" in line for line in called)


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_what_brings_a_notebook_back_calls_the_same_python(spoken):
    text = start_files.again(spoken)
    assert text.isascii() and text.count("\r\n") == text.count("\n")
    (called,) = [line for line in text.splitlines() if ".exe" in line]
    assert f'-X utf8 -m workshop reset "%~1" --language {spoken}' in called


def test_replications_are_left_out_and_no_table_leads_to_them(light, tmp_path):
    language.use("en")
    folder = tmp_path / "folder"
    portable.fill(folder, home=ROOT)
    names = [lesson["id"] for lesson in REPLICATIONS]
    assert not [path for name in names for path in (folder / "course" / "notebooks").rglob(f"*{name}*")]
    for page in ("README.md", "README.zh.md", "notebooks/README.md"):
        text = (folder / "course" / page).read_text(encoding="utf-8")
        assert "18_capstone_exercises.ipynb" in text and not [
            name for name in names if f"{name}.ipynb" in text
        ]
        for target in re.findall(r"\]\((?!http)([^)#]+ipynb)\)", text):
            assert (folder / "course" / page).parent.joinpath(target).is_file(), target
    assert (folder / "course" / "README.md").read_text(encoding="utf-8").count("<!-- /lessons -->") == 1


def test_the_start_page_of_the_folder_names_what_works_there(tmp_path):
    home = tmp_path / "course"
    home.mkdir()
    assert not lab_page.packed(home)
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "python.exe").write_bytes(b"MZ")
    for spoken in language.LANGUAGES:
        language.use(spoken)
        path = lab_page.written(home, target=tmp_path, language=spoken)
        text = path.read_text(encoding="utf-8")
        assert (
            "course reset" not in text and "python\\python.exe -X utf8 -m workshop" in text and "R1" in text
        )
        assert start_files.AGAIN[spoken] in text and start_files.NAMES[spoken] in text and "{" not in text


def test_a_notebook_of_the_working_copy_comes_back_by_its_file(tmp_path, capsys):
    mine = tmp_path / "zh" / "05_servqual_exercises.ipynb"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    assert cli.main(["reset", str(mine), "--language", "en"]) == 0
    assert "（" in mine.read_text(encoding="utf-8"), "the edition of the folder's language"
    assert [one.read_text(encoding="utf-8") for one in mine.parent.glob("*_1.ipynb")] == ["mine"]
    for wrong, said in (("", "drag its file"), (str(tmp_path / "no.ipynb"), "There is no file")):
        assert cli.main(["reset", wrong, "--language", "en"]) == 1
        assert said in capsys.readouterr().err


def test_a_path_too_long_for_windows_is_refused(tmp_path):
    (tmp_path / ("x" * 121)).write_text("", encoding="utf-8")
    with pytest.raises(WrongValue, match="at most 120 characters"):
        portable._refuse_long(tmp_path)


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
