"""What a command, an event or a setting says of itself: its docstring, taken apart for help and reference pages."""

from __future__ import annotations

import inspect
import re
from typing import Any

import msgspec
from msgspec import Struct

_MEMBER = re.compile(r"^(?P<name>[a-z_]\w*) — (?P<zh>.+?) — (?P<meaning>.+)$")
_TERM = re.compile(r"[（(]([^（()）]*[\u4e00-\u9fff][^（()）]*)[)）]")
_UNION = re.compile(r"\b(?:typing\.|msgspec\.(?:_core\.)?)")


class Member(Struct, frozen=True):
    """One member as documented: its Chinese term, its meaning, its type, and whether it must be given."""

    name: str
    zh: str
    meaning: str
    type: str = ""
    required: bool = False
    sealed: bool = False


class Explained(Struct, frozen=True):
    """A documented struct: its first sentence, the Chinese term in it, and its members."""

    sentence: str
    term: str
    members: tuple[Member, ...]


def explain(kind: type[Struct]) -> Explained:
    """What the docstring of KIND says."""
    text = inspect.cleandoc(kind.__doc__ or "")
    first = text.partition("\n\n")[0].replace("\n", " ")
    found = {match["name"]: match for line in text.splitlines() if (match := _MEMBER.match(line.strip()))}
    sealed = frozenset(getattr(kind, "seals", ())) | frozenset(getattr(kind, "sealed", ()))
    members = []
    named = set()
    for field in msgspec.structs.fields(kind):
        name = field.encode_name
        match = found.get(name) or found.get(field.name)
        named |= {name, field.name}
        members.append(
            Member(
                name=name,
                zh=match["zh"] if match else "",
                meaning=match["meaning"] if match else "",
                type=type_name(field.type),
                required=field.required,
                sealed=name in sealed or field.name in sealed,
            )
        )
    # Sealed parts of an event are documented, though the entry holds only their commitments.
    members += [Member(n, m["zh"], m["meaning"], sealed=True) for n, m in found.items() if n not in named]
    term = _TERM.search(first)
    return Explained(first, term[1] if term else "", tuple(members))


def type_name(kind: Any) -> str:
    """A type as a person reads it: text, number, yes/no, list of text."""
    plain = {str: "text", int: "number", bool: "yes/no", type(None): "nothing"}
    if kind in plain:
        return plain[kind]
    origin = getattr(kind, "__origin__", None)
    arguments = getattr(kind, "__args__", ())
    if origin is tuple:
        return f"list of {type_name(arguments[0])}"
    if origin is dict:
        return f"{type_name(arguments[0])} → {type_name(arguments[1])}"
    if origin is not None and getattr(origin, "__name__", "") == "Annotated":
        return type_name(arguments[0])
    if arguments:
        return " or ".join(type_name(argument) for argument in arguments)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return " + ".join(field.encode_name for field in msgspec.structs.fields(kind))
    return _UNION.sub("", getattr(kind, "__name__", str(kind)))
