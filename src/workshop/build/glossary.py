"""The course's words: one English and one Chinese term for each thing, and what it means."""

import json
import re

from helpers.bank.language import wrong
from workshop.build import yamlfile

NEEDED = ("id", "en", "zh")


def read(path):
    """Read the glossary.

    Parameters
    ----------
    path : Path
        ``course/glossary.yml``: a list of ``id``, ``en``, ``zh``, and either ``definition`` and
        ``definition@zh`` (a term, looked for in prose) or ``label: true`` (it is in figures and
        tables only); ``zh_also`` lists other Chinese words that will do.

    Returns
    -------
    list of dict
        The entries in file order; none where there is no such file.

    Raises
    ------
    WrongValue
        If an entry lacks id, en or zh, is neither defined in both languages nor a label, or an id
        comes twice.
    """
    entries = yamlfile.read(path, otherwise=[])
    seen = set()
    for number, entry in enumerate(entries, start=1):
        needed = NEEDED if entry.get("label") else (*NEEDED, "definition", "definition@zh")
        if any(not entry.get(key) for key in needed) or entry["id"] in seen:
            raise wrong("workshop.glossary.entry", file=path.name, number=number, entry=entry.get("id"))
        seen.add(entry["id"])
    return entries


def built(entries):
    """Write the glossary as the helpers read it.

    Parameters
    ----------
    entries : list of dict
        From `read`.

    Returns
    -------
    str
        JSON: id → en, zh, and the definitions of terms.

    Examples
    --------
    >>> print(built([{"id": "gap", "en": "gap", "zh": "差距", "lesson": "05_servqual"}]))
    {
     "gap": {
      "en": "gap",
      "zh": "差距"
     }
    }
    """
    kept = ("en", "zh", "definition", "definition@zh")
    terms = {entry["id"]: {key: entry[key] for key in kept if key in entry} for entry in entries}
    return json.dumps(terms, ensure_ascii=False, indent=1) + "\n"


def unsaid(source, *, entries):
    """Where English prose uses a term, the Chinese beside it uses the Chinese term.

    Parameters
    ----------
    source : Source
        A lesson, its deeper part or its exercises.
    entries : list of dict
        From `read`; labels are not looked for.

    Yields
    ------
    tuple
        ``(cell, en, zh)`` for each term that is not there.
    """
    terms = {entry["en"].casefold(): entry for entry in entries if not entry.get("label")}
    # The longest first: "zone of tolerance" is not "tolerance".
    choices = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    pattern = re.compile(rf"\b({choices})s?\b", re.IGNORECASE)
    for english, chinese in source.pairs() if terms else []:
        for said in sorted({found.casefold() for found in pattern.findall(english.words)}):
            accepted = [terms[said]["zh"], *terms[said].get("zh_also", [])]
            if not any(word in chinese.words for word in accepted):
                yield (
                    chinese,
                    f"the English says '{said}'; the Chinese must say {' / '.join(accepted)} (glossary.yml).",
                    f"英文用了 '{said}'，中文应该用“{'”或“'.join(accepted)}”（见 glossary.yml）。",
                )
