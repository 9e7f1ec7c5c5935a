"""What the search looks through."""

import pytest

from workshop.pages import search

PAGE = """<html><head><title>x</title><style>p { color: red }</style></head><body>
<header>never</header><nav>never</nav><main>
<section id="s0"><h1>05 · <em>差距</em></h1><p>客户的<strong>期</strong>望。</p></section>
<section id="s1"><h2>一行</h2><p>先看</p><p>再算</p><div class="code"><pre>never</pre></div>
<h3 id="s1-1">怎么算</h3><p>感知减期望</p><math><mi>G</mi></math><textarea>never</textarea>
<figure><img src="data:image/png;base64,never" alt="never"><figcaption>图注</figcaption></figure></section>
<section id="s2"></section></main><footer>never</footer></body></html>"""


def test_a_section_begins_at_each_anchor_and_code_is_left_out():
    title, address, sections = search.text(PAGE, address="zh/a.html")
    assert (title, address) == ("05 · 差距", "zh/a.html")
    assert sections == [
        ["s0", "05 · 差距", "客户的期望。"],
        ["s1", "一行", "先看 再算"],
        ["s1-1", "怎么算", "感知减期望 图注"],
    ]


def test_one_heading_names_a_section_and_those_below_it_are_text():
    page = '<main><section id="gaps"><h2>gaps</h2><p>a</p><h3>Returns</h3><p>b</p></section></main>'
    assert search.text(page, address="a")[2] == [["gaps", "gaps", "a Returns b"]]


@pytest.mark.parametrize(
    "page", ["", "   ", "not a page", "\x00", "<main", "<h1>no main</h1>", "<main></main>"]
)
def test_a_page_of_any_other_shape_says_nothing(page):
    assert search.text(page, address="en/a.html")[2] == []
