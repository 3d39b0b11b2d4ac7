"""Encrypts one sealed part: AES-256-GCM, one random key per part.

A blob is nonce (12 bytes), ciphertext, tag (16 bytes). Its key is used once and stored wrapped (AES key wrap, RFC 3394)
under a key derived from the wrapping key. The associated data names log, stream, command, event and member, so that a
blob moved to another place does not open.

A key id names nobody: milliseconds of sealing (which the entry states anyway), then 80 random bits. With the time in
front, the rows of one batch lie together on disk: a tenth of the pages to write of what wholly random ids touch.
"""

from __future__ import annotations

import hashlib
import time

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from casework.random_ids import fresh

ALG = "A256GCM"
KEY_BYTES = 32
#: line feeds in every place: more would make two places look alike
LINES = 4
NONCE_BYTES = 12
KID_RANDOM_BYTES = 10


class WrongKey(Exception):
    """The wrapped key does not open under this wrapping key."""


class Broken(Exception):
    """The blob does not open under its own key at this place."""


def place(log: str, stream: str, command: str, event: int, member: str) -> bytes:
    """The associated data of a part: where it belongs, in the one form that is ever used."""
    return f"casework/seal/v1\n{log}\n{stream}\n{command}\n{event}.{member}".encode()


def encrypt(plaintext: bytes, where: bytes, kek: bytes) -> tuple[str, bytes, bytes, str]:
    """Seal PLAINTEXT at a place: (kid, wrapped key, blob, SHA-256 of the blob in hex)."""
    random = fresh(KEY_BYTES + NONCE_BYTES + KID_RANDOM_BYTES)
    key = random[:KEY_BYTES]
    nonce = random[KEY_BYTES : KEY_BYTES + NONCE_BYTES]
    blob = nonce + AESGCM(key).encrypt(nonce, plaintext, where)
    kid = f"{time.time_ns() // 1_000_000:012x}{random[KEY_BYTES + NONCE_BYTES :].hex()}"
    return kid, aes_key_wrap(kek, key), blob, hashlib.sha256(blob).hexdigest()


def decrypt(wrapped: bytes, blob: bytes, where: bytes, kek: bytes) -> bytes:
    """The plaintext of a blob at its place."""
    try:
        key = aes_key_unwrap(kek, wrapped)
    except (InvalidUnwrap, ValueError) as error:
        raise WrongKey from error
    try:
        return AESGCM(key).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], where)
    except (InvalidTag, ValueError) as error:
        raise Broken from error
