"""An encoding is believed where the text reads like a language, and doubted where two do."""

import pytest

from owndata.map import proposed_mapping
from owndata.read import encodings, sheets, textfiles

TEXTS = {
    "gb18030": "滨江支行,东湖支行,城南支行,古楼支行,解放路支行",
    "big5": "濱江分行,東湖分行,古樓分行,城南分行,非常滿意",
    "cp949": "강남지점,홍대지점,부산지점,해운대지점,종로지점",
    "shift_jis": "渋谷支店,新宿支店,大阪支店,とても満足,満足",
    "cp1252": "Zürich,Genève,Köln,São Paulo,Málaga",
}


def saved(folder, text, encoding):
    rows = [f"{i},{name},{1 + i % 5},{1 + i % 4},{1 + i % 5}" for i, name in enumerate(text.split(",") * 12)]
    path = folder / "a.csv"
    path.write_text("\n".join(["ID,branch,P1,P2,P3", *rows]), encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", TEXTS)
def test_each_language_is_told_from_the_others(tmp_path, encoding):
    path = saved(tmp_path, TEXTS[encoding], encoding)
    sheet = sheets.read(path)
    assert sheet.encoding == encoding
    assert sheet.cells["branch"].iloc[:5].tolist() == TEXTS[encoding].split(",")
    assert textfiles.alternatives(path, encoding) == []
    assert [one.kind for one in sheet.problems] == ["encoding"]


def test_too_few_words_to_tell_are_asked_about_with_how_they_would_read(tmp_path):
    path = saved(tmp_path, "강남,부산", "cp949")
    sheet = sheets.read(path)
    (asked,) = [one for one in proposed_mapping.propose(sheet).questions if one.kind == "encoding"]
    ways = {one.settings["encoding"]: one.en for one in asked.choices}
    assert ways["cp949"] == "CP949: 강남, 부산"
    assert "gb18030" in ways
    assert "odd_characters" in [one.kind for one in sheet.problems]
    again = sheets.read(path, encoding="cp949")
    assert again.cells["branch"].iloc[0] == "강남"
    assert "odd_characters" not in [one.kind for one in again.problems]


def test_a_decoding_that_merely_succeeds_is_no_proof(tmp_path):
    path = saved(tmp_path, TEXTS["cp949"], "cp949")
    path.read_bytes().decode("gb18030")  # does succeed
    assert [name for name, _ in encodings.plausible(path)] == ["cp949"]
