"""The simulated bank: customers, service, tables from a seed, effects, estimands, truth; the year under a plan."""
