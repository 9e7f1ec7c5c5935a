"""From the one source in ``course/`` to notebooks, texts and answers."""
