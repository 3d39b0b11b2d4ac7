"""The memory: entries, their tables, append and read."""
