"""Encrypts one sealed part: AES-256-GCM, one random key per part.

A blob is nonce (12 bytes), ciphertext, tag (16 bytes). Its key is used once and stored wrapped (AES key wrap, RFC 3394)
under a key derived from the wrapping key. The associated data names log, stream, command, event and member: a blob
moved to another place fails authentication.

A key id is the millisecond of sealing, which the entry states as well, then 80 random bits; it contains no personal
data. Because it begins with the time, the rows of one batch share pages: a tenth of the page writes of random ids.
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
#: line feeds in the associated data; more would make it ambiguous
LINES = 4
NONCE_BYTES = 12
KID_RANDOM_BYTES = 10


class WrongKey(Exception):
    """The wrapped key cannot be unwrapped with this wrapping key."""


class Broken(Exception):
    """The blob fails authentication with its key and place."""


def place(log: str, stream: str, command: str, event: int, member: str) -> bytes:
    """The associated data of a part, in its stored form; never change it."""
    return f"casework/seal/v1\n{log}\n{stream}\n{command}\n{event}.{member}".encode()


def encrypt(plaintext: bytes, where: bytes, kek: bytes) -> tuple[str, bytes, bytes, str]:
    """Encrypt PLAINTEXT for one place: (key id, wrapped key, blob, SHA-256 of the blob in hex)."""
    random = fresh(KEY_BYTES + NONCE_BYTES + KID_RANDOM_BYTES)
    key = random[:KEY_BYTES]
    nonce = random[KEY_BYTES : KEY_BYTES + NONCE_BYTES]
    blob = nonce + AESGCM(key).encrypt(nonce, plaintext, where)
    kid = f"{time.time_ns() // 1_000_000:012x}{random[KEY_BYTES + NONCE_BYTES :].hex()}"
    return kid, aes_key_wrap(kek, key), blob, hashlib.sha256(blob).hexdigest()


def decrypt(wrapped: bytes, blob: bytes, where: bytes, kek: bytes) -> bytes:
    """The plaintext of a blob; raises WrongKey or Broken."""
    try:
        key = aes_key_unwrap(kek, wrapped)
    except (InvalidUnwrap, ValueError) as error:
        raise WrongKey from error
    try:
        return AESGCM(key).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], where)
    except (InvalidTag, ValueError) as error:
        raise Broken from error
