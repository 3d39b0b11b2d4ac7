"""Docstrings of commands and events that do not yet state term and meanings as data."""

from __future__ import annotations

import re
from typing import Any

from casework.text import Text

_MEMBER = re.compile(r"^(?P<name>[a-z][a-z0-9_]*) — (?P<zh>[^—]+) — (?P<meaning>.+)$")
_TERM = re.compile(r"（([^（）]+)）|\(([^()]*[\u4e00-\u9fff][^()]*)\)")


def titled(cls: Any) -> None:
    """Give CLS the term that its docstring states, where it has none of its own."""
    if "term" not in vars(cls):
        first = (vars(cls).get("__doc__") or "").partition("\n")[0].strip()
        found = _TERM.search(first)
        term = (found.group(1) or found.group(2)) if found else ""
        cls.term = Text(term, _TERM.sub("", first).replace(" .", ".").replace(" :", ":").replace(" ;", ";").strip())


def told(cls: Any) -> dict[str, Text]:
    """Every member the docstring of CLS documents."""
    members: dict[str, Text] = {}
    open_member = ""
    for line in (vars(cls).get("__doc__") or "").splitlines()[1:]:
        text = line.strip()
        found = _MEMBER.match(text)
        if found:
            open_member = found["name"]
            members[open_member] = Text(found["zh"].strip(), found["meaning"].strip())
        elif not text:
            open_member = ""
        elif open_member:
            known = members[open_member]
            members[open_member] = Text(known.zh, f"{known.en} {text}")
    return members
