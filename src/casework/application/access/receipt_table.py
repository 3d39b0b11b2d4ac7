"""Table of receipts: which command handed one out for which case."""

from __future__ import annotations

from casework.database.metadata import APPEND_ONLY, binaries, clustered, texts

receipt = clustered(
    "receipt",
    texts(
        "log",
        primary=True,
        stream="the case",
        command="id of the command that handed it out; the latest such entry of the case says which is good",
    ),
    binaries(digest="SHA-256 of log, case and secret; the secret itself is nowhere"),
    rights=APPEND_ONLY,
    comment="Of each receipt handed out: the command that did, and a hash of its secret; the latest one is good.",
)
