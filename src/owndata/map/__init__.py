"""From an export to a bank's folder: platforms, column roles, answers, questions, mapping, small groups."""
