"""Commands about personal data: erase, hold, release, how long to keep, and the digest of who read."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from casework.law.command import Code, Command, Digest, Kid
from casework.law.county.privacy_events import RetentionRule

Hold = Annotated[str, Meta(pattern=r"^hold/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$(?!\n)")]
Stream = Annotated[str, Meta(pattern=r"^[a-z]+/[a-z0-9_-]+$(?!\n)", max_length=70)]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]
#: what one entry has room for
MOST_KIDS, MOST_STREAMS = 1_000, 800


class ErasePersonalData(Command, frozen=True, kw_only=True):
    """Record that keys and sealed parts were destroyed (个人信息删除).

    log — 账册 — the county's code
    kids — 销毁的密钥 — ids of the destroyed keys
    basis — 依据代码 — resident_asked, purpose_met, retention_over, unlawful or other
    kept — 决定保留的密钥 — ids of the keys of others' texts that mention the person and were looked at and kept
    streams — 所涉案件 — streams in which the parts lie, found by the program; none may be on legal hold
    """

    name: ClassVar[str] = "erase-personal-data"
    log: Code
    kids: Annotated[tuple[Kid, ...], Meta(max_length=MOST_KIDS)]
    basis: Literal["resident_asked", "purpose_met", "retention_over", "unlawful", "other"]
    kept: Annotated[tuple[Kid, ...], Meta(max_length=MOST_KIDS)] = ()
    streams: tuple[Stream, ...] = ()


class PlaceHold(Command, frozen=True, kw_only=True):
    """Have nothing erased in these cases until a day (依法留存).

    log — 账册 — the county's code
    hold — 留存 — `hold/<uuid>`, made by whoever places it
    streams — 所涉案件 — streams of the cases
    basis — 依据代码 — court, petition_review, investigation, audit, archive_law or other
    until — 截止日期 — first day on which it no longer holds
    """

    name: ClassVar[str] = "place-hold"
    log: Code
    hold: Hold
    streams: Annotated[tuple[Stream, ...], Meta(min_length=1, max_length=MOST_STREAMS)]
    basis: Literal["court", "petition_review", "investigation", "audit", "archive_law", "other"]
    until: Day


class ReleaseHold(Command, frozen=True, kw_only=True):
    """End a legal hold before its day (解除留存).

    log — 账册 — the county's code
    hold — 留存 — which one
    reason — 理由代码 — settled, placed_in_error or other
    """

    name: ClassVar[str] = "release-hold"
    log: Code
    hold: Hold
    reason: Literal["settled", "placed_in_error", "other"]


class KeepingRule(RetentionRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long what is sealed in a kind of case is to be kept (保存期限).

    days — 保存天数 — calendar days
    counted_from — 起算 — closed or archived
    category — 类别 — category code; '' for every category
    level — 密级 — public, internal, confidential or secret; '' for every level
    """

    days: Annotated[int, Meta(ge=1, le=100_000)]
    counted_from: Literal["closed", "archived"] = "archived"
    category: Code = ""
    level: Literal["", "public", "internal", "confidential", "secret"] = ""


class SetRetention(Command, frozen=True, kw_only=True):
    """Say how long personal data are kept, from here on (保存规则).

    log — 账册 — the county's code
    rules — 规则 — all of them, {days, counted_from, category, level}; the one that says most about a case holds for it
    document — 文号 — number of the document that ordered it
    """

    name: ClassVar[str] = "set-retention"
    log: Code
    rules: Annotated[tuple[KeepingRule, ...], Meta(max_length=200)]
    document: Code


class DigestAccess(Command, frozen=True, kw_only=True):
    """Fix the day's readings of personal data; for the clock alone (查阅台账日结).

    log — 账册 — the county's code
    day — 日期 — county-local day that is over
    rows — 查阅次数 — readings of the day
    sha256 — 摘要 — end of the hash chain over the day's rows
    """

    name: ClassVar[str] = "digest-access"
    log: Code
    day: Day
    rows: Annotated[int, Meta(ge=0)]
    sha256: Digest
