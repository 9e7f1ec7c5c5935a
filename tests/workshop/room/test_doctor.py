"""What is sent to whoever helps names versions and places, and nobody."""

import getpass
from pathlib import Path

from collection import ROOT

from workshop import cli
from workshop.room import doctor


def test_the_text_says_what_the_course_stands_on(capsys):
    assert cli.main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert all(
        name in said for name in ("Python", "jupyterlab", "pingouin", "Noto Sans CJK", "can be written")
    )


def test_no_name_and_no_home_folder_is_in_it(monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "zhangwei")
    monkeypatch.setattr(Path, "home", lambda: Path("/home/zhangwei"))
    said = doctor.nameless(
        "Python: /home/zhangwei/course\ncourse: D:\\users\\zhangwei\\kit\nlibrary: zhangweilib"
    )
    assert said == "Python: ~/course\ncourse: D:\\users\\…\\kit\nlibrary: zhangweilib"


def test_a_library_unlike_the_lock_is_named(tmp_path):
    assert doctor.unlike(ROOT) == []
    lock = "pandas==0.1 \\\n    --hash=sha256:0\nseaborn==0.1 ; python_full_version < '3'\nabsent==1.0\n"
    (tmp_path / "requirements.lock").write_text(lock, encoding="utf-8")
    (found,) = doctor.unlike(tmp_path)
    assert found.startswith("pandas ") and found.endswith("≠ 0.1")
