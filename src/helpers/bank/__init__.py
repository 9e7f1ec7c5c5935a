"""Open a bank; for all: codebook and rules, needs, input checks, language, escaping, files and paths."""
