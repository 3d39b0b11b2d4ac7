"""Events about personal data: legal holds, retention rules, reading digests."""

from __future__ import annotations

from casework.law import members as m
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
    name = "legal-hold-placed.v1"
    term = Text("依法留存", "What is sealed in these streams may not be erased until a day; it names nobody.")
    hold: m.Hold[str]
    streams: m.Cases[tuple[str, ...]]
    basis: m.HoldBasis[str]
    until: m.HoldUntil[str]


class LegalHoldReleased(Event, frozen=True, kw_only=True):
    name = "legal-hold-released.v1"
    term = Text("解除留存", "A legal hold ended before its day.")
    hold: m.Hold[str]
    reason: m.ReleaseReason[str]


class RetentionRule(Event, frozen=True, kw_only=True):
    """How long what is sealed in a kind of case is kept (保存期限)."""

    days: m.KeepingDays[int]
    counted_from: m.CountedFrom[str] = "archived"
    category: m.KeptCategory[str] = ""
    level: m.KeptLevel[str] = ""


class RetentionSet(Event, frozen=True, kw_only=True):
    name = "retention-set.v1"
    term = Text("保存规则", "How long personal data are kept, from here on.")
    rules: m.Rules[tuple[RetentionRule, ...]]
    document: m.Document[str]


class AccessDigested(Event, frozen=True, kw_only=True):
    name = "access-digested.v1"
    term = Text(
        "查阅台账日结", "The day's readings of personal data, fixed: a row removed or altered since is found by it."
    )
    day: m.ReadingDay[str]
    rows: m.Readings[int]
    sha256: m.ChainEnd[str]


PRIVACY_EVENTS: dict[str, type[Event]] = {
    event.name: event for event in (LegalHoldPlaced, LegalHoldReleased, RetentionSet, AccessDigested)
}
