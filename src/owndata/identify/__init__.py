"""What points at a person: names, numbers, addresses."""
