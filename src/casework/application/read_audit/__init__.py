"""Audits readings of sealed parts: questions, and a digest of each day."""
