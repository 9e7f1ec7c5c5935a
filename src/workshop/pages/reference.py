"""The API reference: one offline page a module of `helpers`, and what a notebook calls of `classroom`."""

import importlib
import pkgutil
import re
from functools import cache
from importlib.resources import as_file, files
from types import ModuleType

import classroom
import helpers
from workshop.pages import markup, templates
from workshop.pages.page_words import words


@cache
def pages():
    """Draw the pages from the docstrings, by pdoc.

    Returns
    -------
    dict
        File name, for instance ``"helpers/methods/servqual.html"`` → HTML.
    """
    from pdoc import doc, render, render_helpers

    for extra in ("header-ids", "toc"):  # "Parameters" comes once for each function, an id once for a page
        render_helpers.markdown_extensions.pop(extra, None)
    found = [helpers, *_below(helpers), _words_of(classroom)]
    modules = {module.__name__: doc.Module(module) for module in found}
    with as_file(files("workshop.pages")) as place:
        render.configure(docformat="numpy", search=False, show_source=False, template_directory=place)
        return {f"{name.replace('.', '/')}.html": _page(name, modules, render) for name in modules}


def _below(package):
    """Every module below a package, itself left out."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def _words_of(package):
    """A package that loads its words when they are asked for, as one that holds them; itself stays as it is."""
    held = ModuleType(package.__name__, package.__doc__)
    vars(held).update({name: getattr(package, name) for name in package.__all__}, __all__=package.__all__)
    return held


def _page(name, modules, render):
    """One module: pdoc's body in a page of ours."""
    body = render.html_module(modules[name], modules)
    # Names are headings, for anyone who searches or listens; what a docstring is divided into comes below them.
    body = re.sub(r'<span class="name">(.*?)</span>', r'<h2 class="name">\1</h2>', body)
    spoken = words()["en"]
    return templates.page(
        "pages/reference.html",
        words=spoken,
        lang=spoken["lang"],
        name=name,
        root="../" * name.count("."),
        body=re.sub(r"(</?h)[56]>", r"\g<1>3>", body),
        code_style=markup.code_style(".pdoc-code"),
    )
