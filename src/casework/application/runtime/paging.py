"""Encodes and decodes the opaque cursor to a list's next page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from casework.application.runtime.problem import Problem
from casework.application.runtime.refusals import refused

_encode = msgspec.json.Encoder(order="sorted").encode
_LONGEST = 2_000


def cursor(question: Any, place: Sequence[Any] | None) -> str:
    """The cursor of a place in the answer to QUESTION; '' at its end."""
    if place is None:
        return ""
    return base64.urlsafe_b64encode(_encode([_mark(question), *place])).rstrip(b"=").decode()


def place(question: Any, word: str, kinds: Sequence[type]) -> list[Any] | None:
    """The place that a cursor names, of values of these KINDS; None where there is none, for the beginning."""
    if not word:
        return None
    try:
        if len(word) > _LONGEST:
            raise ValueError(word)
        mark, *values = msgspec.json.decode(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)), type=list[Any])
    except ValueError:
        raise _no_cursor() from None
    if mark != _mark(question) or [type(value) for value in values] != list(kinds):
        raise _no_cursor()
    return values


def _mark(question: Any) -> str:
    return hashlib.sha256(_encode(question)).hexdigest()[:12]


def _no_cursor() -> Problem:
    return refused("no-such-page")
