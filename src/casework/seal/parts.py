"""Personal parts: their shapes, their limits, and their canonical bytes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from casework.seal.refusals import sentence
from casework.text import Spoken, Text

MAX_TEXT = 20_000
#: characters each member of a person may have (姓名, 电话, 身份证号)
PERSON = {"full_name": 100, "phone": 40, "identity_number": 40}
#: microdegrees (WGS 84) each coordinate may reach in either direction
COORDINATES = {"latitude": 90_000_000, "longitude": 180_000_000}

#: members that are sealed as groups of values
_SHAPED = frozenset({"person", "coordinates", "texts"})

_encode = msgspec.json.Encoder(order="sorted").encode


class SealRefused(Spoken, ValueError):
    """A part cannot be sealed as given; `member` says which."""

    def __init__(self, member: str, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.member = member


class Part(Struct, frozen=True):
    """One personal part of a command.

    event     index of its event among those the command causes
    member    the event's member it stands for
    value     text; a person {full_name, phone, identity_number}; coordinates {latitude, longitude};
              texts {question: words}
    subjects  pseudonyms of the persons it concerns
    stream    stream of its event, where that is not the command's own
    """

    event: int
    member: str
    value: Any
    subjects: tuple[str, ...] = ()
    stream: str = ""


def plaintext(member: str, value: Any) -> bytes:
    """Canonical JSON of a part's value, checked: the bytes that are sealed."""
    if isinstance(value, str):
        if member in _SHAPED:
            raise SealRefused(member, *sentence("object-wanted", member=member, shape=_shape(member)))
        return _text(member, value)
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise SealRefused(member, *sentence("neither-text-nor-object", member=member, kind=type(value).__name__))
    if member == "person":
        return _person(value)
    if member == "coordinates":
        return _coordinates(value)
    if member == "texts":
        return _texts(value)
    raise SealRefused(member, *sentence("text-wanted", member=member))


def _text(member: str, value: str, limit: int = MAX_TEXT) -> bytes:
    if not value:
        raise SealRefused(member, *sentence("empty", member=member))
    if len(value) > limit:
        raise SealRefused(member, *sentence("too-long", member=member, length=len(value), limit=limit))
    try:
        return _encode(unicodedata.normalize("NFC", value))
    except UnicodeEncodeError:
        raise SealRefused(member, *sentence("half-character", member=member)) from None


def _person(value: Mapping[str, Any]) -> bytes:
    kept: dict[str, str] = {}
    for key, text in value.items():
        if key not in PERSON:
            raise SealRefused("person", *sentence("person/unknown-member", key=key, shape=_shape("person")))
        if not isinstance(text, str):
            raise SealRefused("person", *sentence("person/text-wanted", key=key, kind=type(text).__name__))
        if text.strip():
            _text(f"person.{key}", text, PERSON[key])
            kept[key] = unicodedata.normalize("NFC", text.strip())
    if not kept:
        raise SealRefused("person", *sentence("person/empty"))
    return _encode(kept)


def _texts(value: Mapping[str, Any]) -> bytes:
    """Canonical JSON of free-text answers by question."""
    if not value or not all(isinstance(text, str) for text in value.values()):
        raise SealRefused("texts", *sentence("texts", shape=_shape("texts")))
    for key, text in value.items():
        _text(f"texts.{key}", text)
    return _encode({key: unicodedata.normalize("NFC", text) for key, text in value.items()})


def _coordinates(value: Mapping[str, Any]) -> bytes:
    if value.keys() != COORDINATES.keys():
        given = Text("、".join(map(str, sorted(value))) or "空", str(sorted(value)))
        raise SealRefused("coordinates", *sentence("coordinates", given=given, shape=_shape("coordinates")))
    for key, limit in COORDINATES.items():
        number = value[key]
        if type(number) is not int or not -limit <= number <= limit:
            said = sentence("coordinates/number", key=key, number=number, least=-limit, limit=limit)
            raise SealRefused("coordinates", *said)
    return _encode(value)


def _shape(member: str) -> Text:
    shapes = {
        "person": Text(
            "可以有 full_name（姓名）、phone（电话）、identity_number（身份证号）",
            "it may hold full_name, phone and identity_number",
        ),
        "coordinates": Text(
            "要有 latitude（纬度）和 longitude（经度），单位微度", "it holds latitude and longitude in microdegrees"
        ),
        "texts": Text("应逐题给出文字，没有就请去掉此项", "it holds words for each question; leave it out when empty"),
    }
    return shapes[member]
