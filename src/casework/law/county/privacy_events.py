"""What happens to the county's log for the sake of persons: legal holds, retention rules, digests of who read."""

from __future__ import annotations

from typing import ClassVar

from casework.law.event import Event
from casework.text import Text

#: why something may not be erased yet
HOLD_BASES: dict[str, Text] = {
    "court": Text("法院要求", "a court asks for it"),
    "petition_review": Text("信访复查复核", "a petition is under review"),
    "investigation": Text("纪检监察或公安调查", "an investigation is going on"),
    "audit": Text("审计", "an audit is going on"),
    "archive_law": Text("档案法规", "the law of archives"),
    "other": Text("其他", "another reason"),
}


class LegalHoldPlaced(Event, frozen=True, kw_only=True):
    """What is sealed in these streams may not be erased until a day (依法留存); it names nobody.

    hold — 留存 — `hold/<uuid>`, by which it is released
    streams — 所涉案件 — streams of the cases
    basis — 依据代码 — court, petition_review, investigation, audit, archive_law, other
    until — 截止日期 — first day on which it no longer holds
    """

    name: ClassVar[str] = "legal-hold-placed.v1"
    hold: str
    streams: tuple[str, ...]
    basis: str
    until: str


class LegalHoldReleased(Event, frozen=True, kw_only=True):
    """A legal hold ended before its day (解除留存).

    hold — 留存 — which one
    reason — 理由代码 — settled, placed_in_error, other
    """

    name: ClassVar[str] = "legal-hold-released.v1"
    hold: str
    reason: str


class RetentionRule(Event, frozen=True, kw_only=True):
    """How long what is sealed in a kind of case is kept (保存期限); the rule that says most about a case holds for it.

    days — 保存天数 — calendar days
    counted_from — 起算 — closed or archived
    category — 类别 — category code; '' for every category
    level — 密级 — public, internal, confidential or secret; '' for every level
    """

    days: int
    counted_from: str = "archived"
    category: str = ""
    level: str = ""


class RetentionSet(Event, frozen=True, kw_only=True):
    """How long personal data are kept, from here on (保存规则).

    rules — 规则 — all of them; a case that none speaks of is kept
    document — 文号 — number of the document that ordered it
    """

    name: ClassVar[str] = "retention-set.v1"
    rules: tuple[RetentionRule, ...]
    document: str


class AccessDigested(Event, frozen=True, kw_only=True):
    """The day's readings of personal data, fixed (查阅台账日结): a row removed or altered since is found by it.

    day — 日期 — county-local day of the readings
    rows — 查阅次数 — readings of the day
    sha256 — 摘要 — end of the hash chain over the day's rows
    """

    name: ClassVar[str] = "access-digested.v1"
    day: str
    rows: int
    sha256: str


PRIVACY_EVENTS: dict[str, type[Event]] = {
    event.name: event for event in (LegalHoldPlaced, LegalHoldReleased, RetentionSet, AccessDigested)
}
