"""The command line: the same use cases in a terminal."""

from casework.cli.root import main

__all__ = ["main"]
