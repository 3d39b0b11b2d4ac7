"""County."""
