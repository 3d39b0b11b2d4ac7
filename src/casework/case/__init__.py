"""The law of a case. Pure: no I/O, no clock, no randomness."""
