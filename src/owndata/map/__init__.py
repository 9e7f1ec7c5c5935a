"""From an export to a bank: roles, scales, branches, open questions, mapping, small groups, lessons served."""
