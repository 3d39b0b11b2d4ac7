"""The wrapping key: created, loaded, and source of all derived keys.

The key is 32 random bytes, kept outside the database: in a file that only its owner can read, or in the environment
variable CASEWORK_WRAPPING_KEY (64 hex digits). It encrypts nothing directly: a key for each purpose and log is derived
from it (HKDF-SHA256). Keep a copy in a safe: without the key, no sealed part can be read; with the key and a copy of
the database, all can.
"""

from __future__ import annotations

import os
import re
import stat
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casework.seal.refusals import sentence
from casework.text import Spoken

ENVIRONMENT = "CASEWORK_WRAPPING_KEY"
KEY_BYTES = 32
_HEX = re.compile(rb"[0-9a-fA-F]{64}\s*\Z")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyRefused(Spoken, ValueError):
    """No usable wrapping key; the sentence names the place, the reason and the remedy."""


class WrappingKey:
    """The key, and its id: a fingerprint stored with every key that it wrapped, so that an error can name it."""

    __slots__ = ("_secret", "id")

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise KeyRefused(*sentence("key-length", wanted=KEY_BYTES, size=len(secret)))
        self._secret = secret
        self.id = _derive(secret, "casework/key id/v1").hex()[:16]

    def derived(self, purpose: str, log: str) -> bytes:
        """The 32-byte key for one purpose in one log; derived keys reveal nothing of each other."""
        return _derive(self._secret, f"casework/{purpose}/v1\n{log}")

    def __repr__(self) -> str:
        return f"WrappingKey(id={self.id!r})"


def create(path: Path | str) -> WrappingKey:
    """Create a wrapping key in a new file with mode 0600; an existing file is refused."""
    path = Path(path)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyRefused(*sentence("key-exists", path=path)) from None
    except OSError as error:
        raise KeyRefused(*sentence("key-unwritable", path=path, why=error.strerror)) from error
    secret = os.urandom(KEY_BYTES)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)
    return WrappingKey(secret)


def load(path: Path | str | None = None) -> WrappingKey:
    """The key from the environment variable if set, else from the file."""
    if given := os.environ.get(ENVIRONMENT):
        return WrappingKey(_from_text(given.encode(), f"the environment variable {ENVIRONMENT}"))
    if path is None:
        raise KeyRefused(*sentence("key-unset", environment=ENVIRONMENT))
    return from_file(path)


def from_file(path: Path | str) -> WrappingKey:
    """The key in a file, as 32 bytes or 64 hex digits."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            content = file.read(4096)
    except FileNotFoundError:
        raise KeyRefused(*sentence("key-missing", path=path, environment=ENVIRONMENT)) from None
    except OSError as error:
        raise KeyRefused(*sentence("key-unreadable", path=path, why=error.strerror)) from error
    if os.name == "posix" and mode & _OTHERS:
        raise KeyRefused(*sentence("key-open-to-others", path=path, mode=mode))
    return WrappingKey(content if len(content) == KEY_BYTES else _from_text(content, str(path)))


def _from_text(text: bytes, where: str) -> bytes:
    if not _HEX.match(text):
        raise KeyRefused(*sentence("no-key-in-file", where=where, wanted=KEY_BYTES, size=len(text)))
    return bytes.fromhex(text.decode())


@lru_cache(maxsize=1024)
def _derive(secret: bytes, label: str) -> bytes:
    # The secret is uniformly random, so HKDF needs no salt (RFC 5869, 3.1).
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label.encode()).derive(secret)


def _sync_folder(folder: Path) -> None:
    """Make the directory entry of a new file durable; Windows cannot open a folder."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
