"""Commands of auditors' findings (`finding/…`): record one, answer it, close it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from casework.law import members as m
from casework.law.command import Code, Command, Count, FindingStream, OtherCase, Slug, Words
from casework.text import Text, meaning

_DATE = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]
_COLUMN = Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,80}$(?!\n)")]
#: entries that a finding may cite
MOST_EVIDENCE = 200


class RecordFinding(Command, frozen=True, kw_only=True):
    name = "record-finding"
    term = Text(
        "审计发现",
        "Record what an audit found: about a case, about a published figure, or about the county as a whole.",
    )
    seals = {"details": (0, "details")}
    finding: FindingStream
    kind: m.FindingKind[Literal["fake_closure", "backdating", "recounted", "overdue", "stalling", "overreach", "other"]]
    case: m.FindingCase[OtherCase] = ""
    projection: m.FindingProjection[Slug] = ""
    where: m.Where[Annotated[dict[_COLUMN, Code], Meta(max_length=20)]] = {}
    as_of: m.AsOf[Count] = 0
    unit: Annotated[Code, meaning("责任单位", "unit concerned; '' for the one that leads the case, or closed it")] = ""
    evidence: m.EntriesCited[Annotated[tuple[Count, ...], Meta(max_length=MOST_EVIDENCE)]] = ()
    due_on: m.AnswerDue[_DATE]
    details: m.FindingDetails[Words] = ""


class AnswerFinding(Command, frozen=True, kw_only=True):
    name = "answer-finding"
    term = Text("整改答复", "Say what the unit concerned has to say to a finding, or what it put right.")
    seals = {"answer": (0, "answer")}
    finding: FindingStream
    answer: m.FindingAnswer[Words] = ""


class CloseFinding(Command, frozen=True, kw_only=True):
    name = "close-finding"
    term = Text("审计销号", "Close a finding with an outcome.")
    seals = {"explanation": (0, "explanation")}
    finding: FindingStream
    outcome: m.FindingOutcome[Literal["upheld", "unfounded", "remedied"]]
    explanation: m.OutcomeReasons[Words] = ""
