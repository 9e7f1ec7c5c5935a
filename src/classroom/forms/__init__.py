"""Workbooks that a notebook reads and writes: plan, observation sheet, poll."""
