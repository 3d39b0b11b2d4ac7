"""Markdown of the reference pages: a page of parts, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

MADE = "<!-- Made by `make docs` from the code; a test keeps it true. -->"


def page(heading: str, *parts: str) -> str:
    """A page whose second line says that it is made from the code; empty parts are left out."""
    return "\n\n".join(part for part in (f"# {heading}", MADE, *parts) if part) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table; '' where there are no rows."""
    lines = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *lines]) if lines else ""


def _cell(value: Any) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", str(value)).replace("\n", " ")
