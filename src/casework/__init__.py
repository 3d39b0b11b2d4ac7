"""casework: an event-sourced case tracker in which every count follows from a history anyone can replay."""

__version__ = "0.1.0"
