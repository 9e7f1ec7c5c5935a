"""The simulated bank: tables from a seed, effects, constructs, estimands, truth; the year under a plan."""
