"""Whether a codebook has its shape, in a few milliseconds.

The rules of ``codebook_schema.json`` become Python when this is imported: once for all kernels that a parent forks.
What is wrong with a codebook says `codebook_shape`, by the same rules.
"""

import json
from pathlib import Path

import fastjsonschema

RULES = Path(__file__).with_name("codebook_schema.json")


def rules():
    """Read the rules.

    Returns
    -------
    dict
        A JSON Schema; ``must`` words each rule in English and Chinese.

    Examples
    --------
    >>> rules()["$ref"]
    '#/$defs/package'
    """
    return json.loads(RULES.read_text(encoding="utf-8"))


_judge = fastjsonschema.compile(rules())


def valid(package):
    """Say whether all rules hold.

    Parameters
    ----------
    package : object
        From `codebook_shape.parsed`; it stays as it is.

    Returns
    -------
    bool
        False also where in doubt.

    Examples
    --------
    >>> valid({"resources": [{"name": "a", "path": "a.csv"}]}), valid({"resources": []})
    (True, False)
    """
    try:
        _judge(package)
    except fastjsonschema.JsonSchemaException:
        return False
    return True
