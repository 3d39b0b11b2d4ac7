"""Figures: questions to projections, their answers and their upkeep."""
