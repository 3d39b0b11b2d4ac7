"""Every route of the API that is no command of its own: what is asked, what is brought beside the log, bulk work."""

from __future__ import annotations

from typing import Any

from casework.http.api import access, blobs, cases, counts, events, feed, privacy, reassignments


def handlers(max_bytes: int) -> list[Any]:
    """All of them; MAX_BYTES is what one attachment may have."""
    asks = [*cases.handlers(), *counts.handlers(), *feed.handlers(), *events.handlers()]
    return [*asks, *reassignments.handlers(), *privacy.handlers(), *access.handlers(), *blobs.handlers(max_bytes)]
