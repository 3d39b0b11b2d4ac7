"""Tables of sealed parts: blobs, wrapped keys, subjects, search tokens, attachments.

These rows cannot be rebuilt from the log. Erasure deletes them.
"""

from __future__ import annotations

from sqlalchemy import Index

from casework.database.metadata import ERASABLE, binaries, clustered, log_table, smalls, texts, wholes

sealed_blob = log_table(
    "sealed_blob",
    texts("log kid", primary=True),
    texts("command"),
    smalls(event="place of the event among those of the command"),
    texts(alg="how it is encrypted: A256GCM", sha256="digest of the ciphertext, as committed to in the entry"),
    binaries(bytes="nonce and ciphertext"),
    rights=ERASABLE,
    comment="Sealed parts; `command` and `event` (its place among the command's events) are bound into the seal.",
)

sealed_key = clustered(
    "sealed_key",
    texts("log kid", primary=True),
    binaries(wrapped="the key of the part, wrapped"),
    texts(kek="which wrapping key wraps it"),
    rights=ERASABLE,
    comment="The key of each part, wrapped; `kek` names the wrapping key.",
)

subject_key = clustered(
    "subject_key",
    texts("log", primary=True, subject="person concerned, `resident/<random>`"),
    texts("kid", primary=True),
    Index(None, "log", "kid"),
    rights=ERASABLE,
    comment="Which keys concern which persons (pseudonyms): many to many.",
)

keyed_token = clustered(
    "keyed_token",
    texts("log", primary=True, kind="what it finds: a person, an equal text"),
    texts(primary=True, token="HMAC under a key of the county"),  # noqa: S106
    texts("kid", primary=True),
    texts("stream"),
    Index(None, "log", "kid"),
    rights=ERASABLE,
    comment="HMACs that find equal persons and equal texts; they die with the blob.",
)

attachment = clustered(
    "attachment",
    texts("log", primary=True, sha256="digest of the content: the name by which entries refer to it"),
    texts("kid", media_type="what its bytes say it is"),
    wholes(length="bytes of the content"),
    texts(at="when it was brought", actor="who brought it first"),
    Index(None, "log", "kid"),
    rights=ERASABLE,
    comment="Photos and papers by the digest of their content, each sealed under a key of its own, once per log.",
)

attachment_bringer = clustered(
    "attachment_bringer",
    texts("log kid", primary=True, actor="who brought it, first or again"),
    rights=ERASABLE,
    comment="Who had the bytes of an attachment and brought them: what they refer to it in shows it.",
)

kept_key = clustered(
    "kept_key",
    texts(
        "log",
        primary=True,
        purpose="what is compared by it: tokens, digests of contents and rows, recovery codes, failures, links",
    ),
    binaries(wrapped="the key, wrapped"),
    texts(kek="which wrapping key wraps it"),
    rights="SELECT",
    comment="Keys by which stored values are compared, as they were before the first rotation, wrapped.",
)

#: tables deleted from when a key is destroyed; the key first, so that nothing readable outlives a crash
BY_KID = (sealed_key, sealed_blob, keyed_token, subject_key, attachment, attachment_bringer)
