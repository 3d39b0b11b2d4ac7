"""A county that never was, as in the newspaper: its people, its year, and the commands by which they lived it."""
