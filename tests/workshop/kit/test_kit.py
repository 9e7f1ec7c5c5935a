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
from workshop.kit import (
    archive,
    branch_workbooks,
    day_minutes,
    day_routes,
    deck,
    kit_lessons,
    masters,
    material,
    office,
    print_blocks,
)
from workshop.kit import (
    kit as make,
)
from workshop.kit.kit_names import NAMES

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
    language.use(request.param)
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
    (place,) = office_files(kit, "pptx")
    show = Presentation(place)
    assert show.slide_width * 9 == show.slide_height * 16
    assert {layout.name for layout in show.slide_layouts} == set(masters.MADE)
    used = {slide.slide_layout.name for slide in show.slides}
    assert used >= {"cover", "agenda", "divider", "idea", "figure", "task", "closing"}
    for number, slide in enumerate(show.slides, start=1):
        assert slide.shapes.title.text_frame.text.strip()
        assert slide.notes_slide.notes_text_frame.text.strip()
        assert all(shape.text_frame.text.strip() for shape in slide.placeholders), number
        assert any("slidenum" in shape._element.xml for shape in slide.placeholders), number
        pictures = [shape for shape in slide.shapes if shape.shape_type == 13]
        assert len(pictures) <= 1
        for shape in slide.shapes:
            assert min(shape.left, shape.top) >= 0
            assert shape.left + shape.width <= show.slide_width
            assert shape.top + shape.height <= show.slide_height
        for picture in pictures:
            assert picture.image.size[0] / (picture.width / 914400) >= 145
            assert picture._element.nvPicPr.cNvPr.get("descr")
            texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            beside = sum(len(CHINESE.findall(text)) for text in texts)
            assert beside <= 60, texts


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
        size = max((run.font.size.pt for run in line.runs if run.font.size), default=14)
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
            assert all(shape.top + shape.height <= masters.HEIGHT for shape in shapes), place.name
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
                assert size >= (18 if len(rows[0]) < 6 else 16), (place.name, rows[0])
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


def test_a_kit_refuses_notebooks_that_are_not_what_their_sources_say(monkeypatch):
    route = day_routes.chosen(COURSE, ROUTE, home=ROOT)
    assert kit_lessons.stale([one["id"] for one in route.lessons], root=ROOT) == []
    monkeypatch.setattr(kit_lessons, "stale", lambda ids, root: [one for one in ids if one == "02_journey"])
    with pytest.raises(WrongValue) as caught:
        kit_lessons.prepared(route, home=ROOT, language="zh", places={})
    assert caught.value.en.endswith("Run `course build`, then make the kit again.")
    assert "02_journey" in caught.value.zh
    assert "03_moments" not in caught.value.zh


def test_the_handbook_answers_for_every_lesson_and_needs_no_command():
    said = {"en": "What they will say, and what to answer", "zh": "学员常说的话，怎么回应"}
    for lesson in sorted(
        {_lesson(one) for entry in COURSE["routes"] for day in entry["days"] for one in day["programme"]}
        - {None}
    ):
        for spoken, heading in said.items():
            sheet = solved(ROOT / "course" / "lessons" / lesson, language=spoken, part="trainer")
            language.use(spoken)
            found = material.sections(sheet)
            if lesson != "10_segments":  # its replies stand beside a table that is computed
                assert "|" in found[heading], lesson
            assert "`course " not in "".join(found.values())


def _lesson(one):
    return one.get("lesson") if isinstance(one, dict) else None


def test_slides_name_the_fonts_of_windows(kit):
    expected = {"en": "Arial", "zh": "Microsoft YaHei"}[kit.language]
    for place in office_files(kit, "pptx"):
        show = Presentation(place)
        runs = [run for slide in show.slides for shape in slide.shapes if shape.has_text_frame
                for line in shape.text_frame.paragraphs for run in line.runs]  # fmt: skip
        runs = [run for run in runs if run.text.strip()]
        assert {run.font.name for run in runs} == {expected}
        assert {run._r.rPr.find(qn("a:ea")).get("typeface") for run in runs} == {"Microsoft YaHei"}
        assert min(run.font.size.pt for run in runs) >= 12


def test_the_notes_say_what_the_minute_plan_says(kit):
    sheet = source.read(ROOT / "course" / "lessons" / "02_journey" / "trainer.md")
    text = "\n\n".join(cell.text for cell in sheet.in_language(kit.language) if cell.kind == "prose")
    rows = day_minutes.read(dict(re.findall(r"(?ms)^## (.*?)$\n(.*?)(?=^## |\Z)", text)), name="02")
    (place,) = office_files(kit, "pptx")
    notes = [slide.notes_slide.notes_text_frame.text for slide in Presentation(place).slides]
    said = [row.say for row in rows]
    assert sum(any(one in note for note in notes) for one in said) >= len(said) - 1


def test_documents_are_not_empty_and_name_both_fonts(kit):
    for place in office_files(kit, "docx"):
        page = Document(place)
        assert len(_words(page)) > 30, place.name
        section = page.sections[0]
        assert {round(section.page_width.cm, 1), round(section.page_height.cm, 1)} == {21.0, 29.7}
        fonts = page.styles["Normal"].element.rPr.rFonts
        assert fonts.get(word("w:eastAsia")) == "Microsoft YaHei"
        assert fonts.get(word("w:ascii")) == {"en": "Arial", "zh": "Microsoft YaHei"}[kit.language]


def _pack(kit, number):
    (place,) = (kit.root / make.naming.names()["print"]).glob(f"{number} *.docx")
    return Document(place)


def _words(page):
    cells = [cell for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join(line.text for part in [page, *cells] for line in part.paragraphs)


def _held_after(kit):
    """Messages of figures, rows of tables, replies: what nobody may read while predicting."""
    titles = [line.text for line in _pack(kit, 2).paragraphs if any(run.bold for run in line.runs)]
    page = Document(kit.root / make.naming.names()["answers"])
    rows = [row.cells[1].text for table in page.tables for row in table.rows[1:] if len(row.cells) == 2]
    return {text for held in [*titles, *rows] for text in re.split(r"[\n。]", held) if len(text) > 12}


def test_what_is_held_while_predicting_has_no_answer_no_figure_and_no_message(kit):
    for number in (1, 3):
        page = _pack(kit, number)
        assert not page.inline_shapes
        assert [text for text in _held_after(kit) if text in _words(page)] == []
    text = _words(_pack(kit, 1))
    asked = {
        "en": "Which goes most closely with their satisfaction?",
        "zh": "与满意度关系最大的又是哪一步？",
    }[kit.language]
    assert asked in text


def test_what_is_handed_out_afterwards_has_figures_and_tasks_but_not_what_the_trainer_answers(kit):
    page, answers = _pack(kit, 2), Document(kit.root / make.naming.names()["answers"])
    assert len(page.inline_shapes) >= 8
    right = {"en": "Right: ", "zh": "正确答案："}[kit.language]
    assert right in _words(answers)
    assert right not in _words(page)
    why = {"en": "It names its base", "zh": "它说清楚了分母"}[kit.language]
    assert why in _words(answers)
    assert why not in _words(page)


def test_a_slide_asks_before_the_next_one_answers(kit):
    (place,) = office_files(kit, "pptx")
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(place).slides]
    guess = {"en": "Your guess first", "zh": "先猜再看"}[kit.language]
    assert titles.count(guess) == 5  # two questions of two lessons, and the vote on four features
    vote = {"en": "Four features, by a rule", "zh": "四个特征，按规则打分"}[kit.language]
    assert next(titles[at - 1 : at + 2] for at, title in enumerate(titles) if title == vote)[-1] == guess


def test_answers_say_why_each_other_choice_is_wrong(kit):
    page = Document(kit.root / make.naming.names()["answers"])
    tables = [table for table in page.tables if table.cell(1, 0).text == "a" and len(table.columns) == 2]
    assert len(tables) == 2
    assert all(len(row.cells[1].text) > 14 for table in tables for row in table.rows[1:])


def test_a_reply_belongs_to_the_task_that_asked():
    def cell(kind, text, id="x", **about):
        return SimpleNamespace(cell_type=kind, source=text, id=id, metadata=about, get=lambda *_: [])

    notebook = SimpleNamespace(cells=[
        cell("markdown", "# T", "t"), cell("markdown", "## Rows\n\na · b", "rows"),
        cell("code", 'row = "a"', "task-row"), cell("code", 'answer("row", row, wrong={"same": "b"})', "answers-row"),
        cell("markdown", "Counted rows.", wrong="row.same"),
        cell("markdown", "## Others\n\na · b", "more"),
        cell("code", 'others = "a"', "task-others"), cell("code", 'answer("others", others, wrong={"same": "b"})', "answers-others"),
        cell("markdown", "Still B07.", wrong="others.same"),
    ])  # fmt: skip
    found = material.tasks(notebook, figures=None)
    assert [task.wrong for task in found] == [(("b", "Counted rows."),), (("b", "Still B07."),)]


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
    assert {"A4", "A3"} >= {_paper(place) for place in templates.glob("*.xlsx")}
    log = books[NAMES["complaint_log"][kit.language == "zh"]].get_sheet_by_index(0).to_python()
    assert log[0] == [row[1 + (kit.language == "zh")] for row in branch_workbooks.LOG]
    with zipfile.ZipFile(templates / NAMES["complaint_log"][kit.language == "zh"]) as opened:
        sheet = opened.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<dataValidation ") == 7
    assert '<f>IF(OR(B2="",I2=""),"",I2-B2)</f>' in sheet


def _paper(place):
    """The paper of every sheet that prints, by Excel's numbers."""
    with zipfile.ZipFile(place) as opened:
        sheets = [
            opened.read(name).decode() for name in opened.namelist() if re.search(r"sheet\d+\.xml$", name)
        ]
        hidden = opened.read("xl/workbook.xml").decode().count('state="hidden"')
    sizes = [size for sheet in sheets for size in re.findall(r'paperSize="(\d+)"', sheet)]
    assert len(sizes) == len(sheets) - hidden, place.name
    assert len(set(sizes)) == 1
    return {"9": "A4", "8": "A3"}[sizes[0]]


def test_workbooks_speak_one_language(kit):
    for place in (kit.root / make.naming.names()["templates"]).glob("*.xlsx"):
        for sheet in CalamineWorkbook.from_path(place).sheet_names:
            rows = CalamineWorkbook.from_path(place).get_sheet_by_name(sheet).to_python()
            texts = [sheet, *[str(cell) for row in rows for cell in row]]
            if kit.language == "en":
                texts = [re.sub(r"\d+年\d+月\d+日", "", text) for text in texts]  # a way to write a date
                assert not [text for text in texts if CHINESE.search(text)], place.name
            else:
                latin = [text for text in texts if re.search(r"[A-Za-z]{4,}", LATIN.sub("", text))]
                assert [text for text in latin if not CHINESE.search(text)] == [], place.name


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
        elif place.suffix == ".html":
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


@pytest.mark.parametrize("name", [entry["id"] for entry in COURSE["routes"]])
def test_the_day_adds_up_and_three_quarters_are_must_at_most(name):
    route = day_routes.chosen(COURSE, name, home=ROOT)
    lessons = [
        SimpleNamespace(id=one["id"], name=one["title"], plan=_plan(one["id"])) for one in route.lessons
    ]
    slots = day_minutes.laid(route, lessons)
    taught = [slot for slot in slots if slot.kind in ("lesson", "activity")]
    assert sum(slot.end - slot.start for slot in taught) == round(60 * route.hours)
    assert all(slot.steps and slot.steps[-1].end == slot.end - slot.start for slot in taught)
    assert sum(slot.must for slot in taught) <= day_routes.MUST * 60 * route.hours
    for _, day in itertools.groupby(slots, key=lambda slot: slot.day):
        assert all(a.end == b.start for a, b in itertools.pairwise(day))
    if name == "one-day":
        assert round(60 * route.hours) == 375
        assert (slots[0].start, slots[1].start, slots[-1].end) == (8 * 60 + 45, 9 * 60, 17 * 60)
        assert "00_welcome" not in [lesson.id for lesson in lessons]
        assert [
            clock
            for clock in map(day_minutes.clock, (slot.start for slot in slots))
            if clock in ("13:00", "14:45")
        ]


def _plan(lesson):
    language.use("en")
    sheet = solved(ROOT / "course" / "lessons" / lesson, language="en", part="trainer")
    return day_minutes.read(material.sections(sheet), name=lesson)


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
        ({"hours": 1.3}, "plans 90 minutes; its 1.3 hours are 78", "排了 90 分钟"),
        (
            {"days": [{"begin": "9:00", "programme": ["tea"]}]},
            "not in the course yet: tea",
            "还没有写好：tea",
        ),
        ({"id": "other"}, "There is no route '90-minutes'; there are: other", "没有 '90-minutes' 这条路线"),
    ],
)
def test_a_route_that_cannot_be_taught_is_refused(change, en, zh):
    (entry,) = (one for one in COURSE["routes"] if one["id"] == ROUTE)
    with pytest.raises(WrongValue) as caught:
        day_routes.chosen({**COURSE, "routes": [entry | change]}, ROUTE, home=ROOT)
    assert en in caught.value.en
    assert zh in caught.value.zh


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_bad_arguments_get_one_sentence(spoken, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_HOME", str(ROOT))
    (tmp_path / "file").write_text("", encoding="utf-8")
    for given in (
        ["--route", "nowhere"],
        ["--route", ROUTE, "--out", str(tmp_path / "file")],
        ["--route", ROUTE, "--colour", "teal"],
    ):
        assert cli.main(["kit", "--language", spoken, *given]) == 1
        told = capsys.readouterr().err.strip()
        assert len(told.splitlines()) == 1
        assert bool(CHINESE.search(told)) == (spoken == "zh")


def test_a_minute_plan_with_a_hole_is_refused():
    table = "| minutes | what | must | say |\n|---|---|---|---|\n| 0–3 | a (1) | ● | x |\n| 4–6 | b (2) | optional | y |"
    with pytest.raises(WrongValue, match="follow one another"):
        day_minutes.read({"Minute plan": table}, name="05")
    rows = day_minutes.read({"Minute plan": table.replace("4–6", "3–6")}, name="05")
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
    table, item = print_blocks.blocks("| a | **b** |\n|---|---|\n| `c` | d |\n\n- one *two*")
    assert [[[run.text for run in cell] for cell in row] for row in table.rows] == [
        [["a"], ["b"]],
        [["c"], ["d"]],
    ]
    assert (item.kind, [run.stressed for run in item.runs]) == ("item", [False, True])
    assert print_blocks.blocks("<details><summary>x</summary>\n\ny\n\n</details>") == []


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
    (table,) = print_blocks.blocks(sheet.text)
    assert table.rows[1][0][0].text == "A | B"


def test_a_line_of_code_reaches_paper_and_slides():
    (block,) = print_blocks.blocks("```\nprint（1）\n```")
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
        assert len(pages) == 2 + 2
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


def test_nothing_without_python_names_code_or_promises_a_lesson_that_the_kit_lacks(kit):
    code = re.compile(
        r"`|\$\$|\*\*|\b[a-z]+_[a-z_]+\b|\b[a-z]+\.[a-z_]+\(|course (run|poll|kit|data|lab|reset)|docs/|\.json|\.md\b|Python|"
        r"\b(pandas|seaborn|statsmodels|pingouin|LMG)\b|深入篇|运行最后|deeper"
    )
    found = [
        (place.name, line) for place, line in _lines(kit) if code.search(line) and "it" not in place.name[:2]
    ]
    assert [one for one in found if NAMES["it"][kit.language == "zh"] != one[0]] == []
    lessons = {"en": r"\blessons? (\d+)", "zh": r"第 ?(\d+) ?课"}[kit.language]
    named = {int(number) for _, line in _lines(kit) for number in re.findall(lessons, line)}
    assert named <= {1, 2}


def test_a_number_is_the_same_on_page_slide_handout_map_and_answer(kit):
    """Drop-off of the queue, the share that gives up, the largest share: one value, one rounding, wherever they are said."""
    held = {}
    walls = [(place, pdf_title(place)) for place in kit.root.rglob("*.pdf")]
    for place, line in [*_lines(kit), *walls]:
        for name, pattern in NUMBERS[kit.language].items():
            for found in re.finditer(pattern, line):
                value = next(filter(None, found.groups()))
                held.setdefault(name, {}).setdefault(value, set()).add(place.name)
    assert set(held) == set(NUMBERS[kit.language])
    assert {name: values for name, values in held.items() if len(values) > 1} == {}
    places = {place for values in held.values() for found in values.values() for place in found}
    assert len(places) >= 3


def pdf_title(place):
    """The headline of a wall chart, which is also the title of its file."""
    held = re.search(rb"/Title \(((?:\\.|[^\\)])*)\)", place.read_bytes(), flags=re.DOTALL)[1]
    held = re.sub(rb"\\(.)", rb"\1", held, flags=re.DOTALL)
    return held.decode("utf-16" if held.startswith(b"\xfe\xff") else "ascii")


NUMBERS = {
    "zh": {
        "gives up on the way": r"开户：([\d.]+%) ?的客户中途放弃|([\d.]+%) ?的客户中途放弃（95%",
        "at the queue": r"放弃率最高的是“取号等候”：([\d.]+%)",
        "feels worst": r"平均感受最低的是“取号等候”（([\d.]+)）",
    },
    "en": {
        "gives up on the way": r"Account opening: ([\d.]+%) give up on the way|([\d.]+%) of the customers gave up",
        "at the queue": r"Queueing.{0,40}?: ([\d.]+%)",
        "feels worst": r"Queueing.{0,30}?\(([\d.]+)\)",
    },
}


def test_one_set_of_codes_for_observers():
    """A letter means one thing in every trainer's sheet and on the day's own sheet."""
    import yaml

    codes = yaml.safe_load((ROOT / "course" / "day" / "observer.yml").read_text(encoding="utf-8"))
    for spoken in ("en", "zh"):
        means = {one["code"]: one[spoken] for one in codes}
        rows = 0
        for sheet in sorted((ROOT / "course" / "lessons").glob("*/trainer.md")):
            for code, text in re.findall(
                r"(?m)^\| ([A-Z]) \| (.*?) \| \|$", sheet.read_text(encoding="utf-8")
            ):
                assert text in [
                    one[other] for one in codes for other in ("en", "zh") if one["code"] == code
                ], sheet
                rows += text == means[code]
        assert rows >= 10


def test_a_logo_and_a_colour_are_on_every_slide(tmp_path):
    from PIL import Image

    from workshop.kit import slides

    language.use("en")
    Image.new("RGB", (300, 100), "red").save(tmp_path / "logo.png")
    specs = [
        deck.Spec("cover", "A", (print_blocks.Block("paragraph", (print_blocks.Run("b"),)),)),
        deck.Spec("idea", "C", (print_blocks.Block("item", (print_blocks.Run("d"),)),)),
    ]
    held = slides.deck(specs, title="t", logo=tmp_path / "logo.png", colour="aa1122")
    show = Presentation(io.BytesIO(held))
    assert "logo" in [shape.name for shape in show.slide_master.shapes]
    with zipfile.ZipFile(io.BytesIO(held)) as opened:
        theme = b"".join(opened.read(name) for name in opened.namelist() if "theme" in name)
    assert b'<a:accent1><a:srgbClr val="AA1122"/>' in theme
    (tmp_path / "no.png").write_text("x", encoding="utf-8")
    (tmp_path / "cut.png").write_bytes((tmp_path / "logo.png").read_bytes()[:-60])
    for logo in ("no.png", "cut.png"):
        with pytest.raises(WrongValue, match="must be a picture"):
            slides.deck(specs, title="t", logo=tmp_path / logo)


def test_a_title_never_breaks_before_a_lone_letter():
    for text in (
        "嘴上说得最多的：取号等候；与满意度关系最大的：开通激活",
        "客户办一件事，到底要经历什么，又为什么",
    ):
        for width in range(200, 700, 20):
            parts = office.balanced(text, size=28, width=width).split("\v")
            if len(parts) == 2:
                assert min(map(len, parts)) >= 3
                assert parts[1][0] not in "，。：；、？！”）"


@pytest.mark.parametrize(
    ("colour", "darker"),
    [("FFFFFF", "8C8C8C"), ("#FFD700", None), ("0B6B62", "0B6B62"), ("C8102E", "C8102E")],
)
def test_a_colour_that_nobody_could_read_is_refused_with_a_darker_one(colour, darker):
    from workshop.commands import kit_command

    found = kit_command._readable(colour.lstrip("#"))
    assert found == darker if darker else found != "FFD700"
    assert kit_command._readable(found) == found
