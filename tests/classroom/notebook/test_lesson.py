import json
import subprocess
import sys

import pytest

from classroom.notebook import lesson
from helpers.bank import codebook, language, opened
from helpers.bank.language import WrongKind, WrongValue

PACKAGE = {
    "resources": [
        {
            "name": "branches", "path": "branches.csv", "title": "Branches", "title@zh": "网点",
            "schema": {"fields": [
                {"name": "branch", "type": "string", "title": "Branch", "title@zh": "网点"},
                {"name": "name_en", "type": "string", "title": "Name"},
                {"name": "name_zh", "type": "string", "title": "Name"},
            ]},
        },
        {"name": "big", "path": "big.parquet", "title": "Big", "schema": {"fields": []}},
    ]
}  # fmt: skip


@pytest.fixture
def bank(tmp_path, monkeypatch):
    place = tmp_path / "datasets" / "small_bank"
    place.mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    monkeypatch.setattr(opened.now, "lesson", None)
    monkeypatch.setattr(opened.now, "book", None)
    monkeypatch.setattr(opened.now, "language", "en")
    (place / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    (place / "branches.csv").write_bytes("branch,name_en,name_zh\nB01,Harbour,港口\nB02,Hill,山\n".encode())
    (place / "big.parquet").write_bytes(b"PAR1\r\nPAR1")
    return place


def begin(**changed):
    given = {"data": "small_bank", "language": "en", "branch": "B01", "wave": 2} | changed
    lesson.start("05_servqual", **given)
    return lesson.current()


def test_start_sets_language_and_codebook_and_remembers_the_rest(bank):
    book = lesson.start("05_servqual", data="small_bank", language="zh", branch="山", wave=2)
    assert language.current() == "zh"
    assert codebook.current() is book
    assert book.label("branches") == "网点"
    opened = lesson.current()
    assert (opened.name, opened.folder) == ("05_servqual", bank.resolve())
    assert opened.parameters == {"branch": "B02", "wave": 2}


def test_fingerprint_follows_data_and_parameters_but_not_language(bank):
    first = begin().fingerprint
    assert begin(language="zh").fingerprint == first
    assert begin(branch="港口", wave=2.0).fingerprint == first
    other = begin(wave=1).fingerprint
    assert other != first
    assert other.split("-")[0] == first.split("-")[0]
    path = bank / "branches.csv"
    path.write_bytes(path.read_bytes().replace(b"Hill", b"Mill"))
    changed = begin().fingerprint
    assert changed.split("-")[0] != first.split("-")[0]
    assert changed.split("-")[1] == first.split("-")[1]


def test_fingerprint_names_the_tables_and_knows_line_ends_of_text_alone(bank):
    first = begin().fingerprint
    path = bank / "branches.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert begin().fingerprint == first
    (bank / "big.parquet").write_bytes(b"PAR1\nPAR1")
    without = begin().fingerprint
    assert without != first
    (bank / "big.parquet").unlink()
    assert begin().fingerprint not in (first, without)


def test_fingerprint_ignores_files_that_are_no_table(bank):
    first = begin().fingerprint
    (bank / "notes.csv").write_text("mine", encoding="utf-8")
    assert begin().fingerprint == first


def test_a_wrong_language_is_told_in_both(bank):
    with pytest.raises(ValueError, match=r"'fr'. Choose one of the two\..*现在是 'fr'"):
        begin(language="fr")


def test_a_wrong_folder_branch_or_name_is_one_sentence_and_the_open_lesson_stays(bank):
    opened = begin()
    with pytest.raises(WrongValue, match="there is no 'nowhere'"):
        begin(data="nowhere")
    with pytest.raises(WrongValue, match="B99") as caught:
        begin(branch="B99", language="zh")
    assert str(caught.value) == caught.value.zh
    with pytest.raises(WrongKind, match="name of a lesson"):
        lesson.start(5, data="small_bank", language="en")
    assert lesson.current() is opened


def test_a_notebook_begins_without_loading_what_reads_notebooks():
    """It is loaded by anyone who resets one: its checker of schemas takes longer than all else that `start` loads."""
    given = "import sys, classroom; [getattr(classroom, name) for name in classroom.__all__]"
    given += "; print([name for name in ('nbformat', 'papermill', 'statsmodels', 'jupytext') if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", given], capture_output=True, text=True, timeout=120)
    assert ended.stdout.strip() == "[]", ended.stderr


def test_the_package_gives_the_functions_that_notebooks_call():
    import classroom

    for name in classroom.__all__:
        assert callable(getattr(classroom, name)), name
    with pytest.raises(AttributeError, match="nothing"):
        classroom.nothing  # noqa: B018
