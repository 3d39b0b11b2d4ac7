"""Problem: what a use case raises, one sentence in Chinese and English."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from casework.text import Spoken


class Problem(Spoken):
    """Something asked for cannot be done.

    code     stable slug
    zh, en   one sentence each: what happened, and what to do next
    nearest  valid names close to what was asked for
    """

    def __init__(self, code: str, zh: str, en: str, nearest: Iterable[str] = ()) -> None:
        super().__init__(zh, en)
        self.code = code
        self.nearest = tuple(nearest)


def near(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three known names close to NAME."""
    return tuple(difflib.get_close_matches(name, tuple(known), 3, 0.5))


def unknown(code: str, zh: str, en: str, name: str, known: Iterable[str]) -> Problem:
    """NAME is none of KNOWN: says so, with the nearest."""
    names = tuple(known)
    close = near(name, names)
    zh_hint = f"；相近的有：{'、'.join(close)}" if close else ""
    en_hint = f"; nearest: {', '.join(close)}" if close else ""
    return Problem(code, f"没有这个{zh}：{name}{zh_hint}", f"there is no {en} {name!r}{en_hint}", close)


def database_sentence(error: BaseException) -> str | None:
    """The first line of what the database said; never its statement or values, which may be somebody's data."""
    # slow to load, and who says what is wrong has mostly not come as far as the database
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError  # noqa: PLC0415

    if isinstance(error, DBAPIError) and error.orig is not None:
        return str(error.orig).partition("\n")[0].strip() or type(error.orig).__name__
    if isinstance(error, SQLAlchemyError):
        return str(error).partition("\n")[0].strip()
    return None
