"""Files as they come: text, workbooks, SPSS, Parquet, event logs; headings, layout, totals, dates, numbers."""
