"""From source to notebooks: same code in both languages, ids that stay, nothing stale, nothing leaked."""

import json

import nbformat
import pytest

from helpers.bank.language import WrongValue
from workshop.build import editions, keys, source
from workshop.build.build import build, solved, stale

HEADER = "---\njupytext:\n  text_representation:\n    extension: .md\n    format_name: myst\n"
HEADER += "kernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n---\n\n"
PARAMETERS = '```{code-cell} ipython3\n:tags: [parameters]\n\ndata = "toy"\nlanguage = "en"\n```\n\n'


def prose(en, zh, extra=""):
    return f'+++ {{"lang": "en"{extra}}}\n\n{en}\n\n+++ {{"lang": "zh"{extra}}}\n\n{zh}\n\n'


def code(text, tags=""):
    return f"```{{code-cell}} ipython3\n{f':tags: [{tags}]{chr(10) * 2}' if tags else ''}{text}\n```\n\n"


FIGURE = prose(
    'title: "{gap:.1f}"\ncaption: n\nalt: One bar',
    "title: 差 {gap:.1f}\ncaption: n\nalt: 柱",
    ', "text": "bars"',
)
LESSON = (
    HEADER
    + prose("# Question?", "# 问题？", ', "slide": true')
    + PARAMETERS
    + code("gap = -0.31")
    + prose(r"The gap of $\bar{x}$.", r"$\bar{x}$ 的差距。")
    + prose("## Twice", "## 两次")
    + code("gap")
    + code("gap")
    + FIGURE
    + code('show(draw(gap), "bars")')
)
EXERCISES = (
    HEADER
    + prose("# Tasks", "# 任务")
    + PARAMETERS
    + code("mine = ...\n# solution\nmine = secret = 1")
    + code("secret + 1", "solution")
    + code('check("gap", mine)')
    + code('answer("gap", 1, wrong={"reversed": -1})', "answers")
    + prose("Nudge.", "点拨。", ', "hint": "gap"')
    + prose("Method.", "方法。", ', "hint": "gap"')
    + prose("You reversed it.", "减反了。", ', "wrong": "gap.reversed"')
    + prose("The secret is one.", "秘密是一。", ', "solution": true')
)
COURSE = """\
title: Toys
title@zh: 玩具
parts:
  - {id: one, title: Part 1, "title@zh": 第一部分, lessons: [{id: 05_toy, title: Toy, "title@zh": 玩具课,
     question: "Why?", "question@zh": 为什么？, minutes: 30, exercises_minutes: 20}]}
"""
GLOSSARY = "- {id: gap, en: gap, zh: 差距, label: true}\n"
# Stands in for `classroom.exercises.answers` and `check`, which have tests of their own.
ANSWER = """\
from IPython.display import display
def check(*given): pass
def answer(task, value, *, wrong):
    payload = {"lesson": "05_toy", "fingerprint": "these data", "task": task, "right": value, "wrong": wrong}
    display({"application/vnd.course.answers+json": payload}, raw=True)
import classroom
classroom.answer = answer
"""


@pytest.fixture
def project(tmp_path):
    for folder in ("course/lessons/05_toy", "notebooks", "datasets/toy", "src/helpers"):
        (tmp_path / folder).mkdir(parents=True)
    files = {"course.yml": COURSE, "glossary.yml": GLOSSARY, "needs.yml": "truth: {simulated: true}\n"}
    files |= {"lessons/05_toy/lesson.md": LESSON, "lessons/05_toy/exercises.md": EXERCISES}
    for name, text in files.items():
        (tmp_path / "course" / name).write_text(text, encoding="utf-8")
    (tmp_path / "datasets" / "toy" / "a.csv").write_text("x\n1\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def root(project, monkeypatch):
    """The project where answers come without a kernel: most tests are about the rest."""
    monkeypatch.setattr(
        keys, "built", lambda home, one: json.dumps({"made_from": keys.fingerprint(home, one)})
    )
    return project


def write(root, text, name="lesson.md"):
    (root / "course" / "lessons" / "05_toy" / name).write_text(text, encoding="utf-8")


def answers_of(root):
    return keys.built(root, source.read(root / "course" / "lessons" / "05_toy" / "exercises.md"))


def opened(root, language, name="05_toy"):
    return nbformat.read(root / "notebooks" / language / f"{name}.ipynb", as_version=4)


def state(root):
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def named(root, paths):
    return [str(path.relative_to(root)) for path in paths]


BUILT = [
    "notebooks/README.md",
    "notebooks/answers/05_toy.json",
    *(f"notebooks/en/05_toy{part}.ipynb" for part in ("", "_exercises")),
    *(f"notebooks/texts/en/05_toy{part}.json" for part in ("", "_exercises")),
    "notebooks/texts/needs.json",
    "notebooks/texts/parameters.json",
    *(f"notebooks/texts/zh/05_toy{part}.json" for part in ("", "_exercises")),
    *(f"notebooks/zh/05_toy{part}.ipynb" for part in ("", "_exercises")),
    "src/helpers/bank/glossary.json",
]


def test_build_writes_everything_once(root):
    assert named(root, build(root=root)) == BUILT
    before = state(root)
    assert build(root=root) == []
    assert build(check=True, root=root) == []
    for path in list(root.glob("notebooks/*/*.ipynb")):
        path.unlink()
    build(root=root)
    assert state(root) == before


def test_notebooks_are_valid_and_clean(root):
    build(root=root)
    for path in root.glob("notebooks/*/*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert notebook.metadata == editions.NOTEBOOK
        assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook.cells)
        assert b"\r" not in path.read_bytes()


def test_both_languages_have_the_same_code_and_ids(root):
    build(root=root)
    for name in ("05_toy", "05_toy_exercises"):
        english, chinese = opened(root, "en", name).cells, opened(root, "zh", name).cells
        assert [cell.id for cell in english] == [cell.id for cell in chinese]
        assert [cell.metadata for cell in english] == [cell.metadata for cell in chinese]
        for first, second in zip(english, chinese, strict=True):
            if first.cell_type == "code":
                assert first.source.replace('language = "en"', 'language = "zh"') == second.source


def test_texts_stand_beside_the_notebook_by_key_and_in_no_cell(root):
    build(root=root)
    path = root / "notebooks" / "texts" / "zh" / "05_toy.json"
    assert json.loads(path.read_text(encoding="utf-8"))["bars"] == {
        "title": "差 {gap:.1f}",
        "caption": "n",
        "alt": "柱",
    }
    assert not any("caption" in cell.source for cell in opened(root, "zh").cells)


def test_what_a_cell_needs_travels_with_it_and_is_listed(root):
    write(root, LESSON + prose("## The truth", "## 真值", ', "needs": ["truth"], "tags": ["predict"]'))
    build(root=root)
    last = opened(root, "zh").cells[-1]
    assert (last.cell_type, last.source) == ("markdown", "## 真值")
    assert last.metadata == {"tags": ["predict"], "needs": ["truth"]}
    path = root / "notebooks" / "texts" / "zh" / "05_toy.json"
    assert json.loads(path.read_text(encoding="utf-8"))["_needs"] == ["truth"]


def test_the_student_edition_holds_no_solution(root):
    build(root=root)
    for language in ("en", "zh"):
        text = (root / "notebooks" / language / "05_toy_exercises.ipynb").read_text(encoding="utf-8")
        for leaked in (
            "secret",
            "秘密",
            "Nudge",
            "点拨",
            "Method",
            "reversed",
            "减反",
            "answer(",
            "# solution",
        ):
            assert leaked not in text
        assert [cell.source for cell in opened(root, language, "05_toy_exercises").cells[2:]] == [
            "mine = ...",
            'check("gap", mine)',
        ]


@pytest.mark.parametrize(("language", "told"), [("en", "The secret is one."), ("zh", "秘密是一。")])
def test_the_teacher_edition_holds_everything(root, language, told):
    notebook = solved(root / "course" / "lessons" / "05_toy", language=language)
    texts = [cell.source for cell in notebook.cells]
    assert texts[2] == "mine = ...\n# solution\nmine = secret = 1"
    assert texts[-1] == told
    assert f'language = "{language}"' in texts[1]
    assert texts[5].startswith("from classroom import answer\n\nanswer(")
    assert notebook.cells[-2].metadata["wrong"] == "gap.reversed"


def test_a_cell_inserted_elsewhere_leaves_the_other_ids(root):
    build(root=root)
    before = [cell.id for cell in opened(root, "en").cells]
    assert len(set(before)) == len(before)
    write(
        root,
        LESSON.replace(
            "## Twice", "Inserted.\n\n" + '+++ {"lang": "zh"}\n\n插入。\n\n+++ {"lang": "en"}\n\n## Twice'
        ),
    )
    build(root=root)
    after = [cell.id for cell in opened(root, "en").cells]
    assert len(after) == len(before) + 1
    assert [name for name in after if name in before] == before


def test_the_chinese_text_does_not_change_an_id(root):
    build(root=root)
    before = [cell.id for cell in opened(root, "zh").cells]
    write(root, LESSON.replace("# 问题？", "# 换个问法？"))
    build(root=root)
    assert [cell.id for cell in opened(root, "zh").cells] == before


def test_an_authors_name_is_the_id(root):
    write(root, LESSON.replace("gap = -0.31", ":name: found\n\ngap = -0.31"))
    build(root=root)
    assert opened(root, "en").cells[2].id == opened(root, "zh").cells[2].id == "found"


def test_check_sees_a_changed_a_missing_and_an_orphan_file_and_writes_nothing(root):
    build(root=root)
    changed, missing = root / "notebooks/en/05_toy.ipynb", root / "notebooks/zh/05_toy.ipynb"
    orphans = [root / "notebooks/en/04_gone.ipynb", root / "notebooks/answers/04_gone.json"]
    changed.write_text(changed.read_text(encoding="utf-8").replace("Question", "Doubt"), encoding="utf-8")
    missing.unlink()
    for orphan in orphans:
        orphan.write_text("{}", encoding="utf-8")
    before = state(root)
    assert build(check=True, root=root) == sorted([changed, missing, *orphans])
    assert state(root) == before
    assert build(root=root) == sorted([changed, missing, *orphans])
    assert build(check=True, root=root) == []
    assert not any(orphan.exists() for orphan in orphans)


def test_a_lesson_is_stale_where_a_notebook_a_text_or_its_source_has_changed(root):
    build(root=root)
    (lesson,) = {path.parent.name for path in (root / "course" / "lessons").glob("*/lesson.md")}
    assert stale([lesson], root=root) == []
    for path in (
        next((root / "notebooks" / "zh").glob("*.ipynb")),
        next((root / "notebooks" / "texts" / "en").glob("*.json")),
        next((root / "notebooks" / "answers").glob("*.json")),
        root / "course" / "lessons" / lesson / "lesson.md",
    ):
        kept = path.read_text(encoding="utf-8")
        path.write_text(kept.replace("Question", "Doubt") if path.suffix == ".md" else "{}", encoding="utf-8")
        assert stale([lesson], root=root) == [lesson], path
        path.write_text(kept, encoding="utf-8")
    assert stale([lesson], root=root) == []
    (root / "course" / "lessons" / lesson / "exercises.md").unlink()
    assert stale([lesson], root=root) == [lesson]


def test_a_part_that_is_taken_out_loses_its_notebooks(root):
    build(root=root)
    (root / "course/lessons/05_toy/exercises.md").unlink()
    build(root=root)
    assert sorted(path.name for path in root.glob("notebooks/*/*.ipynb")) == ["05_toy.ipynb"] * 2


def test_a_trainers_sheet_has_the_texts_of_what_it_shows_and_no_notebook(root):
    """The sheet itself is made only for who runs it, but `show` finds a figure's title where all of them lie."""
    text = prose("title: This room", "title: 在座各位", ', "text": "room"')
    write(
        root, HEADER + prose("# Sheet", "# 手册") + PARAMETERS + code('show(1, "room")') + text, "trainer.md"
    )
    build(root=root)
    path = root / "notebooks" / "texts" / "zh" / "05_toy_trainer.json"
    assert json.loads(path.read_text(encoding="utf-8"))["room"] == {"title": "在座各位"}
    assert not list(root.glob("notebooks/*/*_trainer.ipynb"))


def test_nothing_is_written_while_any_source_has_a_problem(root):
    write(root, LESSON.replace("# 问题？", "## 问题？"))
    write(root, EXERCISES.replace('"hint": "gap"', '"hint": "gab"'), "exercises.md")
    before = state(root)
    with pytest.raises(WrongValue) as caught:
        build(root=root)
    assert caught.value.en.startswith("05_toy/exercises.md, cell 8 (Nudge.): hint 'gab' names nothing")
    assert "05_toy/lesson.md, cell 2 (问题？): the siblings' heading levels differ" in caught.value.en
    assert state(root) == before


def test_course_and_folders_must_agree(root):
    other = root / "course" / "lessons" / "06_new"
    other.mkdir()
    (other / "lesson.md").write_text(LESSON, encoding="utf-8")
    text = COURSE.replace("05_toy", "07_planned")
    (root / "course" / "course.yml").write_text(text, encoding="utf-8")
    with pytest.raises(WrongValue) as caught:
        build(root=root)
    for name, en, zh in (
        ("05_toy", "has files but is not in course.yml", "没有写进 course.yml"),
        ("06_new", "has files but is not in course.yml", "没有写进 course.yml"),
        ("07_planned", "is in course.yml but has no lesson.md", "没有 lesson.md"),
    ):
        assert any(line.startswith(name) and en in line for line in caught.value.en.split("\n"))
        assert any(line.startswith(name) and zh in line for line in caught.value.zh.split("\n"))


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (None, "There is no course to build", "没有可以生成的课程"),
        ("", "course.yml must hold `title`", "course.yml 里要有"),
        ("title: a\ntitle@zh: b\nparts: [one]\n", "each part its `title`", "每个部分要有"),
        (
            COURSE.replace("minutes: 30,", ""),
            "course.yml, lesson 05_toy: minutes must be given",
            "缺少 minutes",
        ),
    ],
)
def test_a_course_without_its_contents_is_told(root, text, en, zh):
    path = root / "course" / "course.yml"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongValue) as caught:
        build(root=root)
    assert en in caught.value.en
    assert zh in caught.value.zh


def test_the_index_links_what_there_is_in_both_languages(root):
    build(root=root)
    page = (root / "notebooks" / "README.md").read_text(encoding="utf-8")
    assert (
        "| 05 · Toy | Why? | [lesson](en/05_toy.ipynb) 30 min · [exercises](en/05_toy_exercises.ipynb) 20 min |"
        in page
    )
    assert (
        "| 05 · 玩具课 | 为什么？ | [课文](zh/05_toy.ipynb) 30 分钟 · [练习](zh/05_toy_exercises.ipynb) 20 分钟 |"
        in page
    )
    assert "deeper" not in page


def test_the_glossary_reaches_the_helpers(root):
    build(root=root)
    text = (root / "src" / "helpers" / "bank" / "glossary.json").read_text(encoding="utf-8")
    assert json.loads(text) == {"gap": {"en": "gap", "zh": "差距"}}


# -- answers: a kernel runs the solutions --------------------------------------------------------


def test_answers_carry_hints_and_sentences_and_are_made_again_only_when_stale(project):
    write(project, EXERCISES.replace("mine = ...", ANSWER + "mine = ..."), "exercises.md")
    path = project / "notebooks" / "answers" / "05_toy.json"
    assert path in build(check=True, root=project)
    assert not path.exists()
    assert path in build(root=project)
    book = json.loads(path.read_text(encoding="utf-8"))
    assert (book["lesson"], book["fingerprint"], list(book["tasks"])) == ("05_toy", "these data", ["gap"])
    assert book["tasks"]["gap"] == {
        "right": 1,
        "title": {},
        "wrong": {"reversed": -1},
        "hints": {"en": ["Nudge.", "Method."], "zh": ["点拨。", "方法。"]},
        "messages": {"reversed": {"en": "You reversed it.", "zh": "减反了。"}},
    }
    before = path.read_bytes()
    assert build(check=True, root=project) == []
    assert path in build(root=project, answers=True)
    assert path.read_bytes() == before
    # Other data, or one other word in the exercises: the answers are stale.
    (project / "datasets" / "toy" / "a.csv").write_text("x\n2\n", encoding="utf-8")
    assert build(check=True, root=project) == [path]
    (project / "datasets" / "toy" / "a.csv").write_bytes(b"x\r\n1\r\n")
    assert build(check=True, root=project) == []
    write(
        project,
        (project / "course/lessons/05_toy/exercises.md")
        .read_text(encoding="utf-8")
        .replace("Nudge", "Shove"),
        "exercises.md",
    )
    assert build(check=True, root=project) == [path]
    path.write_text("{half", encoding="utf-8")
    assert build(check=True, root=project) == [path]


def test_answers_are_made_anew_on_demand(root):
    build(root=root)
    assert named(root, build(root=root, answers=True)) == ["notebooks/answers/05_toy.json"]


def test_solutions_that_fail_are_named(project):
    write(project, EXERCISES.replace("secret + 1", "1 / 0"), "exercises.md")
    before = state(project)
    with pytest.raises(WrongValue) as caught:
        answers_of(project)
    assert (
        "05_toy/exercises.md, cell 5 (1 / 0): the solutions do not run (division by zero)" in caught.value.en
    )
    assert "05_toy/exercises.md 第 5 个单元格（1 / 0）：解答运行出错" in caught.value.zh
    assert state(project) == before


def test_a_task_that_never_answers_is_told(project):
    text = EXERCISES.replace(
        "mine = ...", "import classroom\ncheck = classroom.answer = lambda *given, **known: None\nmine = ..."
    )
    write(project, text, "exercises.md")
    with pytest.raises(WrongValue, match="the answers told are –; the cells tagged 'answers' name gap"):
        answers_of(project)


def test_sections_tell_equal_cells_apart(tmp_path):
    path = tmp_path / "05_toy" / "lesson.md"
    path.parent.mkdir()
    path.write_text(LESSON + prose("## Again", "## 再次") + code("gap"), encoding="utf-8")
    read = source.read(path)
    found = editions.ids(read)
    equal = [found[cell.number] for cell in read.cells if cell.text == "gap"]
    assert len(equal) == len(set(equal)) == 3
