"""JupyterLab for one reader, or seats for a class."""
