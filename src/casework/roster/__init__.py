"""The law of places and people: who and what exists, from when to when. Pure, and events like everything else."""
