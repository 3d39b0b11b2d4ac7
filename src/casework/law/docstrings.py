"""Takes docstrings of commands, events and settings apart, for help and reference pages.

A member is documented in its class as `member — 中文 — meaning`; a meaning may run on over the next lines.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

import msgspec
from msgspec import Struct

_MEMBER = re.compile(r"^(?P<name>[a-z][a-z0-9_]*) — (?P<zh>[^—]+) — (?P<meaning>.+)$")
_TERM = re.compile(r"（([^（）]+)）|\(([^()]*[\u4e00-\u9fff][^()]*)\)")


class Documented(NamedTuple):
    """One member as its class documents it.

    name — 名称 — as stored
    term — 中文 — Chinese term
    meaning — 含义 — in words, with its unit
    """

    name: str
    term: str
    meaning: str


def docstring_of(cls: type[Struct]) -> str:
    """The class's own docstring, never its parent's."""
    return vars(cls).get("__doc__") or ""


def title_of(cls: type[Struct]) -> tuple[str, str]:
    """What it is, in a sentence, and its Chinese term: from the first line of the docstring."""
    first = docstring_of(cls).partition("\n")[0].strip()
    found = _TERM.search(first)
    term = (found.group(1) or found.group(2)) if found else ""
    return _TERM.sub("", first).replace(" .", ".").replace(" :", ":").replace(" ;", ";").strip(), term


def members_of(cls: type[Struct]) -> dict[str, Documented]:
    """Every member the class documents, by the name under which it is stored."""
    members: dict[str, Documented] = {}
    open_member = ""
    for line in docstring_of(cls).splitlines()[1:]:
        text = line.strip()
        found = _MEMBER.match(text)
        if found:
            open_member = found["name"]
            if open_member in members:
                raise ValueError(f"{cls.__name__} documents {open_member} twice")
            members[open_member] = Documented(open_member, found["zh"].strip(), found["meaning"].strip())
        elif not text:
            open_member = ""
        elif open_member:
            known = members[open_member]
            members[open_member] = known._replace(meaning=f"{known.meaning} {text}")
    return members


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
