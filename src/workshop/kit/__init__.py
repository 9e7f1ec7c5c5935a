"""The trainer's kit: slides, handouts, sheets and packs to print, exam, minutes of a day, wall maps; in a zip."""
