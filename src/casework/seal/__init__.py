"""Personal data: sealed parts, their keys, search tokens, erasure."""
