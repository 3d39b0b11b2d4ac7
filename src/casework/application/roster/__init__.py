"""The county's roster: import, export, gaps, merging and splitting townships."""
