"""The simulated bank: every table drawn from a seed, a year under a plan, the constructs and the estimands."""
