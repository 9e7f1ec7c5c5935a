"""Running: parameters, failures that are named, skipping, whole outputs, and no network."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from dataclasses import replace

import psutil
import pytest
from nbformat import read, write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.bank import language
from helpers.bank.language import WrongValue
from workshop import cli
from workshop.commands import run_command as commands
from workshop.jobs import capped, no_network, parameters, stamps
from workshop.pages import front_page
from workshop.run import execution, run_plan
from workshop.run import run as runner
from workshop.run.execution import ThisPython
from workshop.run.run import run
from workshop.run.run_summary import table

PARAMETERS = 'data = "tiny"\nlanguage = "en"\nbranch = "B07"\nwave = 2\nconfidence = 0.95\ndraft = False'
KEEP = """from IPython.display import display
display({"application/vnd.course.results+json": {"gap": -0.61, "branch": branch, "wave": wave}}, raw=True)"""


@pytest.fixture(autouse=True)
def _speak_english():
    language.use("en")
    yield
    language.use("en")


@pytest.fixture
def home(tmp_path):
    place = tmp_path / "课程 home {1}"  # blanks, Chinese and braces: users' folders have them
    (place / "datasets" / "tiny").mkdir(parents=True)
    (place / "datasets" / "tiny" / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    lesson(place, "01_first", [KEEP])
    return place


def lesson(home, name, sources, *, languages=("en", "zh"), defaults=PARAMETERS):
    for spoken in languages:
        folder = home / "notebooks" / spoken
        folder.mkdir(parents=True, exist_ok=True)
        first = new_code_cell(defaults, id="parameters", metadata={"tags": ["parameters"]})
        cells = [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
        notebook = new_notebook(cells=[new_markdown_cell(f"# {name}", id="title"), first, *cells])
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "language": "python",
            "display_name": "Python 3",
        }
        write(notebook, folder / f"{name}.ipynb")


class Here:
    """Do in this process, one after the other, what `run` gives to processes of their own."""

    def __init__(self, *_, **__):
        pass

    def submit(self, act, job):
        done = Future()
        done.set_result(act(job))
        return done

    def shutdown(self):
        pass


def here(lessons=(), **options):
    """Run in this process: a new one would spend most of its time on imports that are there already."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "ProcessPoolExecutor", Here)
        return run(lessons, jobs=1, **options)


def one(home, **options):
    (outcome,) = here(home=home, languages=("en",), **options)
    return outcome


def test_runs_both_languages_and_leaves_everything(home):
    outcomes = run(home=home, jobs=2)
    assert [(o.name, o.language, o.state) for o in outcomes] == [
        ("01_first", "en", "done"),
        ("01_first", "zh", "done"),
    ]
    assert outcomes[0].results == {"gap": -0.61, "branch": "B07", "wave": 2}
    for spoken in ("en", "zh"):
        assert {p.name for p in (home / "build" / spoken).iterdir()} == {
            "01_first.ipynb",
            "01_first.html",
            "01_first_classroom.html",
            "glossary.html",
        }
    assert "01_first" in (home / "build" / "index.html").read_text(encoding="utf-8")
    told = table(outcomes, folder=home / "build")
    assert "gap −0.61" in told
    assert str(home / "build" / "index.html") in told
    assert not list((home / "build").rglob(".*"))  # no scratch left


def test_unchanged_is_skipped_and_says_so_until_something_changes(home):
    first = one(home)
    again = one(home)
    assert (again.state, again.results) == ("unchanged", first.results)
    assert "unchanged, skipped" in table([again], folder=home / "build")
    assert one(home, fresh=True).state == "done"
    (home / "datasets" / "tiny" / "branches.csv").write_text("branch\nB07\n", encoding="utf-8")
    assert one(home).state == "done"
    assert one(home, given={"wave": "1"}).state == "done"
    (home / "build" / "en" / "01_first.html").unlink()
    assert one(home, given={"wave": "1"}).state == "done"
    lesson(home, "01_first", [KEEP, "1 + 1"])
    assert one(home, given={"wave": "1"}).state == "done"


def test_a_notebook_whose_python_stopped_is_tried_once_more(home, tmp_path):
    """Several at once may want more memory than there is; alone it has it."""
    once = f"import os, pathlib\nplace = pathlib.Path({str(tmp_path / 'once')!r})\n"
    lesson(home, "01_first", [f"{once}if not place.exists():\n    place.touch()\n    os._exit(1)", KEEP])
    assert one(home).state == "done"
    lesson(home, "01_first", ["import os\nos._exit(1)"])
    assert "Python stopped without a word" in one(home).sentence


def test_parameters_arrive_tidy_and_readable(home):
    outcome = one(home, given={"branch": "滨海支行", "wave": "2", "draft": "yes"})
    assert outcome.results["branch"] == "滨海支行"
    notebook = read(home / "build" / "en" / "01_first.ipynb", as_version=4)
    cell = next(c for c in notebook.cells if "injected-parameters" in c.metadata.tags)
    assert cell.id == "injected-parameters"
    assert cell.source == "branch = '滨海支行'\ndraft = True"  # wave is as it was
    assert cell.metadata.jupyter.source_hidden
    assert [c.id for c in notebook.cells].index(cell.id) == [c.id for c in notebook.cells].index(
        "parameters"
    ) + 1


def test_data_given_as_path_arrives_absolute(home, tmp_path, monkeypatch):
    lesson(home, "01_first", ["import os\nassert os.path.isabs(data), data"])
    (tmp_path / "my bank").mkdir()
    toy = {"resources": [{"name": "toy", "path": "toy.csv", "schema": {"fields": []}}]}
    (tmp_path / "my bank" / "datapackage.json").write_text(json.dumps(toy), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert one(home, given={"data": "my bank"}).state == "done"


def test_pages_of_a_bank_of_ones_own_stand_apart_from_those_that_are_handed_on(home, tmp_path):
    lesson(home, "01_first", ["print(data)"])
    assert one(home).state == "done"
    before = {path: path.read_bytes() for path in (home / "build").rglob("*") if path.is_file()}
    toy = json.dumps({"resources": [{"name": "toy", "path": "toy.csv", "schema": {"fields": []}}]})
    for folder in (tmp_path / "secret survey", home / "datasets" / "known"):
        folder.mkdir(parents=True)
        (folder / "datapackage.json").write_text(toy, encoding="utf-8")
    assert one(home, given={"data": str(tmp_path / "secret survey")}).state == "done"
    assert {path: path.read_bytes() for path in (home / "build").rglob("*") if path.is_file()} == before
    page = home / "build_secret survey" / "en" / "01_first.html"
    assert "secret survey" in page.read_text(encoding="utf-8") and (page.parents[1] / "index.html").is_file()
    # A bank of the course is known to everybody, however it is named.
    for named in ("known", str(home / "datasets" / "known")):
        assert runner.pages_folder(home, {"data": named}) == home / "build"
    assert runner.pages_folder(home, {"wave": "1"}) == home / "build"


@pytest.mark.parametrize(
    ("given", "en", "zh"),
    [
        ({"wave": "second"}, "`wave` must be a whole number like 2; it is 'second'.", "应该是整数"),
        ({"wave": "1.5"}, "`wave` must be a whole number", "应该是整数"),
        ({"confidence": "high"}, "`confidence` must be a number like 0.95", "应该是数字"),
        ({"draft": "perhaps"}, "`draft` must be yes or no", "是或否"),
        ({"brunch": "B03"}, "No lesson has a parameter 'brunch'; there are branch, confidence", "brunch"),
        ({"data": "no_such_bank"}, "there is no 'no_such_bank'", "找不到 'no_such_bank'"),
    ],
)
def test_wrong_parameters_are_refused_in_a_sentence(home, given, en, zh):
    with pytest.raises(WrongValue) as caught:
        run(home=home, given=given)
    assert en in caught.value.en
    assert zh in caught.value.zh
    assert not (home / "build").exists()


def test_a_parameter_must_be_known_to_every_lesson_that_was_named(home):
    lesson(home, "02_second", ["1"], defaults='data = "tiny"\nlanguage = "en"\nsegments = 4')
    with pytest.raises(WrongValue) as caught:
        run(["01_first", "02_second"], home=home, given={"segments": "5"})
    assert str(caught.value).startswith("01_first has no parameter 'segments'; it has data, language, branch")
    states = {o.name: o.state for o in here(home=home, languages=("en",), given={"segments": "5"})}
    assert states == {"01_first": "done", "02_second": "done"}


def test_language_does_not_come_by_parameter():
    with pytest.raises(WrongValue) as caught:
        parameters.pairs(["language=fr"])
    assert "--language" in caught.value.en
    assert "--language" in caught.value.zh
    with pytest.raises(WrongValue):
        parameters.pairs(["branch"])


def test_an_unknown_lesson_is_refused(home):
    with pytest.raises(WrongValue) as caught:
        run(["5_servqual"], home=home)
    assert str(caught.value) == "There is no lesson '5_servqual'; there are 01_first. Correct the name."


def test_no_notebooks_is_a_sentence(tmp_path):
    with pytest.raises(WrongValue, match="course build"):
        run(home=tmp_path)


def test_a_failing_lesson_is_named_and_the_rest_run_on(home):
    lesson(home, "02_bad", ["ok = 1", "# a comment\nraise KeyError('P7')", "2"], languages=("en",))
    good, bad = run(home=home, languages=("en",), jobs=2)
    assert (good.state, bad.state) == ("done", "failed")
    assert bad.sentence == "cell 4 (cell-1), “raise KeyError('P7')”: KeyError: 'P7'"
    told = table([good, bad], folder=home / "build")
    assert "✗ 02_bad (en): cell 4 (cell-1)" in told
    kept = read(home / "build" / "failed" / "en" / "02_bad.ipynb", as_version=4)
    assert any(o.output_type == "error" for c in kept.cells for o in c.get("outputs", []))
    assert not list((home / "build" / "en").glob("02_bad*"))


def test_our_own_errors_come_as_their_sentence(home):
    source = "from helpers.bank import language\nfrom helpers.bank.language import WrongValue\n"
    source += "language.use('zh')\nraise WrongValue(en='no branch', zh='没有这个网点。')"
    lesson(home, "01_first", [source])
    failed = [o.sentence for o in here(home=home)]
    assert [told.split("：")[-1].split(": ")[-1] for told in failed] == ["没有这个网点。"] * 2
    assert failed[1].startswith("第 3 个单元格（cell-0）")


def test_what_failed_leaves_nothing_of_an_earlier_run(home):
    assert one(home).state == "done"
    lesson(home, "01_first", ["1/0"])
    assert one(home).state == "failed"
    left = [p for p in (home / "build").rglob("01_first*") if p.is_file() and "failed" not in p.parts]
    assert left == []
    assert "01_first" not in (home / "build" / "index.html").read_text(encoding="utf-8")
    lesson(home, "01_first", [KEEP])
    assert one(home).state == "done"
    assert not list((home / "build" / "failed").rglob("*.ipynb"))


def test_a_result_that_cannot_be_replaced_is_named(home):
    """As on Windows, where another program has it open."""
    kept = home / "build" / "en" / "01_first.html"
    (kept / "open").mkdir(parents=True)
    assert one(home).sentence.startswith(f"'{kept}' cannot be replaced. Close it if it is open")


def test_a_bank_is_read_once_for_all_notebooks(home, monkeypatch):
    read_banks = []
    monkeypatch.setattr(run_plan, "_bank", lambda data, home: read_banks.append(data) or "")
    lesson(home, "02_second", [KEEP])
    planned = run_plan.plan([], home=home, languages=("en", "zh"), given={})
    assert (len(planned), read_banks) == (4, ["tiny"])


def test_a_hanging_lesson_is_stopped_and_named(home):
    lesson(home, "01_first", ["import time", "time.sleep(600)", "2"])
    outcome = one(home, timeout=2)
    assert outcome.sentence.startswith("cell 4 (cell-1), “time.sleep(600)”: it ran longer than 2 seconds")
    assert outcome.seconds < 60


def test_a_kernel_that_dies_is_named(home):
    lesson(home, "01_first", ["import os", "os._exit(9)"])
    assert "cell 4 (cell-1), “os._exit(9)”: Python stopped" in one(home).sentence


def test_a_picture_without_words_fails(home):
    source = 'from IPython.display import display\ndisplay({"image/png": "AAAA"}, raw=True)'
    lesson(home, "01_first", [source])
    assert one(home).sentence.startswith("cell 3 (cell-0): A figure has no text alternative.")
    assert not list((home / "build" / "en").glob("01_first*"))


def test_strict_makes_warnings_errors(home):
    lesson(home, "01_first", ["import warnings\nwarnings.warn('mind this')"])
    assert one(home).state == "done"
    assert "UserWarning: mind this" in one(home, strict=True).sentence
    lesson(home, "01_first", ["import pandas, matplotlib.pyplot as plt\nplt.subplots(); 1"])
    assert one(home, strict=True).state == "failed"  # a figure without words; the imports are clean
    lesson(home, "01_first", ["import pandas, matplotlib.pyplot"])
    assert one(home, strict=True).state == "done"


def test_the_kernel_is_this_python_whatever_is_installed(home, tmp_path, monkeypatch):
    other = tmp_path / "jupyter" / "kernels" / "python3"
    other.mkdir(parents=True)
    spec = {
        "argv": ["/nowhere/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "x",
    }
    (other / "kernel.json").write_text(json.dumps(spec | {"language": "python"}), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    lesson(home, "01_first", [f"import sys\nassert sys.executable == {sys.executable!r}"])
    assert one(home).state == "done"
    assert ThisPython().kernel_spec.argv[0] == sys.executable


def test_a_lesson_finds_its_collection_and_stands_nowhere(home):
    source = "import os\nfrom helpers.bank import data as banks\nassert not os.listdir('.')\n"
    lesson(home, "01_first", [source + f"assert str(banks.home()) == {str(home)!r}"])
    assert one(home).state == "done"


@pytest.fixture
def listener():
    """A server on an address of this machine that is not loopback: reachable, unless something refuses."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
            address = probe.getsockname()[0]
        except OSError:
            address = None
    with socket.socket() as server:
        server.bind((address or "127.0.0.1", 0))
        server.listen()
        threading.Thread(target=lambda: _welcome(server), daemon=True).start()
        yield address or "192.0.2.1", server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def _welcome(server):
    while True:
        try:
            server.accept()[0].close()
        except OSError:
            return


CALL = "import socket\nsocket.create_connection(({!r}, {}), timeout=5).close()"
LOOPBACK = """import socket
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname()).close(); server.close()"""


def test_the_hook_refuses_the_network(home, listener):
    lesson(home, "01_first", [LOOPBACK])
    lesson(home, "02_caller", ["1", CALL.format(*listener)])
    if listener[0] != "192.0.2.1":  # what is refused below would be reached otherwise
        assert here(["02_caller"], home=home, languages=("en",))[0].state == "done"
    lesson(home, "03_asker", ["import urllib.request", "urllib.request.urlopen('http://example.org')"])
    good, caller, asker = here(home=home, languages=("en",), offline=True)
    assert good.state == "done"
    assert caller.sentence.startswith("cell 4 (cell-1), “import socket”: PermissionError: No network here")
    assert listener[0] in caller.sentence
    assert "asked for 'example.org'" in asker.sentence


def test_the_hook_reaches_children(home, listener):
    child = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {CALL.format(*listener)!r}], check=True)"
    lesson(home, "01_first", [child])
    assert "CalledProcessError" in one(home, offline=True).sentence


def test_where_only_loopback_exists_a_caller_fails(home, listener):
    lesson(home, "01_first", [LOOPBACK])
    lesson(home, "02_caller", [CALL.format(*listener)])
    command = [sys.executable, "-m", "workshop.cli", "run", "--language", "en"]
    # Without the hook where the system gives us a namespace; else the hook must do it alone.
    command = no_network.command(command) if no_network.available() else [*command, "--offline"]
    ended = _course(command, home)
    assert ended.returncode == 1, ended.stderr
    assert "✗ 02_caller (en): cell 3 (cell-0)" in ended.stdout
    assert ("unreachable" if no_network.available() else "No network here") in ended.stdout
    assert "✗ 01_first" not in ended.stdout


def test_the_switch_offline_uses_both_locks(home, listener):
    lesson(home, "02_caller", [CALL.format(*listener)], languages=("en",))
    state = "import os\nassert os.environ.get('COURSE_NAMESPACE') == {!r}"
    lesson(home, "03_where", [state.format("1" if no_network.available() else None)], languages=("en",))
    ended = _course([sys.executable, "-m", "workshop.cli", "run", "--language", "en", "--offline"], home)
    assert ended.returncode == 1, ended.stderr
    assert "✗ 02_caller" in ended.stdout
    assert "✗ 03_where" not in ended.stdout


def _course(command, home):
    around = {**os.environ, "COURSE_HOME": str(home), "PYTHONUTF8": "1"}
    return subprocess.run(command, env=around, capture_output=True, text=True, encoding="utf-8", timeout=300)


# Anyone who runs the tests in the background has switched Ctrl-C off, and children inherit that.
LISTENING = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
LISTENING += "from workshop import cli; sys.exit(cli.main(['run', '--language', 'en']))"


def test_ctrl_c_stops_everything_and_leaves_nothing(home):
    mark = home / "started"
    first = f"open({str(mark)!r}, 'w').write(str(__import__('os').getpid()))\nwhile True: pass"
    lesson(home, "01_first", [first])
    around = {**os.environ, "COURSE_HOME": str(home), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", LISTENING],
        env=around,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as ended:
        try:
            _until(lambda: mark.exists() and mark.read_text())
            kernel = int(mark.read_text())
            ended.send_signal(signal.SIGINT)
            told = ended.communicate(timeout=60)[1]
        finally:
            ended.kill()  # else a test that fails would wait for ever
    assert ended.returncode == 130, told
    assert told.strip().endswith("Stopped.")
    assert "Traceback" not in told
    assert [p for p in (home / "build").rglob("*") if p.is_file()] == []
    _until(lambda: not _alive(kernel))


def _alive(process):
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _until(condition):
    for _ in range(300):
        if condition():
            return
        time.sleep(0.2)
    raise TimeoutError


# What an earlier run left.

SHAPES = [
    "[]", "null", "3", '"x"', "{", "", "{}", '{"key": KEY}', "[" * 10**5,
    '{"key": KEY, "seconds": "2", "results": {}, "title": "", "outputs": {}}',
    '{"key": KEY, "seconds": true, "results": {}, "title": "", "outputs": {}}',
    '{"key": KEY, "seconds": 1e999, "results": {}, "title": "", "outputs": {}}',
    '{"key": KEY, "seconds": 2, "results": [], "title": "", "outputs": {}}',
    '{"key": KEY, "seconds": 2, "results": {}, "title": null, "outputs": {}}',
    '{"key": KEY, "seconds": 2, "results": {}, "title": "", "outputs": {"a": 3}}',
    '{"key": KEY, "seconds": 2, "results": {}, "title": "", "outputs": {}, "more": 1}',
]  # fmt: skip


def test_a_stamp_of_any_other_shape_is_none(home, tmp_path):
    (job,) = run_plan.plan([], home=home, languages=("en",), given={})
    job.stamp.parent.mkdir(parents=True)
    for end in (".ipynb", ".html", "_classroom.html"):
        job.product(end).parent.mkdir(exist_ok=True)
        job.product(end).write_text("x", encoding="utf-8")
    for shape in SHAPES:
        job.stamp.write_text(shape.replace("KEY", json.dumps(job.key)), encoding="utf-8")
        assert stamps.read(job.stamp) is None, shape
        assert runner._earlier(job) is None, shape
        assert "01_first" not in front_page.listed(home / "build"), shape
        (again,) = run_plan.plan([], home=home, languages=("en",), given={})
        assert again.key == job.key, shape
    without_outputs = json.dumps({"key": job.key, "seconds": 2, "results": {}, "title": "01_first"})
    job.stamp.write_text(without_outputs, encoding="utf-8")  # as earlier editions wrote them
    assert runner._earlier(job) is None and "01_first" in front_page.listed(home / "build")
    job.stamp.unlink()
    os.mkfifo(job.stamp) if os.name == "posix" else job.stamp.mkdir()
    assert stamps.read(job.stamp) is None


def test_what_took_longest_begins_first(home):
    """By the seconds of an earlier run; what has not run yet by how much code it is, at the pace of the others."""
    for name, lines in {"01_first": 1, "02_second": 9, "03_third": 4}.items():
        lesson(home, name, ["1 + 1\n" * lines])
    jobs = run_plan.plan([], home=home, languages=("en",), given={})
    assert [job.name[:2] for job in runner._longest_first(jobs)] == ["02", "03", "01"]
    for job, seconds in zip(jobs, (2.0, 1.0), strict=False):
        job.stamp.parent.mkdir(parents=True, exist_ok=True)
        stamps.write(job.stamp, stamps.Stamp("old", seconds, {}, job.name))
    assert [job.name[:2] for job in runner._longest_first(jobs)] == ["01", "03", "02"]


def test_an_output_that_was_changed_is_made_again(home):
    assert one(home).state == "done"
    (job,) = run_plan.plan([], home=home, languages=("en",), given={})
    assert runner._earlier(job).state == "unchanged"
    for path in job.needed:
        kept = path.read_bytes()
        for other in (b"", kept[:-1], kept + b" "):
            path.write_bytes(other)
            assert runner._earlier(job) is None, path.name
        path.write_bytes(kept)
    found = stamps.read(job.stamp)
    stamps.write(job.stamp, replace(found, outputs={}))
    assert runner._earlier(job) is None
    stamps.write(job.stamp, found)
    job.needed[1].write_bytes(b"")
    assert one(home).state == "done"
    assert job.needed[1].read_text(encoding="utf-8").rstrip().endswith("</html>")


# What a notebook may show.


def test_output_without_end_is_cut_with_a_sentence(home, monkeypatch):
    monkeypatch.setattr(capped, "CELL", 3000)
    monkeypatch.setattr(capped, "NOTEBOOK", 8000)
    much = 'print("begun"); print("x" * 2500, flush=True); print("y" * 2500, flush=True); print("z" * 99, flush=True)'
    shown = "from IPython.display import HTML\nHTML('h' * 5000)"
    lesson(home, "01_first", [much, shown, "'w' * 2500", "'v' * 2500", "raise ValueError('e' * 10**6)"])
    assert one(home).state == "failed"
    kept = read(home / "build" / "failed" / "en" / "01_first.ipynb", as_version=4)
    texts = [json.dumps(cell.outputs) for cell in kept.cells if cell.get("outputs")]
    said = "The output is cut here: a {} may show at most"
    by = {letter: next(text for text in texts if letter * 20 in text) for letter in "xwe"}
    assert "begun" in by["x"] and said.format("cell") in by["x"] and "zzz" not in by["x"]
    assert (
        not any("h" * 20 in text for text in texts) and said.format("cell") in texts[texts.index(by["x"]) + 1]
    )
    assert said.format("notebook") in texts[texts.index(by["w"]) + 1]
    assert "ValueError" in by["e"]  # an error is cut, and never lost
    assert sum(map(len, texts)) < 100_000


# A disk that takes no more.


def test_a_full_disk_is_named_and_half_a_set_of_outputs_is_none(home, monkeypatch):
    moved, replaces = [], os.replace

    def full(source, target):
        moved.append(target)
        if len(moved) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replaces(source, target)

    monkeypatch.setattr(execution.os, "replace", full)
    outcome = one(home)
    assert outcome.state == "failed"
    assert "01_first.ipynb' cannot be written: the disk is full. Make room on it" in outcome.sentence
    assert not list((home / "build").rglob("01_first*"))


SMALL_DISK = """mount -t tmpfs -o size={} none build && {} -m workshop.cli run --language en
echo "code $?"; find build -type f -exec sh -c 'echo "$1 $(tail -c 9 "$1" | tr -d "\\n ")"' _ {{}} \\;"""


@pytest.mark.parametrize("size", ["8k", "60k", "9m"])
def test_a_real_full_disk(home, size):
    """In a mount namespace of its own, where the system gives us one."""
    if not no_network.available():
        return
    lesson(home, "01_first", ["print('x' * 30_000)", "2"], languages=("en",))
    (home / "build").mkdir()
    command = ["unshare", "-rm", "sh", "-c", SMALL_DISK.format(size, sys.executable)]
    around = {**os.environ, "COURSE_HOME": str(home), "PYTHONUTF8": "1"}
    ended = subprocess.run(command, cwd=home, env=around, capture_output=True, text=True, encoding="utf-8")
    assert "Traceback" not in ended.stdout + ended.stderr, ended.stderr
    left = ended.stdout.split("code ")[1].splitlines()
    whole = {".html": "</html>", ".ipynb": "}", ".json": "}"}
    for line in left[1:]:
        name, end = line.rsplit(" ", 1)
        assert end.endswith(whole["." + name.rsplit(".", 1)[1]]), line
    if size == "9m":
        assert left[0] == "0"
        return
    assert left[0] == "1" and "cannot be written: the disk is full. Make room on it" in ended.stdout
    assert not any("build/en/" in line or "build/results/" in line for line in left)


def test_every_command_names_a_full_disk(monkeypatch, capsys):
    def full(_):
        raise OSError(errno.ENOSPC, "", "x.csv")

    monkeypatch.setattr(commands, "run", full)
    assert cli.main(["run", "--language", "zh"]) == 1
    assert capsys.readouterr().err.strip() == "无法写入 'x.csv'：磁盘已满。请清理出空间，或换一个文件夹。"
