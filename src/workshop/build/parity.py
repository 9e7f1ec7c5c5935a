"""Both languages say the same: each English cell has its Chinese sibling, alike in all that can be compared.

Each rule takes a `Source` and yields ``(cell or None, en, zh)`` for every problem.
"""

import re

from classroom.notebook import placeholders
from helpers.bank.language import LANGUAGES, WrongValue

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u201c\u201d"
# Half-width marks between Chinese characters; U+FFFC stands where code or a number was.
_HALF_WIDTH = re.compile(rf"(?<=[{_CJK}\ufffc])[,.;:!?()](?=\s?[{_CJK}])|(?<=[{_CJK}])[,.;:!?(](?=\s?\ufffc)")
_WORD = re.compile(rf"[A-Za-z]{{2,}}|[{_CJK}]")
_HEADING = re.compile(r"^(#{1,6}) ", re.MULTILINE)
_LINK = re.compile(r"\]\(\s*([^)\s]+)[^)]*\)|<(https?:[^>]+)>")


def _languages(source):
    """A cell's language is en or zh, and code has none."""
    for cell in source.cells:
        if "lang" in cell.metadata and cell.lang not in LANGUAGES:
            yield (
                cell,
                f"the language '{cell.lang}' is not known. Write en or zh.",
                f"不认识语言 '{cell.lang}'。请写 en 或 zh。",
            )
        if cell.kind == "prose" and "lang" not in cell.metadata and _WORD.search(cell.words):
            yield (
                cell,
                'the prose has words but no language. Write +++ {"lang": "en"} or +++ {"lang": "zh"} above it.',
                '正文没有标明语言。请在上面写 +++ {"lang": "en"} 或 +++ {"lang": "zh"}。',
            )


def _siblings(source):
    """The Chinese cell stands directly after the English one."""
    paired = {cell.number for pair in source.pairs() for cell in pair}
    for cell in [cell for cell in source.cells if cell.number not in paired]:
        if cell.lang == "en":
            yield (
                cell,
                "the English cell has no Chinese sibling directly after it. Write one.",
                "这个英文单元格后面缺少对应的中文单元格。请补上。",
            )
        if cell.lang == "zh":
            yield (
                cell,
                "the Chinese cell has no English sibling directly before it. Write one.",
                "这个中文单元格前面缺少对应的英文单元格。请补上。",
            )


def _pairs(source):
    """Siblings agree in metadata, headings, links, images and placeholders."""
    for english, chinese in source.pairs():
        for compared, en, zh in (
            (_other_metadata, "metadata", "元数据"),
            (_headings, "heading levels", "标题级别"),
            (_links, "links and images", "链接和图片"),
            (_placeholders, "placeholders", "占位符"),
        ):
            first, second = compared(english), compared(chinese)
            if first != second:
                yield (
                    chinese,
                    f"the siblings' {en} differ: {first} in English, {second} in Chinese. Make them the same.",
                    f"中英文的{zh}不一致：英文是 {first}，中文是 {second}。请改成一致。",
                )


def _translated(source):
    """Chinese is not the English once more; code and names are alike in both."""
    for english, chinese in source.pairs():
        words = re.findall(
            r"[A-Za-z]{2,}", re.sub(r"```.*?```|`[^`]*`|^[a-z]+:", "", chinese.text, flags=re.S | re.M)
        )
        if english.text.strip() == chinese.text.strip() and len(words) > 2:
            yield (
                chinese,
                "the Chinese cell holds the English text. Write it in Chinese.",
                "中文单元格里还是英文。请写成中文。",
            )


def _punctuation(source):
    """Chinese is punctuated in full width."""
    for cell in [cell for cell in source.cells if cell.lang == "zh"]:
        text = cell.words
        if found := _HALF_WIDTH.search(text):
            excerpt = (
                text[max(found.start() - 6, 0) : found.end() + 6].replace("\ufffc", "·").replace("\n", " ")
            )
            yield (
                cell,
                f"half-width '{found[0]}' stands between Chinese characters in “{excerpt}”. Use the full-width mark.",
                f"“{excerpt}”里的中文之间用了半角标点 '{found[0]}'。请改用全角标点。",
            )


def _other_metadata(cell):
    return {key: value for key, value in sorted(cell.metadata.items()) if key != "lang"}


def _headings(cell):
    return [len(marks) for marks in _HEADING.findall(cell.words)]


def _links(cell):
    return [one or other for one, other in _LINK.findall(cell.text)]


def _placeholders(cell):
    try:
        return sorted(placeholders.fields(cell.text))
    except WrongValue:
        return []


RULES = (_languages, _siblings, _pairs, _translated, _punctuation)
