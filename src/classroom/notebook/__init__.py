"""The open lesson: start, show, say, texts, placeholders, captions, packages; beginners' errors explained."""
