"""The collection as it is committed: up to date, in the agreed style, in both languages alike."""

import csv
import itertools
import re
import subprocess
import tomllib

import pytest
import yaml
from collection import COURSE, LANGUAGES, LESSONS, NOTEBOOKS, ROOT, code_cells, read, words

from workshop.build import build, source

SHORT = [f"{path.parent.name}/{path.stem}" for path in NOTEBOOKS]
LESSON_FILES = [path for path in NOTEBOOKS if path.stem in {lesson["id"] for lesson in LESSONS}]
# What no notebook does: install, fetch, silence, reach outside.
FORBIDDEN = re.compile(
    r"^\s*[!%]|sys\.path|import \*|filterwarnings|simplefilter|https?://|requests\.|urllib|/home/|/work/|C:\\\\"
)


def test_what_is_built_is_what_is_committed():
    assert build.build(check=True, root=ROOT) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=SHORT)
def test_notebooks_are_clean_and_do_nothing_forbidden(path):
    notebook = read(path)
    for cell in notebook.cells:
        assert not cell.get("outputs"), cell.id
        if cell.cell_type == "code":
            bad = [line for line in cell.source.splitlines() if FORBIDDEN.search(line)]
            assert bad == [], cell.id


@pytest.mark.parametrize("path", NOTEBOOKS, ids=SHORT)
def test_code_cells_are_short_and_never_more_than_three_in_a_row(path):
    notebook = read(path)
    lengths = sorted(
        len([line for line in cell.source.splitlines() if line.strip()]) for cell in code_cells(notebook)
    )
    assert lengths[-1] <= 13
    kinds = "".join("c" if cell in code_cells(notebook) else "p" for cell in notebook.cells)
    assert "c" * 4 not in kinds


@pytest.mark.parametrize("path", LESSON_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_lesson_keeps_its_measure(path):
    notebook, language = read(path), path.parent.name
    assert 25 <= len(notebook.cells) <= 56
    low, high = (700, 1500) if language == "en" else (1200, 2600)
    assert low <= words(notebook, language) <= high


@pytest.mark.parametrize("path", LESSON_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_lesson_has_its_sections(path):
    text = "\n".join(cell.source for cell in read(path).cells)
    wanted = {
        "en": ("What one row of the table stands for", "What could be wrong", "The truth", "On Monday", "Common claims, checked", "The answer again"),
        "zh": ("表里的一行代表什么", "哪里可能出错", "对答案：真实情况是什么", "周一就能用", "常见说法·核对", "再答一次"),
    }  # fmt: skip
    for heading in wanted[path.parent.name]:
        assert re.search(rf"^#+ {heading}", text, re.MULTILINE), heading
    assert re.match(r"# .*[?？]", read(path).cells[0].source), "the title is a question"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=SHORT)
def test_every_figure_is_shown_with_message_and_text_alternative(path):
    """Whatever draws is handed to show, which refuses a figure without title, caption and alt."""
    for cell in code_cells(read(path)):
        drawn = cell.source.count("plots.")
        shown = len(re.findall(r"show\(\s*plots\.", cell.source))
        assert drawn == shown, cell.id


def test_a_branch_is_called_by_its_own_name():
    """Where prose writes name and id side by side, they belong together."""
    with (ROOT / "datasets" / "qingyu_bank" / "branches.csv").open(encoding="utf-8", newline="") as file:
        ids = {row[name]: row["branch"] for row in csv.DictReader(file) for name in ("name_en", "name_zh")}
    names, beside = "|".join(ids), r"[\s(（·`\"“]{1,4}"
    pairs = re.compile(rf"({names}){beside}(B\d\d)\b|\b(B\d\d){beside}({names})")
    found = [
        match.groups()
        for path in sorted((ROOT / "course").rglob("*.md"))
        for match in pairs.finditer(path.read_text(encoding="utf-8"))
    ]
    assert len(found) >= 32
    wrong = [pair for pair in found if ids[pair[0] or pair[3]] != (pair[1] or pair[2])]
    assert wrong == []


def test_an_interval_follows_the_confidence_of_its_lesson():
    """Where `confidence` is a parameter, no code and no caption fixes 95."""
    for path in sorted((ROOT / "course" / "lessons").glob("*/*.md")):
        text = path.read_text(encoding="utf-8")
        if not re.search(r"^confidence = ", text, re.MULTILINE):
            continue
        code = re.findall(r"^```\{code-cell\}.*?^```$", text, re.MULTILINE | re.DOTALL)
        fixed = [cell for cell in code if re.search(r"CI95|\b1\.96\b", cell)]
        captions = "\n".join(re.findall(r"^caption: .*$", text, re.MULTILINE))
        # What says how exact a count of simulations is has an interval of its own.
        counted = r"95% interval of the (count|simulation)|(计数|模拟)的 95% 区间"
        fixed += re.findall(r".{0,30}95 ?%.{0,30}", re.sub(counted, "", captions))
        assert fixed == [], path


def test_both_languages_hold_the_same_code():
    for path in (ROOT / "notebooks" / "en").glob("*.ipynb"):
        pair = [read(ROOT / "notebooks" / language / path.name) for language in LANGUAGES]
        first, second = ([(c.id, c.source.replace('"zh"', '"en"')) for c in code_cells(one)] for one in pair)
        assert first == second


def test_no_student_file_holds_a_solution():
    exercises = (ROOT / "course/lessons/05_servqual/exercises.md").read_text(encoding="utf-8")
    assert "# solution" in exercises
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        assert "# solution" not in text and "answer(" not in text and "seen[[" not in text


def test_environment_adds_nothing_to_the_lock():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert conda["dependencies"] == ["python=3.11", "pip", {"pip": ["--requirement requirements.lock"]}]


def test_locks_hold_hashes_and_no_address():
    for name, least in (
        ("requirements.lock", 100),
        ("requirements-dev.lock", 100),
        ("requirements-research.lock", 3),
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[\w.-]+==\S+", text, re.MULTILINE)
        assert len(pins) > least
        assert "://" not in text
        for block in re.split(r"\n(?=[\w.-]+==)", text.strip()):
            assert "--hash=sha256:" in block, block.split("\n")[0]


def test_every_dependency_is_locked_and_the_six_are_there():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=]", entry)[0].lower() for entry in project["dependencies"]}
    locked = set(
        re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert names <= locked
    assert {"jupyterlab", "pandas", "statsmodels", "seaborn", "pingouin", "papermill"} <= names


def test_readmes_link_each_other_and_to_things_that_exist():
    for page in ("README", "docs/install", "docs/own_bank"):
        for name, other in ((f"{page}.md", f"{page}.zh.md"), (f"{page}.zh.md", f"{page}.md")):
            text = (ROOT / name).read_text(encoding="utf-8")
            assert other.rpartition("/")[2] in text.splitlines()[0]
            for target in re.findall(r"\]\(([^)#:]+)\)", text):
                assert (ROOT / name).parent.joinpath(target).exists(), f"{name}: {target}"


def test_a_readme_is_short_enough_to_be_read():
    """Its tables of lessons and of published figures are built, and may grow with them."""
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        written = re.sub(r"<!-- (\w+): built by .*?<!-- /\1 -->", "", text, flags=re.DOTALL)
        assert len(written.splitlines()) <= 82 and "|---" in written
        assert len(text.splitlines()) <= 120


def test_readmes_show_the_same_commands():
    pages = [("README.md", "README.zh.md")]
    pages += [(f"docs/{name}.md", f"docs/{name}.zh.md") for name in ("install", "own_bank")]
    texts = [
        "".join((ROOT / page).read_text(encoding="utf-8") for page in edition)
        for edition in zip(*pages, strict=True)
    ]
    blocks = [re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL) for text in texts]
    bare = [
        [re.sub(r"\s*#.*|\s*LANGUAGE=\w+|--language \w+", "", block) for block in found] for found in blocks
    ]
    assert bare[0] == bare[1] and len(bare[0]) >= 5


def sections(text):
    """Every English section of a lesson's source: its heading, and all that stands under it, code and texts too."""
    english = re.sub(
        r'^\+\+\+ \{"lang": "zh".*?(?=^\+\+\+ |^```\{code-cell|\Z)', "", text, flags=re.MULTILINE | re.DOTALL
    )
    pieces = re.split(
        r"^(#+ .+)$", re.sub(r"^\+\+\+ .*$", "", english, flags=re.MULTILINE), flags=re.MULTILINE
    )
    found = {}
    for head, body in zip(pieces[1::2], pieces[2::2], strict=True):
        # A heading may stand twice, for data that have something and for data that lack it.
        found[head.lstrip("# ")] = found.get(head.lstrip("# "), "") + body
    return found


def treated(body):
    """Whether a section says something: forty words, and a table, a result, a source or a number of its own."""
    evidence = re.search(r"^\|.*\|$|\bshow\(|\bsay\(|\b(?:19|20)\d\d\b|\d", body, re.MULTILINE)
    return bool(evidence) and len(re.findall(r"[A-Za-z]{2,}", body)) >= 40


def unsaid(body, words):
    """Which of a topic's key words (`topics.csv`, divided by semicolons) its section does not say; `|` is *or*."""
    said = re.sub(r"[*\s]+", " ", body).casefold()
    return [
        word
        for word in words.split(";")
        if not any(re.search(rf"(?<!\w){re.escape(one.casefold())}", said) for one in word.split("|"))
    ]


@pytest.mark.parametrize(
    ("body", "fair"),
    [
        ("", False),
        ("Service standardisation, complaint handling.", False),
        ("word " * 60, False),
        ("word " * 60 + "(Shewhart 1939)", True),
        ("word " * 60 + "\n| a | b |\n", True),
    ],
)
def test_a_heading_alone_is_no_treatment(body, fair):
    assert treated(sections(f'+++ {{"lang": "en"}}\n\n## Here\n\n{body}\n')["Here"]) == fair


def test_a_section_on_something_else_does_not_say_the_words():
    assert unsaid("The *heart* economy.\nAnother", "heart;economy|trade") == []
    assert unsaid("All about the sweetheart.", "heart") == ["heart"]


def test_every_topic_has_a_lesson_and_a_section_that_treats_it():
    with (ROOT / "course" / "topics.csv").open(encoding="utf-8", newline="") as file:
        topics = list(csv.DictReader(file))
    assert len(topics) >= 101 and all(topic["words"] for topic in topics)
    for topic in topics:
        places = (ROOT / "course" / "lessons" / topic["lesson"]).glob("*.md")
        found = [sections(one.read_text(encoding="utf-8")).get(topic["section"], "") for one in places]
        fair = [body for body in found if treated(body)]
        lacking = min((unsaid(body, topic["words"]) for body in fair), key=len, default=["any treatment"])
        assert not lacking, f"{topic['en']}: {topic['lesson']}, {topic['section']} does not say {lacking}"


def test_minutes_fit_the_lesson_and_its_trainers_sheet():
    for lesson in LESSONS:
        sheet = ROOT / "course" / "lessons" / lesson["id"] / "trainer.md"
        ends = [
            int(end)
            for end in re.findall(r"^\| \d+–(\d+) \|", sheet.read_text(encoding="utf-8"), re.MULTILINE)
        ]
        assert max(ends) == lesson["minutes"]


def test_references_named_in_the_lessons_are_in_the_bibliography():
    bibliography = (ROOT / "course" / "references.bib").read_text(encoding="utf-8")
    years = set(re.findall(r"year = \{(\d{4})\}", bibliography))
    authors = bibliography
    for path in (ROOT / "course").glob("*/*/*.md"):
        for one in source.read(path).in_language("en"):
            for author, year in re.findall(
                r"([A-Z][a-z]+)(?:, [A-Z][a-z]+)*(?: (?:&|and) [A-Z][a-z]+)? \(?((?:19|20)\d\d)\)?", one.text
            ):
                assert year in years and author in authors, f"{path.parent.name}: {author} {year}"


def test_the_product_speaks_of_itself_alone():
    """No word of workshop tools, machine paths or registry addresses in what is committed."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    words = re.compile(
        "|".join(
            ["/work" + "/main", "far" + "m-", "pypi" + r"\.org", "index" + "-url http", r"\." + r"library\b"]
        )
    )
    for name in filter(None, listed):
        if name.endswith((".py", ".md", ".yml", ".toml", ".ipynb", ".csv", ".json", ".lock")):
            # Some of the cases are written in other encodings on purpose.
            found = words.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
            assert not found, f"{name}: {found}"


def test_titles_exist_in_both_languages():
    for entry in [COURSE, *COURSE["parts"], *LESSONS]:
        assert entry["title"] and re.search(r"[\u4e00-\u9fff]", entry["title@zh"])


def test_nobody_is_sent_to_a_lesson_that_is_not_there():
    """What is only planned is called so."""
    there = {lesson["id"][:2] for lesson in LESSONS}
    sent = re.compile(r"(?:\*Next:\*|\*接下来：\*)[^\n]*")
    for path in sorted((ROOT / "course" / "lessons").glob("*/*.md")):
        for line in sent.findall(path.read_text(encoding="utf-8")):
            numbers = set(re.findall(r"\b(?:lesson |then |第 )(\d\d)\b", line))
            assert "planned" in line or "计划中" in line or numbers <= there, (path.parent.name, line)


def test_every_path_that_contributing_names_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:course|src|tests|docs|benchmarks)/[\w./-]+)`", text)
    assert len(named) > 5
    assert not [name for name in named if not (ROOT / name).exists() and "NN" not in name]


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(("one", "following"), list(itertools.pairwise(LESSONS)), ids=lambda one: one["id"])
def test_whoever_goes_on_to_the_next_meets_every_lesson(one, following, spoken):
    said = {"en": "*Next:*", "zh": "*接下来：*"}[spoken]
    for part in ("", "_deeper"):
        path = ROOT / "notebooks" / spoken / f"{one['id']}{part}.ipynb"
        cells = read(path).cells if path.is_file() else []
        told = [cell.source.partition(said)[2].partition("\n")[0] for cell in cells if said in cell.source]
        own = {f"{one['id']}{other}.ipynb" for other in ("_deeper", "_exercises")}
        links = [link for line in told for link in re.findall(r"\]\((\w+\.ipynb)\)", line) if link not in own]
        assert part or links, f"{path.name} says nowhere what comes next"
        # From the deeper part of the first lesson the way may lead to another deeper part.
        assert (
            not links
            or (part and links[0].endswith("_deeper.ipynb"))
            or links[0] == f"{following['id']}.ipynb"
        )


def test_no_figure_is_shaken_by_chance():
    """seaborn's jitter draws from numpy's own generator, which no lesson seeds: a page would differ from run to run."""
    for path in sorted((ROOT / "course").glob("*/*/*.md")):
        for call in re.findall(r"sns\.stripplot\(.*", path.read_text(encoding="utf-8")):
            assert "jitter=False" in call, f"{path.parent.name}/{path.name}: {call}"
