"""What an exercise calls: check, hint, progress; and how answers are compared."""
