"""What each word of ``course`` takes and calls."""
