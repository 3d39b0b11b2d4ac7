"""Tables of the log: entries, heads of log and streams, answered commands, claims."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from casework.database.metadata import APPEND_ONLY, binaries, clustered, log_table, smalls, texts, wholes

log_head = clustered(
    "log_head",
    texts("log", primary=True),
    wholes(size="entries in the log"),
    texts(at="instant of the last entry", recorded_on="date of the last entry"),
    smalls(number_year="local year of the last case number", number_count="case numbers given in that year"),
    rights="SELECT, INSERT, UPDATE",
    comment="One row per log, locked by every append: its size, last instant and last case number.",
)

entry = log_table(
    "entry",
    texts("log", primary=True),
    wholes("seq", primary=True),
    texts("stream"),
    smalls("rev"),
    texts("type at recorded_on occurred_on actor counts_for command"),
    binaries(
        bytes="the entry as canonical JSON: the truth",
        leaf_hash="SHA-256 of a zero byte and the bytes: the leaf of the Merkle tree to come",
    ),
    UniqueConstraint("log", "stream", "rev"),
    Index(None, "log", "command"),
    rights=APPEND_ONLY,
    comment="The truth is `bytes`; the other columns are an index over them, which verify compares.",
)

stream_head = clustered(
    "stream_head",
    texts("log stream", primary=True),
    smalls(rev="last revision"),
    wholes(seq="place of the last revision in the log"),
    rights="SELECT, INSERT, UPDATE",
    comment="The last revision of each stream, and its place in the log.",
)

command = clustered(
    "command",
    texts("log command", primary=True),
    texts(actor="who sent it: nobody else may repeat it"),
    binaries(digest="HMAC of its whole content; empty after an erasure"),
    texts(at="when it was answered", answer="the answer, given again to a repeat"),
    rights="SELECT, INSERT, UPDATE (digest)",  # an erasure clears the digest
    comment="Commands answered, for as long as a device may stay away; entries remember theirs for longer.",
)

claim = clustered(
    "claim",
    texts("log", primary=True, kind="`number`, `external_ref`, …", key="what exists once"),
    texts(stream="whose it is"),
    rights=APPEND_ONLY,
    comment="What exists once in a log: case numbers, a ledger's own ids.",
)
