"""Tables of accounts: sign-ins, second factors, sessions, links to an identity provider.

No secret in them can be read: they hold hashes, HMACs and sealed values.
"""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from casework.database.metadata import binaries, clustered, smalls, texts, wholes

account = clustered(
    "account",
    texts("log", primary=True, login="what is typed to sign in; no telephone or identity number"),
    texts(
        actor="whose account it is; the roster says what they may",
        phc="the password's hash with what it takes to compare (argon2id, PHC form)",
        state="`active` or `disabled`",
    ),
    smalls(must_change="1 where the password was given by somebody else: the first sign-in chooses another"),
    texts(code_until="until when a set-up code may be used; '' for a password"),
    smalls(totp_on="1 where a second factor is asked for"),
    binaries(totp_secret="its secret, sealed under a key derived from the wrapping key; empty without"),  # noqa: S106
    texts(totp_kek="which wrapping key that was"),
    wholes(totp_step="the last 30-second step whose code was used: no code is good twice"),
    texts(
        made_at="when it was made",
        made_by="by whom: `operator/<login on the machine>` or an administrator",
        changed_at="when password, state or second factor were last set",
        changed_by="by whom",
        signed_in_at="when somebody last came in by it; '' for never",
    ),
    comment="Who may sign in, as whom, and the argon2id hash of the password.",
)

recovery_code = clustered(
    "recovery_code",
    texts("log", primary=True, login="whose it is"),
    binaries(primary=True, digest="HMAC of the code under a key that outlives a rotation of the wrapping key"),
    texts(used_at="when it was used; '' when it was not"),
    comment="What stands in for a lost second factor, each once; an HMAC only.",
)

session = clustered(
    "session",
    texts("log", primary=True, id="which session: stands in the cookie, and in the list"),
    binaries(digest="SHA-256 of the secret part; the session itself is nowhere"),
    texts(
        login="by which account",
        actor="whose session it is",
        role="role acted in; '' until it is chosen",
        way="how it was proved: `password`, or `oidc` by the identity provider",
    ),
    smalls(second="1 where the identity provider said that a second factor was used"),
    texts(
        device="what its owner calls the device; '' for a browser",
        made_at="when they signed in",
        seen_at="when it was last used, to the minute",
        expires_at="when it ends in any case",
        ended_at="when it was ended; '' when it was not",
        ended_by="by whom: the login itself, or an administrator",
        unit="for which they act, of several posts; '' is the main one",
    ),
    Index(None, "log", "login"),
    comment="Who is signed in: browsers for a day's work, devices for weeks; the SHA-256 of each secret only.",
)

sign_in_failure = clustered(
    "sign_in_failure",
    texts("log", primary=True, key="keyed hash of the login as typed, or of the address"),
    smalls(failures="in a row"),
    texts(last_at="the last one", until="until when it has to wait; '' when it has not"),
    comment="Sign-ins that failed lately, by keyed hash of what was typed and of where from; kept for a day.",
)

account_link = clustered(
    "account_link",
    texts("log", primary=True, login="which account opens"),
    texts(issuer="the identity provider that says who it is"),
    binaries(subject="HMAC of their identifier there, under a key of the county"),
    texts(
        made_at="when it was made",
        made_by="by whom: `operator/<login on the machine>` or an administrator",
    ),
    UniqueConstraint("log", "issuer", "subject"),
    comment="Who at the identity provider comes in by which account; an HMAC of their identifier there only.",
)

sign_in_begun = clustered(
    "sign_in_begun",
    texts("log", primary=True),
    binaries(primary=True, state="SHA-256 of what the identity provider brings back"),
    binaries(browser="SHA-256 of what the browser keeps in a cookie: nobody else's finishes it"),
    texts(next="page to go on to; '' is the first", until="until when it may be finished"),
    comment="Sign-ins on their way through the identity provider, for minutes; SHA-256 of what finishes them only.",
)

#: tables that are not copied to another place: a session ended here must not come to life there
PASSING = (session, sign_in_failure, sign_in_begun)
