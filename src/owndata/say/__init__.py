"""What is said about somebody's file, in both languages: problems, notes, sentences."""
