"""What can be asked of a case: every command, its members and what they may hold."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct


class Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A request to change history; `name` is how it is called at every door.

    `seals` says which members hold personal data or free text and where they go: member → (index of the event among
    those the command causes, member of that event). Those members are sealed before the law sees the command; the law
    finds them at their default, and their names in `Context.sealed`.
    """

    name: ClassVar[str] = ""
    seals: ClassVar[dict[str, tuple[int, str]]] = {}
