"""The kit: one zip that a trainer opens without Python, opened here as Office and a browser open it."""

import hashlib
import io
import itertools
import json
import re
import unicodedata
import zipfile
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from collection import COURSE, LESSONS, ROOT
from docx import Document
from docx.oxml.ns import qn as word
from pptx import Presentation
from pptx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from helpers.bank import language
from helpers.bank.language import WrongValue
from workshop import cli
from workshop.build import source
from workshop.build.build import solved
from workshop.kit import archive, lessons, make, material, minutes, office, prose, routes, sheets, slides
from workshop.kit.names import NAMES

ROUTE = "90-minutes"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What may stand alone in Latin letters in the Chinese kit: names, marks, file names, paper sizes.
LATIN = re.compile(
    r"[A-Za-z][A-Za-z .&,:+()'*/\d-]*\d{4}|Word|PowerPoint|Excel|PDF|LibreOffice|Chromium|Debian|Windows|Office|"
    r"SERVQUAL|SHA-?256|A[34]|CRM|LMG|U 盘|certutil.*|CC BY 4\.0|MIT|[\w-]+\.(docx|pptx|xlsx|pdf|html)"
)


@pytest.fixture(scope="session", params=["zh", "en"])
def kit(request, tmp_path_factory):
    """A kit, unzipped: its language, its zip, its folder."""
    out = tmp_path_factory.mktemp("kit with blanks 包")
    path = make.make(ROUTE, home=ROOT, spoken=request.param, out=out)
    with zipfile.ZipFile(path) as opened:
        opened.extractall(out)
    (root,) = (place for place in out.iterdir() if place.is_dir())
    return SimpleNamespace(language=request.param, path=path, root=root, out=out)


@pytest.fixture(autouse=True)
def _spoken(request, _english):
    """Each test speaks the language of its kit."""
    if "kit" in request.fixturenames:
        language.use(request.getfixturevalue("kit").language)


def office_files(kit, ending):
    found = sorted(kit.root.rglob(f"*.{ending}"))
    assert found
    return found


def test_the_folder_reads_as_an_agenda(kit):
    names = sorted(place.name for place in kit.root.iterdir())
    assert [int(name[:2]) for name in names] == list(range(11))
    if kit.language == "zh":
        assert all(CHINESE.search(str(place.relative_to(kit.root))) for place in kit.root.rglob("*"))


def test_explorer_shows_the_names_and_two_builds_are_the_same_bytes(kit, tmp_path, monkeypatch):
    with zipfile.ZipFile(kit.path) as opened:
        for one in opened.infolist():
            assert one.filename.isascii() or one.flag_bits & 0x800
            assert one.date_time == archive.MOMENT
        assert [one.filename for one in opened.infolist()] == sorted(opened.namelist())
    if kit.language == "zh":
        monkeypatch.setattr(
            make, "JOURNEYS", make.JOURNEYS[:1]
        )  # the slowest part; one map tells as much as three
        again = make.make(ROUTE, home=ROOT, spoken="zh", out=tmp_path)
        with zipfile.ZipFile(again) as new, zipfile.ZipFile(kit.path) as old:
            names = make.naming.names()
            listing = [name for name in new.namelist() if name.endswith((names["start"], names["it"]))]
            assert len(listing) == 2
            assert set(old.namelist()) - set(new.namelist()) == {
                name for name in old.namelist() if name.endswith(".pdf") and name not in new.namelist()
            }
            for name in set(new.namelist()) - set(listing):
                assert new.read(name) == old.read(name), name
        assert [place.name for place in tmp_path.iterdir()] == [kit.path.name]


def test_every_link_of_the_start_page_leads_to_a_file(kit):
    text = (kit.root / make.naming.names()["start"]).read_text(encoding="utf-8")
    linked = {unquote(link) for link in re.findall(r'href="([^"#:]+)"', text)}
    files = {str(place.relative_to(kit.root)) for place in kit.root.rglob("*") if place.is_file()}
    assert linked <= files
    assert files - linked == {make.naming.names()["start"]}


def test_the_it_page_has_the_digest_of_every_other_file(kit):
    page = kit.root / make.naming.names()["it"]
    digests = set(re.findall(r"\b[0-9a-f]{64}\b", page.read_text(encoding="utf-8")))
    files = [place for place in kit.root.rglob("*") if place.is_file() and place != page]
    assert digests == {hashlib.sha256(place.read_bytes()).hexdigest() for place in files}


def test_nothing_in_it_runs_but_pages(kit):
    endings = {place.suffix for place in kit.root.rglob("*") if place.is_file()}
    assert endings == {".html", ".docx", ".pptx", ".xlsx", ".pdf"}
    for place in [p for p in kit.root.rglob("*") if p.suffix in (".docx", ".pptx", ".xlsx")]:
        with zipfile.ZipFile(place) as opened:
            assert not [
                name for name in opened.namelist() if "vba" in name.lower() or "activex" in name.lower()
            ]
            parts = b"".join(opened.read(name) for name in opened.namelist() if name.endswith(".rels"))
        assert b'TargetMode="External"' not in parts


def test_pages_have_no_code_and_at_most_twelve_screens(kit):
    names = make.naming.names()
    for page in sorted((kit.root / names["pages"]).glob("*.html")):
        text = page.read_text(encoding="utf-8")
        assert text.count('<section class="screen"') <= 12
        assert 'class="code"' not in text
        assert 'class="predict"' in text
        assert "course/templates" not in text
        assert f'href="../{names["start"]}"' in text


def test_every_slide_has_one_message_and_what_to_say(kit):
    for place in office_files(kit, "pptx"):
        show = Presentation(place)
        assert show.slide_width * 9 == show.slide_height * 16
        assert len(show.slides) >= 7
        for slide in show.slides:
            assert slide.shapes.title.text_frame.text.strip()
            assert slide.notes_slide.notes_text_frame.text.strip()
            assert all(shape.text_frame.text.strip() for shape in slide.placeholders)
            pictures = [shape for shape in slide.shapes if shape.shape_type == 13]
            assert len(pictures) <= 1
            for shape in slide.shapes:
                assert min(shape.left, shape.top) >= 0
                assert shape.left + shape.width <= show.slide_width
                assert shape.top + shape.height <= show.slide_height
            for picture in pictures:
                assert picture.image.size[0] / (picture.width / 914400) >= 150
                assert picture._element.nvPicPr.cNvPr.get("descr")


def test_text_fits_its_slide(kit):
    for place in office_files(kit, "pptx"):
        for slide in Presentation(place).slides:
            for shape in slide.shapes:
                if shape.has_text_frame:
                    assert _height(shape) <= shape.height.pt, (place.name, shape.text_frame.text[:30])


def _height(shape):
    """Points that a text takes, guessed as generously as our letters are wide."""
    high = 0
    for line in shape.text_frame.paragraphs:
        size = max(run.font.size.pt for run in line.runs)
        high += 1.2 * size * office.lines(line.text, size=size, width=shape.width.pt - 14)
    return high


def test_no_word_of_a_table_is_broken_and_a_slides_table_can_be_read(kit):
    for place in [*office_files(kit, "pptx"), *office_files(kit, "docx")]:
        if place.suffix == ".docx":
            tables = [table for table in Document(place).tables if len(table.columns) < 9]
        else:
            shapes = [
                shape for slide in Presentation(place).slides for shape in slide.shapes if shape.has_table
            ]
            assert all(shape.top + shape.height <= slides.FOOT for shape in shapes), place.name
            tables = [shape.table for shape in shapes]
        for table in tables:
            rows = [[cell.text for cell in row.cells] for row in table.rows]
            size, padding = 10, 11
            if place.suffix == ".docx":
                runs = [run for cell in table.rows[0].cells for run in cell.paragraphs[0].runs]
                size = max((run.font.size.pt for run in runs if run.font.size), default=size)
                assert size >= 8, (place.name, rows[0])
            if place.suffix == ".pptx":
                size, padding = table.cell(0, 0).text_frame.paragraphs[0].runs[0].font.size.pt, 14.4
                assert size >= (18 if len(rows[0]) < 7 else 16), (place.name, rows[0])
            widths = [column.width.pt for column in table.columns]
            assert office.unbroken(rows, size=size, widths=widths, padding=padding), (place.name, rows[0])


def test_columns_have_room_for_their_longest_word():
    rows = [["No.", "Baseline", "Measured by"], ["1", "22.2%", "twenty short questionnaires, every Friday"]]
    widths = office.columns(rows, size=10, room=260)
    assert sum(widths) == pytest.approx(260)
    assert office.unbroken(rows, size=10, widths=widths)
    assert not office.unbroken(rows, size=10, widths=[260 / 3 - 35, 260 / 3 - 35, 260 / 3 + 70])
    assert office.unbroken(
        [["大堂经理", "x"]], size=10, widths=office.columns([["大堂经理", "x"]], size=10, room=90)
    )


def test_every_screen_of_the_minute_plan_stands_on_a_slide_or_says_where():
    def piece(screen, text, *tags, figure=None):
        return material.Piece(screen, text, figure, frozenset(tags))

    row = minutes.Row(0, 3, "rows (2), map (3)", True, "x")
    lesson = SimpleNamespace(plan=(row,), pieces=(
        piece(1, "# T", "slide"), piece(2, "## Rows\n\nx"), piece(2, "more"), piece(3, "## Map\n\ny", "slide"),
        piece(3, "", "handout", figure="map"), piece(4, "## Not in the plan\n\nz"),
    ))  # fmt: skip
    chosen = list(slides._chosen(lesson))
    assert [one.screen for one in chosen] == [1, 2, 3]
    assert chosen[2].text.endswith("**The figure is on your handout.**")
    assert chosen[1].text.strip() == "## Rows\n\nx"


def test_a_kit_refuses_notebooks_that_are_not_what_their_sources_say(monkeypatch):
    route = routes.chosen(COURSE, ROUTE)
    monkeypatch.setattr(lessons, "build", lambda check, root: [ROOT / "notebooks" / "en" / "09_value.ipynb"])
    lessons._refuse_stale(route, home=ROOT)  # another lesson is no part of this kit
    stale = ROOT / "notebooks" / "zh" / "02_journey_exercises.ipynb"
    monkeypatch.setattr(lessons, "build", lambda check, root: [stale])
    with pytest.raises(WrongValue) as caught:
        lessons.prepared(route, home=ROOT, language="zh", places={})
    assert caught.value.en.endswith("Run `course build`, then make the kit again.")
    assert "02_journey" in caught.value.zh
    assert "03_moments" not in caught.value.zh


def test_the_handbook_answers_for_every_lesson_and_needs_no_command():
    said = {"en": "What they will say, and what to answer", "zh": "学员常说的话，怎么回应"}
    for entry in COURSE["routes"]:
        for lesson in entry["lessons"]:
            for spoken, heading in said.items():
                sheet = solved(ROOT / "course" / "lessons" / lesson, language=spoken, part="trainer")
                language.use(spoken)
                found = material.sections(sheet)
                assert "|" in found[heading], lesson
                assert "`course " not in "".join(found.values())
                assert {"en": "The room's own numbers", "zh": "现场的数字"}[spoken] in found


def test_slides_name_the_fonts_of_windows(kit):
    expected = {"en": "Arial", "zh": "Microsoft YaHei"}[kit.language]
    for place in office_files(kit, "pptx"):
        show = Presentation(place)
        runs = [run for slide in show.slides for shape in slide.shapes if shape.has_text_frame
                for line in shape.text_frame.paragraphs for run in line.runs]  # fmt: skip
        assert {run.font.name for run in runs} == {expected}
        assert {run._r.rPr.find(qn("a:ea")).get("typeface") for run in runs} == {"Microsoft YaHei"}
        assert min(run.font.size.pt for run in runs) >= 12


def test_the_notes_say_what_the_minute_plan_says(kit):
    sheet = source.read(ROOT / "course" / "lessons" / "02_journey" / "trainer.md")
    text = "\n\n".join(cell.text for cell in sheet.in_language(kit.language) if cell.kind == "prose")
    rows = minutes.read(dict(re.findall(r"(?ms)^## (.*?)$\n(.*?)(?=^## |\Z)", text)), name="02")
    (place,) = (place for place in office_files(kit, "pptx") if place.name.startswith("02"))
    notes = [slide.notes_slide.notes_text_frame.text for slide in Presentation(place).slides]
    assert rows[0].say in notes[0]
    assert rows[-1].say in notes[-1]
    said = [row.say for row in rows if row.must]
    assert sum(any(one in note for note in notes) for one in said) >= len(said) - 2


def test_documents_are_not_empty_and_name_both_fonts(kit):
    for place in office_files(kit, "docx"):
        page = Document(place)
        assert len(" ".join(line.text for line in page.paragraphs)) > 30, place.name
        section = page.sections[0]
        assert {round(section.page_width.cm, 1), round(section.page_height.cm, 1)} == {21.0, 29.7}
        fonts = page.styles["Normal"].element.rPr.rFonts
        assert fonts.get(word("w:eastAsia")) == "Microsoft YaHei"
        assert fonts.get(word("w:ascii")) == {"en": "Arial", "zh": "Microsoft YaHei"}[kit.language]


def test_handouts_have_figures_tasks_and_room_but_no_answers(kit):
    names = make.naming.names()
    for place in sorted((kit.root / names["handouts"]).glob("0?*.docx")):
        page = Document(place)
        if names["role_play"] not in place.name:
            assert len(page.inline_shapes) >= 3
            assert sum("w:pBdr" in line._p.xml for line in page.paragraphs) >= 12
            text = "\n".join(line.text for line in page.paragraphs)
            solved = "\n".join(
                line.text for line in Document(kit.root / names["answers"] / place.name).paragraphs
            )
            right = {"en": "Right: ", "zh": "正确答案："}[kit.language]
            assert right in solved
            assert right not in text
            assert not {"`", "..."} & set(text.split())


def test_answers_say_why_each_other_choice_is_wrong(kit):
    names = make.naming.names()
    (place,) = (place for place in (kit.root / names["answers"]).glob("02*.docx"))
    (table,) = (table for table in Document(place).tables)
    assert [row.cells[0].text for row in table.rows[1:]] == ["a", "b", "d"]
    assert all(len(row.cells[1].text) > 20 for row in table.rows[1:])


def test_questionnaires_ask_every_item(kit):
    names, templates = make.naming.names(), make.naming.names()["templates"]
    texts = {}
    for form in ("short_form", "full_form"):
        page = Document(kit.root / templates / names[form])
        texts[form] = [row.cells[0].text for table in page.tables for row in table.rows]
    asked = {form: [text for text in found if re.match(r"\d+\. ", text)] for form, found in texts.items()}
    assert (len(asked["short_form"]), len(asked["full_form"])) == (22, 44)
    assert asked["full_form"][22:] == asked["short_form"]


def test_workbooks_open_and_the_log_counts_days(kit):
    templates = kit.root / make.naming.names()["templates"]
    books = {place.name: CalamineWorkbook.from_path(place) for place in templates.glob("*.xlsx")}
    assert len(books) >= 3
    log = books[NAMES["complaint_log"][kit.language == "zh"]].get_sheet_by_index(0).to_python()
    assert log[0] == [row[1 + (kit.language == "zh")] for row in sheets.LOG]
    with zipfile.ZipFile(templates / NAMES["complaint_log"][kit.language == "zh"]) as opened:
        sheet = opened.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<dataValidation ") == 7
    assert '<f>IF(OR(B2="",I2=""),"",I2-B2)</f>' in sheet


def test_maps_are_one_a3_page_each(kit):
    found = sorted((kit.root / make.naming.names()["maps"]).glob("*.pdf"))
    assert len(found) == 3
    for place in found:
        content = place.read_bytes()
        boxes = re.findall(rb"/MediaBox \[ *0 0 ([\d.]+) ([\d.]+) *\]", content)
        assert [tuple(round(float(side) / 72 * 25.4) for side in box) for box in boxes] == [(420, 297)]
        assert b"/Subtype /Image" not in content


def _lines(kit):
    """Every line of text that a reader of the kit meets, with its file; code and digests left out."""
    for place in sorted(kit.root.rglob("*")):
        if place.suffix == ".docx":
            page = Document(place)
            cells = [cell for table in page.tables for row in table.rows for cell in row.cells]
            yield from ((place, line.text) for part in [page, *cells] for line in part.paragraphs)
        elif place.suffix == ".pptx":
            for slide in Presentation(place).slides:
                frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
                for frame in [*frames, slide.notes_slide.notes_text_frame]:
                    yield from ((place, line.text) for line in frame.paragraphs)
        elif place.suffix == ".html" and NAMES["all_exercises"][1] not in place.name:
            text = re.sub(r"(?s)<(script|style|code|em)\b.*?</\1>", "", place.read_text(encoding="utf-8"))
            yield from ((place, line) for line in re.sub(r"<[^>]*>", "\n", text).split("\n"))


def test_the_chinese_kit_is_chinese_and_the_english_one_english(kit):
    wrong = []
    for place, line in _lines(kit):
        line = unicodedata.normalize("NFKC", line)
        if kit.language == "en":
            wrong += [(place.name, line)] * bool(CHINESE.search(line))
        elif not CHINESE.search(line) and re.search(r"[A-Za-z]{3,}", LATIN.sub("", line)):
            wrong.append((place.name, line))
    digests = re.compile(r"^[\s0-9a-f]{64}\s*$")
    assert [one for one in wrong if not digests.match(one[1])] == []


def test_the_day_lasts_as_long_as_the_route_says():
    for entry in COURSE["routes"]:
        known = {lesson["id"]: lesson for lesson in LESSONS}
        if set(entry["lessons"]) <= set(known):
            route = routes.chosen(COURSE, entry["id"])
            lessons = [SimpleNamespace(id=one["id"], entry=one) for one in route.lessons]
            slots = minutes.day(route, lessons)
            taught = sum(slot.end - slot.start for slot in slots if slot.kind not in ("pause", "lunch"))
            assert taught == round(60 * entry["hours"])
            assert route.slack >= routes.SLACK * 60 * entry["hours"]
            assert all(a.end == b.start for a, b in itertools.pairwise(slots))


def test_a_whole_day_eats_near_noon():
    route = routes.Route("x", "x", 6, 10, 90, tuple({"id": f"{n}", "minutes": 30} for n in range(5)))
    slots = minutes.day(route, [SimpleNamespace(id=one["id"], entry=one) for one in route.lessons])
    (lunch,) = (slot for slot in slots if slot.kind == "lunch")
    assert abs(lunch.start - 12 * 60) <= 45
    assert [slot.kind for slot in slots].count("pause") == 3
    assert slots[-1].end == 9 * 60 + 360 + 90 + 30


def test_activities_last_as_long_as_the_trainers_sheets_say():
    for lesson in LESSONS:
        sheet = ROOT / "course" / "lessons" / lesson["id"] / "trainer.md"
        text = sheet.read_text(encoding="utf-8") if sheet.is_file() else ""
        said = re.findall(r"^## (?:角色扮演|现场活动).*?另加\s*(\d+)\s*分钟", text, flags=re.M)
        planned = [lesson["activity_minutes"]] if "activity_minutes" in lesson else []
        assert planned == [int(one) for one in said], lesson["id"]


@pytest.mark.parametrize(
    ("change", "en", "zh"),
    [
        ({"hours": 1.3}, "plans 60 minutes; 1.3 hours with a quarter of slack hold 58", "排了 60 分钟"),
        (
            {"activities": True},
            "plans 85 minutes; 1.5 hours with a quarter of slack hold 68",
            "只能排 68 分钟",
        ),
        ({"lessons": ["02_journey", "77_tea"]}, "not in the course yet: 77_tea", "还没有写好：77_tea"),
        ({"id": "other"}, "There is no route '90-minutes'; there are: other", "没有 '90-minutes' 这条路线"),
    ],
)
def test_a_route_that_cannot_be_taught_is_refused(change, en, zh):
    (entry,) = (one for one in COURSE["routes"] if one["id"] == ROUTE)
    with pytest.raises(WrongValue) as caught:
        routes.chosen({**COURSE, "routes": [entry | change]}, ROUTE)
    assert en in caught.value.en
    assert zh in caught.value.zh


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_bad_arguments_get_one_sentence(spoken, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_HOME", str(ROOT))
    (tmp_path / "file").write_text("", encoding="utf-8")
    for given in (["--route", "nowhere"], ["--route", ROUTE, "--out", str(tmp_path / "file")]):
        assert cli.main(["kit", "--language", spoken, *given]) == 1
        told = capsys.readouterr().err.strip()
        assert len(told.splitlines()) == 1
        assert bool(CHINESE.search(told)) == (spoken == "zh")


def test_a_minute_plan_with_a_hole_is_refused():
    table = "| minutes | what | must | say |\n|---|---|---|---|\n| 0–3 | a (1) | ● | x |\n| 4–6 | b (2) | optional | y |"
    with pytest.raises(WrongValue, match="follow one another"):
        minutes.read({"Minute plan": table}, name="05")
    rows = minutes.read({"Minute plan": table.replace("4–6", "3–6")}, name="05")
    assert [(row.start, row.end, row.must, row.screens) for row in rows] == [
        (0, 3, True, {1}),
        (3, 6, False, {2}),
    ]


def test_what_needs_the_command_is_no_part_of_a_trainers_sheet():
    cell = SimpleNamespace(
        cell_type="markdown",
        source="# T\n\nAim.\n\n## Play\n\nyes\n\nrun `course run x`\n\n## Numbers\n\nrun `course run x`",
    )
    assert material.sections(SimpleNamespace(cells=[cell])) == {"": "Aim.", "Play": "yes"}


def test_markdown_is_cut_into_blocks():
    table, item = prose.blocks("| a | **b** |\n|---|---|\n| `c` | d |\n\n- one *two*")
    assert [[[run.text for run in cell] for cell in row] for row in table.rows] == [
        [["a"], ["b"]],
        [["c"], ["d"]],
    ]
    assert (item.kind, [run.stressed for run in item.runs]) == ("item", [False, True])
    assert prose.blocks("<details><summary>x</summary>\n\ny\n\n</details>") == []


def test_a_tagged_table_stands_on_a_slide_and_on_paper_without_row_numbers():
    def cells(*tags):
        markup = "<table><tr><th></th><th>who</th></tr><tr><th>0</th><td>A | B</td></tr></table>"
        output = SimpleNamespace(get={"data": {"text/html": markup}}.get)
        made = [
            SimpleNamespace(cell_type="markdown", source="# T\n\nx", metadata={}, id="a"),
            SimpleNamespace(cell_type="markdown", source="## Who\n\ny", metadata={}, id="b"),
            SimpleNamespace(
                cell_type="code", metadata={"tags": list(tags)}, id="c", get={"outputs": [output]}.get
            ),
        ]
        return material.pieces(SimpleNamespace(cells=made), figures=None)

    assert len(cells()) == 2
    slide, sheet = cells("slide", "handout")[2:]
    assert slide.text == "## Who\n\n" + sheet.text
    assert sheet.text == "| who |\n|---|\n| A \\| B |"
    assert (slide.tags, sheet.tags) == ({"slide"}, {"handout"})
    (table,) = prose.blocks(sheet.text)
    assert table.rows[1][0][0].text == "A | B"


def test_a_line_of_code_reaches_paper_and_slides():
    (block,) = prose.blocks("```\nprint（1）\n```")
    assert (block.kind, block.text) == ("code", "print（1）")


def test_an_office_file_settles_to_the_same_bytes_at_any_time():
    def made(moment):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as new:
            info = zipfile.ZipInfo("docProps/core.xml", (moment, 1, 1, 0, 0, 0))
            new.writestr(info, f"<a><b>{moment}-05-06T07:08:09Z</b></a>")
        return held.getvalue()

    assert made(2024) != made(2025)
    assert archive.settled(made(2024)) == archive.settled(made(2025))


@pytest.mark.browser
def test_no_page_asks_a_network(kit, tmp_path_factory):
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
                 "--no-first-run", f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    try:
        driver.get("about:blank")
        driver.get_log("performance")
        pages = sorted(kit.root.rglob("*.html"))
        assert len(pages) == 2 + 2 * 2
        for page in pages:
            driver.get(page.as_uri())
            told = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
            sent = [
                one["params"]["request"]["url"]
                for one in told
                if one["method"] == "Network.requestWillBeSent"
            ]
            assert [unquote(url) for url in sent if not url.startswith("data:")] == [unquote(page.as_uri())]
            assert driver.get_log("browser") == []
    finally:
        driver.quit()


def test_the_kit_says_nothing_of_the_machine_it_was_made_on(kit):
    for place in kit.root.rglob("*"):
        if place.suffix in (".docx", ".pptx", ".xlsx"):
            with zipfile.ZipFile(place) as opened:
                held = b"".join(opened.read(name) for name in opened.namelist())
        else:
            held = place.read_bytes() if place.is_file() else b""
        assert str(ROOT).encode() not in held
