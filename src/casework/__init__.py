"""casework: an event-sourced case tracker whose every count follows from its history."""

__version__ = "0.1.0"
