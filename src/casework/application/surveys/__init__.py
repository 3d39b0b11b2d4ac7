"""Needs surveys: lists, figures, answers and importing answers."""
