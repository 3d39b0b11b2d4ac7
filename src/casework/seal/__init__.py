"""Personal data: sealed parts, their keys, and how a key is destroyed."""
