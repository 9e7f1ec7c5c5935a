"""Pages from templates: each carries the one style, a policy for its own script alone, and a last look."""

from functools import cache

import jinja2

from workshop.pages.page_check import inspected, policy


def page(template, **values):
    """Draw a page.

    Parameters
    ----------
    template : str
        One of the workshop, for instance ``"pages/page.html"``; it extends ``pages/base.html``.
    **values
        What it shows; ``lang`` is the language of the page, as HTML names it.

    Returns
    -------
    str
        HTML that asks nothing of a network.

    Raises
    ------
    WrongValue
        If it would ask, or run what is not its own, or has a picture without words.
    """
    return inspected(_environment().get_template(template).render(policy=policy, **values))


@cache
def _environment():
    found = jinja2.Environment(
        loader=jinja2.PackageLoader("workshop", ""), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return found
