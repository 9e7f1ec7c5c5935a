"""Pages: they stand alone, speak their language, show formulas and words for every picture."""

import base64
import io
import re
from html.parser import HTMLParser

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.bank.language import WrongValue
from workshop.pages import markup, pages


def png():
    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (600, 300), "#7aa6a0").save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode()


TABLE = """<div><style scoped>.dataframe {color: red}</style><table border="1" class="dataframe"><thead>
<tr style="text-align: right;"><th></th><th>Dimension</th><th>Gap</th></tr></thead><tbody>
<tr><th>0</th><td>Reliability</td><td>−0.61</td></tr><tr><th>1</th><td>Empathy</td><td>−0.38</td></tr>
</tbody></table><script>alert(1)</script></div>"""


def shown(data, *, source="gaps", metadata=None, **about):
    output = new_output("display_data", data=data, metadata=about)
    return new_code_cell(source, outputs=[output], metadata=metadata or {})


def sample(zh=False):
    """A small executed lesson with everything that a lesson may hold."""
    hidden = {"tags": ["hide-input"]}
    alt = "柱状图：可靠性差距最大。" if zh else 'Bars: the gap of "reliability" is <largest>.'
    start = "# 服务离期望还有多远？" if zh else "# How far is the service from what customers *expect*?"
    cells = [
        new_markdown_cell(
            f"{start}\n\nBefore you read on.\n\n<details><summary>The answer</summary>\n\n## Not a section\n\n"
            "It is **−0.61**; see [deeper](05_servqual_deeper.ipynb#a) and [exercises](05_servqual_exercises.ipynb).\n\n"
            "</details>"
        ),
        new_code_cell('data = "qingyu_bank"\nbranch = "B07"', metadata={"tags": ["parameters"]}),
        new_code_cell("branch = '滨海支行'", metadata={"tags": ["injected-parameters"]}),
        new_markdown_cell(
            "## 差距\n\n差距 $G = P - E$：\n\n$$\\bar{G} = \\frac{1}{n}\\sum_{i=1}^{n} (P_i - E_i)$$"
            if zh
            else "## The gap\n\nA gap is $G = P - E$, and\n\n$$\\bar{G} = \\frac{1}{n}\\sum_{i=1}^{n} (P_i - E_i)$$"
        ),
        new_markdown_cell("Which one is largest?", metadata={"tags": ["predict"]}),
        new_code_cell("gaps = servqual.gaps(answers)  # a < b"),
        shown({"text/html": TABLE, "text/plain": "Dimension Gap"}),
        shown({"text/markdown": "Reliability lies at **−0.61**."}, source='say("""…""")', metadata=hidden),
        shown(
            {"image/png": png(), "text/plain": "<Axes>"},
            source="show(plots.gaps(table))",
            **{"image/png": {"alt": alt}},
        ),
        shown({"application/vnd.course.results+json": {"gap": -0.61}}, source="keep(gap=gap)"),
        new_code_cell("print(1 < 2)", outputs=[new_output("stream", text="\x1b[31m1 < 2\x1b[0m\n")]),
        new_markdown_cell("## Only with code\n\nfor programmers", metadata={"tags": ["code-only"]}),
        new_markdown_cell("## On Monday\n\n- Call back within a day\n\n| a | b |\n|---|---|\n| x | 1 |"),
    ]
    return new_notebook(cells=cells)


class Page(HTMLParser):
    """What a page holds, read the way a browser would."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], text
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(params=["en", "zh"])
def both(request):
    drawn = pages.forms(
        sample(request.param == "zh"),
        stem="05_servqual",
        language=request.param,
        links=("en/05_servqual_deeper", "zh/05_servqual_deeper", "zh/05_servqual", "en/05_servqual"),
    )
    return request.param, {end: Page(text) for end, text in drawn.items()}


def test_language_title_and_nothing_asked_of_a_network(both):
    language, drawn = both
    assert set(drawn) == {".html", "_classroom.html"}
    for page in drawn.values():
        assert page.all("html")[0]["lang"] == {"en": "en", "zh": "zh-CN"}[language]
        assert ("How far is the service from what customers expect?", "服务离期望还有多远？")[
            language == "zh"
        ] in page.text
        for attrs in [attrs for _, attrs in page.tags]:
            assert not re.match(r"(https?:)?//", attrs.get("src", "") or "")
        assert all(link["href"].startswith("data:") for link in page.all("link"))
        assert all("src" not in script for script in page.all("script"))
        assert "@import" not in page.text


def test_formulas_are_mathml(both):
    for page in both[1].values():
        assert [m["display"] for m in page.all("math")] == ["inline", "block"]
        assert len(page.all("mfrac")) == 1
        assert "$" not in re.sub(r"<(style|script).*?</\1>", "", page.text, flags=re.S)


def test_pictures_have_words_and_stand_in_the_page(both):
    language, drawn = both
    for page in drawn.values():
        (image,) = page.all("img")
        assert image["src"].startswith("data:image/png;base64,")
        assert image["alt"] == (
            "柱状图：可靠性差距最大。" if language == "zh" else 'Bars: the gap of "reliability" is <largest>.'
        )


def test_tables_lose_their_own_styling(both):
    for page in both[1].values():
        assert "scoped" not in page.text
        assert "alert(1)" not in page.text
        assert not any("border" in table for table in page.all("table"))
        # the column of gaps is one of numbers, that of dimensions is not
        assert [table.get("class") for table in page.all("table")] == ["n1 n3 counted", "n2"]


def test_code_is_shown_only_with_code(both):
    with_code, classroom = both[1][".html"], both[1]["_classroom.html"]
    assert "servqual" in re.sub(r"<[^>]+>", "", with_code.text).split("say(")[0]
    assert 'class="code"' in with_code.text
    assert "# needs" not in with_code.text
    assert "say(" not in with_code.text
    assert "1 &lt; 2" in with_code.text
    assert "\x1b" not in with_code.text
    for absent in ('class="code"', "1 &lt; 2", "for programmers", "keep(", "Dimension Gap", "&lt;Axes&gt;"):
        assert absent not in classroom.text
    for kept in ("<strong>−0.61</strong>", "Reliability", "<img", "Call back"):
        assert kept in classroom.text
        assert kept in with_code.text


def test_results_are_invisible(both):
    for page in both[1].values():
        assert "vnd.course" not in page.text


def test_predictions_get_a_labelled_box(both):
    for page in both[1].values():
        (box,) = page.all("textarea")
        assert box["id"] in [label["for"] for label in page.all("label")]


def test_each_section_is_a_screen_and_folded_headings_are_none(both):
    screens = [attrs["id"] for attrs in both[1]["_classroom.html"].all("section")]
    assert screens == ["s0", "s1", "s2"]
    assert len(both[1][".html"].all("section")) == 4
    assert len(both[1][".html"].all("summary")) == 2


def test_links_go_to_pages_that_exist(both):
    language, drawn = both
    for end, page in drawn.items():
        targets = [a["href"] for a in page.all("a")]
        assert f"05_servqual_deeper{end}#a" in targets
        assert f"../{'en' if language == 'zh' else 'zh'}/05_servqual{end}" in targets
        assert ".ipynb" not in page.text
        assert "and exercises." in page.text


def test_parameters_stand_below_the_page(both):
    for page in both[1].values():
        assert "branch = 滨海支行" in page.text


@pytest.mark.parametrize(
    ("cell", "en", "zh"),
    [
        (shown({"image/png": png()}), "no text alternative", "没有替代文字"),
        (shown({"image/png": png()}, **{"image/png": {"alt": " "}}), "no text alternative", "没有替代文字"),
        (
            new_code_cell("1/0", outputs=[new_output("error", ename="ZeroDivisionError")]),
            "ZeroDivisionError",
            "出错",
        ),
        (new_markdown_cell("$\\frac{1}$ and $\\left( x$"), "cannot be read", "读不出来"),
    ],
)
def test_what_cannot_be_shown_names_its_cell(cell, en, zh):
    with pytest.raises(WrongValue) as caught:
        pages.forms(new_notebook(cells=[new_markdown_cell("# T"), cell]), stem="x", language="en")
    assert caught.value.en.startswith(f"cell 2 ({cell.id}): ")
    assert caught.value.zh.startswith(f"第 2 个单元格（{cell.id}）：")
    assert en in caught.value.en
    assert zh in caught.value.zh


@pytest.mark.parametrize(
    "prose",
    [
        "![a picture](https://example.org/a.png)",
        "![a picture](//example.org/a.png)",
        "![gone](missing.png)",
        '<script src="https://cdn.example.org/x.js"></script>',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        "<style>@import 'https://example.org/a.css';</style>",
        '<p style="background: url(https://example.org/a.png)">x</p>',
        '<iframe src="https://example.org"></iframe>',
        '<video poster="https://example.org/p.png"></video>',
    ],
)
def test_a_page_that_would_ask_a_network_is_refused(prose):
    with pytest.raises(WrongValue, match="must stand alone"):
        pages.forms(new_notebook(cells=[new_markdown_cell(prose)]), stem="x", language="en")


def test_links_to_the_web_may_stand_in_prose():
    drawn = pages.forms(
        new_notebook(cells=[new_markdown_cell("[a](https://example.org)")]), stem="x", language="en"
    )
    assert 'href="https://example.org"' in drawn[".html"]


def test_a_picture_in_prose_is_taken_in(tmp_path):
    (tmp_path / "map.png").write_bytes(base64.b64decode(png()))
    notebook = new_notebook(cells=[new_markdown_cell("![A map](map.png)")])
    drawn = pages.forms(notebook, stem="x", language="en", folder=tmp_path)[".html"]
    assert Page(drawn).all("img")[0]["src"].startswith("data:image/png;base64,")
    notebook.cells[0].source = "![](map.png)"
    with pytest.raises(WrongValue, match="1 pictures in prose have no text alternative"):
        pages.forms(notebook, stem="x", language="en", folder=tmp_path)


def test_titles_and_parameters_are_escaped():
    cells = [new_markdown_cell("# a < b"), new_code_cell('branch = "<b>"', metadata={"tags": ["parameters"]})]
    text = pages.forms(new_notebook(cells=cells), stem="x", language="en")[".html"]
    assert "<title>a &lt; b" in text
    assert "branch = &lt;b&gt;" in text


def test_a_page_leads_home_and_tells_a_bank_by_its_name():
    cells = [
        new_markdown_cell("# T"),
        new_code_cell('data = "qingyu_bank"\nperiod = ""', metadata={"tags": ["parameters"]}),
        new_code_cell(
            "data = '/home/somebody/own_bank'\nperiod = '2025/26'", metadata={"tags": ["injected-parameters"]}
        ),
    ]
    drawn = pages.forms(new_notebook(cells=cells), stem="x", language="en")[".html"]
    assert "data = own_bank" in drawn and "somebody" not in drawn
    assert "period = 2025/26" in drawn
    assert "../index.html" in [link["href"] for link in Page(drawn).all("a")]
    alone = pages.alone(new_notebook(cells=cells), stem="x", language="en", home="../start.html")
    assert "../start.html" in [link["href"] for link in Page(alone).all("a")]
    assert "../index.html" not in alone


def test_prose_may_hold_footnotes_and_definitions():
    drawn = markup.prose("So they say.[^1]\n\nGap\n: what is missing\n\n[^1]: In a survey.")
    assert 'class="footnotes"' in drawn and "In a survey." in drawn
    assert "<dt>Gap</dt>" in drawn and "<dd>what is missing</dd>" in drawn


def test_solutions_have_no_classroom_edition_and_name_their_parts():
    cells = [
        new_markdown_cell("Look at row 3.", metadata={"hint": "gap"}),
        new_markdown_cell("Rubric", metadata={"solution": True}),
    ]
    drawn = pages.forms(new_notebook(cells=cells), stem="05_servqual_solutions", language="zh", solved=True)
    assert list(drawn) == [".html"]
    assert "提示 <code>gap</code>" in drawn[".html"]
    assert "参考答案" in drawn[".html"]


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        ([["B07", "1.5"], ["B08", "−2"]], "n2"),
        ([["12%", "1,234"], ["5 %", ""]], "n1 n2"),
        ([["B07", "x"], ["B08", "2"]], None),
        ([["", "2"], ["", "3"]], "n2"),
    ],
)
def test_columns_of_numbers_are_found(cells, marks):
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    table = Page(markup.frame(f"<table><tbody>{rows}</tbody></table>")).all("table")[0]
    assert table.get("class") == marks


@pytest.mark.parametrize(
    ("width", "height", "tall"), [(100, 200, True), (200, 100, False), (100, 110, False)]
)
def test_a_portrait_figure_gets_a_page_of_its_own_on_paper(width, height, tall):
    head = (
        b"\x89PNG\r\n\x1a\n"
        + (13).to_bytes(4, "big")
        + b"IHDR"
        + width.to_bytes(4, "big")
        + height.to_bytes(4, "big")
    )
    drawn = markup.picture(base64.encodebytes(head + bytes(20)).decode(), kind="image/png", alt="cards")
    assert ('class="tall"' in drawn) is tall
