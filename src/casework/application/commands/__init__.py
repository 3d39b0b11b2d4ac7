"""Prepares a command, hands it to the writer and waits for its answer."""
