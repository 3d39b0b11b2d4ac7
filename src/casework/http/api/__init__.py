"""The JSON API for programs and devices."""
