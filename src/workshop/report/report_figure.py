"""The one figure of a branch's report, drawn from its table."""

import io

import matplotlib.pyplot as plt
import numpy as np

from helpers.bank.language import pick
from helpers.figures import plots

DPI = 150


def picture(table, *, gaps, axis="score_axis", digits=2):
    """Draw each dimension with its interval, and the other branches beside it.

    Parameters
    ----------
    table : DataFrame
        From `findings.dimensions`.
    gaps : bool
        Whether the estimates are gaps; else they are marks.
    axis : str
        The id of what marks are, as the glossary labels it.
    digits : int
        How many decimals are written.

    Returns
    -------
    bytes
        A PNG.
    """
    figure, ax = plt.subplots(figsize=(9.5, 1.9 + 0.62 * len(table)))
    if gaps:
        plots.gaps(table.rename(columns={"estimate": "gap"}), ax=ax)
    else:
        plots.estimates(table, axis=axis, digits=digits, ax=ax)
    ordered = table.sort_values("estimate", ascending=False)
    if ordered["others"].notna().any():
        # Below the line, not on it: the reader must see both.
        ax.scatter(ordered["others"], np.arange(len(ordered)) - 0.25, s=110, color="white", edgecolor="black",
                   linewidth=2, zorder=3, label=pick(en="other branches", zh="其他网点"))  # fmt: skip
        handles, names = ax.get_legend_handles_labels()
        ax.legend(
            handles[-1:], names[-1:], loc="upper center", bbox_to_anchor=(0.5, -0.9 / figure.get_figheight())
        )
    drawn = io.BytesIO()
    figure.savefig(
        drawn, format="png", dpi=DPI, bbox_inches="tight", pad_inches=0.1, metadata={"Software": None}
    )
    plt.close(figure)
    return drawn.getvalue()
