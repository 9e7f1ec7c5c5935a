"""The datapackage.json of a working copy: scale, dimensions and questions as the user's mapping says."""

import re

from owndata.map.corrected_mapping import name_of

# The course's own dimensions keep their ids, so that what is known of them is found.
COURSE = {
    "tangibles": ("Tangibles", "有形性"),
    "reliability": ("Reliability", "可靠性"),
    "responsiveness": ("Responsiveness", "响应性"),
    "assurance": ("Assurance", "保证性"),
    "empathy": ("Empathy", "移情性"),
}
PLAIN = {
    "respondent": ("string", "Respondent", "受访者"),
    "branch": ("string", "Branch", "网点"),
    "wave": ("integer", "Wave", "调查轮次"),
    "date": ("date", "Answered", "作答日期"),
    "seconds": ("integer", "Time taken", "答题用时"),
    "satisfaction": ("integer", "Overall satisfaction", "总体满意度"),
}


def package(mapping, *, columns, n, branches, title):
    """Describe the two tables of a working copy.

    Parameters
    ----------
    mapping : Mapping
        The corrected mapping.
    columns : list of str
        The columns of the survey.
    n : int
        Its rows.
    branches : DataFrame
        The branches.
    title : str
        What the data are called.

    Returns
    -------
    dict
        A Frictionless package as `helpers.bank.codebook.Codebook` reads it.
    """
    return {
        "profile": "tabular-data-package", "name": _slug(title), "title": title, "title@zh": title,
        "simulated": False, "made_by": "course data map",
        "resources": [_branches_resource(branches), _survey_resource(mapping, columns, n)],
    }  # fmt: skip


def dimension_ids(mapping):
    """Give every dimension of the items its id.

    Parameters
    ----------
    mapping : Mapping
        The corrected mapping.

    Returns
    -------
    dict
        The user's own name → the course's id where it is one of the five, else d1, d2 ….
    """
    items = mapping.columns[mapping.columns["role"] == "perception"].sort_values("item")
    found = {}
    for row in items.to_dict("records"):
        names = {row["dimension_zh"], row["dimension_en"], (row["dimension_en"] or "").capitalize()} - {
            None,
            "",
        }
        known = next((one for one, labels in COURSE.items() if names & {one, *labels}), None)
        found.setdefault(name_of(row), known if known not in found.values() else None)
    return {name: one or f"d{i}" for i, (name, one) in enumerate(found.items(), start=1)}


def _branches_resource(branches):
    fields = [
        _field("branch", "string", "Branch", "网点", required=True, unique=True),
        _field("name_en", "string", "Name (English)", "英文名称", required=True),
        _field("name_zh", "string", "Name (Chinese)", "中文名称", required=True),
    ]
    return _resource("branches", "Branches", "网点", fields, key="branch", n=len(branches))


def _survey_resource(mapping, columns, n):
    items = mapping.columns[mapping.columns["role"] == "perception"].sort_values("item")
    low, high = int(items["low"].iloc[0]), int(items["high"].iloc[0])
    fields = [_survey_field(column, mapping) for column in columns]
    made = _resource("servqual", "Survey", "问卷", fields, key="respondent", n=n)
    reference = {"resource": "branches", "fields": ["branch"]}
    made["schema"]["foreignKeys"] = [{"fields": ["branch"], "reference": reference}]
    scale = {"minimum": low, "maximum": high}
    if any(column.startswith("points_") for column in columns):
        scale["points_total"] = 100
    return {**made, "scale": scale, "dimensions": _dimensions(mapping, items)}


def _dimensions(mapping, items):
    """Titles as far as given: where one language is missing, the other stands for both."""
    listed = []
    for name, one in dimension_ids(mapping).items():
        own = items[[name_of(row) == name for row in items.to_dict("records")]]
        english = next(filter(None, own["dimension_en"]), None) or COURSE.get(one, (name,))[0]
        listed.append(
            {"name": one, "title": english, "title@zh": name, "items": [int(n) for n in own["item"]]}
        )
    return listed


def _survey_field(column, mapping):
    """Describe one column of the survey."""
    if column in ("respondent", "branch", "wave", "date", "seconds"):
        needed = {"required": True} if column in ("respondent", "branch") else {}
        return _field(
            column, *PLAIN[column], **needed, **({"unique": True} if column == "respondent" else {})
        )
    if column.startswith("points_"):
        name = next(n for n, one in dimension_ids(mapping).items() if f"points_{one}" == column)
        return _field(column, "integer", f"Points: {name}", f"重要性：{name}", minimum=0, maximum=100)
    role = {"P": "perception", "E": "expectation", "s": "satisfaction"}[column[0]]
    chosen = mapping.columns[mapping.columns["role"] == role]
    row = (chosen if role == "satisfaction" else chosen[chosen["item"] == int(column[1:])]).to_dict(
        "records"
    )[0]
    limits = {k: int(row[v]) for k, v in (("minimum", "low"), ("maximum", "high")) if row[v] is not None}
    english, chinese = row["title_en"] or row["title_zh"], row["title_zh"] or row["title_en"]
    if role == "satisfaction":
        return {**_field(column, *PLAIN[column], **limits), "description": english, "description@zh": chinese}
    asked = mapping.columns[mapping.columns["role"] == "perception"]
    partner = asked[asked["item"] == row["item"]].to_dict("records")[0]
    return {
        **_field(column, "integer", f"{column} {_short(english)}", f"{column} {_short(chinese)}", **limits),
        "description": english, "description@zh": chinese, "dimension": dimension_ids(mapping)[name_of(partner)],
        "item": int(row["item"]), "reversed": bool(row["reversed"]),
    }  # fmt: skip


def _field(name, kind, english, chinese, **constraints):
    field = {"name": name, "type": kind, "title": english, "title@zh": chinese}
    return {**field, "constraints": constraints} if constraints else field


def _resource(name, english, chinese, fields, *, key, n):
    return {
        "profile": "tabular-data-resource", "name": name, "path": f"{name}.csv", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "title": english, "title@zh": chinese, "rows": n,
        "schema": {"fields": fields, "primaryKey": [key], "missingValues": [""]},
    }  # fmt: skip


def _short(text, most=24):
    return text if len(text) <= most else text[:most].rstrip() + "…"


def _slug(title):
    """A package name of the letters that the standard allows."""
    return re.sub(r"[^a-z0-9._-]+", "-", title.lower()).strip("-.") or "own-survey"
