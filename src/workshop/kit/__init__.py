"""The trainer's kit: slides, handouts, sheets to print, exam, timetable, routes of a day, wall maps."""
