"""Password rules, and hashing and comparing with argon2id (RFC 9106).

Length counts and obviousness is refused; kinds of characters are not asked for (NIST SP 800-63B).
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cached_property, lru_cache

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from casework.application.accounts.refusals import refused
from casework.settings import Accounts

#: characters; longer passwords are refused before they are hashed
LONGEST = 200
_FEWEST_DIFFERENT = 5
_CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
#: passwords that are guessed first; digits and marks around them are ignored
_OBVIOUS = frozenset(
    "password passwort passw0rd p@ssword p@ssw0rd admin administrator casework welcome letmein iloveyou qwerty"
    " qwertyuiop qwertyuiopas asdfghjkl asdfghjklzxc zxcvbnm qazwsxedc 1qaz2wsx 1q2w3e4r 1q2w3e4r5t6y changeme default"
    " secret woaini woaizhongguo woaiwojia zhongguo nihao mima wodemima guanliyuan qunzhong banshi weirenminfuwu"
    " 为人民服务 我爱中国 密码 我的密码 管理员 群众办实事 我为群众办实事".split()
)
_RUNS = ("0123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_TRIMMED = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def normal(password: str) -> str:
    """The password in normal form NFKC, since keyboards compose differently."""
    return unicodedata.normalize("NFKC", password)


def check(password: str, login: str, shortest: int) -> None:
    """Raise Problem where PASSWORD is too weak for LOGIN; the sentence never holds the password."""
    password = normal(password)
    if len(password) < shortest:
        raise refused("password-too-short", shortest=shortest)
    if len(password) > LONGEST:
        raise refused("password-too-long", longest=LONGEST)
    if _is_obvious(password.casefold(), login):
        raise refused("password-obvious")


def _is_obvious(password: str, login: str) -> bool:
    core = _TRIMMED.sub("", password)
    rest = password.replace(login, "") if login else password
    return (
        len(set(password)) < _FEWEST_DIFFERENT
        or core in _OBVIOUS
        or password in _OBVIOUS
        or (_TRIMMED.sub("", rest) in _OBVIOUS | {""} and rest != password)
        or any(password in run or password in run[::-1] for run in _RUNS)
    )


def code() -> str:
    """A set-up code: 80 random bits, in letters that are not easily confused."""
    letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


class Hasher:
    """Hashes and compares, as costly as the settings say; slow on purpose: call it where nobody waits."""

    def __init__(self, accounts: Accounts) -> None:
        try:
            self._argon2 = argon2.PasswordHasher(accounts.hash_passes, accounts.hash_kib, accounts.hash_lanes)
        except (TypeError, ValueError) as why:
            raise refused("hash-settings", why=why) from None

    @cached_property
    def _nobodys(self) -> str:
        return self._argon2.hash(secrets.token_urlsafe(16))

    def hash(self, password: str) -> str:
        """The hash of PASSWORD with all it takes to compare (PHC form)."""
        return self._argon2.hash(normal(password))

    def proves(self, password: str, phc: str) -> bool:
        """Whether PASSWORD is the one; with no PHC at all the same work is done, for nothing."""
        try:
            self._argon2.verify(phc or self._nobodys, normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return bool(phc)

    def is_outdated(self, phc: str) -> bool:
        """Whether it was hashed under other settings."""
        return self._argon2.check_needs_rehash(phc)


@lru_cache(maxsize=8)
def hasher(accounts: Accounts) -> Hasher:
    """The hasher for these settings."""
    return Hasher(accounts)
