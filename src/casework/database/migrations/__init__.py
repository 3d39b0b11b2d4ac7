"""How the tables of a database came to be, step by step; run by `casework migrate`."""
