"""JupyterLab for one reader or a class: seats, server, its pages, sandbox, whom it trusts, doctor."""
