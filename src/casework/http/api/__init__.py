"""What programs and devices speak with: JSON in, JSON out."""

from __future__ import annotations

from typing import Any

from casework.http.api import batch, cases, commands, counts, events, feed, reassignments


def acting() -> list[Any]:
    """Routes that change something."""
    return [*commands.handlers(), *batch.handlers()]


def asking() -> list[Any]:
    """Routes that answer a question, and the preview of what a bulk reassignment would do."""
    return [*cases.handlers(), *counts.handlers(), *feed.handlers(), *events.handlers(), *reassignments.handlers()]
