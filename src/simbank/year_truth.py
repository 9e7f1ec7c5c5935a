"""The truth of the year after the record: what the plan did, what nobody's doing did, and what each action can do."""

import numpy as np

from simbank import actions, branches, customers, opinions, servqual_survey, touchpoints, year
from simbank.streams import generator

TRUTH, SIZE, ANSWERS = 10**9, 700, 150


def effects(seed, network, steps, here, *, number):
    """Compute one batch of what the plan changes in the survey: the same people, with the plan and without.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network, steps, here
        As for `year.survey`.
    number : int
        Which batch.

    Returns
    -------
    dict
        (quantity, place) to the change of mean satisfaction, scale points.
    """
    count, without = len(network), year.drift(seed, len(network))
    people = customers.draw(generator(seed, "year", chunk=TRUTH + 2 * number), network, SIZE * count)
    queue = servqual_survey.waiting(people).query("wave == 2")
    worlds = {
        "before": year.moved(network, 0 * year.lifts([], here)[year.ASKED], 0 * without),
        "nothing": year.moved(network, year.lifts([], here)[year.ASKED], without),
        "plan": year.moved(network, year.lifts(steps, here)[year.ASKED], without),
    }
    quota = np.full((count, 2), ANSWERS)
    mean = {}
    for name, seen in worlds.items():
        rng = generator(seed, "year", chunk=TRUTH + 2 * number + 1)
        asked = servqual_survey.respond(rng, servqual_survey.shortest(queue), network, quota)
        forms = opinions.form(rng, year.by_group(asked), seen)
        mean[name] = forms["satisfaction"].groupby(asked["branch"]).mean()
    effect, anyway = mean["plan"] - mean["nothing"], mean["nothing"] - mean["before"]
    found = {("year_effect", ()): effect.mean(), ("year_drift", ()): anyway.mean()}
    for at, branch in enumerate(branches.ids(count)):
        found["year_effect", (("branch", branch),)] = effect[at]
        found["year_drift", (("branch", branch),)] = anyway[at]
    return found


def constructs(seed, network, steps, here):
    """Return what was put in: what the plan and the year without it do to satisfaction, and the catalogue.

    Parameters
    ----------
    seed, network, steps, here
        As for `effects`.

    Returns
    -------
    dict
        (quantity, place) to value.
    """
    count = len(network)
    lift, ids = year.lifts(steps, here)[year.ASKED], branches.ids(count)
    effect = [actions.satisfaction(lift[at], at, here) for at in range(count)]
    anyway = year.drift(seed, count) * actions.SATISFIES.sum() / 100_000
    found = {("year_effect", ()): np.mean(effect), ("year_drift", ()): anyway.mean()}
    found |= {("year_effect", (("branch", ids[at]),)): effect[at] for at in range(count)}
    found |= {("year_drift", (("branch", ids[at]),)): anyway[at] for at in range(count)}
    given, brought = actions.best(here)
    found |= {("year_best", ()): brought, ("year_capacity", ()): actions.CAPACITY}
    found |= {("year_day_cost", ()): actions.DAY_COST, ("year_days", ()): sum(step.days for step in steps)}
    for (name, place), days in given.items():
        found["year_best_days", _place(name, place, ids)] = days
    for step in steps:
        whole = actions.satisfaction(actions.full(step.action, step.place, here), step.place[0], here)
        key = "year_action", (("number", step.number), *_place(step.action, step.place, ids))
        found[key] = whole * actions.dose(step.action, step.days)
    return found | _catalogue(here)


def _catalogue(here):
    """Return what each action does at the full in this bank, at a branch with ordinary room."""
    found = {}
    for name, action in actions.CATALOGUE.items():
        place = (("action", name),)
        found["action_half_days", place] = action.half_days
        found["action_delay", place] = action.delay + action.ramp
        found["action_wait", place] = float(np.expm1(action.wait / 1000))
        found["action_running", place] = float(np.expm1(action.while_running / 1000))
        if action.beside != "touchpoint":
            found["action_full", place] = actions.plain_full(name, here)
        for at, group in enumerate(actions.GROUPS if action.beside == "digital_use" else ()):
            alone = float(actions.full(name, (0, -1), here)[at] @ actions.SATISFIES) / 100_000
            found["action_full", (*place, ("group", group))] = alone
        for at, step in enumerate(touchpoints.NAMES if action.beside == "touchpoint" else ()):
            found["action_full", (*place, ("touchpoint", step))] = actions.plain_full(name, here, at)
    return found


def _place(name, place, ids):
    """Name an action and where it is done."""
    kind, beside = actions.CATALOGUE[name].beside, place[1]
    found = (("action", name), ("branch", str(ids[place[0]])))
    if kind == "touchpoint":
        return (*found, ("touchpoint", touchpoints.NAMES[beside]))
    if kind == "digital_use":
        return (*found, ("group", "everybody" if beside < 0 else actions.GROUPS[beside]))
    return found
