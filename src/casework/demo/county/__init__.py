"""The simulated county: its people, its year, and the commands they send."""
