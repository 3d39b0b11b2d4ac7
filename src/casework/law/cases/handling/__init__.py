"""Handling."""
