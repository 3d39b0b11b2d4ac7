"""Speed as ratios: both sides of each row measured in one run."""
