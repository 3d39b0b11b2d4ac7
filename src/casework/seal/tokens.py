"""Keyed tokens that find equal phones, identity numbers and summaries without revealing them.

A token is an HMAC of the normalised value under a key of the log: the same for one value written in two ways, different
in every log, useless without the wrapping key. It is deleted together with its blob.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Mapping

#: kinds of token that are stored
PERSON = "person"
TEXT = "text"

_EXTENSION = re.compile(r"转|ext|[#,;x]", re.IGNORECASE)
_NOT_DIGIT = re.compile(r"[^0-9]")
_CHINA = "86"
_MOBILE_DIGITS = 11
_SHORTEST_PHONE = 5
_IDENTITY_OLD = 15
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_SHORTEST_TEXT = 2


def phone(text: str) -> str:
    """The normalised phone number; '' for text that is none (`无`, `0000000`).

    Chinese numbers take their national form (13987654321, 08797221234), others the international one (+44…).
    """
    plain = _EXTENSION.split(unicodedata.normalize("NFKC", text).strip(), maxsplit=1)[0]
    digits = _NOT_DIGIT.sub("", plain)
    abroad = plain.lstrip("( ").startswith("+")
    if digits.startswith("00") and not abroad:
        digits, abroad = digits[2:], True
    if abroad and digits.startswith(_CHINA):
        national = digits[2:].lstrip("0")
        digits, abroad = national if _is_mobile(national) else f"0{national}", False
    elif digits.startswith(_CHINA) and _is_mobile(digits[2:]):
        digits = digits[2:]
    if len(digits) < _SHORTEST_PHONE or len(set(digits)) == 1:
        return ""
    return f"+{digits}" if abroad else digits


def identity(text: str) -> str:
    """The normalised identity number; an old one of 15 digits becomes the 18 digits of the same person."""
    plain = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
    if len(plain) == _IDENTITY_OLD and plain.isdigit():
        body = f"{plain[:6]}19{plain[6:]}"
        total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
        plain = body + _CHECK_DIGITS[total % 11]
    if len(plain) < _SHORTEST_PHONE or len(set(plain)) == 1:
        return ""
    return plain


def words(text: str) -> str:
    """A text without case, spaces and punctuation; '' if fewer than two characters remain."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(char for char in folded if unicodedata.category(char)[0] in "LN")
    return kept if len(kept) >= _SHORTEST_TEXT else ""


def of_person(key: bytes, person: Mapping[str, str]) -> tuple[str, ...]:
    """Tokens of a person: one for the phone, one for the identity number, where given."""
    forms = (
        ("phone", phone(person.get("phone", ""))),
        ("identity", identity(person.get("identity_number", ""))),
    )
    return tuple(keyed(key, f"person\n{sort}\n{form}") for sort, form in forms if form)


def of_text(key: bytes, text: str) -> tuple[str, ...]:
    """The token of a line of text."""
    form = words(text)
    return (keyed(key, f"text\n{form}"),) if form else ()


def keyed(key: bytes, text: str) -> str:
    """HMAC-SHA256 of a normalised value, its first 128 bits in hex."""
    return hmac.digest(key, text.encode(), "sha256")[:16].hex()


def _is_mobile(digits: str) -> bool:
    return len(digits) == _MOBILE_DIGITS and digits[0] == "1"
