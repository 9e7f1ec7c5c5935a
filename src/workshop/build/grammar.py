"""What a source may hold: known metadata, plain code, a parameters cell, names that are used once.

Each rule takes a `Source` and yields ``(cell or None, en, zh)`` for every problem.
"""

import ast
import io
import re
import tokenize
from collections import Counter

from classroom.notebook import placeholders
from helpers.bank.language import WrongValue
from workshop.jobs.parameters import assignment

SOLUTION = re.compile(r"^[ \t]*#\s*solution\s*$", re.MULTILINE)
KEYS = {
    "prose": (
        "lang",
        "name",
        "tags",
        "slide",
        "needs",
        "text",
        "hint",
        "right",
        "wrong",
        "solution",
    ),
    "code": ("name", "tags", "needs"),
}
TAGS = (
    "parameters",
    "solution",
    "answers",
    "slide",
    "handout",
    "predict",
    "code-only",
    "hide-input",
    "raises-exception",
)
EXERCISES_ONLY = ("hint", "right", "wrong", "solution", "answers")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _header(source):
    """The YAML header holds jupytext and kernelspec, nothing else."""
    wrong = sorted({"jupytext", "kernelspec"} ^ set(source.header))
    if wrong:
        yield (
            None,
            f"the header must hold jupytext and kernelspec and nothing else; look at {', '.join(wrong)}.",
            f"文件头只能有 jupytext 和 kernelspec 两项；请检查 {'、'.join(wrong)}。",
        )


def _metadata(source):
    """Only known keys and tags, so that a slip of the pen never shows a solution to students."""
    for cell in source.cells:
        known = KEYS.get(cell.kind, ())
        for key in [key for key in cell.metadata if key not in known]:
            yield (
                cell,
                f"the metadata key '{key}' is not known. Known are {', '.join(known)}.",
                f"不认识元数据 '{key}'。可以用的有 {'、'.join(known)}。",
            )
        for tag in [tag for tag in cell.tags if tag not in TAGS]:
            yield (
                cell,
                f"the tag '{tag}' is not known. Known are {', '.join(TAGS)}.",
                f"不认识标签 '{tag}'。可以用的有 {'、'.join(TAGS)}。",
            )
        for word in EXERCISES_ONLY:
            if source.part != "exercises" and word in {*cell.metadata, *cell.tags}:
                yield (
                    cell,
                    f"'{word}' belongs into exercises.md only. Move the cell.",
                    f"'{word}' 只能用在 exercises.md 里。请把这个单元格移过去。",
                )


def _empty(source):
    """No cell is empty."""
    for cell in source.cells:
        if not cell.text.strip():
            yield cell, "the cell is empty. Fill or delete it.", "这个单元格是空的。请填写或删除。"


def _names(source):
    """A name is given once, and can be a cell's id."""
    named = [cell for cell in source.cells if "name" in cell.metadata and cell.lang != "zh"]
    uses = Counter(str(cell.metadata["name"]) for cell in named)
    for cell in named:
        name = str(cell.metadata["name"])
        if uses[name] > 1:
            yield (
                cell,
                f"the name '{name}' is given {uses[name]} times. Choose another.",
                f"名称 '{name}' 用了 {uses[name]} 次。请换一个。",
            )
        if not _NAME.fullmatch(name):
            yield (
                cell,
                f"the name '{name}' may hold letters, digits, _ and - only, at most 64.",
                f"名称 '{name}' 只能用英文字母、数字、_ 和 -，最多 64 个字符。",
            )


def _code(source):
    """Code is Python and speaks no language: no comments but ``# solution``."""
    for cell in [cell for cell in source.cells if cell.kind == "code"]:
        # What is left of a cut cell must run, too.
        for text in {cell.text, SOLUTION.split(cell.text)[0]}:
            if "raises-exception" not in cell.tags and (error := _syntax_error(text)):
                yield (
                    cell,
                    f"the code is not valid Python ({error}). Correct it.",
                    f"代码不是有效的 Python（{error}）。请改正。",
                )
        if SOLUTION.search(cell.text) and source.part != "exercises":
            yield (
                cell,
                "'# solution' belongs into exercises.md only. Delete the line.",
                "'# solution' 只能用在 exercises.md 里。请删除这一行。",
            )
        for comment in _comments(cell.text):
            yield (
                cell,
                f"the comment '{comment}' speaks one language only. Say it in prose, in both.",
                f"注释“{comment}”只用了一种语言。请写进正文，两种语言都写。",
            )


def _parameters(source):
    """One cell is tagged ``parameters``; it sets language = "en" and computes nothing."""
    cells = [cell for cell in source.cells if "parameters" in cell.tags]
    if len(cells) != 1:
        yield (
            None,
            f"one code cell must be tagged 'parameters'; there are {len(cells)}.",
            f"应该有一个代码单元格带 'parameters' 标签，现在有 {len(cells)} 个。",
        )
        return
    if source.parameters().get("language") != "en":
        yield (
            cells[0],
            'the parameters must hold the line language = "en"; building sets the other language.',
            '参数单元格里应该有一行 language = "en"；生成笔记本时会换成相应的语言。',
        )
    for line in [line for line in cells[0].tree.body if assignment(line) is None]:
        yield (
            cells[0],
            f"parameters are plain values; '{ast.unparse(line)}' computes. Move it to the next cell.",
            f"参数只能是直接写出的值；'{ast.unparse(line)}' 需要计算。请移到下一个单元格。",
        )


def _braces(source):
    """Braces are closed and well formed, and what is computed is in a text, where it can be filled."""
    for cell in [cell for cell in source.cells if cell.kind == "prose"]:
        try:
            found = placeholders.fields(cell.text)
        except WrongValue as error:
            yield cell, error.en, error.zh
            continue
        if found and {"hint", "right", "wrong"} & set(cell.metadata):
            yield (
                cell,
                "hints and sentences about wrong answers cannot hold placeholders. Write them without numbers.",
                "提示和错误答案的说明里不能有占位符。请写成不带数值的句子。",
            )
        elif found and "text" not in cell.metadata:
            yield (
                cell,
                "what is computed is in the text of what shows it, not in prose. Move it to the sentence of a show(…).",
                "算出来的数不写在正文里，要写进 show(…) 对应的文字。请移到那里的 sentence。",
            )


def needed(source, *, known):
    """What a cell needs is something that data can lack.

    Parameters
    ----------
    source : Source
        A lesson.
    known : dict
        What can be needed (``course/needs.yml``).

    Yields
    ------
    tuple
        Cell and the problem in both languages.
    """
    for cell in source.cells:
        if not isinstance(cell.metadata.get("needs", []), list):
            yield (
                cell,
                'what a cell needs is a list. Write "needs": ["truth"], or :needs: [truth] above code.',
                '单元格需要什么，要写成列表。请写 "needs": ["truth"]；代码单元格写 :needs: [truth]。',
            )
            continue
        for name in cell.metadata.get("needs", []):
            if name.removeprefix("no_") not in known:
                yield (
                    cell,
                    f"'{name}' is nothing that a cell can need; there are {', '.join(known)}. Correct the name.",
                    f"单元格不能需要 '{name}'；可以写的有 {'、'.join(known)}。请改正名称。",
                )


def _opening(source):
    """A notebook starts under its own name: its texts and answers are found by it."""
    stem = source.lesson + {"lesson": ""}.get(source.part, f"_{source.part}")
    for cell in source.cells:
        for name in [call.args[0] for call in cell.calls("start") if call.args]:
            if isinstance(name, ast.Constant) and name.value != stem:
                yield (
                    cell,
                    f"the notebook starts as '{name.value}' but is called '{stem}'. Correct the name.",
                    f"这里用 '{name.value}' 启动，但笔记本名是 '{stem}'。请改正名称。",
                )


def _syntax_error(text):
    try:
        ast.parse(text)
    except SyntaxError as error:
        return error.msg


def _comments(text):
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return []
    comments = [token for token in tokens if token.type == tokenize.COMMENT]
    return [one.string for one in comments if not SOLUTION.fullmatch(one.string)]


RULES = (_header, _metadata, _empty, _names, _code, _parameters, _opening, _braces)
