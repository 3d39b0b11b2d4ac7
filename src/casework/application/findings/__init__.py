"""Auditors' findings, as lists and one by one."""
