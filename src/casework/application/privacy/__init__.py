"""What a privacy officer does: find, copy, hold and erase personal data."""
