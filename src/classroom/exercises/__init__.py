"""Exercises: answers of every form, digests, wording of what is said to them, attempts, progress, reset."""
