"""Reports for branches: numbers by another route, small groups, own data, one bad branch, the two kinds of file."""

import json
import re
import shutil

import numpy as np
import pandas as pd
import platform_export
import pytest
from docx import Document
from docx.oxml.ns import qn
from scipy import stats
from small_survey import bank

from helpers.bank import codebook, data, language, paths
from helpers.bank.language import WrongValue
from helpers.methods import servqual
from workshop.kit import office
from workshop.report import answers, findings, report_figure, report_page, report_text
from workshop.report import reports as run

SMALL = ["B02", "B05"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return bank(tmp_path_factory.mktemp("t") / "bank", keep={"B01": 40, "B03": 35, "B07": 45})


def test_dimensions_by_another_route(tiny):
    survey = findings.read(tiny)
    table = findings.dimensions(survey, "B07").set_index("dimension")
    book, rows = data.codebook(tiny), data.load(tiny, "servqual")
    scores = servqual.scores(rows, codebook=book).dropna()
    mine = scores[(scores["branch"] == "B07") & (scores["dimension"] == "reliability")]["gap"]
    low, high = stats.t.interval(0.95, len(mine) - 1, mine.mean(), mine.sem())
    assert table.loc["reliability", ["n", "estimate", "low", "high"]].tolist() == pytest.approx(
        [len(mine), mine.mean(), low, high]
    )
    rest = scores[(scores["branch"] != "B07") & (scores["dimension"] == "reliability")]
    others = rest.groupby("branch")["gap"].mean().mean()
    assert table.loc["reliability", "difference"] == pytest.approx(mine.mean() - others)
    # With intervals that are symmetric, MOVER adds half-widths by Pythagoras; 3 branches and 5 dimensions hold at once.
    wide = 1 - 0.05 / 15
    high = stats.t.ppf((1 + wide) / 2, len(mine) - 1) * mine.sem() + mine.mean()
    theirs = servqual.gaps(rest, confidence=wide).iloc[0]
    half = np.hypot(high - mine.mean(), theirs["high"] - theirs["gap"])
    assert table.loc["reliability", "difference_high"] == pytest.approx(mine.mean() - others + half)


def test_questions_are_the_helpers_and_worst_first(tiny):
    survey = findings.read(tiny)
    first = findings.questions(survey, "B07")
    rows, book = data.load(tiny, "servqual"), data.codebook(tiny)
    every = pd.concat(
        servqual.items(rows[rows["branch"] == "B07"], dimension=d, codebook=book) for d in book.dimensions
    ).sort_values("gap")
    assert first["dimension"].tolist() == every["item"].head(5).tolist()
    assert first["estimate"].tolist() == pytest.approx(every["gap"].head(5).tolist())


def test_a_difference_stands_out_as_often_as_chance_says():
    rng = np.random.default_rng(5)
    hits, tries = 0, 60
    for _ in range(tries):
        rows = pd.DataFrame({"branch": np.repeat(["a", "b", "c", "d"], 30), "value": rng.normal(size=120)})
        found = answers.moments(rows[["value"]], rows["branch"].astype("category"), dimension="x")
        hits += len(report_text.apart(findings._beside(found, "a", confidence=0.95)))
    assert hits <= stats.binom.ppf(0.9999, tries, 0.05)


def invented(rng, *, branches=8, people=40, low=0.0):
    """A survey of two dimensions that go together; the first branch is lower by `low` deviations, no other differs."""
    names = np.repeat([f"B{k:02}" for k in range(branches)], people)
    mood = rng.normal(size=len(names)) - low * (names == "B00")
    values = [pd.DataFrame({"value": mood + rng.normal(size=len(names))}) for _ in "xy"]
    of_branch = pd.Series(names, dtype="category")
    scores = [answers.moments(one, of_branch, dimension=name) for one, name in zip(values, "xy", strict=True)]
    counts, none = of_branch.value_counts(), scores[0].head(0)
    return findings.Survey(pd.concat(scores), none, none, False, None, counts, None, [], {}, frozenset())


def called(survey):
    """The branches that the reports call different in any dimension."""
    return [branch for branch in survey.shown if len(report_text.apart(findings.dimensions(survey, branch)))]


def test_reports_on_branches_that_do_not_differ_call_none_different():
    rng = np.random.default_rng(6)
    wrong = sum(bool(called(invented(rng))) for _ in range(40))
    assert wrong <= stats.binom.ppf(0.999, 40, 0.05)  # one by one it would be half of them


def test_a_branch_that_differs_is_called_different_and_no_other():
    rng = np.random.default_rng(7)
    found = [called(invented(rng, low=1.5)) for _ in range(10)]
    assert sum("B00" in one for one in found) >= 9
    assert sum(len(one) > 1 for one in found) <= 3  # the low branch is one of the others' others


@pytest.mark.parametrize(
    ("keep", "hidden"),
    [
        ({"B01": 30, "B03": 30, "B07": 30}, []),
        ({"B01": 30, "B02": 9, "B03": 20, "B07": 40}, ["B02", "B03"]),  # the next smallest goes with it
        ({"B01": 30, "B02": 4, "B05": 3, "B03": 12, "B07": 40}, ["B02", "B03", "B05"]),
        ({"B01": 30, "B02": 9, "B05": 8, "B07": 40}, ["B02", "B05"]),
    ],
)
def test_small_branches_are_hidden_and_never_one_alone(tmp_path, keep, hidden):
    survey = findings.read(bank(tmp_path / "bank", keep=keep))
    assert survey.hidden == hidden
    assert survey.shown == sorted(set(keep) - set(hidden))


def test_a_question_that_few_answered_somewhere_is_shown_nowhere(tmp_path):
    def change(rows):
        few = rows.index[rows["branch"] == "B03"][4:]
        return rows.assign(P20=rows["P20"].where(~rows.index.isin(few)))

    survey = findings.read(bank(tmp_path / "bank", keep={"B01": 30, "B03": 30}, change=change))
    assert survey.hidden == []
    assert "P20" not in set(survey.items["dimension"]) and "P19" in set(survey.items["dimension"])


def test_marks_are_held_small_and_none_is_another(tmp_path):
    given = bank(
        tmp_path / "bank",
        keep={"B01": 30, "B03": 30},
        change=lambda rows: rows.assign(P2=rows["P2"].where(rows.index % 3 > 0), E2=rows["E2"] / 3),
    )
    path = tmp_path / "bank" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    table = next(one for one in package["resources"] if one["name"] == "servqual")
    next(one for one in table["schema"]["fields"] if one["name"] == "E2")["type"] = "number"
    table["scale"]["minimum"] = 0
    for field in table["schema"]["fields"]:
        field.get("constraints", {}).pop("minimum", None)
    path.write_text(json.dumps(package), encoding="utf-8")
    whole, held = data.load(given, "servqual"), answers.read(given, data.codebook(given))
    pd.testing.assert_frame_equal(held, whole[held.columns], check_dtype=False, check_exact=True)
    assert (held["P2"].dtype, held["E2"].dtype, held["P1"].dtype) == ("float16", "float64", "float16")


def test_nobody_large_enough_is_one_sentence(tmp_path):
    with pytest.raises(WrongValue, match="No branch has 10"):
        findings.read(bank(tmp_path / "bank", keep={"B01": 30, "B02": 9}))


def test_hidden_branches_have_no_file_and_no_figure(tmp_path):
    given = bank(tmp_path / "bank", keep={"B01": 30, "B02": 9, "B05": 8, "B07": 40})
    assert run.write(run.Order(given, "en"), out=tmp_path / "out", progress=False) == {}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "B01.docx",
        "B01.html",
        "B07.docx",
        "B07.html",
        "index.html",
        "register.json",
    ]
    listing = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    book = data.codebook(given)
    assert f"Not shown: {book.label('B02')}, {book.label('B05')}." in listing
    assert not re.search(rf"<td>{book.label('B02')}</td>", listing)


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_page_and_word_file_say_the_same(tiny, tmp_path, spoken):
    language.use(spoken)
    out = tmp_path / "out"
    assert run.write(run.Order(tiny, spoken), out=out, progress=False) == {}
    text = (out / "B07.html").read_text(encoding="utf-8")
    word = Document(out / "B07.docx")
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert re.findall(r"<h2>(.*?)</h2>", text) == headings and len(headings) == 6
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    shown = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", text)]
    assert shown == cells
    assert ("def " in text, "import " in text, "nan" in text.split("base64")[0]) == (False, False, False)
    fonts = word.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
    assert word.inline_shapes[0]._inline.docPr.get("descr")
    survey = findings.read(tiny)
    value = report_text.signed(findings.dimensions(survey, "B07")["estimate"].min(), True)
    assert value in text and value in " ".join(p.text for p in word.paragraphs)


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_tables_of_the_word_file_break_no_word_and_stay_on_one_page(tiny, tmp_path, spoken):
    run.write(run.Order(tiny, spoken), out=tmp_path / "out", progress=False)
    word = Document(tmp_path / "out" / "B07.docx")
    for table in word.tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        widths = [column.width.pt for column in table.columns]
        assert office.unbroken(rows, size=9, widths=widths, padding=11)
        assert sum(widths) == pytest.approx(17 / 2.54 * 72, abs=1)
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert kept == [True] * (len(rows) - 1) + [False]
    assert word.styles["Normal"].font.name == {"en": "Arial", "zh": "Microsoft YaHei"}[spoken]


def test_a_survey_of_perceptions_alone_from_a_platform(tmp_path):
    for name in ("datasets", "notebooks"):
        (tmp_path / name).mkdir()
    platform_export.mapped(tmp_path, n=20)
    argv = [
        "report",
        "servqual",
        "--data",
        "bank",
        "--each",
        "branch",
        "--language",
        "zh",
        "--out",
        "reports",
    ]
    ran = platform_export.course(*argv, home=tmp_path)
    assert ran.returncode == 0, ran.stderr
    reports = sorted(path.name for path in (tmp_path / "reports").glob("*.html"))
    assert len(reports) == len(platform_export.BRANCHES) + 1
    text = (tmp_path / "reports" / reports[0]).read_text(encoding="utf-8")
    assert "得分最低的是" in text and "差距" not in text.split("<main>")[1].split("base64")[0]
    assert "问卷没有问期望" in text and "（反向题）" in "".join(
        (tmp_path / "reports" / r).read_text(encoding="utf-8") for r in reports
    )


def test_one_bad_branch_is_named_and_the_rest_is_written(tiny, tmp_path, monkeypatch, capsys):
    good = report_text.blocks

    def bad(survey, branch, **options):
        if branch == "B03":
            raise ZeroDivisionError("what nobody foresaw")
        return good(survey, branch, **options)

    monkeypatch.setattr(report_text, "blocks", bad)
    order = run.Order(tiny, "en")
    failed = run.write(order, out=tmp_path / "out", progress=False)
    assert failed == {"B03": "ZeroDivisionError: what nobody foresaw"}
    assert {path.stem for path in (tmp_path / "out").glob("*.docx")} == {"B01", "B07"}
    assert "what nobody foresaw" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_the_processes_that_draw_never_read_the_bank(tmp_path, monkeypatch):
    """The bank is gone as soon as it was read once: what is left are words, numbers and small tables."""
    names = [f"B{number:02}" for number in range(1, run.ALONE + 2)]
    given = bank(tmp_path / "bank", keep=dict.fromkeys(names, 20))
    one_process, many = tmp_path / "one", tmp_path / "many"
    assert run.write(run.Order(given, "zh"), out=one_process, jobs=1, progress=False) == {}

    def read_once(*asked, read=findings.read, **options):
        survey = read(*asked, **options)
        shutil.rmtree(given)
        return survey

    monkeypatch.setattr(findings, "read", read_once)
    assert run.write(run.Order(given, "zh"), out=many, jobs=2, progress=False) == {}
    assert len(list(many.glob("*.docx"))) == len(names)
    for path in one_process.glob("*.html"):
        assert path.read_bytes() == (many / path.name).read_bytes()


def test_the_same_again_replaces_and_other_peoples_files_are_refused(tiny, tmp_path):
    order = run.Order(tiny, "en")
    for _ in range(2):
        run.write(order, out=tmp_path / "out", progress=False)
    (tmp_path / "out" / "my notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongValue, match="my notes"):
        run.write(order, out=tmp_path / "out", progress=False)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(tmp_path / "out" / "B01.html", other)
    with pytest.raises(WrongValue, match=r"B01\.html"):  # no list beside it: not ours
        run.write(order, out=other, progress=False)


def test_everyone_answers_alike(tmp_path):
    """No spread at all: intervals of width zero, no warning, no crash."""
    items = [f"{form}{i}" for form in "EP" for i in range(1, 23)]
    given = bank(
        tmp_path / "bank",
        keep={"B01": 20, "B03": 20},
        change=lambda rows: rows.assign(**dict.fromkeys(items, 4)),
    )
    assert run.write(run.Order(given, "zh"), out=tmp_path / "out", progress=False) == {}


def test_what_is_drawn_is_the_table(tiny):
    import matplotlib.pyplot as plt

    survey = findings.read(tiny)
    codebook.use(data.codebook(tiny))
    table = findings.dimensions(survey, "B07")
    seen = []
    original, plt.close = plt.close, lambda figure: seen.append(figure)
    try:
        assert report_figure.picture(table, gaps=True).startswith(b"\x89PNG")
    finally:
        plt.close = original
    dots, rings = seen[0].axes[0].collections[1], seen[0].axes[0].collections[2]
    ordered = table.sort_values("estimate", ascending=False)
    assert dots.get_offsets()[:, 0].tolist() == pytest.approx(ordered["estimate"].tolist())
    assert rings.get_offsets()[:, 0].tolist() == pytest.approx(ordered["others"].tolist())
    plt.close(seen[0])


@pytest.mark.parametrize(
    ("number", "gaps", "text"),
    [(-0.004, True, "0.00"), (0.5, True, "+0.50"), (-1.2, True, "−1.20"), (4.1, False, "4.10")],
)
def test_numbers_in_words(number, gaps, text):
    assert report_text.signed(number, gaps) == text


def test_long_names_and_those_of_windows_are_names_of_files_all_the_same():
    names = run._names(["CON", "aux", "网" * 120, "网" * 121])
    assert len({name.lower() for name in names.values()}) == 4
    assert not any(paths.refusal(f"{name}.html") for name in names.values())
    assert all(len(f"{name}.html".encode()) < 200 for name in names.values())


def test_file_names_are_what_any_disk_takes():
    names = run._names(["B/01", "b_01", "城南 支行", "index", "???"])
    assert len({name.lower() for name in names.values()}) == 5
    assert all(re.fullmatch(r"[\w-]+", name) for name in names.values()) and "index" not in names.values()


def test_a_group_of_two_cannot_be_asked_for():
    import argparse

    from workshop.commands.options import at_least

    with pytest.raises(argparse.ArgumentTypeError, match="3 or more"):
        at_least(3)("2")


@pytest.mark.browser
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_report_prints_on_two_or_three_pages_and_asks_for_nothing(tiny, tmp_path, spoken):
    import subprocess

    run.write(run.Order(tiny, spoken), out=tmp_path / "out", progress=False)
    command = ["/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'p'}",
               f"--print-to-pdf={tmp_path / 'r.pdf'}", (tmp_path / "out" / "B07.html").as_uri()]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "r.pdf").read_bytes()))
    assert 2 <= pages <= 3
    assert not re.findall(
        r'(?:src|href)="(?!data:|#|index\.html|B07\.docx)[^"]+"', page_text(tmp_path / "out" / "B07.html")
    )


def page_text(path):
    return path.read_text(encoding="utf-8")


def test_the_page_is_refused_where_a_figure_has_no_words():
    with pytest.raises(WrongValue, match="text alternative"):
        report_page.report(
            [report_text.Block("title", "x"), report_text.Block("figure", "c", image=b"x")], word="x.docx"
        )


@pytest.mark.parametrize("gaps", [False, True])
def test_a_single_dimension_is_neither_lowest_nor_highest(gaps):
    from types import SimpleNamespace

    row = {
        "dimension": "all",
        "estimate": 3.68,
        "low": 3.5,
        "high": 3.8,
        "difference_low": -0.1,
        "difference_high": 0.2,
        "others": 3.5,
        "difference": 0.1,
    }
    said = list(
        report_text._minute(SimpleNamespace(gaps=gaps, questions={}), pd.DataFrame([row]), pd.DataFrame())
    )
    assert not any(
        word in sentence for sentence in map(str, said) for word in ("lowest", "Nearest", "Furthest")
    )


@pytest.mark.parametrize(("low", "said"), [([-1.2, -1.1, -0.9], 1), ([-1.2, -0.2, -0.1], 0)])
def test_the_lowest_is_named_with_those_that_may_be_as_low(low, said):
    table = pd.DataFrame({"estimate": low, "low": [one - 0.1 for one in low], "high": [one + 0.1 for one in low]})  # fmt: skip
    assert (str(said) in report_text._overlapping(table)) == bool(said)


@pytest.mark.parametrize("subject", ["servqual", "experience"])
def test_a_bank_of_one_branch_speaks_of_no_other(tmp_path, subject):
    folder = bank(tmp_path / "bank", keep={"B01": 40})
    assert not run.write(run.Order(str(folder), "en", subject=subject), out=tmp_path / "out")
    page = (tmp_path / "out" / "B01.html").read_text(encoding="utf-8")
    text = re.sub("<[^>]+>", " ", re.sub(r"<(style|script).*?</\1>", "", page, flags=re.DOTALL))
    assert "nothing to compare with" in text
    assert not re.search("Ring|comparisons|Difference|other branches", text)
