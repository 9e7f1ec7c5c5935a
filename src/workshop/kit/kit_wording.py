"""A lesson as a room without Python reads it: no names of code, no promise of lessons that the kit lacks."""

import re

import nbformat

from helpers.bank.language import current
from workshop.build import yamlfile

CLAUSE = re.compile(r"[^。；！？\n]*?(?:[。；！？]|[.;!?](?=[\s”\"*)]|$))[”’）)*\"]*\s*|[^\n]+$")
CODE = re.compile(r"`[^`\u4e00-\u9fff]*`")
KEPT = re.compile(r"`[^`]*\.(?:xlsx|docx|pptx|html|pdf)`")  # files of the kit
BARE = re.compile(r" \((?:0\d|1[0-8])(?:, (?:0\d|1[0-8]))*\)")
LESSONS = {
    "zh": r"第 ?((?:\d\d)(?:[、和或]\d\d)*) ?课",
    "en": r"[Ll]essons? ((?:\d\d)(?:(?:, | and | or )\d\d)*)",
}


def wording(home):
    """Read what may not be said, in the reader's language.

    Parameters
    ----------
    home : Path
        The collection's folder.

    Returns
    -------
    dict
        ``cut`` and ``drop``: a pattern each; ``instead``: words and what to say for them.
    """
    found = yamlfile.read(home / "course" / "day" / "plain.yml")[current()]
    return {name: re.compile("|".join(found[name])) for name in ("cut", "drop")} | {
        "instead": found["instead"]
    }


def notebook(held, *, words, numbers):
    """Make an executed notebook readable where nobody has Python.

    Parameters
    ----------
    held : NotebookNode
        Executed.
    words : dict
        From `wording`.
    numbers : dict
        Lesson ids' first two digits → number in this kit.

    Returns
    -------
    NotebookNode
        A copy; code is untouched, for nobody sees it.
    """
    held = nbformat.from_dict(held)
    for cell in held.cells:
        if cell.cell_type == "markdown" and "code-only" not in cell.metadata.get("tags", []):
            cell.source = text(cell.source, words=words, numbers=numbers)
        for output in cell.get("outputs", []):
            _output(output, words, numbers)
    return held


def text(written, *, words, numbers):
    """Leave out of Markdown the clauses that need Python or another lesson.

    Parameters
    ----------
    written : str
        Markdown.
    words : dict
        From `wording`.
    numbers : dict
        As for `notebook`.

    Returns
    -------
    str
        Markdown.
    """
    lines = [_line(line, words, numbers) for line in written.split("\n")]
    kept = "\n".join(line for line in lines if line is not None)
    kept = re.sub(
        r"\*\*“([^*”]*)”\*\*", r"“**\1**”", kept
    )  # Markdown sees no bold between a quote and a mark
    return re.sub(r"<details>\s*<summary>[^<]*</summary>\s*</details>", "", kept).strip("\n")


def _line(line, words, numbers):
    """One line; None where nothing is left of it."""
    if line.startswith("|") and not re.fullmatch(r"[|:\- ]+", line):
        return "|".join(_clauses(part, words, numbers) for part in line.split("|"))
    lead = re.match(r"\s*(?:[-*] |\d+\. |#+ (?:\d\d · )?|> )?", line)[0]
    kept = _clauses(line[len(lead) :], words, numbers)
    if line.strip() and not kept.strip():
        return None
    if number := re.match(r"(#+ )(\d\d) · ", lead):
        lead = f"{number[1]}{numbers.get(number[2], number[2])} · "
    return lead + kept


def _clauses(line, words, numbers):
    """What may be said of a line."""
    line = words["cut"].sub("", _instead(line, words))
    kept, clauses = [], [found[0] for found in CLAUSE.finditer(line)]
    for clause in clauses:
        clause = _renumbered(clause, numbers)
        if clause is None or CODE.search(KEPT.sub("", clause)) or words["drop"].search(clause):
            continue
        kept.append(clause)
    said = "".join(kept)
    if len(kept) == len(clauses):
        return said
    said = said if said.count("*") % 2 == 0 else said.replace("*", "")
    said = re.sub(
        r"(?:^|(?<=[.!?] ))[a-z]", lambda first: first[0].upper(), re.sub(r"; (?=[A-Z])", ". ", said)
    )
    return re.sub(r"[；;]\s*$", "。" if re.search(r"[\u4e00-\u9fff]", said) else ".", said)


def _renumbered(clause, numbers):
    """Lessons as this kit counts them; those that it lacks go with their brackets, or the whole clause goes (None)."""
    lacking = False

    def renamed(found):
        nonlocal lacking
        there = [numbers[one] for one in re.findall(r"\d\d", found[1]) if one in numbers]
        lacking = lacking or not there
        if current() == "zh":
            return f"第 {'、'.join(there)} 课" if there else ""
        return f"{found[0][0]}esson{'s' * (len(there) > 1)} {', '.join(there)}" if there else ""

    clause = BARE.sub(lambda one: _bare(one, numbers), clause)
    pattern = LESSONS[current()]
    bracketed = re.sub(
        rf" ?[（(][^（）()]*{pattern}[^（）()]*[)）]", lambda one: _bracket(one, numbers), clause
    )
    renewed = re.sub(pattern, renamed, bracketed)
    return None if lacking else renewed


def _bare(found, numbers):
    """Lessons named by their numbers alone, in brackets: those that the kit has, as it counts them."""
    there = [numbers[one] for one in re.findall(r"\d\d", found[0]) if one in numbers]
    return f" (lesson{'s' * (len(there) > 1)} {', '.join(there)})" if there else ""


def _bracket(found, numbers):
    """A bracket that refers to a lesson is kept where the kit has one of these."""
    return found[0] if any(one in numbers for one in re.findall(r"\d\d", found[1])) else ""


def _instead(line, words):
    for before, after in words["instead"].items():
        line = line.replace(before, after)
    return line


def _output(output, words, numbers):
    """What a cell shows: sentences and captions lose clauses, tables only change words."""
    data = output.get("data", {})
    if "text/markdown" in data:
        data["text/markdown"] = text(data["text/markdown"], words=words, numbers=numbers)
    if "text/html" in data:
        data["text/html"] = _instead(data["text/html"], words)
    for about in output.get("metadata", {}).values():
        if isinstance(about, dict):
            for name in {"title", "caption", "alt"} & set(about):
                about[name] = text(about[name], words=words, numbers=numbers) or about[name]
