"""Which column is what, and the folder that is made of it."""
