"""Answer keys: what students' answers are compared with, made by running the solutions once."""

import hashlib
import json

from helpers.bank.language import LANGUAGES
from workshop.build import editions, exercise_tasks

ANSWERS = "application/vnd.course.answers+json"


def fingerprint(root, source):
    """Say from what the answers of an exercises file were made.

    Parameters
    ----------
    root : Path
        The project.
    source : Source
        The exercises.

    Returns
    -------
    str
        A hash of the cells and of all files of the data folder that their parameters name.
    """
    digest = hashlib.sha256(repr(source.cells).encode())
    folder = root / "datasets" / str(source.parameters().get("data", ""))
    for path in sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []:
        digest.update(path.name.encode() + _digest(path))
    return digest.hexdigest()


def fresh(path, *, made_from):
    """Whether an answers file was made from this source and these data.

    Parameters
    ----------
    path : Path
        ``notebooks/answers/05_servqual.json``.
    made_from : str
        `fingerprint` of now.

    Returns
    -------
    bool
        False also where the file is not there or cannot be read.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))["made_from"] == made_from
    except (OSError, ValueError, KeyError, TypeError):
        return False


def built(root, source, *, seconds=600):
    """Run the teacher edition and write its answers as the student edition reads them.

    Parameters
    ----------
    root : Path
        The project; the notebook runs in its ``notebooks`` folder.
    source : Source
        The exercises.
    seconds : int
        The most one cell may take.

    Returns
    -------
    str
        JSON: ``lesson``, ``made_from``, the ``fingerprint`` of data and parameters, and ``tasks`` by
        name and in order; to what ``answer(…)`` told of each come ``hints`` (language → list) and
        ``messages`` (wrong answer → language → sentence).

    Raises
    ------
    WrongValue
        If a cell fails, or the tasks that answered are not those of the source.
    """
    found = _collected(_executed(root, source, seconds=seconds))
    expected = exercise_tasks.answered(source)
    if [task["task"] for task in found] != list(expected):
        told = ", ".join(task["task"] for task in found) or "–"
        raise source.problem(
            None,
            f"the answers told are {told}; the cells tagged 'answers' name {', '.join(expected)}.",
            f"得到的答案是 {told}；带 'answers' 标签的单元格写的是 {', '.join(expected)}。",
        )
    content = {"lesson": source.lesson, "made_from": fingerprint(root, source)}
    content["fingerprint"] = found[0].get("fingerprint", "") if found else ""
    content["tasks"] = {task["task"]: _entry(task, source, expected[task["task"]]) for task in found}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _entry(task, source, wrongs):
    """What is stored of one task: its digests, its hints, and a sentence for each wrong answer."""
    name = task["task"]
    hints = exercise_tasks.sentences(source, "hint").get(name, {language: [] for language in LANGUAGES})
    said, why = exercise_tasks.sentences(source, "wrong"), exercise_tasks.sentences(source, "right").get(name)
    messages = {
        wrong: {language: said[f"{name}.{wrong}"][language][0] for language in LANGUAGES} for wrong in wrongs
    }
    kept = {key: value for key, value in task.items() if key not in ("task", "lesson", "fingerprint")}
    reason = {"reason": {language: why[language][0] for language in LANGUAGES}} if why else {}
    return kept | {"title": exercise_tasks.title(source, name), "hints": hints, "messages": messages} | reason


def _digest(path):
    # A checkout with Windows line ends holds the same data.
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).digest()


def _executed(root, source, *, seconds):
    # Only here a kernel is needed; reading and checking sources must stay quick.
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    from workshop.jobs.python import ThisPython

    notebook = editions.notebook(source, language="en", teacher=True)
    kernel = type("Kernel", (ThisPython,), {"around": {"COURSE_HOME": str(root), "COURSE_PROGRESS": "off"}})
    place = {"metadata": {"path": str(root / "notebooks")}}
    client = NotebookClient(notebook, timeout=seconds, kernel_manager_class=kernel, resources=place)
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        last = getattr(error, "evalue", "") or str(error).strip().split("\n")[0]
        last = last.rstrip(".。")
        begun = [place for place, cell in enumerate(notebook.cells) if "execution" in cell.metadata]
        raise source.problem(
            source.in_language("en")[max(begun, default=0)],
            f"the solutions do not run ({last}). Correct them.",
            f"解答运行出错（{last}）。请改正。",
        ) from error
    return notebook


def _collected(notebook):
    """The payloads of all calls of ``answer``, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output["data"][ANSWERS] for output in outputs if ANSWERS in output.get("data", {})]
