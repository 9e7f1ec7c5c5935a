"""Figures from tables that were computed elsewhere, labelled in the reader's language."""
