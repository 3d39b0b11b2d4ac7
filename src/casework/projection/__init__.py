"""The kit for projections/: define a question once, count it live, again, and as of any day."""
