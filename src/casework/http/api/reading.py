"""Every route of the API that is no command of its own: what is asked, what is brought beside the log, bulk work."""

from __future__ import annotations

from typing import Any

from casework.http.api import blobs, cases, counts, events, feed, places, reassignments


def handlers(max_bytes: int) -> list[Any]:
    """All of them; MAX_BYTES is what one attachment may have."""
    asks = [*cases.handlers(), *counts.handlers(), *feed.handlers(), *events.handlers()]
    return [*asks, *reassignments.handlers(), *places.handlers(), *blobs.handlers(max_bytes)]
