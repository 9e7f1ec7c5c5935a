"""One notebook executed through papermill, in a kernel of this very Python, with its pages written."""

import errno
import multiprocessing
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from helpers.bank import files, language, temporary_folders
from helpers.bank.language import WrongValue, wrong
from workshop.jobs import no_network, stamps, tether
from workshop.jobs.python import ThisPython
from workshop.pages import pages
from workshop.run import failure

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# What a system says of a file that another program holds.
_HELD = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.EISDIR}
RESULTS = "application/vnd.course.results+json"
# Warnings of the machinery below a lesson (ipykernel, tornado …) are not the lesson's fault.
MACHINERY = ("ipykernel", "IPython", "jupyter_client", "tornado", "traitlets", "zmq", "asyncio")
# Nor is what these packages ask of pandas; each is named by its words, so that nothing else hides behind it.
KNOWN = (
    ("The copy keyword is deprecated", "seaborn"),  # seaborn.objects 0.13.2, in concat
    ("The set_(bad|over|under) function", "seaborn"),  # seaborn.heatmap 0.13.2
    ("The inplace (parameter|keyword)", "pingouin"),  # pingouin 0.7, in its ANOVA and ANCOVA
)
STRICT = (
    "import warnings; warnings.simplefilter('error'); "
    f"[warnings.filterwarnings('default', module=m) for m in {MACHINERY}]; "
    f"[warnings.filterwarnings('ignore', message=m, module=p) for m, p in {KNOWN}]; "
    "del warnings"
)


@dataclass(frozen=True)
class Job:
    """One notebook in one language, ready to run."""

    name: str
    language: str
    text: str  # the notebook, parameters injected, as JSON
    key: str
    home: Path
    folder: Path  # where the outputs go
    solved: bool = False  # exercises, run with their solutions
    timeout: int = 600
    strict: bool = False
    offline: bool = False
    figures: bool = False  # keep each figure without its texts too, for slides and paper
    links: tuple = ()  # pages that this one may link to

    @property
    def stem(self):
        """The file name of the outputs: solved exercises must not pass for the student's."""
        return self.name.removesuffix("_exercises") + "_solutions" if self.solved else self.name

    def product(self, suffix):
        """Where an output stands, for instance ``.ipynb`` or ``_classroom.html``."""
        return self.folder / self.language / f"{self.stem}{suffix}"

    @property
    def needed(self):
        """What there must be when it is done."""
        ends = (".ipynb", *(pages.ENDINGS[:1] if self.solved else pages.ENDINGS))
        return [self.product(end) for end in ends]

    @property
    def pictures(self):
        """Where figures without their texts are kept."""
        return self.folder / "figures" / self.language / self.stem

    @property
    def stamp(self):
        """The small file that says what was run, and how it ended."""
        return self.folder / "results" / self.language / f"{self.stem}.json"

    @property
    def remains(self):
        """Where a notebook that failed is kept for looking at."""
        return self.folder / "failed" / self.language / f"{self.stem}.ipynb"


@dataclass
class Outcome:
    """How it ended."""

    name: str
    language: str
    state: str  # "done", "unchanged" or "failed"
    seconds: float = 0.0
    results: dict = field(default_factory=dict)
    where: str = ""
    sentence: str = ""
    died: bool = False  # Python itself stopped, which says nothing about the lesson


def execute(job):
    """Run one notebook, and put its outputs in place whole or not at all.

    Parameters
    ----------
    job : Job
        What to run.

    Returns
    -------
    Outcome
        Failures are told in it, not raised.
    """
    language.use(job.language)
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
        # Beside the outputs, so that os.replace stays within one disk.
        with temporary_folders.temporary(job.folder) as place:
            return _attempt(job, place / f"{job.stem}.ipynb")
    except OSError as error:
        sentence = str(files.refusal(job.folder, error))
        return Outcome(job.name, job.language, "failed", sentence=sentence)


def in_worker(job):
    """Run one notebook in a process of its own, and end what it left running.

    It stands here, where little is imported: each worker imports what its function's module does.

    Parameters
    ----------
    job : Job
        What to run.

    Returns
    -------
    Outcome
        As of `execute`.
    """
    try:
        return execute(job)
    finally:
        if multiprocessing.parent_process() is not None:
            tether.sweep()


def _attempt(job, draft):
    """Run it in a scratch folder of its own."""
    started = time.perf_counter()
    try:
        _withdraw(job)
        notebook = _run(job, draft)
        forms = pages.forms(
            notebook, stem=job.stem, language=job.language, links=job.links, solved=job.solved
        )
        seconds = time.perf_counter() - started
        return _deliver(job, draft, forms=forms, seconds=seconds, kept=results(notebook))
    except Exception as error:  # whatever a lesson does, the others run on
        return _failure(job, draft, error=error, seconds=time.perf_counter() - started)


def results(notebook):
    """Collect the key results that a lesson kept.

    Parameters
    ----------
    notebook : NotebookNode
        An executed notebook.

    Returns
    -------
    dict
        Name → value, in the order they were kept.
    """
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            found |= output.get("data", {}).get(RESULTS, {})
    return found


def _environment(job, scratch):
    """Say what the kernel finds around it: this collection, no profile of the user's, no network.

    Parameters
    ----------
    job : Job
        What will run.
    scratch : Path
        A folder that lives as long as the run.

    Returns
    -------
    dict
        Environment variables, for the kernel alone.
    """
    around = {"COURSE_HOME": str(job.home), "IPYTHONDIR": str(scratch / "ipython")}
    # One thread a kernel: lessons already run side by side, and sums keep their last digit.
    around |= dict.fromkeys(THREADS, "1")
    if job.figures:
        around["COURSE_FIGURES"] = str(job.pictures)
    if job.offline:
        (scratch / "site").mkdir()
        guarded = str(no_network.site_folder(scratch / "site"))
        around["PYTHONPATH"] = os.pathsep.join(filter(None, [guarded, os.environ.get("PYTHONPATH")]))
    return around


def _run(job, draft):
    """Hand the notebook to papermill."""
    import papermill

    from workshop.jobs import capped

    place = draft.parent / "work"
    place.mkdir()
    extra = (f"--IPKernelApp.exec_lines={STRICT}",) if job.strict else ()
    about = {"extra": extra, "around": _environment(job, draft.parent), "place": draft.parent}
    return papermill.execute_notebook(
        nbformat.reads(job.text, as_version=4),
        str(draft).replace("{", "{{").replace("}", "}}"),  # papermill formats paths
        engine_name=capped.ENGINE,
        kernel_name="python3",
        kernel_manager_class=type("Kernel", (ThisPython,), about),
        progress_bar=False,
        execution_timeout=job.timeout,
        resources={"metadata": {"path": str(place)}},
    )


def _withdraw(job):
    """Take away what an earlier run left: nothing old may pass for the result of this one."""
    for old in (job.stamp, job.remains, *(job.product(end) for end in pages.ENDINGS), job.product(".ipynb")):
        try:
            old.unlink(missing_ok=True)
        except OSError as error:  # Windows, where another program has it open
            if error.errno not in _HELD:
                raise files.refusal(old, error) from error
            raise wrong("workshop.execution.unreplaceable", old=old) from error
    if job.figures:
        shutil.rmtree(job.pictures, ignore_errors=True)


def _deliver(job, draft, *, forms, seconds, kept):
    """Move everything into place once all of it is written; the stamp comes last."""
    finished = nbformat.read(draft, as_version=4)
    finished.metadata.pop("papermill", None)  # times and paths of this machine
    for cell in finished.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
    ready = {job.product(".ipynb"): nbformat.writes(finished) + "\n"}
    ready |= {job.product(end): text for end, text in forms.items()}
    try:
        for path, text in ready.items():
            draft.with_name(path.name).write_text(text, encoding="utf-8", newline="\n")
        job.product("").parent.mkdir(parents=True, exist_ok=True)
        for path in ready:
            os.replace(draft.with_name(path.name), path)
    except OSError as error:
        raise files.refusal(job.product(".ipynb"), error) from error
    pictures = [path for path in sorted(job.pictures.glob("*")) if job.figures and path.is_file()]
    outputs = stamps.digests([*ready, *pictures], folder=job.folder)
    stamps.write(job.stamp, stamps.Stamp(job.key, seconds, kept, pages.title(finished), outputs))
    return Outcome(job.name, job.language, "done", seconds, kept, where=str(job.product(".html")))


def _failure(job, draft, *, error, seconds):
    """Name cell and error, and keep the notebook as far as it came; half a set of outputs is none."""
    with suppress(WrongValue):
        _withdraw(job)
    where = ""
    with suppress(OSError, ValueError, AttributeError, KeyError):  # not written to its end: not kept
        nbformat.read(draft, as_version=4)
        job.remains.parent.mkdir(parents=True, exist_ok=True)
        os.replace(draft, job.remains)
        where = str(job.remains)
    error = failure.of_the_disk(error, target=job.product(".ipynb"))
    told = {
        "sentence": failure.told(error, kept=job.remains, timeout=job.timeout),
        "died": failure.died(error),
    }
    return Outcome(job.name, job.language, "failed", seconds, where=where, **told)
