"""The command ``course``: build, run, lab, pages, kit, report."""

import sys

# jsonschema, which nbformat loads too, looks for it and would compile its grammars of addresses in every process: two
# seconds, for a format that no notebook and no codebook has. `helpers.bank.codebook_shape` does the same where there is no tool.
sys.modules.setdefault("rfc3987_syntax", None)
