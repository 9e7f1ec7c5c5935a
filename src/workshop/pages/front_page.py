"""What stands around the lessons' pages: the first page with its search, the glossary, the reference."""

from pathlib import Path

from helpers.bank.files import write
from workshop.jobs import stamps
from workshop.pages import glossary_page, reference, search, templates
from workshop.pages.page_words import words
from workshop.pages.pages import ENDINGS


def bind(folder, *, code=None):
    """Write these pages for all lessons that are in a folder.

    Parameters
    ----------
    folder : Path
        ``build``, with ``results/{en,zh}/*.json`` as `execution.execute` writes them.
    code : str, optional
        Digest of all code: where it is what it was, the reference is not drawn again.

    Raises
    ------
    WrongValue
        If they cannot be written: a full disk, above all.
    """
    folder, lessons = Path(folder), listed(folder)
    texts = {language: list(_read(folder, language, lessons)) for language in words()}
    around = _reference(folder, code)
    for language, read in texts.items():
        read_by_students = [one for one in read if not one[1].endswith(("_solutions.html", "_trainer.html"))]
        around[f"{language}/glossary.html"] = glossary_page.page(read_by_students, language=language)
        write(folder / language / "glossary.html", around[f"{language}/glossary.html"])
    for address, page in around.items():
        texts["zh" if address.startswith("zh/") else "en"].append(search.text(page, address=address))
    write(folder / "index.html", _index(lessons, texts=texts))


def _reference(folder, code):
    """Read what an earlier run drew from the same code, or draw it: most runs change no code, and drawing takes seconds."""
    place = folder / "reference"
    stamp = stamps.read(place / "drawn.json")
    if code and stamp and stamp.key == code and stamps.holds(stamp, needed=(), folder=folder):
        return {name: (folder / name).read_text(encoding="utf-8") for name in stamp.outputs}
    drawn = {f"reference/{name}": text for name, text in reference.pages().items()}
    for name, page in drawn.items():
        write(folder / name, page)
    outputs = stamps.digests([folder / name for name in drawn], folder=folder)
    stamps.write(place / "drawn.json", stamps.Stamp(code or "", 0, {}, "", outputs))
    return drawn


def listed(folder):
    """List the lessons whose pages are in a folder.

    Parameters
    ----------
    folder : Path
        As for `bind`.

    Returns
    -------
    dict
        Name → language → title and pages (their endings).
    """
    lessons = {}
    for language in words():
        for path in sorted((folder / "results" / language).glob("*.json")):
            if stamp := stamps.read(path):
                there = [end for end in ENDINGS if (folder / language / f"{path.stem}{end}").exists()]
                lessons.setdefault(path.stem, {})[language] = {"title": stamp.title, "pages": there}
    return lessons


def _index(lessons, *, texts):
    """Draw the first page: all lessons, and a search through all texts.

    Parameters
    ----------
    lessons : dict
        From `listed`.
    texts : dict
        Language → pages, from `search.text`.

    Returns
    -------
    str
        HTML.
    """
    return templates.page("pages/index.html", words=words(), lang="en", lessons=lessons, texts=texts)


def _read(folder, language, lessons):
    """The texts of one language's pages, once each: the classroom edition says the same."""
    for name, editions in lessons.items():
        if ENDINGS[0] in editions.get(language, {}).get("pages", ()):
            address = f"{language}/{name}{ENDINGS[0]}"
            page = (folder / address).read_text(encoding="utf-8", errors="replace")
            yield search.text(page, address=address)
