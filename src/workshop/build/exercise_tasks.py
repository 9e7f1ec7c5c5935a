"""The tasks of an exercises file: what is answered, which wrong answers are known, what is said about them."""

import ast
import re

from helpers.bank.language import LANGUAGES
from workshop.build.grammar import SOLUTION

HINTS = 3  # nudge, method, near-answer


def answered(source):
    """List the tasks that have a stored answer, with their known wrong answers.

    Parameters
    ----------
    source : Source
        An exercises file.

    Returns
    -------
    dict
        Task and list of wrong answers, as the cells tagged ``answers`` write them:
        ``answer("gap", value, wrong={"reversed": …})`` gives ``{"gap": ["reversed"]}``.
    """
    calls = [call for cell in source.cells if "answers" in cell.tags for call in cell.calls("answer")]
    return {_literal(call.args[0]): _wrong(call) for call in calls if call.args}


def sentences(source, key):
    """Collect hints, or what is said about right or wrong answers, in file order.

    Parameters
    ----------
    source : Source
        An exercises file.
    key : {"hint", "right", "wrong"}
        Which of them.

    Returns
    -------
    dict
        ``{"gap": {"en": […], "zh": […]}}``.
    """
    found = {}
    for cell in [cell for cell in source.cells if key in cell.metadata and cell.lang]:
        of_name = found.setdefault(str(cell.metadata[key]), {language: [] for language in LANGUAGES})
        of_name.setdefault(cell.lang, []).append(cell.text.strip())
    return found


def title(source, task):
    """Find what the notebook calls a task: the heading above the cell that asks for it.

    Parameters
    ----------
    source : Source
        An exercises file.
    task : str
        A key of `answered`.

    Returns
    -------
    dict
        Language → heading, without its marks.
    """
    found = {}
    for cell in source.cells:
        heading = re.match(r"##+ +(.+)", cell.text) if cell.kind == "prose" else None
        if heading and cell.lang and not {"hint", "wrong", "right"} & set(cell.metadata):
            found = {**found, cell.lang: re.sub(r"[*_`]", "", heading[1]).strip()}
        if any(call.args and _literal(call.args[0]) == task for call in cell.calls("answer")):
            break
    return found


def _known(source):
    """Hints, wrong answers and checks name a task that has an answer."""
    tasks = answered(source)
    wrongs = [f"{task}.{wrong}" for task, names in tasks.items() for wrong in names]
    for cell in source.cells:
        for function in ("check", "hint"):
            for name in [_literal(call.args[0]) for call in cell.calls(function) if call.args]:
                if name not in tasks:
                    yield cell, *_unknown(f"{function}('{name}')", tasks)
        for key, names in (("hint", tasks), ("right", tasks), ("wrong", wrongs)):
            if key in cell.metadata and cell.metadata[key] not in names:
                yield cell, *_unknown(f"{key} '{cell.metadata[key]}'", names)


def _told(source):
    """Every known wrong answer has one sentence; a task has at most three hints."""
    said, hints = sentences(source, "wrong"), sentences(source, "hint")
    for task, wrongs in answered(source).items():
        for wrong in wrongs:
            if len(said.get(f"{task}.{wrong}", {}).get("en", [])) != 1:
                yield (
                    None,
                    f"the wrong answer '{task}.{wrong}' must have one sentence. "
                    f'Write +++ {{"lang": "en", "wrong": "{task}.{wrong}"}} and its sibling.',
                    f"错误答案 '{task}.{wrong}' 应该有一句说明。"
                    f'请写 +++ {{"lang": "en", "wrong": "{task}.{wrong}"}} 和对应的中文。',
                )
        count = len(hints.get(task, {}).get("en", []))
        if count > HINTS:
            yield (
                None,
                f"the task '{task}' has {count} hints; at most {HINTS} are shown (nudge, method, near-answer).",
                f"任务 '{task}' 有 {count} 条提示；最多只显示 {HINTS} 条（点拨、方法、接近答案）。",
            )


def _cut(source):
    """Between one answer and the next a solution is cut: without its mark students would read it."""
    marked = False
    for cell in source.cells:
        marked |= bool(SOLUTION.search(cell.text)) or "solution" in {*cell.metadata, *cell.tags}
        if "answers" in cell.tags and not marked:
            yield (
                cell,
                "no line '# solution' stands above this answer, so that students would read the solution. Write it there.",
                "这个答案上面没有“# solution”一行，学员会直接看到解答。请补上这一行。",
            )
        marked &= "answers" not in cell.tags


def _wrong(call):
    """The names in ``wrong={…}``."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "wrong"]
    return [_literal(key) for value in given if isinstance(value, ast.Dict) for key in value.keys]


def _literal(node):
    """The text that is written there; what is computed is shown as code."""
    return node.value if isinstance(node, ast.Constant) else ast.unparse(node)


def _unknown(what, names):
    listed = ", ".join(sorted(names)) or "–"
    return (
        f"{what} names nothing that has an answer here; there are: {listed}. Correct the name.",
        f"{what} 在这里没有对应的答案；现有的是：{listed}。请改正名称。",
    )


RULES = (_known, _told, _cut)
