"""An officer's work: what waits, what a cadre leaves behind, reassigning cases."""
