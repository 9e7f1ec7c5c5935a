"""The trainer's kit in a zip: activities, slides, handouts, material, sheets to print, exam, minutes, wall maps."""
