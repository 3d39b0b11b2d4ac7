"""What a privacy officer does for a person: find, copy, hold, forget; and what retention rules say is over."""
