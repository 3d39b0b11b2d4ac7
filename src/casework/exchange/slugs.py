"""Make a stored code from a ledger's own words, always the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug(words: str) -> str:
    """Code for `words`: `Downtown / Financial District` → `downtown_financial_district`; blank stays ''.

    Words in other scripts become `w_` and the first ten hex digits of their SHA-256, stable across imports; the words
    themselves are kept as the label.
    """
    text = unicodedata.normalize("NFKC", words).strip()
    if not text:
        return ""
    plain = unicodedata.normalize("NFKD", text)
    ascii_only = "".join(char for char in plain if not unicodedata.combining(char))
    if not ascii_only.isascii():
        return f"w_{hashlib.sha256(text.encode()).hexdigest()[:10]}"
    made = _NOT_SLUG.sub("_", ascii_only.lower()).strip("_")
    if not made:
        return f"w_{hashlib.sha256(text.encode()).hexdigest()[:10]}"
    return made if made[0].isalpha() else f"n_{made}"
