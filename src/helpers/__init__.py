"""The small analysis package that the notebooks import."""
