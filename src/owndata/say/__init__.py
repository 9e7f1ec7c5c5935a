"""What is said of a file: problems, notes and their sentences."""
