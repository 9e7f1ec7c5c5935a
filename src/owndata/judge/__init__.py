"""Whether a finished folder of data can be used: every problem in it, and advice for each value."""
