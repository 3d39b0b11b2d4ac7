"""Decides who a caller is, what they see and what they may do."""
