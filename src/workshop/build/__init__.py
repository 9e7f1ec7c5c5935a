"""From sources in ``course/`` to notebooks: grammar, both languages, index, glossary, tasks, answer keys."""
