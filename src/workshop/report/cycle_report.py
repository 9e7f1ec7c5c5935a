"""Reports on one whole cycle: a student's three pages from the saved notebook, and one page that compares many banks."""

import base64
import re
from pathlib import Path

import nbformat
import pandas as pd

from classroom.notebook import say
from helpers.bank import bank as banks
from helpers.bank import codebook, escaping, language
from helpers.bank.language import pick, worded, wrong
from owndata.map import folders
from workshop.report import report_page, report_word
from workshop.report.report_text import Block, strong

PAGE, REPORT = "index.html", "cycle"
_CHECKPOINT = re.compile(r"^## ((?:Checkpoint|检查点) \d .+)$", re.MULTILINE)
_UNWRITTEN = re.compile(r"\*\d · .+\*")  # the line that waits for a sentence
_MARKS = re.compile(r"^>\s?|^[-*]\s+", re.MULTILINE)
_SAID = re.compile(
    r"\*(?:Often said:|常见误解：)\*.*", re.DOTALL
)  # for the reader of the lesson, not of the report


def write(data, *, out, notebook=None, spoken="en"):
    """Write the report of one bank or, from a folder of banks, the page that compares them.

    Parameters
    ----------
    data : str or Path
        A bank, or a folder that holds several.
    out : Path
        Where the files go.
    notebook : Path, optional
        The student's saved notebook; its sentences and figures are the report.
    spoken : {"en", "zh"}
        The language of the report.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    WrongValue
        If there is no bank with a year after its record, or the notebook holds no checkpoint.
    """
    language.use(spoken)
    many = sorted(path.parent for path in Path(data).glob("*/datapackage.json"))
    folders.refuse_occupied(out, ours=(PAGE, f"{REPORT}.html", f"{REPORT}.docx"))
    if many:
        text = report_page.listing(compared(many))
        with folders.whole(out) as draft:
            (draft / PAGE).write_text(text, encoding="utf-8")
        return Path(out) / PAGE
    made = blocks(data, notebook=notebook)  # refused before anything is written
    with folders.whole(out) as draft:
        report_word.report(made, draft / f"{REPORT}.docx")
        text = report_page.report(made, word=f"{REPORT}.docx", index=None)
        (draft / f"{REPORT}.html").write_text(text, encoding="utf-8")
    return Path(out) / f"{REPORT}.html"


def year(folder):
    """Read what a bank's plan did, what it cost and what was possible.

    Parameters
    ----------
    folder : str or Path
        A bank with a year after its record.

    Returns
    -------
    tuple of dict, DataFrame
        ``bank``, ``seed``, ``found``, ``days``, ``cost``, ``brought``, ``best``, ``share``; and one row an action: the
        columns of ``year_plan``, and ``effect``.
    """
    book = banks.Bank(folder)
    codebook.use(book)
    if "year_survey" not in book.tables or not book.simulated:
        raise wrong("workshop.cycle_report.no_year", folder=folder)
    truth, nothing = book.truth(), pd.DataFrame(columns=["number", "action", "branch", "days"])
    plan = book.load("year_plan") if "year_plan" in book.tables else nothing
    whole = truth[truth["branch"].isna()].drop_duplicates("quantity").set_index("quantity")["construct"]
    days, brought, best = plan["days"].sum(), whole["year_effect"], whole["year_best"]
    told = {"bank": Path(folder).name, "seed": book.package["seed"], "days": int(days)}
    told |= {"cost": days * whole["year_day_cost"], "brought": brought, "best": best, "share": brought / best}
    told["found"] = _found(plan[plan["days"] > 0], truth)
    effect = truth.reindex(columns=["quantity", "number", "construct"]).query("quantity == 'year_action'")
    effect = effect.assign(number=effect["number"].astype(int)).set_index("number")["construct"]
    return told, plan.assign(effect=plan["number"].map(effect).fillna(0.0))


def _found(done, truth):
    """In words, what of a bank's three secrets a plan acted on: lowest branch, heaviest step, group that gains."""
    level = truth.query("quantity == 'satisfaction' and wave == 2 and population == 'this_bank'").dropna(
        subset="branch"
    )
    whole = truth[(truth["quantity"] == "action_full")]
    secrets = {
        "branch": (level.set_index("branch")["estimand"].idxmin(), pick(en="branch", zh="网点")),
        "touchpoint": (_largest(whole, "mend_moment", "touchpoint"), pick(en="step", zh="环节")),
        "group": (_largest(whole, "care_calls", "group"), pick(en="group", zh="客户群")),
    }
    hits = [
        word for column, (true, word) in secrets.items() if column in done and (done[column] == true).any()
    ]
    return " · ".join(hits) or "–"


def _largest(whole, action, column):
    """Where one kind of action does most in this bank."""
    own = whole[(whole["action"] == action) & whole[column].notna()]
    return own.set_index(column)["construct"].idxmax()


def compared(many):
    """Write the page that compares banks.

    Parameters
    ----------
    many : list of Path
        Their folders.

    Returns
    -------
    list of Block
        In reading order, in the reader's language.
    """
    # Each row is written while its own bank is the open one: the same id is another branch elsewhere.
    years = [(one[0]["share"], _compared(*one)) for one in map(year, many)]
    rows = [row for _, row in sorted(years, key=lambda one: -one[0])]
    heads = pick(
        en=["Bank", "Share", "Brought / best", "Yuan", "Found", "Idle", "Action that did most"],
        zh=["银行", "做到了", "换来／最好", "元", "找对了", "白做", "作用最大的措施"],
    )
    return [
        Block("title", pick(en="One whole cycle: all banks", zh="走完一整轮：所有银行")),
        Block("text", worded("workshop.cycle_report.compared")),
        Block("table", table=pd.DataFrame(rows, columns=heads)),
    ]  # fmt: skip


def _compared(told, plan):
    """One row of the page that compares banks."""
    best = plan.loc[plan["effect"].idxmax()] if len(plan) else None
    idle = int(((plan["effect"].abs() < 0.005) & (plan["days"] > 0)).sum())
    share = f"{told['share']:.0%}".replace("-", "−")
    both = f"{_points(told['brought'])} / {_points(told['best'])}"
    cost = f"{told['cost']:,.0f}"
    return [told["bank"], share, both, cost, told["found"], str(idle), _where(best)]


def blocks(folder, *, notebook):
    """Write a student's report.

    Parameters
    ----------
    folder : str or Path
        The bank.
    notebook : Path
        The saved notebook, with its results.

    Returns
    -------
    list of Block
        In reading order, in the reader's language.
    """
    told, plan = year(folder)
    found = checkpoints(_read(notebook, brought=told["brought"] if len(plan) else None))
    listed = [
        Block("title", pick(en=f"One whole cycle: bank {told['seed']}", zh=f"走完一整轮：{told['seed']} 号银行")),
        Block("lead", worded("workshop.cycle_report.brought", days=told['days'], cost=told['cost'], brought=_points(told['brought']), share=told['share'], best=_points(told['best']))),
    ]  # fmt: skip
    unwritten = pick(en="No sentence of your own yet.", zh="这里还没有你自己的话。")
    for heading, own, outputs in found:
        listed.append(Block("heading", heading))
        listed += [Block("text", strong(text)) for text in own or [unwritten]]
        listed += [block for block in map(_block, outputs) if block]
        if re.search(r" 3 ", heading) and len(plan):
            listed.append(Block("table", table=_planned(plan)))
    rows = [
        [_where(row), str(row.days), _points(row.effect)] for row in plan.sort_values("number").itertuples()
    ]
    heads = pick(
        en=["Action", "Person-days", "True effect there (points)"], zh=["措施", "人天", "真实作用（分）"]
    )
    if rows:
        listed.append(
            Block(
                "table",
                pick(en="Beside the truth of this bank:", zh="和这家银行的真值对照："),
                table=pd.DataFrame(rows, columns=heads),
            )
        )
    return listed


def _planned(plan):
    """The plan as it was carried out: each row its owner, its dates, days asked for and given."""
    rows = [
        [
            _where(row),
            f"{row.owner}, {row.start:%Y-%m-%d} – {row.end:%Y-%m-%d}",
            str(row.days_planned),
            str(row.days),
        ]
        for row in plan.sort_values("number").itertuples()
    ]
    heads = pick(
        en=["Action", "Owner, from – to", "Days planned", "Days given"],
        zh=["措施", "责任人，起止", "计划人天", "实际人天"],
    )
    return pd.DataFrame(rows, columns=heads)


def checkpoints(notebook):
    """Cut a saved notebook into its checkpoints.

    Parameters
    ----------
    notebook : NotebookNode
        With its results.

    Returns
    -------
    list of tuple
        Heading, the student's own sentences, and the outputs under it.
    """
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            if found:
                found[-1][2].extend(cell.get("outputs", []))
            continue
        # A cell may end one checkpoint with the student's sentence and begin the next.
        for piece in re.split(r"(?=^## )", cell.source, flags=re.MULTILINE):
            heading = _CHECKPOINT.search(piece)
            if heading:
                found.append((heading[1], [], []))
            elif piece.startswith("## "):
                return found
            elif found:
                found[-1][1].extend(_sentences(piece))
    return found


def _sentences(piece):
    """What a student wrote before the next heading, with or without the sign that the course put there."""
    if piece.lstrip().startswith("#"):
        return []
    lines = (_MARKS.sub("", line).strip() for line in piece.splitlines())
    return [line for line in lines if line and not _UNWRITTEN.fullmatch(line)]


def _read(notebook, *, brought):
    """The notebook, where it is one with checkpoints and results of this very bank, all of them without an error."""
    if notebook is None:
        raise wrong("workshop.cycle_report.no_notebook")
    try:
        read = nbformat.read(notebook, 4)
    except Exception:  # not there, not JSON, not a notebook: one sentence for all of them
        read = nbformat.v4.new_notebook()
    found = checkpoints(read)
    if not any(outputs for _, _, outputs in found):
        raise wrong("workshop.cycle_report.not_saved", notebook=notebook)
    if stopped := [name for name, _, outputs in found if any(one.output_type == "error" for one in outputs)]:
        raise wrong("workshop.cycle_report.stopped", notebook=notebook, heading=stopped[0])
    if (kept := _kept(read)) is not None and abs(kept - (brought or 0.0)) > 1e-9:
        raise wrong("workshop.cycle_report.other_year", notebook=notebook)
    return read


def _kept(notebook):
    """What the notebook says that its plan brought; None where it does not say."""
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    kept = (one.get("data", {}).get(say.RESULTS, {}).get("brought") for one in outputs)
    return next((value for value in kept if value is not None), None)


def _block(output):
    """A figure or a sentence of the notebook, as the report shows it; None for anything else."""
    data, about = output.get("data", {}), output.get("metadata", {})
    if "image/png" in data:
        return Block(
            "figure",
            "",  # its title stands in the picture
            image=base64.b64decode(data["image/png"]),
            alt=about.get("alt", ""),
        )
    said = _SAID.sub("", "".join(data.get("text/markdown", ""))).strip()
    if about.get("sentence") and "`" not in said:  # what names a command is for the reader of the lesson
        return Block("text", escaping.line(said.replace("*", "")))
    return None


def _where(row):
    """An action and its branch in words."""
    if row is None:
        return pick(en="nothing was done", zh="什么都没做")
    label = codebook.current().label
    return f"{label(row.action)} · {label(row.branch)}"


def _points(value):
    return f"{value:.3f}".replace("-", "−")
