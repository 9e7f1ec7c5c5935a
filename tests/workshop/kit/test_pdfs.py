"""What is printed, as PDF: made by LibreOffice, one file for each document, A4."""

import re

import pytest

from helpers.bank import language
from helpers.bank.language import WrongValue
from workshop.kit import paper, pdfs


def test_without_libreoffice_one_sentence_says_so(monkeypatch):
    monkeypatch.setattr(pdfs.shutil, "which", lambda _: None)
    with pytest.raises(WrongValue, match="needs LibreOffice") as caught:
        pdfs.converted({"a.docx": b""})
    assert "LibreOffice" in caught.value.zh


@pytest.mark.browser
def test_each_document_becomes_a_pdf_of_the_same_pages():
    language.use("zh")
    page = paper.pack("x")
    paper.leaf(page, "一")
    paper.leaf(page, "二", across=True)
    made = pdfs.converted({"06 打印/1 学员.docx": paper.saved(page)})
    (held,) = made.values()
    assert list(made) == ["06 打印/1 学员.pdf"]
    boxes = {
        tuple(round(float(side)) for side in box)
        for box in re.findall(rb"/MediaBox *\[ *0 0 ([\d.]+) ([\d.]+)", held)
    }
    assert boxes >= {(595, 842), (842, 595)}
