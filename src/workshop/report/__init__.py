"""One page a branch from a bank's own survey."""
