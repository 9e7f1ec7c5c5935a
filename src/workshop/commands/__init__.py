"""Each word of ``course`` on the command line: its options, and what it calls."""
