"""The open lesson: start, show, say, texts, placeholders, captions, failed cells; beginners' errors explained."""
