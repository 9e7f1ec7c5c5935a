"""What points at a person: names, numbers, ids and codes in headings or cells; formulas made harmless."""
