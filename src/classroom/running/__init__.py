"""Notebooks executed side by side through papermill, and the working copy for JupyterLab."""
