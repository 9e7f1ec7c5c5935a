"""Offline HTML pages of the lessons: markup, templates, front page, search, glossary, API reference."""
