"""Problem: what a use case raises, one sentence in Chinese and English."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from casework.text import Refusals, Spoken, Text, listed


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


def hint(close: Collection[str]) -> Text:
    """The end of a sentence that tells of the nearest names; empty where there are none."""
    names = listed(close)
    return Text(f"；相近的有：{names.zh}", f"; nearest: {names.en}") if close else Text("", "")


def unknown(refused: Refusals[Problem], key: str, name: str, known: Iterable[str], **facts: object) -> Problem:
    """The refusal KEY for a NAME not in KNOWN, with the facts `name`, `hint` (nearest names) and FACTS."""
    close = near(name, known)
    return refused(key, nearest=close, name=name, hint=hint(close), **facts)


def database_sentence(error: BaseException) -> str | None:
    """The first line of what the database said; never its statement or values, which may be somebody's data."""
    # slow to import, and most errors do not come from the database
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError  # noqa: PLC0415

    if isinstance(error, DBAPIError) and error.orig is not None:
        return str(error.orig).partition("\n")[0].strip() or type(error.orig).__name__
    if isinstance(error, SQLAlchemyError):
        return str(error).partition("\n")[0].strip()
    return None
