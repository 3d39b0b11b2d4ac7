"""What a command, an event or a setting says of itself: its docstring, taken apart for help and reference pages."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from casework.law.describe import members_of, title_of


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
    sentence, term = title_of(kind)
    told = members_of(kind)
    sealed = frozenset(getattr(kind, "seals", ())) | frozenset(getattr(kind, "sealed", ()))
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    names = dict.fromkeys((*fields, *told))  # an event's sealed parts are told of, though no field holds them
    members = tuple(
        Member(
            name=name,
            zh=told[name].term if name in told else "",
            meaning=told[name].meaning if name in told else "",
            type=type_name(fields[name].type) if name in fields else "",
            required=name in fields and fields[name].required,
            sealed=name in sealed,
        )
        for name in names
    )
    return Explained(sentence, term, members)


def type_name(kind: Any) -> str:
    """A type as a person reads it: text, number, yes/no, list of text."""
    plain = {str: "text", int: "number", bool: "yes/no", type(None): "nothing"}
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
        return " + ".join(field.encode_name for field in msgspec.structs.fields(kind))
    return getattr(kind, "__name__", str(kind))
