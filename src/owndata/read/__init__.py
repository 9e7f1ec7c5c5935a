"""Files as they come: text, workbooks, SPSS, Parquet, XES; headings, layout, totals, dates and numbers."""
