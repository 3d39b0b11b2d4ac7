"""Operators' work: init, check, back up, restore, move, prune, rotate keys, export."""
