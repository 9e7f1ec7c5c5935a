"""Open a bank; what all packages share: codebook and its rules, checks of input, language, safe files, paths."""
