"""Commands about personal data: erase, hold, release, retention, reading digest."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from casework.law import members as m
from casework.law.command import Code, Command, Digest, Kid
from casework.law.county.privacy_events import RetentionRule
from casework.text import Text, meaning

Hold = Annotated[str, Meta(pattern=r"^hold/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$(?!\n)")]
Stream = Annotated[str, Meta(pattern=r"^[a-z]+/[a-z0-9_-]+$(?!\n)", max_length=70)]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]
#: what one entry has room for
MOST_KIDS, MOST_STREAMS = 1_000, 800


class ErasePersonalData(Command, frozen=True, kw_only=True):
    name = "erase-personal-data"
    term = Text("个人信息删除", "Record that keys and sealed parts were destroyed.")
    log: m.Log[Code]
    kids: m.Kids[Annotated[tuple[Kid, ...], Meta(max_length=MOST_KIDS)]]
    basis: m.ErasureBasis[Literal["resident_asked", "purpose_met", "retention_over", "unlawful", "other"]]
    kept: m.KeptKids[Annotated[tuple[Kid, ...], Meta(max_length=MOST_KIDS)]] = ()
    streams: Annotated[tuple[Stream, ...], meaning("所涉办件", "found by the program; none may be on legal hold")] = ()


class PlaceHold(Command, frozen=True, kw_only=True):
    name = "place-hold"
    term = Text("依法留存", "Have nothing erased in these cases until a day.")
    log: m.Log[Code]
    hold: m.Hold[Hold]
    streams: m.Cases[Annotated[tuple[Stream, ...], Meta(min_length=1, max_length=MOST_STREAMS)]]
    basis: m.HoldBasis[Literal["court", "petition_review", "investigation", "audit", "archive_law", "other"]]
    until: m.HoldUntil[Day]


class ReleaseHold(Command, frozen=True, kw_only=True):
    name = "release-hold"
    term = Text("解除留存", "End a legal hold before its day.")
    log: m.Log[Code]
    hold: m.Hold[Hold]
    reason: m.ReleaseReason[Literal["settled", "placed_in_error", "other"]]


class KeepingRule(RetentionRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long what is sealed in a kind of case is to be kept (保存期限)."""

    days: m.KeepingDays[Annotated[int, Meta(ge=1, le=100_000)]]
    counted_from: m.CountedFrom[Literal["closed", "archived"]] = "archived"
    category: m.KeptCategory[Code] = ""
    level: m.KeptLevel[Literal["", "public", "internal", "confidential", "secret"]] = ""


class SetRetention(Command, frozen=True, kw_only=True):
    name = "set-retention"
    term = Text("保存规则", "Say how long personal data are kept, from here on.")
    log: m.Log[Code]
    rules: m.Rules[Annotated[tuple[KeepingRule, ...], Meta(max_length=200)]]
    document: m.Document[Code]


class DigestAccess(Command, frozen=True, kw_only=True):
    name = "digest-access"
    term = Text("查阅台账日结", "Fix the day's readings of personal data; for the clock alone.")
    log: m.Log[Code]
    day: m.ReadingDay[Day]
    rows: m.Readings[Annotated[int, Meta(ge=0)]]
    sha256: m.ChainEnd[Digest]
