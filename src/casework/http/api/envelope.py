"""The members beside a command in a request's body: id, dates, device."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, field

from casework.http.refusals import refused
from casework.law.msgspec_errors import in_chinese
from casework.log.entry import Device
from casework.text import Text, meaning

#: UTC only: the same instant in another offset would be another text
Instant = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$(?!\n)")]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$(?!\n)")]


class DeviceClock(Device, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The clocks of a device that worked away from the server (离线设备)."""

    captured: Annotated[Instant, meaning("记录时刻", "the device's clock at the act, UTC")]
    sent: Annotated[Instant, meaning("发送时刻", "the device's clock at sending, UTC; the server corrects the skew")]
    id: Annotated[
        str, Meta(pattern=r"^[A-Za-z0-9._-]{0,64}$(?!\n)"), meaning("设备编号", "of the device; names no person")
    ] = ""


class Envelope(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may stand beside a command's own members (信封)."""

    command: Annotated[
        Annotated[str, Meta(pattern=r"^[!-~]{1,200}$(?!\n)")] | None,
        meaning("命令编号", "made by the client; sent twice, it is stored once"),
    ] = None
    for_: Annotated[
        str,
        Meta(pattern=r"^((cadre|resident)/[!-~]{1,120})?$(?!\n)"),
        meaning("代何人", "`cadre/<id>` whose act it was, when another enters it"),
    ] = field(name="for", default="")
    as_unit: Annotated[
        str,
        Meta(pattern=r"^[a-z0-9_-]{0,64}$(?!\n)"),
        meaning("以何单位", "unit code, for a person with several posts; '' is the main post"),
    ] = ""
    occurred: Annotated[Instant | None, meaning("发生时刻", "when it happened, UTC, where that is not now")] = None
    occurred_on: Annotated[Day | None, meaning("发生日期", "or only the county-local date")] = None
    device: Annotated[DeviceClock | None, meaning("离线设备", "its clocks, when entered away from the server")] = None


BARE = Envelope()
MEMBERS: tuple[str, ...] = tuple(one.encode_name for one in msgspec.structs.fields(Envelope))
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def members_of(body: bytes) -> dict[str, Any]:
    """The members of a JSON object; nothing is an object without members. Raises Problem."""
    if not body:
        return {}
    try:
        return _decode(body)
    except RecursionError:
        raise refused("too-deep") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as why:  # ValidationError is one of the first
        said = "not UTF-8" if isinstance(why, UnicodeDecodeError) else str(why)
        zh = "不是 UTF-8 编码" if isinstance(why, UnicodeDecodeError) else in_chinese(said)
        raise refused("not-json", why=Text(zh, said)) from None


def parted(members: dict[str, Any]) -> Envelope:
    """The envelope among MEMBERS, taken out of them."""
    beside = {name: members.pop(name) for name in MEMBERS if name in members}
    if not beside:
        return BARE
    try:
        return msgspec.convert(beside, Envelope)
    except msgspec.ValidationError as why:
        raise refused("malformed/envelope", why=Text(in_chinese(str(why)), str(why))) from None
