"""``course report``: a short report for each branch, as a page and as a Word file, without code."""
