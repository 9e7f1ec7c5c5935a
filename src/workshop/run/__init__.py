"""Notebooks executed through papermill, several at once."""
