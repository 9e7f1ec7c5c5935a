"""Exercises: right and wrong answers in every form, what is said to them, hints, attempts, progress, reset."""
