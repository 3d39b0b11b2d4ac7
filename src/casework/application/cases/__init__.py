"""Reads cases: find, search, open, replay, and what a list shows of one."""
