"""Seals the personal parts of commands and opens them for authorised readers.

Parts are sealed before the law sees a command. The entry keeps only commitments: digest and length of each blob. Each
blob is checked against its commitment before it is opened. The result is the sealed value, or a tombstone, or an error
that names the part.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
from msgspec import UNSET, Struct
from sqlalchemy import Connection, Engine, Row, Table, and_, bindparam, select

from casework.log.entry import Commitment, Entry
from casework.seal import crypto, tokens
from casework.seal.erasure import erased_kids, slices
from casework.seal.keys import WrappingKey
from casework.seal.parts import Part, SealRefused, plaintext
from casework.seal.refusals import sentence
from casework.seal.tables import kept_key, keyed_token, sealed_blob, sealed_key, subject_key
from casework.text import Spoken, Text

#: purposes of keys that compare stored values; these keys stay the same through rotations of the wrapping key
COMPARING = ("tokens", "content digests", "row digests", "recovery codes", "sign-in failures", "account links")
#: members that get search tokens
_FOUND_BY = frozenset({"person", "summary"})


class SealBroken(Spoken):
    """A sealed part does not match its commitment; names the entry, the member and the key id."""

    def __init__(self, seq: int, member: str, kid: str, why: Text) -> None:
        super().__init__(*sentence("seal-broken", seq=seq, member=member, kid=kid, why=why))
        self.seq = seq
        self.member = member
        self.kid = kid


class WrongWrappingKey(Spoken):
    """A part was sealed under another wrapping key; names both keys."""


class Tombstone(Struct, frozen=True):
    """Stands for a part that can no longer be read (已删除).

    reason  `erased`: an erasure entry names its key; `missing`: key or blob is gone without such an entry
    """

    member: str
    kid: str
    reason: Literal["erased", "missing"]


class Sealed(NamedTuple):
    """Commitments for the entries of a command, and the rows committed beside them."""

    commitments: tuple[tuple[int, Commitment], ...]
    beside: tuple[tuple[Table, tuple[dict[str, Any], ...]], ...]


NOTHING = Sealed((), ())


class Sealer:
    """Seals and opens under one wrapping key. Holds no state beside derived keys; any thread may use it.

    engine  where keys for comparing are kept once the wrapping key was rotated; without it they are derived
    """

    def __init__(self, key: WrappingKey, engine: Engine | None = None) -> None:
        self.key = key
        self._engine = engine
        self._derived: dict[tuple[str, str], bytes] = {}
        self._begun: dict[tuple[str, str], hmac.HMAC] = {}

    def seal(self, log: str, stream: str, command: str, parts: Sequence[Part]) -> Sealed:
        """Seal the parts of one command."""
        if not parts:
            return NOTHING
        kek, kek_id = self._key("wrap", log), self.key.id
        commitments: list[tuple[int, Commitment]] = []
        blobs: list[dict[str, Any]] = []
        keys: list[dict[str, Any]] = []
        concerns: list[dict[str, Any]] = []
        found_by: list[dict[str, Any]] = []
        for part in parts:
            event, member = part.event, part.member
            of = part.stream or stream
            clear = plaintext(member, part.value)
            where = crypto.place(log, of, command, event, member)
            if where.count(b"\n") != crypto.LINES:
                raise SealRefused(member, *sentence("line-feed"))
            kid, wrapped, blob, digest = crypto.encrypt(clear, where, kek)
            commitments.append(
                (event, Commitment(member=member, kid=kid, alg=crypto.ALG, len=len(blob), sha256=digest))
            )
            of_blob = {"command": command, "event": event, "alg": crypto.ALG, "sha256": digest, "bytes": blob}
            blobs.append({"log": log, "kid": kid, **of_blob})
            keys.append({"log": log, "kid": kid, "wrapped": wrapped, "kek": kek_id})
            concerns += ({"log": log, "subject": subject, "kid": kid} for subject in dict.fromkeys(part.subjects))
            if member in _FOUND_BY:
                kind, made = self._tokens(log, part)
                found_by += ({"log": log, "kind": kind, "token": token, "kid": kid, "stream": of} for token in made)
        if len(parts) > 1 and len({(part.event, part.member) for part in parts}) < len(parts):
            raise SealRefused(parts[0].member, *sentence("sealed-twice"))
        beside = ((sealed_blob, blobs), (sealed_key, keys), (subject_key, concerns), (keyed_token, found_by))
        return Sealed(tuple(commitments), tuple((table, tuple(rows)) for table, rows in beside if rows))

    def open(
        self, connection: Connection, log: str, entries: Sequence[Entry], only: str = ""
    ) -> dict[int, dict[str, Any | Tombstone]]:
        """The sealed parts of these entries: seq → member → value or tombstone.

        only  one member; '' for all
        """
        wanted = [
            (entry, commitment)
            for entry in entries
            if entry.sealed is not UNSET
            for commitment in entry.sealed
            if only in ("", commitment.member)
        ]
        stored = dict(_stored(connection, log, [commitment.kid for _, commitment in wanted]))
        gone = {commitment.kid for _, commitment in wanted} - stored.keys()
        erased = erased_kids(connection, log) if gone else frozenset[str]()
        opened: dict[int, dict[str, Any | Tombstone]] = {}
        for entry, commitment in wanted:
            row = stored.get(commitment.kid)
            if row is None:
                reason = "erased" if commitment.kid in erased else "missing"
                value: Any = Tombstone(commitment.member, commitment.kid, reason)
            else:
                value = self._open(log, entry, commitment, row)
            opened.setdefault(entry.seq, {})[commitment.member] = value
        return opened

    def digest(self, log: str, actor: str, content: bytes) -> bytes:
        """HMAC of a command's full content, which tells a repeat from another command with the same id."""
        return self._hmac("content digests", log, b"%b\n%b" % (actor.encode(), content))

    def row_digest(self, log: str, content: bytes) -> bytes:
        """HMAC of a ledger's row, which shows a later import that the row has changed."""
        return self._hmac("row digests", log, content)

    def linked(self, log: str, issuer: str, subject: str) -> bytes:
        """HMAC of a person's identifier at an identity provider, to which an account is linked."""
        return self._hmac("account links", log, f"{issuer}\n{subject}".encode())

    def receipt(self, log: str, stream: str, command: str) -> bytes:
        """HMAC of the command that hands out a receipt; the receipt's secret is derived from it."""
        return self._hmac("receipts", log, f"{stream}\n{command}".encode())

    def compared(self, purpose: str, log: str, content: bytes) -> bytes:
        """HMAC that recognises another stored value; raises ValueError unless PURPOSE is one of COMPARING."""
        if purpose not in COMPARING:
            raise ValueError(f"a rotation would not keep the key of {purpose!r}: add it to COMPARING")
        return self._hmac(purpose, log, content)

    def find_person(
        self, connection: Connection, log: str, phone_or_identity: str | Mapping[str, str], latest: int | None = None
    ) -> tuple[str, ...]:
        """Streams in which a person is named with this phone or identity number, or with either of a person's two.

        latest  at most this many per number, those sealed last
        """
        same = phone_or_identity
        person = {"phone": same, "identity_number": same} if isinstance(same, str) else same
        return _streams(connection, log, tokens.PERSON, tokens.of_person(self._key("tokens", log), person), latest)

    def find_subjects(self, connection: Connection, log: str, phone_or_identity: str, stream: str) -> frozenset[str]:
        """Subjects of the parts of one stream that name a person with this phone or identity number."""
        both = {"phone": phone_or_identity, "identity_number": phone_or_identity}
        token, whom = keyed_token.c, subject_key.c
        query = (
            select(whom.subject)
            .join(keyed_token, (token.log == whom.log) & (token.kid == whom.kid))
            .where(token.log == log, token.kind == tokens.PERSON, token.stream == stream)
            .where(token.token.in_(tokens.of_person(self._key("tokens", log), both)))
        )
        return frozenset(connection.scalars(query))

    def find_text(self, connection: Connection, log: str, summary: str, latest: int | None = None) -> tuple[str, ...]:
        """Streams whose summary equals this text but for spaces, case and punctuation; at most the LATEST ones."""
        return _streams(connection, log, tokens.TEXT, tokens.of_text(self._key("tokens", log), summary), latest)

    def _tokens(self, log: str, part: Part) -> tuple[str, tuple[str, ...]]:
        key = self._key("tokens", log)
        if part.member == "person":
            return tokens.PERSON, tokens.of_person(key, part.value)
        return tokens.TEXT, tokens.of_text(key, part.value)

    def other_key(self, connection: Connection, log: str) -> str:
        """The id of the wrapping key that the log was last sealed under, if it is not the loaded one; else ''."""
        of = sealed_key.c
        last = connection.scalar(select(of.kek).where(of.log == log).order_by(of.kid.desc()).limit(1))
        return last if last is not None and last != self.key.id else ""

    def _open(self, log: str, entry: Entry, commitment: Commitment, row: Row[*tuple[Any, ...]]) -> Any:
        def broken(zh: str, en: str) -> SealBroken:
            return SealBroken(entry.seq, commitment.member, commitment.kid, Text(zh, en))

        if commitment.alg != crypto.ALG:
            raise broken(*sentence("unknown-algorithm", alg=commitment.alg))
        digest, size = hashlib.sha256(row.bytes).hexdigest(), len(row.bytes)
        if (digest, size) != (commitment.sha256, commitment.len):
            was, then = commitment.len, commitment.sha256
            raise broken(*sentence("part-changed", size=size, digest=digest, sealed_size=was, sealed_digest=then))
        if row.kek != self.key.id:
            raise WrongWrappingKey(
                *sentence(
                    "another-key", seq=entry.seq, member=commitment.member, sealed_under=row.kek, loaded=self.key.id
                )
            )
        where = crypto.place(log, entry.stream, entry.command, row.event, commitment.member)
        try:
            clear = crypto.decrypt(row.wrapped, row.bytes, where, self._key("wrap", log))
        except crypto.WrongKey:
            raise broken(*sentence("key-does-not-open", sealed_under=row.kek)) from None
        except crypto.Broken:
            raise broken(*sentence("part-does-not-open")) from None
        return msgspec.json.decode(clear)

    def _hmac(self, purpose: str, log: str, content: bytes) -> bytes:
        """HMAC-SHA256; copies a prepared state for each key, because `hmac.digest` releases the GIL at each call."""
        begun = self._begun.get((purpose, log))
        if begun is None:
            begun = self._begun[purpose, log] = hmac.new(self._key(purpose, log), digestmod="sha256")
        mine = begun.copy()
        mine.update(content)
        return mine.digest()

    def _key(self, purpose: str, log: str) -> bytes:
        key = self._derived.get((purpose, log))
        if key is None:
            kept = self._kept(purpose, log) if purpose in COMPARING else None
            key = self._derived[purpose, log] = kept or self.key.derived(purpose, log)
        return key

    def _kept(self, purpose: str, log: str) -> bytes | None:
        """The key that a rotation kept for this purpose; None before the first rotation."""
        if self._engine is None:
            return None
        of = kept_key.c
        with self._engine.connect() as db:
            row = db.execute(select(of.wrapped, of.kek).where(of.log == log, of.purpose == purpose)).first()
        if row is None:
            return None
        if row.kek != self.key.id:
            raise WrongWrappingKey(*sentence("rotated", log=log, sealed_under=row.kek, loaded=self.key.id))
        return aes_key_unwrap(self.key.derived("wrap", log), row.wrapped)


def _stored(connection: Connection, log: str, kids: Sequence[str]) -> Iterator[tuple[str, Row[*tuple[Any, ...]]]]:
    """Blob and key of each kid that still has both."""
    both = select(
        sealed_blob.c.kid, sealed_blob.c.event, sealed_blob.c.bytes, sealed_key.c.wrapped, sealed_key.c.kek
    ).join(sealed_key, and_(sealed_key.c.log == sealed_blob.c.log, sealed_key.c.kid == sealed_blob.c.kid))
    for some in slices(kids):
        for row in connection.execute(both.where(sealed_blob.c.log == log, sealed_blob.c.kid.in_(some))):
            yield row.kid, row


_of = keyed_token.c
#: streams with one token, the last sealed first, as key ids begin with the time. One token per query: for several,
#: SQLite scans the whole table. Built once, because every registration runs it (hot path)
_WITH_TOKEN = (
    select(_of.stream)
    .where(_of.log == bindparam("log"), _of.kind == bindparam("kind"), _of.token == bindparam("token"))
    .order_by(_of.log.desc(), _of.kind.desc(), _of.token.desc(), _of.kid.desc())
)
_LATEST = _WITH_TOKEN.limit(bindparam("latest"))


def _streams(connection: Connection, log: str, kind: str, wanted: Sequence[str], latest: int | None) -> tuple[str, ...]:
    """Distinct streams with one of the tokens, sorted."""
    found: set[str] = set()
    query, most = (_WITH_TOKEN, {}) if latest is None else (_LATEST, {"latest": latest})
    for token in wanted:
        found.update(connection.scalars(query, {"log": log, "kind": kind, "token": token, **most}))
    return tuple(sorted(found))
