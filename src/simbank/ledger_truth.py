"""The truth of the ledger: what was put in, what its statistics estimate, and a sentence for each."""

import numpy as np
import pandas as pd

from simbank import calendar, cases, estimands, leaving, ledger, service, touchpoints, true_segments
from simbank.ledger_estimands import PLACES_OF, draw, key, of_causes, statistics
from simbank.simulated_codebook import fields
from simbank.streams import generator
from simbank.truth import LANGUAGES, rounded, words

FIRST_STREAM = 1000


def quantities(seed, network, known, *, batches=None, step=None):
    """List everything that is true of a bank's ledger.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    known : DataFrame
        The table ``branches``.
    batches : int, optional
        How many to draw; ``estimands.BATCHES`` without it.
    step : callable, optional
        Called after each batch, for a progress bar.

    Returns
    -------
    list of dict
        Entries of ``truth.json``.
    """
    bank = ledger.setting(seed, network, known)
    rows = []
    for number in range(batches or estimands.BATCHES):
        drawn = draw(generator(seed, "truth", chunk=FIRST_STREAM + number), bank)
        rows.append(statistics(*drawn) | of_causes(drawn[2], drawn[3], bank.moments))
        if step is not None:
            step()
    drawn = pd.DataFrame(rows)
    estimates, errors = drawn.mean(), drawn.sem()
    put_in = constructs(bank) | _exact(bank)
    keys = sorted(set(put_in) | set(drawn.columns), key=str)
    known = known.set_index("branch")
    return [entry(key, put_in.get(key), estimates.get(key), errors.get(key), known) for key in keys]


def constructs(bank):
    """Return what was put in: moments, hazards, rates, planted shifts and transformations."""
    result = {}
    for at, name in enumerate(touchpoints.NAMES):
        place = {"journey": touchpoints.JOURNEYS[touchpoints.JOURNEY[at]], "touchpoint": name}
        weight, shape = bank.moments.weight[at] / 100, bank.moments.shape[at]
        result[key("moment_penalty", **place)] = 0.0 if shape == touchpoints.REWARD else weight
        result[key("moment_reward", **place)] = 0.0 if shape == touchpoints.PENALTY else weight
        if shape == touchpoints.LINEAR:
            result[key("moment_effect", **place)] = weight
    for journey in touchpoints.JOURNEYS:
        result[key("peak_weight", journey=journey)] = bank.moments.peak / 100
        result[key("end_weight", journey=journey)] = bank.moments.end / 100
    result[key("case_halo")] = cases.HALO / 100
    result |= {
        key("card_rate", segment=name): bank.habits.card[k] / 1000
        for k, name in enumerate(true_segments.SEGMENTS)
    }
    return result | _hazards() | _weekly(bank)


def _hazards():
    """Return the ratios of the monthly hazard of leaving."""
    ratios = {"standing": float(np.exp(leaving.BY_STANDING / 100)), "first_year": leaving.FIRST_YEAR / 100}
    ratios |= {
        f"products_{k + 1}": ratio / 100 for k, ratio in enumerate(leaving.BY_PRODUCTS) if ratio != 100
    }
    result = {key("hazard_ratio", driver=name): ratio for name, ratio in ratios.items()}
    result |= {
        key("hazard_ratio", segment=name): true_segments.LEAVING[k] / 100
        for k, name in enumerate(true_segments.SEGMENTS)
    }
    return result | {
        key("monthly_hazard"): leaving.MONTHLY / 1_000_000,
        key("standing_by_case"): leaving.BY_CASE / 100,
        key("standing_by_complaining"): leaving.BY_COMPLAINING / 1000,
    }


def _weekly(bank):
    """Return what was planted into the weekly table, and what transformations do there."""
    state, result = bank.state, {}
    for branch, indicator, week, size in state.shifts:
        value = size / 1_000_000 if indicator == "digital_completed" else np.expm1(size / 1000)
        result[key("planted_shift", branch=branch, indicator=indicator, week=week + 1)] = float(value)
    result |= {key("autocorrelation", indicator=name): phi / 100 for name, phi in service.PHI.items() if phi}
    for branch in np.flatnonzero(bank.network.transformed != calendar.NEVER):
        for name, effect in state.effect.items():
            size = effect[branch]
            value = size / 1_000_000 if name == "digital_completed" else np.expm1(size / 1000)
            result[key("service_effect", branch=int(branch), indicator=name)] = float(value)
    return result


def _exact(bank):
    """Return what follows from the branches' two years without any drawing."""
    state, treated = bank.state, bank.state.ramp > 0
    result = {key("branch_wait", branch=b): wait / 60 for b, wait in enumerate(state.wait.mean(axis=1))}
    if treated.any():
        for indicator, now, without, unit in (
            ("mean_wait_seconds", state.wait, state.plain["wait"], 60),
            ("digital_completed", state.digital, state.plain["digital"], 1_000_000),
        ):
            difference = (now - without)[treated].mean() / unit
            result[key("average_effect", indicator=indicator)] = float(difference)
    return result


def entry(name, put_in, estimate, error, known):
    """Write one entry of ``truth.json``.

    Parameters
    ----------
    name : tuple
        As returned by `key`.
    put_in, estimate, error : float or None
        Construct, estimand and its Monte Carlo error.
    known : DataFrame
        The table ``branches``, indexed by branch.

    Returns
    -------
    dict
        Keys are absent where they do not apply; unknown numbers are None.
    """
    quantity, values = name
    place = {part: value for part, value in zip(PLACES_OF, values, strict=True) if value is not None}
    if "branch" in place:
        place["branch"] = known.index[place["branch"]]
    numbers = {
        label: None if value is None or pd.isna(value) else rounded(value)
        for label, value in (("construct", put_in), ("estimand", estimate), ("monte_carlo_error", error))
    }
    told = words()["ledger"]["quantities"][_worded(quantity, place)]
    return {
        "quantity": quantity,
        **place,
        "population": "this_bank",
        **numbers,
        "unit": told["unit"],
        **{
            f"sentence{at}": _sentence(told, place, numbers, known, language)
            for language, at in LANGUAGES.items()
        },
    }


def _worded(quantity, place):
    """Find the wording: some quantities are told in other words for some indicators."""
    special = f"{quantity}.{place.get('indicator', 'segment' if 'segment' in place else '')}"
    return special if special in words()["ledger"]["quantities"] else quantity


def _sentence(told, place, numbers, known, language):
    """Say one truth in one language."""
    phrases, told_as = words()["ledger"], words()["ledger"]["as"][told["as"]][language]
    construct, estimand = (
        None if numbers[name] is None
        else told_as.format(number=numbers[name], percent=100 * numbers[name]).replace("-", "−")
        for name in ("construct", "estimand")
    )  # fmt: skip
    labels = {part: _label(part, value, language) for part, value in place.items()}
    text = told[language].format(value=estimand or construct, **labels)
    where = phrases["where"]["branch" if "branch" in place else "bank"][language]
    if "branch" in place:
        where = where.format(name=known.loc[place["branch"], f"name_{language}"], id=place["branch"])
    ending = phrases["ending"]["both" if construct and estimand else "estimand" if estimand else "construct"]
    whole = where + text + ending[language].format(construct=construct)
    for mark in "：，。（）":
        whole = whole.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    return whole


def _label(part, value, language):
    """Name a touchpoint, journey, segment or indicator in the reader's language."""
    if part == "driver":
        return words()["ledger"]["drivers"][value][language]
    if part == "indicator":
        field = next(row for row in fields("service_weekly") if row["name"] == value)
        return field[f"title{LANGUAGES[language]}"].lower()
    table = {"journey": "journeys", "touchpoint": "journeys", "segment": "truth_segments"}.get(part)
    if table is None:
        return value
    field = next(row for row in fields(table) if row["name"] == part)
    label = field["values"][value][language]
    return label.lower() if language == "en" else label
