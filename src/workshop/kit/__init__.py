"""The trainer's kit in a zip: slides, handouts, sheets and packs to print, exam, minutes, wall maps."""
