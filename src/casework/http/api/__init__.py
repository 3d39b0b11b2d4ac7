"""What programs and devices speak with: JSON in, JSON out."""
