"""One seed, one bank: its tables, its codebook and its truth, written as a whole or not at all."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from simbank import (
    actions,
    branches,
    calendar,
    customers,
    declared,
    disconfirmation,
    estimands,
    ledger,
    ledger_truth,
    opinions,
    plans,
    servqual_survey,
    simulated_codebook,
    truth,
    year,
)
from simbank.streams import CHUNK, generator

# Chosen so that branch B07 is clearly the worst in both waves, and never transformed.
SEED = 4796
BRANCHES = 24
CUSTOMERS = 20_000
FEWEST_CUSTOMERS = 1_000


class Occupied(plans.Unclear, FileExistsError):
    """The folder holds something that is not a bank."""


def make(
    folder, *, seed=SEED, customers=CUSTOMERS, branches=BRANCHES, plan=None, batches=None, progress=True
):
    """Make a bank and put it in a folder.

    Answers the question "what would this course look like on another bank?". The tables hang together by
    branch and customer; ``truth.json`` says what was put in and what the survey's statistics estimate;
    ``datapackage.json`` is the codebook. A bank with few customers has fewer answers per branch than the
    105–150 of the default: about 500 customers a branch are needed for those.

    Parameters
    ----------
    folder : str or path
        Where the bank goes. A bank that is there is replaced once the new one is complete; a folder that
        holds something else is left alone.
    seed : int
        One seed makes one bank: the same values on every platform.
    customers : int
        How many customers, 1,000 or more. Memory does not grow with them.
    branches : int
        How many branches, 3 to 60.
    plan : DataFrame, optional
        What is done in the year after the record (`plans.read`); without rows, nothing is. Without a plan the
        bank's own managers carry out theirs.
    batches : int, optional
        From how many draws each truth is estimated, 2 or more: fewer are sooner there, and ``truth.json`` says how
        much less certain they are.
    progress : bool
        Show a progress bar.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    ValueError
        If an argument cannot be used; the sentence says why, in both languages.
    FileExistsError
        If the folder holds something that is not a bank.

    Examples
    --------
    >>> make("my_bank", seed=7, customers=10)
    Traceback (most recent call last):
    ...
    simbank.plans.Unclear: `customers` must be a whole number of 1000 or more; it is 10. ...
    """
    _whole(seed, 0, None, "seed")
    _whole(customers, FEWEST_CUSTOMERS, None, "customers")
    _whole(branches, 3, 60, "branches")
    batches = estimands.BATCHES if batches is None else batches
    _whole(batches, 2, None, "batches")
    folder = Path(folder).absolute()
    _refuse_other(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    steps = 2 * -(-customers // CHUNK) + (4 + len(declared.SUBJECTS)) * batches
    try:
        with tqdm(total=steps, desc=folder.name, disable=None if progress else True, leave=False) as bar:
            _fill(
                temporary,
                seed=seed,
                size=customers,
                count=branches,
                plan=plan,
                batches=batches,
                step=bar.update,
            )
        # A temporary folder is its maker's alone; a bank is for everybody.
        temporary.chmod(0o755)
        _swap(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def _fill(folder, *, seed, size, count, plan, batches, step):
    """Write the files of a bank into an empty folder.

    Parameters
    ----------
    folder : pathlib.Path
        An empty folder.
    seed : int
        The seed of the bank.
    size, count : int
        How many customers and branches.
    plan, batches
        As for `make`.
    step : callable
        Called after each chunk and each batch.
    """
    rng = generator(seed, "branches")
    network = branches.draw(rng, count)
    known = branches.table(rng, network)
    here, steps = planned(seed, network, known, plan)
    _csv(known, folder / "branches.csv")
    queue = enrol(folder / "customers.csv", seed=seed, network=network, size=size, step=step)
    answers, compared = survey(seed, queue, network)
    _csv(answers, folder / "servqual.csv")
    _csv(compared, folder / "disconfirmation.csv")
    rows = {"branches": count, "customers": size, "servqual": len(answers), "disconfirmation": len(compared)}
    roll = []

    def note(number, people):
        roll.append(year.waiting(seed, people, number=number))

    rows |= ledger.write(
        folder, seed=seed, network=network, known=known, answers=answers, size=size, step=step, note=note
    )
    state = ledger.setting(seed, network, known).state
    for name, table in year.tables(seed, network, state, pd.concat(roll), steps, here).items():
        _csv(table, folder / f"{name}.csv")
        rows[name] = len(table)
    found = {"bank": simulated_codebook.codebook()["bank"]["name"], "seed": seed}
    listed = truth.quantities(seed, network, known, batches=batches, step=step)
    listed += ledger_truth.quantities(seed, network, known, batches=batches, step=step)
    listed += declared.quantities(seed, network, batches=batches, step=step)
    listed += declared.of_the_year(seed, network, steps, here, batches=batches, step=step)
    _truth(folder / "truth.json", found, listed)
    simulated_codebook.write(
        folder / "datapackage.json", simulated_codebook.descriptor(folder, seed=seed, rows=rows)
    )


def planned(seed, network, known, plan):
    """Say what the year meets and what is done in it.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    known : DataFrame
        The table ``branches``.
    plan : DataFrame or None
        As for `make`.

    Returns
    -------
    tuple of World, list of Step
        The same world for every plan.
    """
    perceived = network.perceived(calendar.DAYS)
    here = actions.world(seed, network, perceived)
    if plan is None:
        return here, plans.of_the_managers(seed, known, perceived, here)
    return here, plans.read(plan, known)


def enrol(path, *, seed, network, size, step):
    """Write the customers chunk by chunk, and keep those who wait for an invitation.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    size : int
        How many customers.
    step : callable
        Called after each chunk.

    Returns
    -------
    DataFrame
        As returned by `servqual_survey.shortest`: no longer for ten million customers than for fifty thousand.
    """
    queue = None
    for number, first in enumerate(range(0, size, CHUNK)):
        # A whole chunk is always drawn, so that customer 5 is the same person in a bank of any size.
        drawn = customers.draw(generator(seed, "customers", chunk=number), network, CHUNK).iloc[
            : size - first
        ]
        _csv(customers.table(drawn, first=first, network=network), path, more=number > 0)
        queue = servqual_survey.shortest(pd.concat([queue, servqual_survey.waiting(drawn, first=first)]))
        step()
    return queue


def survey(seed, queue, network):
    """Ask the customers who wait for an invitation.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    queue : DataFrame
        As returned by `enrol`.
    network : Network
        The branches.

    Returns
    -------
    tuple of DataFrame
        The tables ``servqual`` and ``disconfirmation``.
    """
    rng = generator(seed, "servqual")
    quota = servqual_survey.quotas(rng, len(network))
    people = servqual_survey.respond(rng, queue, network, quota)
    forms = opinions.form(rng, people, network)
    answers = servqual_survey.table(rng, forms, people, network)
    return answers, disconfirmation.table(seed, people, forms, answers)


def _csv(table, path, *, more=False):
    with path.open("a" if more else "w", encoding="utf-8", newline="") as file:
        table.to_csv(file, index=False, header=not more, lineterminator="\n")


def _truth(path, head, listed):
    """Write one quantity a line: a truth that changes is one line of a diff."""
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in listed)
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    path.write_text(f'{opening}, "quantities": [\n{lines}\n]}}\n', encoding="utf-8", newline="\n")


def _swap(temporary, folder):
    """Put the new bank in the old one's place; folders cannot be replaced in one step."""
    if folder.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
        os.replace(folder, old / folder.name)
        os.replace(temporary, folder)
        shutil.rmtree(old)
    else:
        os.replace(temporary, folder)


def _refuse_other(folder):
    if folder.exists() and not (
        folder.is_dir() and ((folder / "datapackage.json").exists() or not any(folder.iterdir()))
    ):
        raise Occupied(
            en=f"`folder` must be new, empty or a bank; {folder} holds something else. Choose another name.",
            zh=f"`folder`（文件夹）应为新建的、空的或已有的一家银行；{folder} 里是别的东西，请换一个名字。",
        )


def _whole(value, least, most, name):
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or value < least
        or (most is not None and value > most)
    ):
        bounds = f"of {least} or more" if most is None else f"from {least} to {most}"
        range_zh = f"不小于 {least} 的整数" if most is None else f"{least} 到 {most} 之间的整数"
        raise plans.Unclear(
            en=f"`{name}` must be a whole number {bounds}; it is {value!r}. Choose another number.",
            zh=f"`{name}` 应为{range_zh}，现在是 {value!r}，请改成这样的数。",
        )
