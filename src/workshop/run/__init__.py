"""Notebooks executed through papermill, several at once: reduced to the data, failures told, a summary."""
