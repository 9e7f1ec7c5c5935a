"""The open lesson: start, show, say, its texts, placeholders and captions; a beginner's errors explained."""
