"""The user's codebook: read, held against the Frictionless standard, and asked what each table must hold."""

import json
import os
from collections import Counter

from frictionless import FrictionlessException, Package

from helpers.bank import paths, shape
from owndata.judge import patterns
from owndata.map import served
from owndata.say.problems import Both, CannotRead, cannot_read, problem

FILE = shape.FILE
_JUDGED_HERE = {"scale", "dimensions"}  # of the survey: `_survey` has better words


def read(folder):
    """Read the codebook of a folder.

    Parameters
    ----------
    folder : Path
        The folder.

    Returns
    -------
    package : dict
        The codebook.
    problems : list of Problem
        What is wrong with it. Where there is an error, the tables cannot be judged.

    Raises
    ------
    CannotRead
        If there is no folder, no codebook, or no JSON in it.
    """
    if not os.path.isdir(folder):  # False, too, for a name that is too long
        raise cannot_read("no_folder", file=str(folder)[:200])
    if not os.path.lexists(folder / FILE):
        raise cannot_read("no_codebook", file=folder.name)
    try:
        package = shape.parsed(path(folder, FILE).read_text(encoding="utf-8-sig"))
    except CannotRead:
        raise
    except (ValueError, OSError) as error:
        raise cannot_read("codebook_unreadable", file=FILE, why=str(error)[:200]) from None
    return package, _shape(package) or _survey(package) or _patterns(package) or _frictionless(package)


def path(folder, name):
    """Find a file that the codebook names, by the one rule for all readers (`helpers.bank.paths`).

    Parameters
    ----------
    folder : Path
        The folder.
    name : str
        What the codebook says.

    Returns
    -------
    Path
        A file inside the folder that may be opened; whoever opens it says if it is not there.

    Raises
    ------
    CannotRead
        If it must not be opened.
    """
    why = paths.reason(folder, name)
    if why in (None, paths.ABSENT, paths.FOLDER):
        return folder / name
    raise cannot_read("path_refused", file=name, why=Both(*why), expected=Both(*paths.RULE))


def _shape(package):
    """What is not of the shape that the product reads; the survey's own parts are judged by `_survey`."""
    found = shape.faults(package)
    if found and all(len(at := fault.place.split(" › ")) > 1 and at[1] in _JUDGED_HERE for fault in found):
        found = [] if _survey(package) else found
    if not found:
        shape.filled(package)
        found = shape.loose_links(package)
    return [
        problem("codebook_shape", file=FILE, at=fault.place or FILE, must=Both(fault.en, fault.zh), found=fault.found)
        for fault in found
    ]  # fmt: skip


def _patterns(package):
    """Patterns that nothing could match in time."""
    return [
        problem("pattern_refused", file=FILE, at=f"{resource['name']} › {field['name']}", why=Both(*why))
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if (why := patterns.refusal(field["constraints"].get("pattern")))
    ]


def _frictionless(package):
    """The standard's own word; the shape lets no address through that it would fetch."""
    try:
        wrong = [error.message for error in Package.metadata_validate(package)]
    except FrictionlessException as error:
        wrong = [error.error.message]
    except Exception as error:  # a codebook of a shape that the library did not think of
        wrong = [f"{type(error).__name__}: {error}"]
    return [problem("codebook_wrong", file=FILE, why=str(text)[:300]) for text in dict.fromkeys(wrong)]


def _survey(package):
    """What the lessons need to know of the survey."""
    tables = {resource["name"]: resource for resource in package["resources"]}
    survey = tables.get("servqual")
    if survey is None:
        # A ledger, or a log of journeys, is enough for the lessons that read it.
        return [] if served.known(tables) else [problem("no_survey", file=FILE)]
    scale = survey.get("scale")
    low, high = (
        (scale.get(side) for side in ("minimum", "maximum")) if isinstance(scale, dict) else (None, None)
    )
    if type(low) is not int or type(high) is not int or low >= high:
        return [problem("no_scale", file=FILE, found=json.dumps(scale, ensure_ascii=False))]
    dimensions = survey.get("dimensions")
    if not _are_dimensions(dimensions):
        return [problem("no_dimensions", file=FILE, found=json.dumps(dimensions, ensure_ascii=False))]
    items = Counter(item for dimension in dimensions for item in dimension["items"])
    return [problem("item_twice", file=FILE, found=item) for item, count in items.items() if count > 1]


def _are_dimensions(dimensions):
    return (
        isinstance(dimensions, list)
        and bool(dimensions)
        and all(
            isinstance(one, dict) and isinstance(one.get("name"), str) and isinstance(one.get("items"), list)
            and one["items"] and all(type(item) is int for item in one["items"])
            for one in dimensions
        )
    )  # fmt: skip


def fields(resource):
    """The fields of a table, each with what the survey's scale adds to it.

    Parameters
    ----------
    resource : dict
        A table of the codebook.

    Returns
    -------
    dict
        Name → field. A perception item that the codebook names without limits has those of the scale.
    """
    named = {field["name"]: dict(field) for field in resource.get("schema", {}).get("fields", [])}
    if resource["name"] != "servqual":
        return named
    for name in required(resource):
        named.setdefault(
            name, {"name": name, "type": "integer" if name in perceptions(resource) else "string"}
        )
    for name in ("respondent", "branch"):
        named[name]["constraints"] = {**named[name].get("constraints", {}), "required": True}
    for name, field in named.items():
        if "item" in field or name in perceptions(resource):
            scale = resource["scale"]
            limits = {
                "minimum": scale["minimum"],
                "maximum": scale["maximum"],
                **field.get("constraints", {}),
            }
            field.update(constraints=limits, scale=scale, dont_know=scale.get("dont_know"))
            if name in perceptions(resource):
                field["type"] = "integer"
    return named


def perceptions(resource):
    """The columns of the perception items.

    Parameters
    ----------
    resource : dict
        The survey.

    Returns
    -------
    list of str
        For instance ``["P1", "P2"]``.

    Examples
    --------
    >>> perceptions({"dimensions": [{"name": "a", "items": [1, 3]}]})
    ['P1', 'P3']
    """
    return [f"P{item}" for dimension in resource.get("dimensions", []) for item in dimension["items"]]


def required(resource):
    """The columns without which a lesson cannot run.

    Parameters
    ----------
    resource : dict
        A table of the codebook.

    Returns
    -------
    list of str
        What the codebook requires; of the survey respondent, branch and the perception items besides.
    """
    stated = [
        field["name"]
        for field in resource.get("schema", {}).get("fields", [])
        if field.get("constraints", {}).get("required")
    ]
    survey = ["respondent", "branch", *perceptions(resource)] if resource["name"] == "servqual" else []
    return list(dict.fromkeys([*survey, *stated]))


def keys(resource):
    """Columns whose values may occur once.

    Parameters
    ----------
    resource : dict
        A table of the codebook.

    Returns
    -------
    list of tuple of str
        Each a column or several columns together.
    """
    schema = resource.get("schema", {})
    found = [tuple(shape.names(schema.get("primaryKey")))]
    found += [(f["name"],) for f in schema.get("fields", []) if f.get("constraints", {}).get("unique")]
    if resource["name"] == "servqual" and not any(found):
        found.append(("respondent",))
    return [key for key in dict.fromkeys(found) if key]


def references(resource):
    """The foreign keys of a table that are single columns.

    Parameters
    ----------
    resource : dict
        A table of the codebook.

    Returns
    -------
    list of tuple of str
        Column here, table there, column there.
    """
    found = []
    for key in resource.get("schema", {}).get("foreignKeys") or []:
        here, there = shape.names(key["fields"]), shape.names(key["reference"]["fields"])
        if len(here) == len(there) == 1:
            found.append((here[0], key["reference"].get("resource", ""), there[0]))
    return found
