"""Lesson 01: its own code against R's RSA, by hand, and on what is declared; scores of own data; its page."""

import re

import numpy as np
import pandas as pd
import pingouin as pg
import pytest
import statsmodels.formula.api as smf
from collection import ROOT, paragraphs, read
from scipy import stats

ORACLES = ROOT / "tests" / "oracles"
WORDS = {"show": lambda *given, **named: None, "np": np, "pd": pd, "pg": pg, "smf": smf, "confidence": 0.95}


def cells(name, *wanted, **known):
    """Run cells of a built notebook on what is given; return everything they bound."""
    built = {cell.id: cell.source for cell in read(ROOT / "notebooks" / "en" / f"{name}.ipynb").cells}
    bound = WORDS | known
    for one in wanted:
        exec(built[one], bound)
    return bound


@pytest.fixture(scope="module")
def surface():
    people = pd.read_csv(ORACLES / "surface.csv")
    paired = people.assign(E=people["expected"] - 4, P=people["perceived"] - 4)
    paired = paired.eval("EE = E * E\nEP = E * P\nPP = P * P")
    return cells("01_experience_deeper", "restrictions", "surface-numbers", paired=paired)


@pytest.fixture(scope="module")
def rsa():
    return pd.read_csv(ORACLES / "surface_rsa.csv").set_index(["model", "name"])["value"]


def test_the_surface_is_that_of_rsa(surface, rsa):
    fit = surface["surface"]
    for name, term in {"b1": "E", "b2": "P", "b3": "EE", "b4": "EP", "b5": "PP"}.items():
        assert fit.params[term] == pytest.approx(rsa["full", name], abs=1e-5)
    assert fit.rsquared == pytest.approx(rsa["full", "r2"], abs=1e-5)
    for name in ("a1", "a2", "a3", "a4"):
        assert surface["numbers"].loc[name, "estimate"] == pytest.approx(rsa["full", name], abs=1e-5)


def test_each_rival_of_the_deeper_notebook_is_rsas_model(rsa):
    """Perception alone, the gap alone, both: the formulas that are fitted without one branch."""
    source = (ROOT / "course" / "lessons" / "01_experience" / "deeper.md").read_text(encoding="utf-8")
    models = eval(re.search(r"models = (\{.*?\})", source, re.S)[1])
    people = pd.read_csv(ORACLES / "surface.csv")
    people = people.assign(E=people["expected"] - 4, P=people["perceived"] - 4)
    people = people.eval("EE = E * E\nEP = E * P\nPP = P * P")
    for name, model in {
        "perception_only": "onlyy",
        "gap_only": "diff",
        "both_linear": "additive",
        "surface": "full",
    }.items():
        fit = smf.ols(f"satisfaction ~ {models[name]}", people).fit()
        # RSA explains a share of the variance that the model implies; least squares without restrictions agree.
        if name != "gap_only":
            assert fit.rsquared == pytest.approx(rsa[model, "r2"], abs=2e-5)
        slope = fit.params["I(P - E)" if name == "gap_only" else "P"]
        assert slope == pytest.approx(rsa[model, "b2"], abs=1e-5)


def test_restrictions_are_those_that_they_are_called(surface):
    claims = surface["claims"]
    assert set(claims) == {"perception_only", "gap_only", "both_linear"}
    fit = surface["surface"]
    plain = smf.ols(fit.model.formula, fit.model.data.frame).fit()
    small = smf.ols("satisfaction ~ P + PP", fit.model.data.frame).fit()
    assert float(plain.f_test(claims["perception_only"]).fvalue) == pytest.approx(
        plain.compare_f_test(small)[0]
    )
    small = smf.ols("satisfaction ~ E + P", fit.model.data.frame).fit()
    assert float(plain.f_test(claims["both_linear"]).fvalue) == pytest.approx(plain.compare_f_test(small)[0])
    small = smf.ols("satisfaction ~ I(P - E)", fit.model.data.frame).fit()
    assert float(plain.f_test(claims["gap_only"]).fvalue) == pytest.approx(plain.compare_f_test(small)[0])


def test_errors_leak_as_the_formula_says():
    """A world in which only perception counts, drawn: least squares give expectation what the cell computes."""
    leak = cells("01_experience_deeper", "leak")["leak"]
    rng = np.random.default_rng(1)
    P, E = rng.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]], 400_000).T
    seen = np.column_stack([P + rng.normal(0, 0.5, P.size), E + rng.normal(0, (1 / 0.7 - 1) ** 0.5, P.size)])
    assert np.linalg.lstsq(seen, P, rcond=None)[0] == pytest.approx(leak, abs=0.005)
    assert round(leak[1], 2) == 0.06


def test_the_interval_of_the_recommend_score_holds_as_often_as_it_says():
    """Its own cells, on answers drawn again and again from known shares."""
    rng, held, tries = np.random.default_rng(2), 0, 120
    for _ in range(tries):
        marks = rng.choice([3, 8, 10], 400, p=[0.25, 0.3, 0.45])
        answers = pd.DataFrame({"satisfaction": 6, "effort": 2, "recommend": marks})
        z = stats.norm.ppf(0.975)
        bound = cells("01_experience", "by-hand", answers=answers)
        bound = cells("01_experience", "sure", answers=answers, n=400, z=z, score=bound["score"],
                      promoters=bound["promoters"], detractors=bound["detractors"])  # fmt: skip
        held += abs(bound["score"] - 20) <= bound["half"]
    assert stats.binom.ppf(0.0005, tries, 0.95) <= held <= stats.binom.ppf(0.9995, tries, 0.95)


def test_the_table_of_power_by_simulation():
    """Groups as large as the table says find a difference of ten points four times in five."""
    from statsmodels.stats import power

    mark = pd.Series(np.repeat([-100, 0, 100], [25, 30, 45]) * 1.0)
    bound = cells("01_experience", "power", mark=mark, satisfied=mark > 0, power=power)
    n = bound["needed"].set_index("points_apart").loc[10, "needed_score"]
    rng = np.random.default_rng(3)
    shares = [0.25, 0.30, 0.45], [0.20, 0.30, 0.50]
    drawn = [np.array([-100, 0, 100])[rng.choice(3, (2000, n), p=p)] for p in shares]
    p = stats.ttest_ind(*drawn, axis=1).pvalue
    assert abs((p < 0.05).mean() - 0.8) < 0.05


def test_the_lesson_leaves_a_workbook_and_a_command_that_exists():
    from workshop import cli

    for place in ("lesson", "trainer"):
        text = (ROOT / "course" / "lessons" / "01_experience" / f"{place}.md").read_text(encoding="utf-8")
        assert text.count("course report experience") == 2
    with pytest.raises(SystemExit) as told:
        cli.main(["report", "experience", "--help"])
    assert told.value.code == 0


def test_the_page_that_the_lesson_names_is_there_and_counts_as_many_banks():
    page = (ROOT / "docs" / "experience.md").read_text("utf-8")
    banks = re.search(r"Each of (\d+) banks", page)[1]
    assert int(banks) >= 40
    for place in ("lesson", "deeper"):
        told = paragraphs(f"01_experience/{place}", naming="experience")
        assert len(told) == 2 and all(f" {banks} " in one for one in told)
