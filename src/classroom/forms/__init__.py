"""Workbooks that people fill in: improvement plan, observation sheet, a poll of the room, training tests."""
