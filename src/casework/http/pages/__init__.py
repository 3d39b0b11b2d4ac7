"""Plain pages: a projection, a case and its steps; they need no script, and print as they are read."""
