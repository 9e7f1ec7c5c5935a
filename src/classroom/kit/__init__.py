"""One zip for a trainer: pages, slides, paper and workbooks that open without Python."""
