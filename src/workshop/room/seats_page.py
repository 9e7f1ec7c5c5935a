"""The page on which everybody in a room picks a seat."""

from helpers.bank.language import pick, worded
from workshop.room import trust


def page(names, *, first, shut=()):
    """Draw the page of seats, in the current language.

    Parameters
    ----------
    names : list of str
        The seats.
    first : str
        What each seat opens with, seen from its folder, as an address.
    shut : list of str
        Seats that cannot be used.

    Returns
    -------
    str
        HTML; each seat opens a JupyterLab of its own, so that nobody's tabs appear at a neighbour's.
    """
    links = "\n".join(
        f'<a href="../lab/workspaces/{name}/tree/{name}/{first}">{name.removeprefix("seat-")}</a>'
        if name in names
        else f"<s>{name.removeprefix('seat-')}</s>"
        for name in sorted([*names, *shut])
    )
    return _PAGE.format(
        lang=pick(en="en", zh="zh-CN"),
        title=pick(en="Choose your seat", zh="请选自己的座位号"),
        note=worded("workshop.seats_page.keep_to_one"),
        warning=trust.warning(),
        links=links,
    )


_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 1.4rem/1.6 sans-serif; max-width: 50rem; margin: 3rem auto; }}
a, s {{ display: inline-block; width: 4rem; margin: .4rem; padding: .6rem 0; text-align: center;
    border: 2px solid #0b6e99; border-radius: .4rem; color: #0b6e99; text-decoration: none; }}
s {{ border-color: #ccc; color: #767676; text-decoration: line-through; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{note}</p>
<p><strong>{warning}</strong></p>
{links}
</body>
</html>
"""
