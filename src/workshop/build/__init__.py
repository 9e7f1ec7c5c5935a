"""From sources in ``course/`` to notebooks: text cells, two languages, index, glossary, grammar, tasks, keys."""
