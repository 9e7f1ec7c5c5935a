"""One file to print for each reader: all that was in the parts, in their order, with their pictures and paper."""

import io

from docx import Document
from docx.shared import Cm
from PIL import Image

from helpers.bank import language
from workshop.kit import kit_names, paper, print_files


def _document(title, *, across=False, colour=None):
    page = paper.pack(title)
    paper.leaf(page, title, across=across)
    paper.write(page, f"Text of {title}.")
    if colour:
        held = io.BytesIO()
        Image.new("RGB", (40, 20), colour).save(held, "PNG")
        page.add_paragraph().add_run().add_picture(held, width=Cm(4))
    return paper.saved(page)


def test_documents_are_joined_in_order_with_pictures_and_paper():
    language.use("en")
    parts = [_document("A", colour="red"), _document("B", across=True), _document("C", colour="blue")]
    whole = Document(io.BytesIO(print_files.joined(parts, title="all")))
    texts = [line.text for line in whole.paragraphs if line.text]
    assert texts == ["A", "Text of A.", "B", "Text of B.", "C", "Text of C."]
    wide = [round(section.page_width.cm, 1) for section in whole.sections]
    assert wide == [21.0, 29.7, 21.0]
    assert len(whole.inline_shapes) == 2
    pictures = {
        whole.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].blob
        for shape in whole.inline_shapes
    }
    assert len(pictures) == 2


def test_each_reader_has_a_name_and_a_place():
    for spoken in ("en", "zh"):
        language.use(spoken)
        held = kit_names.names()
        places = {print_files.place(held, reader) for reader in print_files.titles()}
        assert len(places) == 5
        assert all(place.endswith(".pdf") for place in places)
