"""One verb reads a result: a figure, a table or a number, with its title, its output and its sentence."""

import base64
import io
import json
import os
from pathlib import Path

import pandas as pd
from IPython.display import HTML, Markdown, display

from classroom.notebook import lesson_texts
from classroom.notebook.captions import dress
from helpers.bank import codebook, codebook_shape, escaping
from helpers.bank.language import WrongKind, pick, wrong

WIDTH = 770  # pixels of a figure in the lab and on a page
SHARP = 2  # times as many in the picture, for screens that show them
GROUPED = 10_000  # from here on a number is read in thousands; a year is not


def show(thing, key=None, results=None):
    """Show a result in the reader's language, and the sentence that reads it.

    Parameters
    ----------
    thing : Plot, FacetGrid, Axes, Figure, DataFrame, Series or number
        What seaborn, matplotlib or pandas gave. Axis labels, legends, facet titles and the headings and ids of
        tables are put into the reader's language; numbers in tables are rounded to two decimals for reading.
    key : str, optional
        The name under which the lesson keeps its title, caption, text alternative and sentence. Without one,
        or with one that is not kept, the result is shown alone.
    results : dict, optional
        More names for the placeholders; otherwise the notebook's own, as they are now.

    Raises
    ------
    TypeError
        If it is nothing that can be shown.
    ValueError
        If a placeholder cannot be filled.

    Examples
    --------
    >>> show(pd.DataFrame({"gap": [-0.314]}))
    <IPython.core.display.HTML object>
    """
    written = lesson_texts.filled(key, results={"it": thing, **(results or {})})
    if _is_figure(thing):
        _show_figure(thing, key or "figure", written)
    elif isinstance(thing, (pd.DataFrame, pd.Series)):
        _show_table(thing, written)
    elif isinstance(thing, (str, int, float)) or getattr(thing, "size", 0) == 1:
        if not written["sentence"]:
            display(thing)
    else:
        raise wrong("classroom.show.kind", WrongKind, kind=type(thing).__name__)
    if written["sentence"]:
        display(Markdown(written["sentence"]), metadata={"sentence": True})


def _is_figure(thing):
    return hasattr(getattr(thing, "figure", thing), "savefig") or hasattr(thing, "on")


def _show_figure(drawing, name, written):
    """Draw it in the reader's language with its title and caption, and send the picture once."""
    from helpers.figures import style

    drawing = style.drawn(drawing)
    figure = drawing.figure
    book = codebook.current()
    style.localise(figure, label=getattr(book, "caption", book.label))
    _set_aside(figure, name)
    dress(drawing, title=written["title"], caption=written["caption"])
    style.embolden(figure)
    style.simplify(figure)
    told = {"name": name, "title": written["title"], "caption": written["caption"]}
    _send(figure, written["alt"] or written["title"] or _described(figure), told)


def _described(figure):
    """What stands on the axes, for a figure without a text of its own."""
    named = [axes.get_xlabel() for axes in figure.axes] + [axes.get_ylabel() for axes in figure.axes]
    ticks = [tick.get_text() for axes in figure.axes for tick in axes.get_yticklabels()]
    told = ", ".join(dict.fromkeys(filter(None, [*named, *ticks])))
    return pick(en=f"A figure of: {told}", zh=f"一张图，上面有：{told}")


def _show_table(table, written):
    """A table with labels for ids, rounded, its row numbers left out where they say nothing."""
    book = codebook.current()
    table = table.to_frame() if isinstance(table, pd.Series) else table
    counted = isinstance(table.index, pd.RangeIndex) or table.index.name is None
    whole = table if counted else table.reset_index()
    if written["title"]:
        display(Markdown(f"**{escaping.markdown(written['title'])}**"), metadata={"title": True})
    display(HTML(_drawn(book.shown(_worded(whole, ids=_ids(book))))))
    if written["caption"]:
        display(Markdown(f"*{escaping.markdown(written['caption'])}*"), metadata={"caption": True})


def _drawn(table):
    """The table as HTML, without row numbers."""
    whole = table.select_dtypes("Int64")  # whose empty cells to_html writes as <NA>
    table = table.assign(
        **{name: whole[name].astype(object).where(whole[name].notna(), "–") for name in whole}
    )
    return table.to_html(index=False, float_format=_rounded, na_rep="–", border=0)


def _ids(book):
    """Columns whose numbers are names: nobody counts them in thousands."""
    schemas = [table.get("schema", {}) for table in book.tables.values()]
    return {name for schema in schemas for name in codebook_shape.key_columns(schema.get("primaryKey"))}


def _worded(table, *, ids):
    """Intervals as two numbers, p values as they are reported, long numbers in thousands, True and False as words."""
    table = table.copy()
    for column in table.columns:
        if pd.api.types.is_bool_dtype(table[column]):
            table[column] = table[column].map({True: pick(en="yes", zh="是"), False: pick(en="no", zh="否")})
        elif str(column).startswith("p_") and pd.api.types.is_float_dtype(table[column]):
            table[column] = [_chance(value) for value in table[column]]
        elif str(column).startswith("CI"):
            table[column] = [f"[{_rounded(low)}, {_rounded(high)}]" for low, high in table[column]]
        elif pd.api.types.is_integer_dtype(table[column]) and column not in ids:
            table[column] = ["–" if pd.isna(value) else _grouped(value) for value in table[column]]
    return table


def _chance(p):
    """A p value as it is reported; a dash where there is none."""
    return "–" if pd.isna(p) else "< 0.001" if p < 0.001 else f"{p:.3f}"


def _grouped(number):
    """A count as people write it; years and small counts stay as they are."""
    return f"{number:,}".replace("-", "−") if abs(number) >= GROUPED else number


def _rounded(number):
    """Two decimals, long numbers in thousands, and a true minus sign; what rounds to zero has none."""
    if abs(number) >= GROUPED:
        return f"{number:,.2f}".replace("-", "−")
    drawn = f"{number:.2f}"
    return drawn.lstrip("-") if float(drawn) == 0 else drawn.replace("-", "−")


def _set_aside(figure, name):
    """Keep the picture without its texts where a kit asks for it: a slide's headline stays editable."""
    if "COURSE_FIGURES" in os.environ:
        from classroom.notebook import drawn_values, large_figures  # matplotlib is slow to import

        folder = Path(os.environ["COURSE_FIGURES"])
        folder.mkdir(parents=True, exist_ok=True)
        cut = (
            {} if figure.legends else {"bbox_inches": "tight", "pad_inches": 0.05}
        )  # a legend would follow the cut
        figure.savefig(folder / f"{name}.png", dpi=200, **cut)
        parts = large_figures.save(figure, folder / f"{name}-room.png")
        read = {"parts": parts, "lanes": drawn_values.lanes(figure), "chart": drawn_values.chart(figure)}
        (folder / f"{name}.json").write_text(json.dumps(read, ensure_ascii=False), encoding="utf-8")


def _send(figure, alt, told):
    """Send the picture once, with the text alternative and the other texts beside it."""
    import matplotlib.pyplot as plt

    picture = io.BytesIO()
    figure.savefig(
        picture, format="png", dpi=SHARP * WIDTH / figure.get_figwidth(), bbox_inches="tight", pad_inches=0.1
    )
    plt.close(figure)
    data = {"image/png": base64.b64encode(picture.getvalue()).decode("ascii"), "text/plain": alt}
    about = {"image/png": {"alt": alt, "width": WIDTH}, "alt": alt, "figure": told}
    display(data, metadata=about, raw=True)
