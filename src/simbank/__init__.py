"""The simulated Qingyu Bank 青屿银行: one file per table, one seed per bank, the truth beside the data."""
