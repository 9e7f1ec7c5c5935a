"""Figures: their style, journey maps, control charts, plan timelines, segment cards, a map of the tables."""
