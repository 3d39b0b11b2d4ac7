"""Demonstrations: a simulated county, and a real ledger with its figures."""
