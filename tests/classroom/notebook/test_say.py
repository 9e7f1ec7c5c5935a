"""Placeholders, figure texts and kept results: by hand, by law, and once in a real kernel."""

import json
import re

import matplotlib as mpl
import nbformat
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from nbclient import NotebookClient

from classroom.notebook import captions, lesson_texts, placeholders
from classroom.notebook import show as showing
from classroom.notebook.placeholders import fields, fill, words
from classroom.notebook.say import RESULTS, _plain, keep
from classroom.notebook.show import show
from helpers.bank import codebook, language
from helpers.bank.language import WrongKind, WrongValue
from workshop.run.execution import ThisPython

GAP = pd.Series({"reliability": -0.3081, "empathy": 0.127})


@pytest.fixture(autouse=True)
def _english():
    yield
    language.use("en")
    codebook.use(None)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{gap.reliability:.2f}", "−0.31"),
        ("{gap[empathy]:+.1f}", "+0.1"),
        ("{n:,}", "12,345"),
        ("{share:.0%}", "−12%"),
        ("{tiny:.2f}", "0.00"),
        ("{tiny:.1e}", "−1.0e−04"),
        ("{worse:choose|better|worse}", "worse"),
        ("{number:choose|below|at|above}", "below"),
        ("{zero:choose|below|at|above}", "at"),
        (
            "{worse:choose|up|down by {gap.reliability:.1f} (`{x}`, $P(A|B)$)}",
            "down by −0.3 (`{x}`, $P(A|B)$)",
        ),
        ("{one_row:.1f}", "2.5"),
        ("{when:%Y-%m-%d}", "2025-03-01"),
        ("{name}：{name}", "B-07：B-07"),
        (r"$\bar{x} = 3$ and $$\frac{1}{2}$$ and `{x}` and ``a`{y}``", None),
        ("```\n{x}\n\n{y}\n```", None),
        (r"costs \$5 and $6 {n}", r"costs \$5 and $6 12345"),
    ],
)
def test_a_placeholder_becomes_what_is_meant(template, expected):
    names = {
        "gap": GAP, "n": np.int64(12345), "share": -0.12, "tiny": -0.0001, "worse": np.bool_(True), "zero": 0,
        "number": np.float64(-2), "one_row": pd.Series([2.5]), "when": pd.Timestamp("2025-03-01"), "name": "B-07",
    }  # fmt: skip
    assert fill(template, names) == (template if expected is None else expected)


def test_label_speaks_the_readers_language():
    codebook.use(
        codebook.Codebook({"resources": [{"name": "survey", "title": "Survey", "title@zh": "问卷"}]})
    )
    assert fill("{x:label}", {"x": "survey"}) == "Survey"
    language.use("zh")
    assert fill("{x:label}", {"x": "survey"}) == "问卷"


@pytest.mark.parametrize(
    ("template", "en", "zh"),
    [
        ("{gap.trust:.2f}", "{gap.trust:.2f} needs `gap.trust`, which is not there", "但现在没有这个名称"),
        ("{nobody}", "needs `nobody`, which is not there", "需要 `nobody`"),
        ("{missing:.2f}", "`missing` is missing (nan)", "缺失值"),
        ("{word:.2f}", "{word:.2f} does not suit its value 'B07'", "不适合它的值 'B07'"),
        ("{word:choose|a|b|c}", "does not suit its value 'B07'", "格式不适合"),
        ("{table:choose|a|b}", "does not suit its value 'DataFrame'", "格式不适合"),
        ("{word:choose|a}", "it offers 1", "现在有 1 个"),
        ("{word", "The brace at '{word' has no partner", "花括号不成对"),
        ("word}", "The brace at '}' has no partner", "花括号不成对"),
        ("the set {1, 2}", "{1, 2} does not begin with a name", "开头不是名称"),
        ("{}", "does not begin with a name", "开头不是名称"),
    ],
)
def test_a_placeholder_that_cannot_be_filled_says_why(template, en, zh):
    names = {"gap": GAP, "missing": float("nan"), "word": "B07", "table": pd.DataFrame({"a": [1, 2]})}
    with pytest.raises(WrongValue) as caught:
        fill(template, names)
    assert en in caught.value.en
    assert zh in caught.value.zh


def test_two_options_are_for_truth_and_three_for_signs():
    with pytest.raises(WrongValue, match="does not suit its value 2"):
        fill("{n:choose|a|b}", {"n": 2})
    assert [fill("{n:choose|a|b|c}", {"n": n}) for n in (-1, 0, 1)] == ["a", "b", "c"]


def test_parity_sees_names_and_formats_but_not_the_words_to_choose_from():
    english, chinese = (
        "{x:choose|worse|better by {y:.1f}}, {z:label}",
        "{x:choose|变差|变好了 {y:.1f}}，{z:label}",
    )
    assert fields(english) == fields(chinese) == {("x", "choose 2"), ("y", ".1f"), ("z", "label")}


def test_words_leave_out_code_formulas_and_addresses():
    assert words("看 `x{` 和[课文](a.md)，$x$ {n:choose|少|多}", gap="_") == "看 _ 和[课文]，_ _少_多_"


@given(st.text(st.characters(exclude_characters="{}")))
def test_text_without_braces_is_left_alone(text):
    assert fill(text, {}) == text
    assert fields(text) == set()


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 6))
def test_numbers_are_drawn_with_a_true_minus(number, digits):
    drawn = fill(f"{{x:.{digits}f}}", {"x": number})
    assert "-" not in drawn
    assert float(drawn.replace("−", "-")) == float(f"{number:.{digits}f}")


@given(st.text(st.characters(exclude_characters="{}`$\\"), min_size=1))
def test_pieces_joined_are_the_text(text):
    template = f"{text}{{a:.2f}}{text}"
    assert (
        "".join(f"{{{p}}}" if kind == "field" else p for kind, p in placeholders.pieces(template)) == template
    )


# -- figures -------------------------------------------------------------------------------------


def _drawn():
    figure = Figure(figsize=(6, 3))
    axes = figure.subplots()
    axes.barh(["a", "b"], [1, 2])
    return figure, axes


@pytest.mark.parametrize(
    "title",
    [
        "The bank keeps its promises less well than customers expect of an excellent bank, everywhere",
        "客户最看重的是可靠性，而我们恰恰在可靠性上离客户的期望最远；其他四个维度的差距都小得多，全行都是如此。",
    ],
)
def test_a_long_title_is_broken_to_fit_the_axes(title):
    from helpers.figures import style

    with mpl.rc_context({"font.family": ["DejaVu Sans", style.chinese_font()]}):
        figure, axes = _drawn()
        captions.dress(axes, title=title, caption="Wave 2，n = 2,431")
        figure.draw_without_rendering()
        heading, note = axes._left_title, figure.texts[0]
        lines = heading.get_text().split("\n")
        assert len(lines) > 1
        assert "".join(lines).replace(" ", "") == title.replace(" ", "")
        assert not any(line[0] in "，。；、" for line in lines)
        assert heading.get_window_extent().width <= axes.get_window_extent().width
        # The caption is below everything else.
        assert note.get_window_extent().y1 < axes.get_tightbbox().y0


def test_the_caption_keeps_its_distance_however_low_the_figure_is():
    gaps = []
    for height in (2, 6):
        figure = Figure(figsize=(9.5, height))
        axes = figure.subplots()
        captions.dress(axes, title="t", caption="n = 3")
        figure.draw_without_rendering()
        note = figure.texts[0].get_window_extent().y1
        gaps.append((axes.get_tightbbox().y0 - note) / captions.DPI)
    assert gaps == pytest.approx([captions.APART] * 2, abs=0.02)


def test_several_axes_get_one_title_above_them():
    figure = Figure()
    figure.subplots(1, 2)
    captions.dress(figure, title="Both", caption="n = 3")
    assert figure.get_suptitle() == "Both"


def test_dollars_in_a_title_are_no_formula():
    _, axes = _drawn()
    captions.dress(axes, title="From $5 to $6", caption="")
    assert axes._left_title.get_text() == "From $5 to $6"
    assert not axes._left_title.get_parse_math()


@given(st.text(st.characters(exclude_categories=["Cs", "Zl", "Zp", "Cc"])))
def test_units_joined_are_the_text(text):
    assert "".join(captions.units(text.strip())) == text.strip()


def test_show_takes_a_figure_a_table_or_a_number():
    with pytest.raises(WrongKind) as caught:
        show([1, 2], "known")
    assert "this is a list" in caught.value.en
    assert "现在是 list" in caught.value.zh


def test_an_empty_cell_is_a_dash_whatever_the_column_holds():
    table = pd.DataFrame({"mark": pd.array([4, None], dtype="Int64"), "gap": [0.5, None]})
    assert showing._drawn(table).count("<td>–</td>") == 2


def test_long_numbers_are_read_in_thousands_and_ids_and_years_are_not():
    table = pd.DataFrame({"respondent": [10234], "n": [12345], "year": [2026], "worth": [-66300.5],
                          "left": pd.array([55499], dtype="Int64")})  # fmt: skip
    drawn = showing._drawn(showing._worded(table, ids={"respondent"}))
    cells = re.findall(r"<td>(.*?)</td>", drawn)
    assert cells == ["10234", "12,345", "2026", "−66,300.50", "55,499"]


def test_a_p_value_is_shown_as_it_is_reported():
    table = showing._worded(pd.DataFrame({"p_unc": [0.0004, 0.0372, float("nan")]}), ids=set())
    assert table["p_unc"].tolist() == ["< 0.001", "0.037", "–"]


def test_a_shown_figure_wears_its_texts_and_sends_them_along(monkeypatch):
    sent = []
    monkeypatch.setattr(showing, "display", lambda data, **about: sent.append((data, about["metadata"])))
    written = {"title": "Gap {g:.1f}", "caption": "n = {n}", "alt": "A bar"}
    monkeypatch.setattr(lesson_texts, "find", lambda key: written)
    figure, axes = _drawn()
    show(axes, "dressed", {"g": -0.3, "n": 2})
    assert axes._left_title.get_text() == "Gap −0.3"
    assert [text.get_text() for text in figure.texts] == ["n = 2"]
    ((data, about),) = sent
    assert data["text/plain"] == about["alt"] == about["image/png"]["alt"] == "A bar"
    assert about["figure"] == {"name": "dressed", "title": "Gap −0.3", "caption": "n = 2"}


# -- kept results --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.float64(0.1), 0.1), (np.int64(3), 3), (np.bool_(True), True), (float("nan"), None), ("B07", "B07"),
        (None, None), (pd.Series([2.5]), 2.5), (float("inf"), None),
    ],
)  # fmt: skip
def test_kept_values_are_plain(value, plain):
    kept = _plain(value, "x")
    assert json.loads(json.dumps(kept, allow_nan=False)) == plain
    assert type(kept) is type(plain)


def test_keep_refuses_a_table():
    with pytest.raises(WrongKind) as caught:
        keep(gaps=pd.DataFrame({"a": [1, 2]}))
    assert "`gaps` is a DataFrame" in caught.value.en
    assert "`gaps` 是 DataFrame" in caught.value.zh


# -- a real kernel -------------------------------------------------------------------------------


def _ran(tmp_path, *cells):
    # Imported from the modules: this test is about them alone.
    first = """import matplotlib.pyplot as plt
from classroom.notebook import lesson_texts
from classroom.notebook.say import keep, say
from classroom.notebook.show import show
written = {
    "gap": {"sentence": "The gap is {gap:.2f}."},
    "bars": {"title": "Gap {gap:.1f}", "caption": "n = 2", "alt": "A bar at {gap:.1f}"},
    "nobody": {"sentence": "{nobody}"},
}
lesson_texts.find = lambda key: written.get(key, {})"""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in (first, *cells)])
    kernel = type("Kernel", (ThisPython,), {"around": {"IPYTHONDIR": str(tmp_path)}})
    place = {"metadata": {"path": str(tmp_path)}}
    client = NotebookClient(
        notebook, timeout=120, kernel_manager_class=kernel, resources=place, allow_errors=True
    )
    client.execute()
    return [cell.outputs for cell in notebook.cells[1:]]


def test_in_a_notebook_names_are_its_own_and_pictures_come_once(tmp_path):
    said, shown, kept, failed, unknown = _ran(
        tmp_path,
        'gap = -0.308\nsay("gap")',
        'gap = -0.55\nfigure, ax = plt.subplots()\nax.bar(["a"], [gap])\nshow(ax, "bars")',
        "keep(gap=gap, n=2)",
        'say("nobody")',
        'say("gaps")',
    )
    assert said[0].data["text/markdown"] == "The gap is −0.31."
    (picture,) = shown
    assert picture.data["image/png"].startswith("iVBOR")
    assert picture.metadata["alt"] == picture.metadata["image/png"]["alt"] == "A bar at −0.6"
    assert kept[0].data == {RESULTS: {"gap": -0.55, "n": 2}}
    # The reader sees the sentence and no traceback.
    (sentence,) = failed[0].traceback
    assert sentence.startswith("The placeholder {nobody} needs `nobody`, which is not there.")
    assert unknown[0].traceback[0].startswith("This lesson has no sentence 'gaps'.")


def test_a_method_is_no_value():
    """`row.count` is a method of pandas; printed, it reads <bound method …>."""
    row = pd.Series({"count": 3})
    with pytest.raises(WrongValue, match="names a function"):
        fill("{row.count}", {"row": row})
    assert fill("{row[count]}", {"row": row}) == "3"


def test_what_is_labelled_already_is_no_id_any_more():
    from helpers.bank.bank import Bank

    language.use("en")
    bank = Bank("qingyu_bank")
    bank.add_names(
        pd.DataFrame({"id": ["lever_a", "lever"], "en": ["lever", "wrong"], "zh": ["甲", "错"]}),
        key="id",
        en="en",
        zh="zh",
    )
    assert bank.caption("lever") == "wrong"
    bank.labelled(pd.DataFrame({"which": ["lever_a"]}))
    assert bank.caption("lever") == "lever"
