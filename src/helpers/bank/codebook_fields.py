"""What a codebook asks of one table: its fields, keys and links, and what the survey's scale adds to them."""

from helpers.bank.codebook_shape import key_columns


def fields(resource):
    """The fields of a table, each with what the survey's scale adds to it.

    Parameters
    ----------
    resource : dict
        A table of the codebook.

    Returns
    -------
    dict
        Name → field. Perception items that the codebook names without limits have those of the scale; respondent,
        branch and the perception items are there in any survey.
    """
    found = {field["name"]: dict(field) for field in resource.get("schema", {}).get("fields", [])}
    if resource["name"] != "servqual":
        return found
    scale, asked = resource["scale"], dict.fromkeys(_perceptions(resource))  # thousands, in their order
    for name in ("respondent", "branch", *asked):
        field = found.setdefault(name, {"name": name, "type": "string"})
        if name not in asked:
            field["constraints"] = {**field.get("constraints", {}), "required": True}
    for name, field in found.items():
        if name in asked or "item" in field:
            limits = {side: scale[side] for side in ("minimum", "maximum")}
            field.update(constraints=limits | field.get("constraints", {}), scale=scale)
            # Anyone who rates may not know; what somebody expects, they know.
            field["dont_know"] = None if name.startswith("E") else scale.get("dont_know")
        if name in asked:
            field["type"] = "integer"
    return found


def _perceptions(resource):
    """The columns of the perception items.

    Examples
    --------
    >>> _perceptions({"dimensions": [{"name": "a", "items": [1, 3]}]})
    ['P1', 'P3']
    """
    return [f"P{item}" for dimension in resource.get("dimensions", []) for item in dimension["items"]]


def needed(resource):
    """The columns without which the table cannot be used.

    Examples
    --------
    >>> fields = [{"name": "x", "constraints": {"required": True}}, {"name": "y"}]
    >>> needed({"name": "a", "schema": {"fields": fields}})
    ['x']
    """
    survey = _perceptions(resource) if resource["name"] == "servqual" else []
    stated = [
        name for name, field in fields(resource).items() if field.get("constraints", {}).get("required")
    ]
    return list(dict.fromkeys([*stated, *survey]))


def keys(resource):
    """Columns, or several together, whose values may occur once.

    Examples
    --------
    >>> keys({"name": "a", "schema": {"primaryKey": ["case", "step"]}})
    [('case', 'step')]
    """
    schema = resource.get("schema", {})
    found = [tuple(key_columns(schema.get("primaryKey")))]
    found += [(f["name"],) for f in schema.get("fields", []) if f.get("constraints", {}).get("unique")]
    if resource["name"] == "servqual" and not any(found):
        found.append(("respondent",))
    return [key for key in dict.fromkeys(found) if key]


def foreign_keys(resource):
    """The foreign keys of one column: column here, table there, column there.

    Examples
    --------
    >>> key = {"fields": "branch", "reference": {"resource": "branches", "fields": ["branch"]}}
    >>> foreign_keys({"name": "a", "schema": {"foreignKeys": [key]}})
    [('branch', 'branches', 'branch')]
    """
    found = []
    for key in resource.get("schema", {}).get("foreignKeys", []):
        here, there = key_columns(key["fields"]), key_columns(key["reference"]["fields"])
        if len(here) == len(there) == 1:
            found.append((here[0], key["reference"].get("resource") or resource["name"], there[0]))
    return found
