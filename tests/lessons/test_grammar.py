"""The lesson's grammar: prose in Markdown, texts by key, the field's own packages in sight."""

import ast
import collections
import json
import re

import pytest
from collection import LANGUAGES, LESSONS, REPLICATIONS, ROOT, read

from classroom.notebook import placeholders
from workshop.build import editions, source

# Which package each lesson shows, beside pandas; a call counts where its result is shown, drawn or asserted.
TAUGHT = {
    "00_welcome": {"seaborn": {"catplot"}},
    "01_experience": {"pingouin": {"compute_bootci", "corr", "pairwise_corr", "cronbach_alpha"},
                      "seaborn": {"Plot", "histplot", "pointplot", "heatmap"},
                      "statsmodels": {"ols", "proportion_confint", "confint_proportions_2indep", "tt_ind_solve_power"}},
    "03_moments": {"pingouin": {"linear_regression"}, "seaborn": {"Plot"},
                   "statsmodels": {"OLS", "variance_inflation_factor"}},
    "04_touchpoints": {"ciw": {"Simulation", "create_network"}, "scipy": {"milp"}, "pingouin": {"welch_anova"},
                       "statsmodels": {"confint_poisson", "DescrStatsW", "glm"},
                       "seaborn": {"pointplot", "scatterplot", "heatmap", "Plot"}},
    "06_reliability": {"pingouin": {"cronbach_alpha", "corr"}, "seaborn": {"Plot", "lineplot", "heatmap"}, "scipy": {"ppf"},
                       "statsmodels": {"Factor"}, "semopy": {"Model", "calc_stats"}},
    "07_branches": {"pingouin": {"welch_anova", "pairwise_gameshowell"}, "seaborn": {"Plot", "histplot", "lineplot"},
                    "scipy": {"ppf", "cdf"}, "statsmodels": {"mixedlm"}},
    "08_profile": {"pingouin": {"chi2_independence"}, "seaborn": {"Plot", "heatmap", "barplot", "scatterplot"},
                   "statsmodels": {"proportion_confint", "DescrStatsW"}, "scipy": {"linprog"}},
    "11_churn": {"sklearn": {"DecisionTreeClassifier", "plot_tree", "RandomForestClassifier", "LinearSVC", "CalibratedClassifierCV",
                             "TunedThresholdClassifierCV", "GroupKFold", "roc_auc_score", "brier_score_loss"},
                 "statsmodels": {"logit", "phreg", "proportion_confint", "NormalIndPower"},
                 "seaborn": {"Plot", "heatmap", "lineplot", "pointplot"}, "scipy": {"rankdata"}},
    "16_monitor": {"seaborn": {"relplot"}, "statsmodels": {"OLS", "acf"}},
    "17_training": {"pingouin": {"ttest", "corr", "mixed_anova", "intraclass_corr"}, "statsmodels": {"ols", "mixedlm"},
                    "seaborn": {"pointplot", "Plot", "relplot", "histplot"}},
    "18_capstone": {"pingouin": {"linear_regression"}, "seaborn": {"Plot", "heatmap"},
                    "statsmodels": {"ols", "DescrStatsW", "proportion_confint"}},
    "05_servqual": {"pingouin": {"ttest", "pairwise_tests"}, "seaborn": {"heatmap", "pointplot", "Plot"},
                    "statsmodels": {"DescrStatsW"}},
    "13_voices": {"statsmodels": {"SurvfuncRight", "cohens_kappa", "multinomial_proportions_confint"},
                  "pingouin": {"chi2_independence", "partial_corr"}, "sklearn": {"NMF", "TfidfVectorizer", "cross_val_predict"},
                  "jieba": {"setLogLevel"}, "seaborn": {"Plot", "lineplot", "scatterplot"}},
    "14_plan": {"pingouin": {"linear_regression"}, "seaborn": {"Plot", "pointplot"},
                "statsmodels": {"proportion_confint", "confint_proportions_2indep"}},
    "02_journey": {"seaborn": {"Plot"}, "scipy": {"quantile_test"}, "statsmodels": {"proportion_confint"}},
    "15_experiment": {"pingouin": {"ttest", "ancova"}, "seaborn": {"pointplot", "lineplot", "Plot"},
                      "scipy": {"chisquare", "norm"},
                      "statsmodels": {"confint_proportions_2indep", "CompareMeans", "multipletests",
                                      "NormalIndPower", "TTestIndPower"}},
    "09_value": {"statsmodels": {"proportion_confint", "confint_proportions_2indep", "SurvfuncRight"},
                 "seaborn": {"Plot", "lineplot", "heatmap", "countplot"}, "scipy": {"cdf"},
                 "duckdb": {"sql"}, "narwhals": {"from_native"}},
    "12_personal": {"statsmodels": {"ols", "confint_proportions_2indep", "DescrStatsW", "proportion_confint"},
                    "sklearn": {"LogisticRegression", "RandomForestClassifier", "KMeans", "train_test_split"},
                    "pingouin": {"chi2_independence"}, "seaborn": {"Plot", "heatmap", "lineplot", "swarmplot"}},
    "10_segments": {"sklearn": {"StandardScaler", "KMeans", "silhouette_score", "GaussianMixture", "RandomForestClassifier",
                                "adjusted_rand_score"},
                    "seaborn": {"lineplot", "heatmap", "Plot"}, "statsmodels": {"proportion_confint"}},
}  # fmt: skip
# They tell of the course's own tables and workbooks, or put earlier lessons together.
STORY = {"00_welcome", "14_plan", "18_capstone"}
STAGE = {"start", "show", "say", "check", "hint", "keep", "progress", "reset"}
OURS = {"helpers", "classroom"}
NAMES = [lesson["id"] for lesson in LESSONS]


def parts(name, *endings):
    """A lesson and those of its other notebooks that there are: not every lesson has a deeper part."""
    wanted = [name, *(f"{name}_{ending}" for ending in endings)]
    return [part for part in wanted if (ROOT / "notebooks" / "en" / f"{part}.ipynb").is_file()]


PARTS = [part for name in NAMES for part in parts(name, "deeper", "exercises")]
AGAIN = [lesson["id"] for lesson in REPLICATIONS]
PARTS += [part for name in AGAIN for part in parts(name, "exercises")]


def texts(name, language):
    return json.loads((ROOT / "notebooks" / "texts" / language / f"{name}.json").read_text(encoding="utf-8"))


def count(text):
    """Words; a Chinese character is one."""
    return len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z0-9]+(?:['’.-][A-Za-z0-9]+)*", text))


def code(name):
    return [
        cell for cell in read(ROOT / "notebooks" / "en" / f"{name}.ipynb").cells if cell.cell_type == "code"
    ]


def keys(text):
    """The keys by which code shows or says something."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("show", "say"):
            yield from (one.value for one in node.args if isinstance(one, ast.Constant))


def calls(name):
    """Every call of a notebook: whose it is, and its name with what it was called on."""
    tree = ast.parse("\n".join(cell.source for cell in code(name)))
    home = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            home |= {alias.asname or alias.name: alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            home |= {alias.asname or alias.name: node.module.split(".")[0] for alias in node.names}
    home["bank"] = "classroom"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            words = ast.unparse(node.func)
            first = re.match(r"\w*", words)[0]
            yield home.get(first, "pandas"), words.split("(")[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PARTS)
def test_most_words_stand_in_markdown(name, language):
    notebook, stored = read(ROOT / "notebooks" / language / f"{name}.ipynb"), texts(name, language)
    prose = sum(count(cell.source) for cell in notebook.cells if cell.cell_type == "markdown")
    said = sum(count(text.get("sentence", "")) for key, text in stored.items() if not key.startswith("_"))
    assert prose / (prose + said) >= 0.65


@pytest.mark.parametrize("name", PARTS)
def test_no_cell_is_hidden_or_holds_a_template(name):
    for cell in code(name):
        assert not cell.metadata.get("jupyter", {}).get("source_hidden"), cell.id
        assert "# needs:" not in cell.source and "caption(" not in cell.source, cell.id
        assert not re.search(r"[\"'].*\{\w[^\"']*:(?:label|choose)", cell.source), cell.id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PARTS)
def test_what_is_shown_has_its_text_and_no_text_is_left_over(name, language):
    shown = {key for cell in code(name) for key in keys(cell.source)}
    others = json.dumps(texts(name, language).get("_otherwise", []))
    stored = {key for key in texts(name, language) if not key.startswith("_")}
    assert all(key in shown or f'\\"{key}\\"' in others for key in stored)


@pytest.mark.parametrize("name", PARTS)
def test_a_text_names_and_chooses_and_computes_nothing(name):
    for language in LANGUAGES:
        for key, text in texts(name, language).items():
            for part in text.values() if not key.startswith("_") else []:
                for named, _ in placeholders.fields(part):
                    assert re.fullmatch(r"\w+(\.\w+|\[\w+\])*", named), (key, named)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in STORY])
def test_ours_are_a_quarter_of_the_calls_at_most_and_eight_names(name):
    for part in parts(name, "deeper"):
        counted = [(owner, words) for owner, words in calls(part) if words not in STAGE]
        ours = [words for owner, words in counted if owner in OURS]
        assert len(ours) <= len(counted) / 4, part
    assert len({words for owner, words in calls(name) if owner in OURS and words not in STAGE}) <= 8


@pytest.mark.parametrize("name", NAMES)
def test_the_packages_of_the_curriculum_are_called_and_their_results_used(name):
    found = collections.defaultdict(set)
    for part in parts(name, "deeper"):
        for owner, words in calls(part):
            found[owner].add(words.rsplit(".", 1)[-1])
    for package, wanted in TAUGHT.get(name, {}).items():
        assert wanted <= found[package], package
    for part in parts(name, "deeper"):
        tree = ast.parse("\n".join(cell.source for cell in code(part)))
        used = collections.Counter(
            n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
        )
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
                        and ast.unparse(node.value.func).split(".")[0] in ("pg", "sns", "so")), ast.unparse(node)  # fmt: skip
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                assert used[node.targets[0].id] or _named(node.targets[0].id, part), ast.unparse(node)


def _named(name, part):
    """Whether a text names it."""
    return any(
        re.search(rf"\{{{name}\b", json.dumps(texts(part, language), ensure_ascii=False))
        for language in LANGUAGES
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_keeps_its_measure(name):
    notebook, cells = read(ROOT / "notebooks" / "en" / f"{name}.ipynb"), code(name)
    assert 30 <= len(notebook.cells) <= 45 and len(cells) <= 18
    for part in parts(name, "deeper", "exercises"):
        lengths = sorted(len(cell.source.splitlines()) for cell in code(part))
        assert lengths[-1] <= 12 and lengths[len(lengths) // 2] <= (6 if part == name else 8), part
        assert max(len(line) for cell in code(part) for line in cell.source.splitlines()) <= 110, part


@pytest.mark.parametrize("name", NAMES)
def test_data_that_lack_nothing_get_the_notebook_as_it_is_built(name):
    one = source.read(ROOT / "course" / "lessons" / name / "lesson.md")
    for language in LANGUAGES:
        shown = {cell.id for cell in read(ROOT / "notebooks" / language / f"{name}.ipynb").cells}
        others = {entry["cell"]["id"] for entry in texts(name, language).get("_otherwise", [])}
        assert not shown & others
        assert {*editions.ids(one).values()} >= shown | others
