"""Tables of messages to residents: one row per message, and its state.

They hold no text, phone or name: these are read from the sealed parts when a message is sent.
"""

from __future__ import annotations

from sqlalchemy import Index

from casework.database.metadata import clustered, log_table, smalls, texts, wholes

outbox = log_table(
    "outbox",
    texts("log", primary=True),
    wholes(primary=True, seq="the entry it was made of"),
    texts(primary=True, kind="received, dispatched, asked or done"),
    texts(
        stream="the case",
        number="its number",
        state="ready, sending, sent, failed, unknown or cancelled",
        reason="why it is not sent: a code, never what a receiver said",
    ),
    smalls(attempts="how often it was tried"),
    texts(
        made_at="when it was made",
        changed_at="when its state changed last",
        next_at="when it is tried next",
        sent_at="when the receiver took it; '' while it has not",
        read_at="when it was read, or the case was looked at by its receipt; '' while it was not",
    ),
    Index("ix_outbox_state", "log", "state", "next_at"),
    Index("ix_outbox_stream", "log", "stream"),
    comment="Messages to residents: one row for each entry that one is made of, and how it fared.",
)

outbox_progress = clustered(
    "outbox_progress",
    texts("log", primary=True),
    wholes(size="entries looked at"),
    comment="How many entries have been looked at for messages; said anew in every place, and copied to none.",
)
