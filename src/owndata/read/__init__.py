"""Files as they come: text, workbooks, Parquet."""
