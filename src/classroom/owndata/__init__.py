"""One's own data: reading an export, judging a folder, and telling every problem in two languages."""
