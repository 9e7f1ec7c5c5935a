"""One zip for a trainer: slides, handouts, sheets."""
