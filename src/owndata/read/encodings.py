"""Which encoding a text that is not UTF-8 is probably in: a decoding that merely succeeds is not a proof."""

import re

from owndata.say.problems import cannot_read

SAMPLE = 200_000  # bytes of lines with other than ASCII characters
FEW = 8  # different characters below which Korean and Chinese cannot be told apart


def plausible(path):
    """List the encodings in which a file reads like a language.

    Parameters
    ----------
    path : Path
        A text file that is not UTF-8.

    Returns
    -------
    list of (str, str)
        Encoding and some words read so, likeliest first. One entry: settled; several, or none: doubtful.
    """
    lines, size = [], 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                lines.append(line)
                size += len(line)
            if size > SAMPLE:
                break
    raw = b"".join(lines)
    return [
        (name, _words(text))
        for name, reads in LANGUAGES.items()
        if (text := _decoded(raw, name)) is not None and reads(text, _wide(text))
    ]


def decodable(path):
    """Name GB18030 for a file that reads like no language, if it decodes at all.

    Parameters
    ----------
    path : Path
        A text file.

    Returns
    -------
    str
        ``"gb18030"``.

    Raises
    ------
    CannotRead
        If a line is not even that.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if _decoded(line, "gb18030") is None:
                raise cannot_read("unknown_encoding", file=path.name, line=number)
    return "gb18030"


def _decoded(raw, name):
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        return None


def _wide(text):
    """The characters that are no ASCII and no punctuation."""
    return [c for c in text if not c.isascii() and c.isalnum()]


def _words(text):
    """Some words of a text that show how it reads."""
    telling = re.compile(r"[^\W\d_a-zA-Z]")
    found = dict.fromkeys(word for word in re.findall(r"\w+", text) if telling.search(word))
    return ", ".join(list(found)[:4])[:60]


def _share(wide, belongs):
    return sum(map(belongs, wide)) / len(wide) if wide else 0.0


def _lead(character, encoding):
    """The first byte of a character in an encoding; 0 where it has only one, or none."""
    try:
        code = character.encode(encoding)
    except UnicodeEncodeError:
        return 0
    return code[0] if len(code) == 2 else 0


def _chinese(text, wide):
    """Everyday characters of GB 2312; they lie all over its table, Hangul would fill one part alone."""
    leads = {c: _lead(c, "gb2312") for c in set(wide)}
    everyday = _share(wide, lambda c: leads[c] > 0) >= 0.9
    common = _share(wide, lambda c: 0xA1 <= leads[c] <= 0xD7) >= 0.8
    korean = len(leads) >= FEW and all(0xB0 <= lead <= 0xC8 for lead in leads.values())
    return everyday and common and not korean


def _korean(text, wide):
    return _share(wide, lambda c: "가" <= c <= "힣" and _lead(c, "euc_kr") > 0) >= 0.95


def _traditional(text, wide):
    """Level 1 of Big5 holds the everyday characters; second bytes are low ones, too, unlike in Korean."""
    common = _share(wide, lambda c: 0xA1 <= _lead(c, "big5") <= 0xC6) >= 0.95
    return common and (
        len(set(wide)) < FEW or any(c.encode("big5")[1] < 0x7F for c in set(wide) if _lead(c, "big5"))
    )


def _japanese(text, wide):
    """Japanese has kana between its characters; half-width kana are a sign of something else."""
    narrow = _share(wide, lambda c: "\uff61" <= c <= "\uff9f")
    kanji = _share(wide, lambda c: 0x81 <= _lead(c, "shift_jis") <= 0x97)
    kana = _share(wide, lambda c: "\u3041" <= c <= "\u30fe")
    return narrow < 0.02 and kanji >= 0.95 and (kana > 0.1 or len(set(wide)) < 2 * FEW)


def _western(text, wide):
    """Letters with marks stand alone among plain ones."""
    letters = _share(wide, lambda c: "À" <= c <= "ÿ" or c in "ŠšŽžŒœŸ") >= 0.95
    pairs = len(re.findall(r"[^\x00-\x7f]{2}", text))
    return letters and pairs <= 0.1 * len(wide)


LANGUAGES = {
    "gb18030": _chinese, "big5": _traditional, "cp949": _korean, "shift_jis": _japanese, "cp1252": _western,
}  # fmt: skip
