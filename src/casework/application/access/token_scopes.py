"""Limits a token to reading, or to commands of one part of the law.

What is no command and changes something (bringing an attachment, loading a roster, erasing a person, sending a message
again) falls under the command to which it amounts. A preview looks, and so does a search.
"""

from __future__ import annotations

from collections.abc import Iterable

from casework.application.access.refusals import refused
from casework.application.runtime.problem import unknown
from casework.law.kinds import KIND_OF
from casework.text import listed, term

#: scope → 中文
SCOPES: dict[str, str] = {
    "read": "查看",
    "act": "办理",
    "act:cases": "办理办件",
    "act:activities": "办理活动",
    "act:findings": "办理审计发现",
    "act:roster": "办理花名册",
    "act:county": "办理县账",
}
USUAL = ("read", "act")


def check_scopes(wanted: Iterable[str]) -> tuple[str, ...]:
    """The scopes in their own order, each once; Problem for one that does not exist, or none at all."""
    named = set(wanted)
    for one in sorted(named - SCOPES.keys()):
        raise unknown(refused, "unknown-scope", one, SCOPES)
    if not named:
        raise refused("unknown-scope/none", scopes=listed(SCOPES), nearest=SCOPES)
    return tuple(one for one in SCOPES if one in named)


def part_of(command: str) -> str:
    """The scope that COMMAND falls under."""
    return KIND_OF[command].scope if command in KIND_OF else "act:cases"


def check_may(scopes: tuple[str, ...], command: str = "") -> None:
    """Refuse what a token is not for: COMMAND, or looking where none is named."""
    wanted = part_of(command) if command else "read"
    if wanted in scopes or (command and "act" in scopes):
        return
    raise refused("not-in-scope", scopes=term(SCOPES, *scopes), wanted=wanted, nearest=(wanted,))
