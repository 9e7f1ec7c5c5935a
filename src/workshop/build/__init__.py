"""From sources in ``course/`` to notebooks: cells, grammar, two languages, index, glossary, tasks, keys."""
