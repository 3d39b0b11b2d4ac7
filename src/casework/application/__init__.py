"""Use cases: handle a command, answer a question, replay, import."""
