"""The simulated bank: tables drawn from a seed, effects, constructs, estimands, truth; a year under a plan."""
