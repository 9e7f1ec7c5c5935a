"""From an export to a bank's folder: platforms, column roles, answer words, questions, mapping, small groups."""
