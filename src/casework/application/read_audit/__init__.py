"""Read audit."""
