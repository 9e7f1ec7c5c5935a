"""What every public drawing looks like, line by line, as it was when somebody looked at it.

Where a drawing is meant to change: look at it in both languages, then ``pytest tests/helpers/figures --redraw``.
"""

from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from small_figures import DRAWINGS, told

from helpers.bank import data
from helpers.figures import style

KEPT = Path(__file__).parent / "drawings"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_looks_as_it_did(name, language, request):
    style.use(language=language, codebook=data.codebook("qingyu_bank"))
    drawing = DRAWINGS[name]()
    figure = getattr(drawing, "figure", drawing)
    figure.draw_without_rendering()
    now, kept = told(figure), KEPT / f"{name}_{language}.txt"
    plt.close("all")
    if request.config.getoption("--redraw"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(now, encoding="utf-8", newline="\n")
    assert now.splitlines() == kept.read_text(encoding="utf-8").splitlines()


def test_every_kept_drawing_is_drawn():
    assert {path.stem for path in KEPT.iterdir()} == {
        f"{name}_{said}" for name in DRAWINGS for said in ("en", "zh")
    }
