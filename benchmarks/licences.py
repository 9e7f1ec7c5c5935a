"""Under which licence is what `requirements.lock` installs? Read from the packages themselves.

``python benchmarks/licences.py --out docs/licences.md``
"""

import argparse
import importlib.metadata
import re
import sys
from pathlib import Path

from helpers.bank.files import write

ROOT = Path(__file__).parents[1]
# What the packages do not say themselves, or say of their wrapping alone.
SAID = {
    "ciw": "MIT",
    "cvttf-notosanscjk-regular": "OFL-1.1 (the font; the text is in licences/OFL-1.1.txt), MIT (its packaging)",
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
}
# Installed on other systems or Python versions only, so that they cannot be asked here.
ELSEWHERE = {
    "aiohappyeyeballs": "PSF-2.0", "aiohttp": "Apache-2.0 AND MIT", "aiosignal": "Apache-2.0", "appnope": "BSD-2-Clause",
    "colorama": "BSD-3-Clause", "frozenlist": "Apache-2.0", "multidict": "Apache-2.0", "propcache": "Apache-2.0",
    "pywinpty": "MIT", "yarl": "Apache-2.0",
}  # fmt: skip
# These ask more of anyone who passes them on than to keep their notice.
SHARING = re.compile(r"\b(?:A?GPL|LGPL|MPL|OFL|EPL|CDDL|Artistic|GNU|Mozilla)\b|GPL", re.IGNORECASE)


def locked(root=ROOT):
    """List the packages of the lock."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"(?m)^([A-Za-z0-9._-]+)==", text)))


def licence(name):
    """Say under which licence a package is: what it says itself, in few words; empty where it says nothing."""
    if name in SAID:
        return SAID[name]
    try:
        about = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ELSEWHERE.get(name, "")
    if about["License-Expression"]:
        return about["License-Expression"]
    text = about["License"] or "UNKNOWN"
    if text != "UNKNOWN" and len(text) < 60 and "\n" not in text:
        return text
    return ", ".join(
        kind.rpartition(" :: ")[2] for kind in about.get_all("Classifier") or [] if kind.startswith("License")
    )


def page(found):
    """Write the table, those first that ask more than to keep their notice."""
    sharing = {name: text for name, text in found.items() if SHARING.search(text)}
    rest = {name: text for name, text in found.items() if name not in sharing}
    return "\n".join([
        "# Licences of what is installed", "",
        f"`python benchmarks/licences.py`: the {len(found)} packages of `requirements.lock` and the licence each of them "
        "names; compiled packages may hold libraries under licences of their own, which lie in their wheels. The course's own code is under MIT, its text and data under CC BY 4.0 ([LICENSE](../LICENSE)).", "",
        "## Those that ask more than to keep their notice", "", *_table(sharing), "",
        "**pingouin is under the GPL 3.** Running it asks nothing of you, nor do figures and reports made with it. Who passes "
        "it on (a folder of wheels, a laptop with Python for the room) must pass on its licence and its source with it: its wheel "
        "holds both, so leave the wheel as it is. What is passed on as one program with it, the lessons' code among it, may be "
        "used by anyone who gets it under the terms of the GPL 3; MIT allows that. The kit of `course kit` holds no program, so none of this "
        "concerns it.", "",
        "**The font.** Its package holds no licence text, and the SIL Open Font License must travel with the font: copy "
        "`licences/OFL-1.1.txt` beside the wheel. The kit holds no font file, only glyphs within PDFs and pictures, which "
        "the licence leaves free; its page for the IT department carries the text all the same.", "",
        "Files under the MPL 2.0 may be passed on unchanged with everything else; who changes one of them must publish that file.", "",
        "## All the others", "", *_table(rest), "",
    ])  # fmt: skip


def _table(found):
    return ["| package | licence |", "|---|---|", *(f"| {name} | {text} |" for name, text in found.items())]


def main(arguments=None):
    """Read the command line, ask the packages, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "licences.md")
    options = parser.parse_args(arguments)
    write(options.out, page({name: licence(name) for name in locked()}))


if __name__ == "__main__":
    sys.exit(main())
