"""Personal parts: their shapes, their limits, and their canonical bytes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

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
            raise SealRefused(
                member,
                f"{member} 应是一组数据，不是文字：{_shape(member).zh}",
                f"{member} is an object, not text: {_shape(member).en}",
            )
        return _text(member, value)
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise SealRefused(
            member,
            f"{member} 是 {type(value).__name__}：只能封存文字或成组数据",
            f"{member} is {type(value).__name__}; only text and objects are sealed",
        )
    if member == "person":
        return _person(value)
    if member == "coordinates":
        return _coordinates(value)
    if member == "texts":
        return _texts(value)
    raise SealRefused(member, f"{member} 应是文字，不是一组数据：请改写为文字", f"{member} is text, not an object")


def _text(member: str, value: str, limit: int = MAX_TEXT) -> bytes:
    if not value:
        raise SealRefused(member, f"{member} 是空的：请去掉此项", f"{member} is empty: leave it out")
    if len(value) > limit:
        raise SealRefused(
            member,
            f"{member} 有 {len(value):,} 个字符，最多 {limit:,} 个：请缩短",
            f"{member} has {len(value):,} characters, at most {limit:,} are kept: shorten it",
        )
    try:
        return _encode(unicodedata.normalize("NFC", value))
    except UnicodeEncodeError:
        raise SealRefused(
            member,
            f"{member} 中有半个字符：请以 UTF-8 发送",
            f"{member} holds half a character (a lone surrogate): send it as UTF-8",
        ) from None


def _person(value: Mapping[str, Any]) -> bytes:
    kept: dict[str, str] = {}
    for key, text in value.items():
        if key not in PERSON:
            raise SealRefused(
                "person",
                f"个人信息没有 {key} 这一项：{_shape('person').zh}",
                f"person has no member {key!r}: {_shape('person').en}",
            )
        if not isinstance(text, str):
            raise SealRefused(
                "person",
                f"个人信息中的 {key} 应是文字，不是 {type(text).__name__}：请改写为文字",
                f"person.{key} is text, not {type(text).__name__}",
            )
        if text.strip():
            _text(f"person.{key}", text, PERSON[key])
            kept[key] = unicodedata.normalize("NFC", text.strip())
    if not kept:
        raise SealRefused(
            "person", "个人信息是空的：没有就请去掉此项", "person is empty: leave it out when nobody is named"
        )
    return _encode(kept)


def _texts(value: Mapping[str, Any]) -> bytes:
    """Words by what they answer."""
    if not value or not all(isinstance(text, str) for text in value.values()):
        raise SealRefused("texts", f"文字作答有误：{_shape('texts').zh}", f"texts: {_shape('texts').en}")
    for key, text in value.items():
        _text(f"texts.{key}", text)
    return _encode({key: unicodedata.normalize("NFC", text) for key, text in value.items()})


def _coordinates(value: Mapping[str, Any]) -> bytes:
    if value.keys() != COORDINATES.keys():
        raise SealRefused(
            "coordinates",
            f"坐标中有{'、'.join(map(str, sorted(value))) or '空'}：{_shape('coordinates').zh}",
            f"coordinates hold {sorted(value)}: {_shape('coordinates').en}",
        )
    for key, limit in COORDINATES.items():
        number = value[key]
        if type(number) is not int or not -limit <= number <= limit:
            raise SealRefused(
                "coordinates",
                f"坐标的 {key} 为 {number!r}：应是 {-limit} 至 {limit} 的整数（微度），如 22.555 度写作 22555000",
                f"coordinates.{key} is {number!r}: whole microdegrees from {-limit} to {limit}, "
                "e.g. 22.555 degrees are 22555000",
            )
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
