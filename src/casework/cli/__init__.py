"""The same use cases in the terminal."""

from casework.cli.root import main

__all__ = ["main"]
