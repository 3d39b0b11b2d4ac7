"""The HTTP server: parses requests, calls use cases, answers. It decides nothing."""
