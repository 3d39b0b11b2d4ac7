"""Every route of the API that is no command of its own: what is asked, what is brought beside the log, bulk work."""

from __future__ import annotations

from typing import Any

from casework.http.api import (
    access,
    accounts,
    blobs,
    cases,
    counts,
    events,
    feed,
    findings,
    outbox,
    own_tokens,
    places,
    privacy,
    reassignments,
    receipts,
    roster,
    signing_in,
    surveys,
)


def handlers(max_bytes: int) -> list[Any]:
    """All of them; MAX_BYTES is what one attachment may have."""
    asks = [*cases.handlers(), *counts.handlers(), *surveys.handlers(), *findings.handlers()]
    asks += [*feed.handlers(), *events.handlers()]
    own = [*signing_in.handlers(), *own_tokens.handlers(), *accounts.handlers()]
    residents = [*receipts.handlers(), *outbox.handlers()]
    return [
        *asks,
        *reassignments.handlers(),
        *roster.handlers(),
        *places.handlers(),
        *privacy.handlers(),
        *access.handlers(),
        *residents,
        *blobs.handlers(max_bytes),
        *own,
    ]
