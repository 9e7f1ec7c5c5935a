"""Exercises: answers of every form, their digests, wording of what is said to them, attempts, progress, reset."""
