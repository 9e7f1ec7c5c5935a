"""A raw twin of the customers: their cards as an old system exports them, with errors that are known one by one.

Values are text, as typed. Each error is a row of the table ``truth_dirt``, with the true value and whether the card
itself shows that something is wrong. What customer managers noted about the same customers is `notes`.
"""

import numpy as np
import pandas as pd

from simbank import calendar, customers
from simbank.streams import choose, generator, happens, normals, powers

COLUMNS = ("id", "office", "born", "type", "since", "held", "phone_bank", "income", "updated")
MISSING, FORMATS = ("born", "phone_bank", "income"), ("since", "office", "type", "income")
# Chances per million, in the order of low, medium and high digital use; nobody asks for a birthday on the phone.
BORN_MISSING = np.array([90_000, 50_000, 20_000])
PHONE_MISSING = 30_000
# Those with much do not say it: income from this value on is missing more often.
INCOME_MISSING, INCOME_HIDDEN, MUCH = 40_000, 80_000, 15_000
CODED = {"born": 10_000, "phone_bank": 10_000, "income": 15_000}
CODES = {"born": "9999", "phone_bank": "不详", "income": "-1"}
FORMAT = {"since": 250_000, "office": 100_000, "type": 120_000, "income": 80_000}
IN_FEN, BIRTH_1900, TYPO = 10_000, 12_000, 8_000
EXACT, CHANGED, TWIN = 20_000, 15_000, 6_000
KINDS = {"retail": ("零售", "Retail ", "个人"), "corporate": ("对公", "CORPORATE", "公司")}
WIDE = str.maketrans("0123456789B", "０１２３４５６７８９Ｂ")
# Errors, and whether the card shows them.
SHOWS = {
    "missing_empty": 1, "missing_code": 1, "format": 1, "unit": 1, "default": 1, "typo": 0,
    "duplicate_exact": 1, "duplicate_changed": 1, "twin": 0, "id_format": 1, "id_swapped": 0, "id_unknown": 1,
}  # fmt: skip
BATCH, TRUTH = 20_000, 10**9


def _incomes(rng, people):
    """Draw what customers earn a month; for a corporate customer, what it turns over.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        As returned by `customers.draw`.

    Returns
    -------
    ndarray of int64
        Yuan, in whole hundreds.
    """
    age = np.array([0, 150, -350])[people["age"]]
    logarithm = 550 * normals(rng, len(people)) // 1000 + age + 120 * (people["products"].to_numpy() - 1)
    return (70 * powers(logarithm + 1500 * people["kind"].to_numpy()) // 1000 + 5) * 100


def _draw(rng, people):
    """Draw which errors befall which card.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the numbers come from.
    people : DataFrame
        As returned by `customers.draw`.

    Returns
    -------
    DataFrame
        ``income``; one true-or-false column for each error; ``shape``: which of several formats, typos and days.
    """
    size, digital = len(people), people["digital"].to_numpy()
    income = _incomes(rng, people)
    found = {"income": income}
    empty = {
        "born": BORN_MISSING[digital],
        "phone_bank": np.full(size, PHONE_MISSING),
        "income": INCOME_MISSING + INCOME_HIDDEN * (income >= MUCH),
    }
    for name in MISSING:
        found[f"missing_empty.{name}"] = happens(rng, empty[name])
        coded = happens(rng, np.full(size, CODED[name]))
        found[f"missing_code.{name}"] = coded & ~found[f"missing_empty.{name}"]
    for name in FORMATS:
        found[f"format.{name}"] = happens(rng, np.full(size, FORMAT[name]))
    year = people["birth_year"].to_numpy()
    turned = year // 100 * 100 + year % 10 * 10 + year // 10 % 10
    plausible = (turned != year) & (turned >= 1940) & (turned <= 1999) & (year <= 1999)
    lost = {name: found[f"missing_empty.{name}"] | found[f"missing_code.{name}"] for name in MISSING}
    found["format.income"] &= ~lost["income"]
    found["unit.income"] = happens(rng, np.full(size, IN_FEN)) & ~lost["income"] & ~found["format.income"]
    found["default.born"] = happens(rng, np.full(size, BIRTH_1900)) & ~lost["born"]
    # Not every year can be mistyped without a trace; those that can are mistyped the more often.
    found["typo.born"] = (
        happens(rng, np.full(size, 2 * TYPO)) & plausible & ~lost["born"] & ~found["default.born"]
    )
    again = choose(rng, np.tile([EXACT, CHANGED, TWIN, 10**6 - EXACT - CHANGED - TWIN], (size, 1)))
    for number, name in enumerate(("duplicate_exact", "duplicate_changed", "twin")):
        found[name] = again == number
    found |= {"turned": turned, "shape": rng.integers(0, 12, size), "ago": rng.integers(30, 700, size)}
    return pd.DataFrame(found)


def _clean(people, plan, *, first, network):
    """Write the cards as they would be without an error.

    Parameters
    ----------
    people : DataFrame
        As returned by `customers.draw`.
    plan : DataFrame
        As returned by `_draw`.
    first : int
        The number of the first of them.
    network : Network
        The branches.

    Returns
    -------
    DataFrame
        ``COLUMNS``, all text.
    """
    known = customers.table(people, first=first, network=network)
    day = np.maximum(calendar.DAYS - 1 - plan["ago"].to_numpy(), people["joined"].to_numpy())
    columns = [known[name] for name in
               ("customer", "branch", "birth_year", "kind", "joined", "products", "digital_use")]  # fmt: skip
    written = pd.DataFrame(dict(zip(COLUMNS, [*columns, plan["income"], calendar.text(day)], strict=True)))
    return written.astype(str).astype(object)


def _spoil(cards, plan):
    """Put the errors of single values into cards.

    Parameters
    ----------
    cards, plan : DataFrame
        As returned by `_clean` and `_draw`.

    Returns
    -------
    tuple of DataFrame
        The cards as exported, and the errors: ``row``, ``column``, ``dirt``, ``true_value``.
    """
    dirty, listed = cards.copy(), []
    shape, turned = plan["shape"].to_numpy(), plan["turned"].to_numpy()
    for name in plan.columns[plan.columns.str.contains(".", regex=False)]:
        dirt, column = name.split(".")
        rows = np.flatnonzero(plan[name])
        old = cards[column].to_numpy()[rows]
        new = [_wrong(dirt, column, *one) for one in zip(old, shape[rows], turned[rows], strict=True)]
        dirty.loc[dirty.index[rows], column] = new
        listed.append(pd.DataFrame({"row": rows, "column": column, "dirt": dirt, "true_value": old}))
    return dirty, pd.concat(listed, ignore_index=True)


def _wrong(dirt, column, value, shape, turned):
    """One value with one error."""
    if dirt == "missing_empty":
        return ""
    if dirt == "missing_code":
        return CODES[column]
    if dirt == "unit":
        return value + "00"
    if dirt in ("default", "typo"):
        return "1900" if dirt == "default" else str(turned)
    if column == "since":
        return (value.replace("-", "/"), value.replace("-", ""), ".".join(value.split("-")))[shape % 3]
    if column == "office":
        return (value.lower(), value + " ", value.translate(WIDE))[shape % 3]
    if column == "type":
        return KINDS[value][shape % 3]
    return (f"{int(value):,}", value + "元", value.translate(WIDE))[shape % 3]


def _repeat(dirty, cards, plan):
    """Add the cards that stand twice: the same again, changed since, or under a second id.

    Parameters
    ----------
    dirty, cards, plan : DataFrame
        As returned by `_spoil`, `_clean` and `_draw`.

    Returns
    -------
    tuple of DataFrame
        All cards with the ``row`` they tell of, and the errors among them: ``place`` (position among all
        cards), ``column`` empty, ``dirt``, ``true_value``: the customer's id.
    """
    parts, errors, size = [dirty.assign(row=np.arange(len(dirty)))], [], len(dirty)
    for dirt in ("duplicate_exact", "duplicate_changed", "twin"):
        rows = np.flatnonzero(plan[dirt])
        more = dirty.iloc[rows].assign(row=rows)
        if dirt == "duplicate_changed":
            # The older card is the superfluous one: it says what was true before.
            older = calendar.day(more["updated"].to_numpy(str)) - 400 - plan["shape"].to_numpy()[rows]
            held = np.maximum(cards["held"].to_numpy()[rows].astype(int) - 1, 1).astype(str)
            more = more.assign(updated=calendar.text(older), held=held)
        elif dirt == "twin":
            more = more.assign(id="N" + more["id"].str[1:])
        parts.append(more)
        errors.append(pd.DataFrame({"place": size + np.arange(len(rows)), "column": "", "dirt": dirt,
                                    "true_value": cards["id"].to_numpy()[rows]}))  # fmt: skip
        size += len(rows)
    return pd.concat(parts, ignore_index=True), pd.concat(errors, ignore_index=True)


def tables(seed, network, people, *, chunk, first, known, errors):
    """Return the cards of one chunk of customers and what is wrong with them.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    people : DataFrame
        Customers of the chunk.
    chunk, first : int
        Which chunk, and the number of its first customer.
    known, errors : int
        How many rows both tables have from chunks before.

    Returns
    -------
    dict of str to DataFrame
        ``raw_customers`` and ``truth_dirt``.
    """
    rng = generator(seed, "raw_customers", chunk=chunk)
    plan = _draw(rng, people)
    right = _clean(people, plan, first=first, network=network)
    dirty, wrong = _spoil(right, plan)
    everything, doubled = _repeat(dirty, right, plan)
    place = rng.permutation(len(everything))
    number = np.argsort(place)  # where each card lands
    wrong = pd.concat([wrong.rename(columns={"row": "place"}), doubled], ignore_index=True)
    name = np.char.mod("K%06d", known + 1 + number)
    shown = everything.drop(columns="row").iloc[place].reset_index(drop=True)
    shown.insert(0, "card", np.sort(name))
    return {
        "raw_customers": shown,
        "truth_dirt": listed(wrong, "raw_customers", name[wrong["place"]], known=errors),
    }


def listed(wrong, table, rows, *, known):
    """Write down errors.

    Parameters
    ----------
    wrong : DataFrame
        ``column``, ``dirt`` and ``true_value``.
    table : str
        The table in which they are.
    rows : ndarray of str
        The key of each row.
    known : int
        How many errors are written down already.

    Returns
    -------
    DataFrame
        Rows of the table ``truth_dirt``.
    """
    return pd.DataFrame(
        {
            "error": np.char.mod("D%06d", known + 1 + np.arange(len(wrong))),
            "table": table,
            "row": rows,
            "column": wrong["column"].to_numpy(),
            "dirt": wrong["dirt"].to_numpy(),
            "true_value": wrong["true_value"].to_numpy(),
            "shows": wrong["dirt"].map(SHOWS).to_numpy(),
        }
    )


def effects(seed, network, *, number):
    """Compute one batch of how many errors there are, and what missing incomes do to a mean.

    Parameters
    ----------
    seed : int
        The seed of the bank.
    network : Network
        Its branches.
    number : int
        Which batch.

    Returns
    -------
    dict
        (quantity, place) to value.
    """
    rng = generator(seed, "raw_customers", chunk=TRUTH + number)
    people = customers.draw(rng, network, BATCH)
    plan = _draw(rng, people)
    told = ~(plan["missing_empty.income"] | plan["missing_code.income"])
    retail = people["kind"] == 0
    kinds = plan.select_dtypes("bool").columns
    per = pd.Series({name: plan[name].mean() for name in kinds})
    found = {("dirt_planted", (("dirt", dirt),)): share
             for dirt, share in per.groupby(kinds.str.split(".").str[0]).sum().items()}  # fmt: skip
    return found | {
        ("dirt_hidden", ()): (plan["typo.born"] | plan["twin"]).mean(),
        ("income_all", ()): plan.loc[retail, "income"].mean(),
        ("income_told", ()): plan.loc[retail & told, "income"].mean(),
        ("born_missing", (("digital_use", "low"),)): plan.loc[
            people["digital"] == 0, "missing_empty.born"
        ].mean(),
        ("born_missing", (("digital_use", "high"),)): plan.loc[
            people["digital"] == 2, "missing_empty.born"
        ].mean(),
    }


def constructs():
    """Return what was put in and needs no draw.

    Returns
    -------
    dict
        (quantity, place) to the chance.
    """
    put_in = {"duplicate_exact": EXACT, "duplicate_changed": CHANGED, "twin": TWIN}
    return {("dirt_planted", (("dirt", dirt),)): chance / 1e6 for dirt, chance in put_in.items()} | {
        ("born_missing", (("digital_use", level),)): BORN_MISSING[place] / 1e6
        for level, place in (("low", 0), ("high", 2))
    }
