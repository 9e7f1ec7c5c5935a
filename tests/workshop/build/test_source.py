"""A small source that is right, and many that are spoiled in one place: each gets its sentence."""

import pytest

from helpers.bank.language import WrongValue
from workshop.build import glossary, proofreading, source

HEADER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

"""
TEXTS = """\
+++ {"lang": "en", "text": "bars"}

title: The gap is {gap:.1f}
caption: n = 2
alt: One bar
sentence: The gap is {gap:.2f}, {gap:choose|below|at|above} zero.

+++ {"lang": "zh", "text": "bars"}

title: 差距是 {gap:.1f}
caption: n = 2
alt: 一根柱子
sentence: 差距是 {gap:.2f}，{gap:choose|低于|等于|高于}零。
"""
SHOW = '```{code-cell} ipython3\nshow(draw(gap), "bars")\n```\n'
LESSON = (
    HEADER
    + """\
+++ {"lang": "en"}

# How far is the service from what customers expect?

Write down your guess. See [the data](../../datasets/README.md).

+++ {"lang": "zh"}

# 我们的服务离客户的期望还有多远？

先写下你的猜测。见[数据说明](../../datasets/README.md)。

```{code-cell} ipython3
:tags: [parameters]

data = "toy"
language = "en"
```

```{code-cell} ipython3
:name: found

gap = -0.31
```

+++ {"lang": "en"}

## The result

The gap is $g = \\bar{p} - \\bar{e}$.

+++ {"lang": "zh"}

## 结果

差距是 $g = \\bar{p} - \\bar{e}$。

+++

$$g_d = \\bar{p}_d - \\bar{e}_d$$

"""
    + f"{TEXTS}\n{SHOW}"
)
EXERCISES = (
    HEADER
    + """\
+++ {"lang": "en"}

# Exercises

+++ {"lang": "zh"}

# 练习

```{code-cell} ipython3
:tags: [parameters]

data = "toy"
language = "en"
```

```{code-cell} ipython3
mine = ...
# solution
mine = 2 - 1
```

```{code-cell} ipython3
check("gap", mine)
```

```{code-cell} ipython3
:tags: [answers]

answer("gap", 1, tolerance=0.01, wrong={"reversed": -1})
```

+++ {"lang": "en", "hint": "gap"}

Which comes first?

+++ {"lang": "zh", "hint": "gap"}

谁减谁？

+++ {"lang": "en", "wrong": "gap.reversed"}

You subtracted the other way round.

+++ {"lang": "zh", "wrong": "gap.reversed"}

减反了。

+++ {"lang": "en", "solution": true}

It is one.

+++ {"lang": "zh", "solution": true}

答案是一。
"""
)
TERMS = [
    {"id": "gap", "en": "gap", "zh": "差距", "definition": "…", "definition@zh": "…"},
    {"id": "zone", "en": "zone of tolerance", "zh": "容忍区间", "zh_also": ["容忍区"], "definition": "…"},
    {"id": "tolerance", "en": "tolerance", "zh": "容差", "definition": "…"},
    {"id": "found", "en": "result", "zh": "调查得到的值", "label": True},
]


NEEDS = {"truth": {"simulated": True}, "expectations": {}, "waves": {}}


def problems(tmp_path, text, *, name="lesson.md"):
    path = tmp_path / "05_toy" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return proofreading.problems(source.read(path), entries=TERMS, needs=NEEDS)


def test_the_small_sources_are_right(tmp_path):
    assert problems(tmp_path, LESSON) == []
    assert problems(tmp_path, EXERCISES, name="exercises.md") == []


SPOILED = {
    "no sibling": (
        '+++ {"lang": "zh"}\n\n## 结果\n\n差距是 $g = \\bar{p} - \\bar{e}$。\n',
        "",
        "05_toy/lesson.md, cell 5 (The result): the English cell has no Chinese sibling directly after it",
        "05_toy/lesson.md 第 5 个单元格（The result）：这个英文单元格后面缺少对应的中文单元格",
    ),
    "sibling not directly after": (
        '```{code-cell} ipython3\n:name: found\n\ngap = -0.31\n```\n\n+++ {"lang": "en"}\n\n## The result\n\n'
        "The gap is $g = \\bar{p} - \\bar{e}$.\n",
        '+++ {"lang": "en"}\n\n## The result\n\nThe gap is $g = \\bar{p} - \\bar{e}$.\n\n'
        "```{code-cell} ipython3\n:name: found\n\ngap = -0.31\n```\n",
        "cell 6 (结果): the Chinese cell has no English sibling directly before it",
        "第 6 个单元格（结果）：这个中文单元格前面缺少对应的英文单元格",
    ),
    "unknown language": (
        '{"lang": "en"}\n\n## The',
        '{"lang": "fr"}\n\n## The',
        "cell 5 (The result): the language 'fr' is not known",
        "第 5 个单元格（The result）：不认识语言 'fr'",
    ),
    "no language": (
        '+++ {"lang": "en"}\n\n## The',
        "+++\n\n## The",
        "cell 5 (The result): the prose has words but no language",
        "正文没有标明语言",
    ),
    "unknown key": (
        '{"lang": "en"}\n\n## The',
        '{"lang": "en", "slides": true}\n\n## The',
        "cell 5 (The result): the metadata key 'slides' is not known",
        "不认识元数据 'slides'",
    ),
    "metadata differ": (
        '{"lang": "en"}\n\n## The',
        '{"lang": "en", "slide": true}\n\n## The',
        "cell 6 (结果): the siblings' metadata differ: {'slide': True} in English, {} in Chinese",
        "中英文的元数据不一致",
    ),
    "unknown tag": (
        ":name: found",
        ":tags: [solutions]",
        "cell 4 (gap = -0.31): the tag 'solutions' is not known",
        "不认识标签 'solutions'",
    ),
    "heading level": (
        "## 结果",
        "### 结果",
        "cell 6 (结果): the siblings' heading levels differ: [2] in English, [3] in Chinese",
        "中英文的标题级别不一致：英文是 [2]，中文是 [3]",
    ),
    "link": (
        "[数据说明](../../datasets/README.md)",
        "[数据说明](../../README.md)",
        "cell 2 (我们的服务离客户的期望还有多远？): the siblings' links and images differ",
        "中英文的链接和图片不一致",
    ),
    "placeholder": (
        "差距是 {gap:.2f}",
        "差距是 {gap:.3f}",
        "cell 9 (title: 差距是 {gap:.1f}): the siblings' placeholders differ",
        "中英文的占位符不一致",
    ),
    "options": (
        "{gap:choose|低于|等于|高于}",
        "{gap:choose|低于|高于}",
        "cell 9 (title: 差距是 {gap:.1f}): the siblings' placeholders differ",
        "中英文的占位符不一致",
    ),
    "unclosed placeholder": (
        "is {gap:.2f}, ",
        "is {gap:.2f, ",
        "cell 8 (title: The gap is {gap:.1f}): The brace at '{gap:.2f, {gap:choose|below|at' has no partner",
        "花括号不成对",
    ),
    "not a placeholder": (
        "The gap is {gap:.2f}, ",
        "The set {1, 2} is {gap:.2f}, ",
        "cell 8 (title: The gap is {gap:.1f}): The placeholder {1, 2} does not begin with a name",
        "开头不是名称",
    ),
    "English comment": (
        "gap = -0.31",
        "gap = -0.31  # weighted",
        "cell 4 (found): the comment '# weighted' speaks one language only",
        "第 4 个单元格（found）：注释“# weighted”只用了一种语言",
    ),
    "Chinese comment": (
        "gap = -0.31",
        "# 加权\ngap = -0.31",
        "the comment '# 加权' speaks one language only",
        "注释“# 加权”只用了一种语言",
    ),
    "solution in a lesson": (
        "gap = -0.31",
        "# solution\ngap = -0.31",
        "'# solution' belongs into exercises.md only",
        "'# solution' 只能用在 exercises.md 里",
    ),
    "hint in a lesson": (
        '{"lang": "en"}\n\n## The',
        '{"lang": "en", "hint": "gap"}\n\n## The',
        "cell 5 (The result): 'hint' belongs into exercises.md only",
        "'hint' 只能用在 exercises.md 里",
    ),
    "not Python": (
        "gap = -0.31",
        "gap = （-0.31）",
        "cell 4 (found): the code is not valid Python (invalid character '（' (U+FF08))",
        "代码不是有效的 Python",
    ),
    "name twice": (
        "```{code-cell} ipython3\nshow",
        "```{code-cell} ipython3\n:name: found\n\nshow",
        "cell 10 (found): the name 'found' is given 2 times",
        "名称 'found' 用了 2 次",
    ),
    "name that is no id": (
        ":name: found",
        ":name: 结果",
        "the name '结果' may hold letters, digits, _ and - only",
        "名称 '结果' 只能用英文字母、数字、_ 和 -",
    ),
    "no parameters": (
        ":tags: [parameters]",
        ":name: somewhere",
        "05_toy/lesson.md: one code cell must be tagged 'parameters'; there are 0",
        "05_toy/lesson.md：应该有一个代码单元格带 'parameters' 标签，现在有 0 个",
    ),
    "no language parameter": (
        'language = "en"\n```',
        'language = "zh"\n```',
        'the parameters must hold the line language = "en"',
        '参数单元格里应该有一行 language = "en"',
    ),
    "computed parameter": (
        'language = "en"\n```',
        'language = "en"\nbranch = first(data)\n```',
        "parameters are plain values; 'branch = first(data)' computes",
        "'branch = first(data)' 需要计算",
    ),
    "empty code": (
        "gap = -0.31\n",
        "",
        "cell 4 (found): the cell is empty",
        "第 4 个单元格（found）：这个单元格是空的",
    ),
    "half-width comma": (
        "先写下你的猜测。",
        "先写下,你的猜测。",
        "cell 2 (我们的服务离客户的期望还有多远？): half-width ',' stands between Chinese characters",
        "中文之间用了半角标点 ','",
    ),
    "half-width parenthesis": (
        "先写下你的猜测。",
        "先写下(猜)你的猜测。",
        "half-width '(' stands between Chinese characters in “？  先写下(猜",
        "中文之间用了半角标点 '('",
    ),
    "term": (
        "差距是 $g",
        "缺口是 $g",
        "cell 6 (结果): the English says 'gap'; the Chinese must say 差距 (glossary.yml)",
        "英文用了 'gap'，中文应该用“差距”（见 glossary.yml）",
    ),
    "number in prose": (
        "Write down your guess.",
        "Write down {gap}.",
        "cell 1 (How far is the service from wh…): what is computed is in the text of",
        "算出来的数不写在正文里",
    ),
    "text of nothing": (
        'show(draw(gap), "bars")',
        "draw(gap)",
        "cell 8 (title: The gap is {gap:.1f}): nothing is shown or said by the key 'bars'",
        "没有用到 'bars' 这段文字",
    ),
    "said without a sentence": (
        'show(draw(gap), "bars")',
        'show(draw(gap), "bars")\nsay("bar")',
        "cell 10 (show(draw(gap), \"bars\")): 'bar' is said but has no sentence",
        "用 say 说了 'bar'，却没有这句话",
    ),
    "header": (
        "kernelspec:",
        "author: me\nkernelspec:",
        "05_toy/lesson.md: the header must hold jupytext and kernelspec and nothing else; look at author",
        "文件头只能有 jupytext 和 kernelspec 两项；请检查 author",
    ),
    "unknown need": (
        '{"lang": "en"}\n\n## The',
        '{"lang": "en", "needs": ["luck"]}\n\n## The',
        "cell 5 (The result): 'luck' is nothing that a cell can need; there are",
        "单元格不能需要 'luck'",
    ),
    "unknown need of code": (
        ":name: found",
        ":needs: [truth, luck]",
        "cell 4 (gap = -0.31): 'luck' is nothing that a cell can need",
        "单元格不能需要 'luck'",
    ),
    "need that is not a list": (
        ":name: found",
        ":needs: truth",
        "cell 4 (gap = -0.31): what a cell needs is a list",
        "单元格需要什么，要写成列表",
    ),
    "need as a comment": (
        "gap = -0.31",
        "# needs: truth\ngap = -0.31",
        "cell 4 (found): the comment '# needs: truth' speaks one language only",
        "注释“# needs: truth”只用了一种语言",
    ),
    "address": (
        "$g_d = \\bar{p}_d - \\bar{e}_d$$",
        "$g_d = \\bar{p}_d - \\bar{e}_d$$\n\n"
        + '+++ {"lang": "en"}\n\nSee <https://a.org>.\n\n+++ {"lang": "zh"}\n\n见 <https://b.org>。\n',
        "the siblings' links and images differ: ['https://a.org'] in English, ['https://b.org'] in Chinese",
        "中英文的链接和图片不一致",
    ),
    "text twice": (
        "```{code-cell} ipython3\nshow",
        '+++ {"lang": "en", "text": "bars"}\n\ntitle: T\n\n'
        '+++ {"lang": "zh", "text": "bars"}\n\ntitle: 题\n\n'
        "```{code-cell} ipython3\nshow",
        "cell 10 (title: T): 'bars' has its text already. Choose another name.",
        "第 10 个单元格（title: T）：'bars' 已经有文字了",
    ),
}
SPOILED_EXERCISES = {
    "hint for nobody": (
        '"en", "hint": "gap"',
        '"en", "hint": "gaps"',
        "05_toy/exercises.md, cell 7 (Which comes first?): hint 'gaps' names nothing that has an answer here; there are: gap",
        "05_toy/exercises.md 第 7 个单元格（Which comes first?）：hint 'gaps' 在这里没有对应的答案；现有的是：gap",
    ),
    "wrong for nobody": (
        '"zh", "wrong": "gap.reversed"',
        '"zh", "wrong": "gap.forgotten"',
        "cell 10 (减反了。): wrong 'gap.forgotten' names nothing that has an answer here; there are: gap.reversed",
        "第 10 个单元格（减反了。）：wrong 'gap.forgotten' 在这里没有对应的答案",
    ),
    "wrong without a sentence": (
        'wrong={"reversed": -1}',
        'wrong={"reversed": -1, "halved": 0.5}',
        "05_toy/exercises.md: the wrong answer 'gap.halved' must have one sentence",
        "05_toy/exercises.md：错误答案 'gap.halved' 应该有一句说明",
    ),
    "check of nobody": (
        'check("gap", mine)',
        'check("gaap", mine)',
        "cell 5 (check(\"gaap\", mine)): check('gaap') names nothing that has an answer here",
        "check('gaap') 在这里没有对应的答案",
    ),
    "numbers in a hint": (
        "Which comes first?",
        "It is {mine:.1f}",
        "cell 7 (It is {mine:.1f}): hints and sentences about wrong answers cannot hold placeholders",
        "提示和错误答案的说明里不能有占位符",
    ),
    "started under another name": (
        "mine = ...\n",
        'start("06_toy")\nmine = ...\n',
        "the notebook starts as '06_toy' but is called '05_toy_exercises'",
        "这里用 '06_toy' 启动，但笔记本名是 '05_toy_exercises'",
    ),
    "cut in the middle": (
        "mine = ...\n# solution\nmine = 2 - 1",
        "if True:\n    # solution\n    mine = 1",
        "cell 4 (if True:): the code is not valid Python (expected an indented block",
        "第 4 个单元格（if True:）：代码不是有效的 Python",
    ),
}
CASES = [(LESSON, "lesson.md", case) for case in SPOILED.values()]
CASES += [(EXERCISES, "exercises.md", case) for case in SPOILED_EXERCISES.values()]


@pytest.mark.parametrize(("text", "name", "case"), CASES, ids=[*SPOILED, *SPOILED_EXERCISES])
def test_a_spoiled_source_gets_its_sentence(tmp_path, text, name, case):
    good, bad, en, zh = case
    assert text.count(good) == 1, "the case spoils nothing"
    found = problems(tmp_path, text.replace(good, bad), name=name)
    assert any(en in problem.en for problem in found), [problem.en for problem in found]
    assert any(zh in problem.zh for problem in found), [problem.zh for problem in found]


def test_needs_that_data_can_lack_are_right(tmp_path):
    text = LESSON.replace(":name: found", ":needs: [truth, waves]")
    for lang in ("en", "zh"):
        text = text.replace(
            f'{{"lang": "{lang}"}}\n\n## ', f'{{"lang": "{lang}", "needs": ["truth"]}}\n\n## '
        )
    assert problems(tmp_path, text) == []


def test_names_of_siblings_and_computed_arguments_are_right(tmp_path):
    text = LESSON.replace(":name: found", ":needs: [no_truth]").replace(
        'show(draw(gap), "bars")', 'show(draw(gap), "bars")\nshow(draw(gap), name)\nshow(draw(gap))'
    )
    for lang in ("en", "zh"):
        text = text.replace(f'{{"lang": "{lang}"}}\n\n## ', f'{{"lang": "{lang}", "name": "result"}}\n\n## ')
    assert problems(tmp_path, text) == []
    for name in ('"05_toy_exercises"', "lesson_name"):
        text = EXERCISES.replace("mine = ...\n", f"start({name})\nmine = ...\n")
        assert problems(tmp_path, text, name="exercises.md") == []


def test_four_hints_are_too_many(tmp_path):
    hint = '+++ {"lang": "en", "hint": "gap"}\n\nMore.\n\n+++ {"lang": "zh", "hint": "gap"}\n\n再来。\n\n'
    (found,) = problems(tmp_path, EXERCISES + "\n" + 3 * hint, name="exercises.md")
    assert "the task 'gap' has 4 hints; at most 3 are shown" in found.en
    assert "任务 'gap' 有 4 条提示" in found.zh


def test_all_problems_of_a_file_are_told_together_in_file_order(tmp_path):
    text = LESSON.replace("## 结果", "### 结果").replace("gap = -0.31", "gap = -0.31  # so")
    text = text.replace("先写下你的猜测。", "先写下,你的猜测。")
    found = problems(tmp_path, text)
    assert [problem.en.split(" (")[0] for problem in found] == [
        f"05_toy/lesson.md, cell {n}" for n in (2, 4, 6)
    ]
    with pytest.raises(WrongValue) as caught:
        proofreading.judge(found)
    assert caught.value.en.count("\n") == caught.value.zh.count("\n") == 2


@pytest.mark.parametrize(
    ("en", "zh", "count"),
    [
        ("The zone of tolerance is wide.", "容忍区很宽。", 0),  # another accepted word; not "tolerance"
        ("Two zones, one tolerance.", "两个区，一个容差。", 0),
        ("The Gaps differ.", "各个差距不同。", 0),
        ("Mind the gaps.", "小心缺口。", 1),
        ("The gaping hole.", "大洞。", 0),  # another word
        ("In code `gap` and $gap$ stay.", "代码里的 `gap` 和 $gap$ 不变。", 0),
        ("The result.", "结论。", 0),  # a label is no term
    ],
)
def test_terms_are_said_as_the_glossary_says(tmp_path, en, zh, count):
    added = f'\n+++ {{"lang": "en"}}\n\n{en}\n\n+++ {{"lang": "zh"}}\n\n{zh}\n'
    assert len(problems(tmp_path, LESSON + added)) == count


@pytest.mark.parametrize(
    "zh",
    [
        "差距为 −0.31，即 1:2。",
        "见 `a, b`。",
        "[表 1](a.md)。时间 10:30。",
        "公式 $f(x), g(x)$ 成立。",
        "用 Python, pandas 两样。",
    ],
)
def test_half_width_marks_stay_where_no_chinese_is_on_both_sides(tmp_path, zh):
    english = "See `a, b`. [Table](a.md) $f(x), g(x)$" if "[" in zh else "Words."
    added = f'\n+++ {{"lang": "en"}}\n\n{english}\n\n+++ {{"lang": "zh"}}\n\n{zh}\n'
    assert not [problem for problem in problems(tmp_path, LESSON + added) if "half-width" in problem.en]


@pytest.mark.parametrize(
    ("content", "en", "zh"),
    [
        (
            LESSON.replace('{"lang": "en"}', "{lang: en}").encode(),
            "metadata cannot be read",
            "元数据无法读取",
        ),
        (LESSON.replace("[parameters]", "[parameters").encode(), "metadata cannot be read", "元数据无法读取"),
        (
            LESSON.replace("---\n\n", "\n", 1).encode(),
            "line 11: expected <block end>",
            "文件头要以一行 --- 结束",
        ),
        (LESSON.encode("gb18030"), "05_toy/lesson.md: the file is not UTF-8", "文件不是 UTF-8 编码"),
    ],
)
def test_an_unreadable_source_is_named(tmp_path, content, en, zh):
    path = tmp_path / "05_toy" / "lesson.md"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(WrongValue) as caught:
        source.read(path)
    assert en in caught.value.en
    assert zh in caught.value.zh


def test_an_id_comes_once_in_the_glossary(tmp_path):
    path = tmp_path / "glossary.yml"
    path.write_text(2 * "- {id: gap, en: gap, zh: 差距, label: true}\n", encoding="utf-8")
    with pytest.raises(WrongValue, match=r"glossary.yml, entry 2 \(gap\): an entry has an id of its own"):
        glossary.read(path)


def test_a_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "05_toy" / "lesson.md"
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbf" + LESSON.replace("\n", "\r\n").encode())
    assert proofreading.problems(source.read(path), entries=TERMS) == []
    assert problems(tmp_path, LESSON) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "gap", "en": "gap", "label": "true"},
        {"id": "gap", "en": "gap", "zh": "差距", "definition": "only English"},
        {"id": "gap", "en": "gap", "zh": "差距"},
    ],
)
def test_a_glossary_entry_that_lacks_something_is_named(tmp_path, entry):
    path = tmp_path / "glossary.yml"
    path.write_text("- " + "\n  ".join(f"{key}: {value}" for key, value in entry.items()), encoding="utf-8")
    with pytest.raises(WrongValue) as caught:
        glossary.read(path)
    assert "glossary.yml, entry 1 (gap)" in caught.value.en
    assert "glossary.yml 第 1 条（gap）" in caught.value.zh
