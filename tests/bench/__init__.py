"""How fast, as ratios: both sides of each in one run, with the machine's own figures beside them."""
