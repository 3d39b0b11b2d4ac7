"""What residents do without an account, with a receipt."""
