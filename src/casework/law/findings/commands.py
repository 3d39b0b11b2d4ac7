"""Commands of auditors' findings (`finding/…`): record one, answer it, close it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from casework.law.command import Code, Command, Count, FindingStream, OtherCase, Slug, Words

_DATE = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]
_COLUMN = Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,80}$(?!\n)")]
#: entries that a finding may cite
MOST_EVIDENCE = 200


class RecordFinding(Command, frozen=True, kw_only=True):
    """Record what an audit found: about a case, about a published figure, or about the county as a whole (审计发现).

    finding — 审计发现 — `finding/<uuid>`, made by whoever records
    kind — 问题种类 — fake_closure, backdating, recounted, overdue, stalling, overreach or other
    case — 案件 — the case it is about, by number or stream
    projection — 统计 — or the projection whose figure it is about
    where — 筛选 — column → value: which of its figures
    as_of — 截至条数 — size of the log, in entries, at which that figure was published
    unit — 责任单位 — unit concerned; '' for the one that leads the case, or closed it
    evidence — 佐证 — `seq` of entries of the log that show it
    due_on — 答复期限 — county-local date by whose end an answer is due
    details — 问题情况 — what was found, in words (sealed)
    """

    name: ClassVar[str] = "record-finding"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"details": (0, "details")}
    finding: FindingStream
    kind: Literal["fake_closure", "backdating", "recounted", "overdue", "stalling", "overreach", "other"]
    case: OtherCase = ""
    projection: Slug = ""
    where: Annotated[dict[_COLUMN, Code], Meta(max_length=20)] = {}
    as_of: Count = 0
    unit: Code = ""
    evidence: Annotated[tuple[Count, ...], Meta(max_length=MOST_EVIDENCE)] = ()
    due_on: _DATE
    details: Words = ""


class AnswerFinding(Command, frozen=True, kw_only=True):
    """Say what the unit concerned has to say to a finding, or what it put right (整改答复).

    finding — 审计发现 — its stream
    answer — 答复 — in words (sealed)
    """

    name: ClassVar[str] = "answer-finding"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"answer": (0, "answer")}
    finding: FindingStream
    answer: Words = ""


class CloseFinding(Command, frozen=True, kw_only=True):
    """Close a finding with an outcome (审计销号).

    finding — 审计发现 — its stream
    outcome — 结论 — upheld, unfounded or remedied
    explanation — 说明 — why so, in words (sealed)
    """

    name: ClassVar[str] = "close-finding"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    finding: FindingStream
    outcome: Literal["upheld", "unfounded", "remedied"]
    explanation: Words = ""
