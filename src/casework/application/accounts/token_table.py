"""Table of access tokens: a hash, for whom, in which role and area."""

from __future__ import annotations

from casework.database.metadata import binaries, clustered, texts

access_token = clustered(
    "access_token",
    texts("log", primary=True, id="which token: stands in the token itself, and in the list"),
    binaries(digest="SHA-256 of the secret part; the token itself is nowhere"),
    texts(actor="whose token it is"),
    texts(
        "role",
        area="area with everything below it; '' is the whole county",
        made_at="when it was made",
        made_by="the login on the machine that made it",
        expires_at="from when on it opens nothing",
        revoked_at="when it was revoked; '' when it was not",
        scopes="what it may be used for: `read`, `act`, `act:cases`, … between blanks",
        unit="for which it acts, of somebody with several posts; '' is the main one",
    ),
    comment="Access tokens of the API: their SHA-256 only, for whom, in which role and area, and until when.",
)
