"""Members of a command or event, each with its meaning and type.

The meaning stands in the member's annotation (`text.meaning`); JSON Schema, OpenAPI, help and reference read it there.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

from casework.text import Text, meaning_of


class Member(Struct, frozen=True):
    """One member of a struct; `type` is in words, '' for a sealed part that the entry does not hold."""

    name: str
    text: Text
    type: str = ""
    required: bool = False
    sealed: bool = False


def members_of(kind: type[Struct]) -> dict[str, Member]:
    """Every member of KIND by the name under which it is stored, its fields first, then parts sealed away from it."""
    parts: dict[str, Any] = getattr(kind, "sealed", {})
    seals: dict[str, Any] = getattr(kind, "seals", {})
    found = {
        field.encode_name: Member(
            field.encode_name,
            meaning_of(field.type),
            type_name(field.type),
            field.required,
            field.encode_name in seals,
        )
        for field in fields(kind)
    }
    return found | {name: Member(name, meaning_of(said), sealed=True) for name, said in parts.items()}


def type_name(kind: Any) -> str:
    """A type as a person reads it: text, number, yes/no, list of text."""
    plain: dict[Any, str] = {str: "text", int: "number", bool: "yes/no", type(None): "nothing"}
    if kind in plain:
        return plain[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return f"list of {type_name(arguments[0])}"
    if origin is dict:
        return f"{type_name(arguments[0])} → {type_name(arguments[1])}"
    if origin is Annotated:
        return type_name(arguments[0])
    if origin is Literal:
        return " | ".join(str(word) or "''" for word in arguments)
    if arguments:
        return " or ".join(type_name(argument) for argument in arguments)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return " + ".join(field.encode_name for field in fields(kind))
    return getattr(kind, "__name__", str(kind))
