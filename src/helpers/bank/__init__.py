"""Open a bank; shared by all: codebook and rules, needs, input checks, language, escaping, files and paths."""
