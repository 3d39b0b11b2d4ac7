"""Imports ledgers kept elsewhere, row by row."""
