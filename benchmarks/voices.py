"""How lesson 13 does on other banks: the joining rule, the coders' agreement, closing times with open cases kept.

Run: `python benchmarks/voices.py [number of banks]`; prints the table of `docs/voices.md`. The banks are drawn in memory;
the list of words is read from the lesson, so that what is counted is what is taught.
"""

import argparse
import re
from pathlib import Path

import jieba
import numpy as np
import pandas as pd
from scipy import stats
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from simbank import branches, campaigns, cases, codings, echoes, ledger, ledger_estimands, service
from simbank.streams import generator

LESSON = Path(__file__).parents[1] / "course" / "lessons" / "13_voices" / "lesson.md"
CUSTOMERS, WITHIN, LIMIT, NEWEST, BATCHES = 8_000, 14, 15, 45, 12
NORMAL = stats.norm.ppf(0.975)


def lesson_topic():
    """Return the lesson's own function `topic`, read from its cells."""
    text, names = LESSON.read_text(encoding="utf-8"), {"pd": pd}
    words = re.search(r"^words = \{.*?\}\n", text, re.DOTALL | re.MULTILINE)[0]
    function = re.search(r"^def topic\(text\):\n(?:    .*\n)+", text, re.MULTILINE)[0]
    exec(words + function, names)
    return names["topic"]


def draw(seed):
    """Draw the tables of one bank that the lesson needs; return them with its branches and its setting."""
    rng = generator(seed, "branches")
    network = branches.draw(rng, 24)
    setting = ledger.setting(seed, network, branches.table(rng, network))
    counts = np.zeros((24, service.WEEKS), dtype=np.int64)
    weeks = service.table(
        generator(seed, "service_weekly"), network, setting.state, customers=CUSTOMERS, complaints=counts
    )
    waits = weeks["mean_wait_seconds"].to_numpy().reshape(counts.shape)
    nobody = pd.Series(dtype=np.int64)
    chunk = ledger.draw(seed, 0, setting, keep=CUSTOMERS, until=nobody, waits=waits)
    tables = chunk["tables"] | campaigns.tables(
        seed, network, chunk["people"], chunk=0, first=0, comments_before=0
    )
    tables |= echoes.tables(seed, network, chunk["people"], tables["complaints"], chunk=0, first=0, known=0)
    return network, setting, tables


def joined(complaints, heard, topic):
    """Join messages as the lesson does: by name, or without one by branch and cause where only one fits."""
    same = {name: f"cause_{said}" for name, said in echoes.ABOUT.items()}
    log = complaints[["case", "customer", "branch", "received"]].assign(cause=complaints["topic"].map(same))
    heard = heard.assign(cause=topic(heard["text"]), customer=heard["customer"].replace("", None))
    pairs = heard.merge(log, on="branch", suffixes=("", "_log")).sort_values("received", kind="stable")
    days = (pd.to_datetime(pairs["date"]) - pd.to_datetime(pairs["received"])).dt.days
    near = pairs[days.between(0, WITHIN)]
    named = near[near["customer"] == near["customer_log"]].drop_duplicates("message", keep="last")
    nameless = near[near["customer"].isna() & (near["cause"] == near["cause_log"])]
    return pd.concat([named, nameless.drop_duplicates("message", keep=False)]).set_index("message")["case"]


def measure(seed, topic):
    """Count one bank.

    Parameters
    ----------
    seed : int
        Its seed.
    topic : callable
        The lesson's rule.

    Returns
    -------
    dict
        Shares, and whether intervals hold.
    """
    network, setting, tables = draw(seed)
    complaints, truth = tables["complaints"], tables["truth_echoes"].set_index("message")["case"]
    linked = joined(complaints, tables["echoes"], topic)
    found = {
        "joined rightly": (linked == truth.reindex(linked.index)).mean(),
        "caught": (linked.reindex(truth.index) == truth).mean(),
    }
    ways = complaints["case"].isin(linked).sum()
    low, high = proportion_confint(ways, len(complaints), 0.05, "wilson")
    aim = echoes.effects(seed, network, number=0)["echo_several", ()]
    found["heard by several ways: interval holds"] = low <= aim <= high
    found["heard by several ways: found minus declared"] = ways / len(complaints) - aim
    found |= _coders(seed, network, tables["codings"]) | _readers(tables, topic)
    return found | _late(seed, setting, complaints) | _closing(complaints)


def _coders(seed, network, table):
    wide = table.pivot(index="comment", columns="coder", values="topic").dropna()
    both = wide.apply(pd.Categorical, categories=sorted(set(wide.to_numpy().ravel())))
    kappa = cohens_kappa(pd.crosstab(both["first"], both["second"], dropna=False))
    aim = np.mean([codings.effects(seed, network, number=number)["coder_kappa", ()] for number in range(4)])
    return {"kappa": kappa.kappa, "kappa: interval holds": abs(kappa.kappa - aim) <= NORMAL * kappa.std_kappa}


def _readers(tables, topic):
    """Hold the list of words and the factorisation of the Chinese comments against the first coder."""
    told = tables["comments"][tables["comments"]["language"] == "zh"].set_index("comment")["text"]
    told = told[told.fillna("") != ""]
    first = tables["codings"].query("coder == 'first'").set_index("comment")["topic"].dropna()
    cut = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None, min_df=5, max_df=0.2)
    loads = NMF(13, max_iter=1000, random_state=13).fit_transform(
        cut.fit_transform(told.str.replace(r"\W", " ", regex=True))
    )
    read = pd.DataFrame({"rule": topic(told), "machine": loads.argmax(axis=1)}).join(
        ("cause_" + first).rename("first"), how="inner"
    )
    read["machine"] = read["machine"].map(read.groupby("machine")["first"].agg(lambda part: part.mode()[0]))
    names = sorted(set(read.to_numpy().ravel()))
    codes = read.apply(pd.Categorical, categories=names)
    squares = {who: pd.crosstab(codes["first"], codes[who], dropna=False) for who in ("rule", "machine")}
    found = {
        f"kappa of the first coder and the {who}": cohens_kappa(table).kappa for who, table in squares.items()
    }
    rule, machine = found.values()
    return found | {"the list agrees better than the machine": rule > machine}


def _late(seed, setting, complaints):
    """Hold the share open after 15 days, open cases kept, against what is true of this bank."""
    received, closed = (pd.to_datetime(complaints[name].replace("", None)) for name in ("received", "closed"))
    last = max(received.max(), closed.max())
    fit = SurvfuncRight((closed.fillna(last) - received).dt.days + 1, closed.notna())
    at = (fit.surv_times <= LIMIT + 1).sum() - 1
    share, error = fit.surv_prob[at], fit.surv_prob_se[at]
    size = share * (1 - share) / error**2
    low, high = proportion_confint(share * size, size, method="wilson")
    draws = [
        ledger_estimands.draw(np.random.default_rng([seed, 1 + number]), setting)[2]
        for number in range(BATCHES)
    ]
    key = ledger_estimands.key("complaint_over_15")
    aim = np.mean([ledger_estimands.of_complaints(found)[key] for found in draws])
    return {
        "over 15 days: interval holds": low <= aim <= high,
        "over 15 days: found minus declared": share - aim,
    }


def _closing(complaints):
    """Compare what the newest complaints show on the day with what is true of the older ones."""
    received, closed = (pd.to_datetime(complaints[name].replace("", None)) for name in ("received", "closed"))
    cut = received.max() - pd.Timedelta("120D")
    new = received.between(cut - pd.Timedelta(days=NEWEST), cut, inclusive="right")
    shut = closed <= cut
    late = ((closed - received).dt.days > LIMIT) | closed.isna()
    fit = SurvfuncRight((closed.where(shut, cut) - received).dt.days[new] + 1, shut[new])
    kept = fit.surv_prob[fit.surv_times <= LIMIT + 1][-1]
    alone = ((closed - received).dt.days > LIMIT)[new & shut].mean()
    title = f"last {NEWEST} days, over {LIMIT} days"
    return {
        f"{title}: closed ones only, minus what came": alone - late[new].mean(),
        f"{title}: open ones kept, minus what came": kept - late[new].mean(),
    }


def main(banks):
    """Print the table for so many banks."""
    assert tuple(echoes.ABOUT) == cases.TOPICS
    jieba.setLogLevel("ERROR")
    topic = lesson_topic()
    table = pd.DataFrame([measure(9_000 + number, topic) for number in range(banks)]).astype(float)
    print(f"| of {banks} banks of {CUSTOMERS:,} customers | mean | lowest | highest |\n|---|---|---|---|")
    for name, column in table.items():
        print(f"| {name} | {column.mean():.3f} | {column.min():.3f} | {column.max():.3f} |")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("banks", type=int, nargs="?", default=40, help="how many")
    main(asked.parse_args().banks)
