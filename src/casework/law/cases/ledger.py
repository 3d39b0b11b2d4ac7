"""Recording what a ledger kept elsewhere states, as it states it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.deadlines import due_of, timeliness
from casework.law.cases.refusals import refused
from casework.law.cases.registering import begun
from casework.law.cases.roster_lookups import area_of, category_of, check_topic, unit_of
from casework.law.cases.rules import ANY, OPEN, UNBORN, Effects
from casework.law.cases.state import CaseState, Tenure, round_at
from casework.law.cases.state_changes import ended, settled, timed, touched_by
from casework.law.command import (
    CaseStream,
    Code,
    Command,
    Confidentiality,
    Coordinates,
    Day,
    Instant,
    Kind,
    Line,
    Slug,
    Urgency,
    Words,
)
from casework.law.context import Context
from casework.law.event import Event, Recorded, stated
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_Details = Annotated[T, meaning("详情", "in words")]
_Summary = Annotated[T, meaning("摘要", "in words")]
_Category = Annotated[T, meaning("类别", "slug of the ledger's code")]
_Topic = Annotated[T, meaning("主题", "slug of the ledger's finer code")]
_Channel = Annotated[T, meaning("渠道", "slug of the ledger's source")]
_Unit = Annotated[T, meaning("主办单位", "slug of the ledger's unit; '' when it has none")]
_Answer = Annotated[T, meaning("办理答复", "the ledger's words")]
_Outcome = Annotated[T, meaning("结果", "as the map says; unstated otherwise")]
_Reason = Annotated[T, meaning("办结原因代码", "slug of the ledger's code")]
_ActionNote = Annotated[T, meaning("办理情况", "the ledger's words")]
_Action = Annotated[T, meaning("办理方式", "slug of the ledger's code")]
_Labels = Annotated[T, meaning("台账原文", "the ledger's own words: member → words")]


class LedgerCaseRecorded(Event, frozen=True, kw_only=True):
    name = "ledger-case-recorded.v1"
    term = Text("台账登记", "A ledger states this case.")
    unique = ("number", "external_ref")
    correctable = frozenset(
        {
            "kind",
            "category",
            "topic",
            "channel",
            "area",
            "township",
            "unit",
            "urgency",
            "due",
            "due_on",
            "occurred",
            "occurred_on",
        }
    )
    restamped = frozenset({"due_basis"})
    sealed = {
        "address": m.AddressInWords,
        "coordinates": Annotated[str, meaning("坐标", "in words")],
        "details": _Details,
        "summary": _Summary,
    }

    number: Annotated[str, meaning("编号", "our own number")]
    external_ref: Annotated[str, meaning("外部编号", "`<ledger>:<row id>`, claimed once")]
    row_hash: Annotated[
        str, meaning("行摘要", "keyed digest of the row as read; tells whether a later import brings something else")
    ] = ""
    kind: m.CaseKind[str] = "difficulty"
    category: _Category[str] = ""
    topic: _Topic[str] = ""
    channel: _Channel[str] = ""
    area: Annotated[str, meaning("地点", "slug of the ledger's place; blank stays ''")] = ""
    township: Annotated[str, meaning("乡镇", "township of the place; blank stays ''")] = ""
    unit: _Unit[str] = ""
    urgency: Annotated[str, meaning("紧急程度", "as stated")] = "normal"
    confidentiality: Annotated[str, meaning("知悉范围", "as mapped")] = "internal"
    due: Annotated[str, meaning("办理期限", "instant; '' when the ledger has none")] = ""
    due_on: m.DueInForceOn[str] = ""
    due_basis: Annotated[str, meaning("期限依据", "ledger")] = ""
    labels: Annotated[
        dict[str, str], meaning("台账原文", "the ledger's own words for its channel and topic codes: member → words")
    ] = {}


class LedgerClosingRecorded(Event, frozen=True, kw_only=True):
    name = "ledger-closing-recorded.v1"
    term = Text("台账办结", "A ledger states that the case was closed.")
    correctable = frozenset({"outcome", "reason", "occurred", "occurred_on"})
    sealed = {"answer": _Answer}
    outcome: _Outcome[str] = "unstated"
    reason: _Reason[str] = ""
    timeliness: Annotated[str, meaning("是否按时", "computed from the closing's time against the due instant")] = (
        "no_due"
    )
    published: Annotated[str, meaning("台账所载是否按时", "what the ledger itself says: on_time, late or ''")] = ""
    labels: Annotated[
        dict[str, str], meaning("台账原文", "the ledger's own words for its reason code: member → words")
    ] = {}


class LedgerActionRecorded(Event, frozen=True, kw_only=True):
    name = "ledger-action-recorded.v1"
    term = Text("台账办理记录", "A ledger states an action.")
    correctable = frozenset({"action", "occurred", "occurred_on"})
    sealed = {"note": _ActionNote}
    action: _Action[str]
    labels: Annotated[
        dict[str, str], meaning("台账原文", "the ledger's own words for its action code: member → words")
    ] = {}


class RecordLedgerCase(Command, frozen=True, kw_only=True):
    name = "record-ledger-case"
    term = Text("台账登记", "Enter a case as a ledger states it.")
    seals = {
        "summary": (0, "summary"),
        "details": (0, "details"),
        "address": (0, "address"),
        "coordinates": (0, "coordinates"),
    }
    case: CaseStream
    external_ref: Annotated[Code, meaning("外部编号", "`<ledger>:<row id>`")]
    row_hash: Annotated[Code, meaning("行摘要", "keyed digest of the row as read")] = ""
    kind: m.CaseKind[Kind] = "difficulty"
    category: _Category[Code] = ""
    topic: _Topic[Code] = ""
    channel: _Channel[Slug] = ""
    area: Annotated[Code, meaning("地点", "slug of the ledger's place; '' when blank")] = ""
    township: Annotated[Code, meaning("乡镇", "where the roster knows no township of the area; '' when blank")] = ""
    unit: _Unit[Code] = ""
    urgency: Urgency = "normal"
    confidentiality: Confidentiality = "internal"
    due: Annotated[Instant, meaning("办理期限", "instant, when the ledger has one")] = ""
    due_on: m.DueOn[Day] = ""
    labels: _Labels[dict[str, str]] = {}
    summary: _Summary[Line] = ""
    details: _Details[Words] = ""
    address: m.AddressInWords[Line] = ""
    coordinates: m.Coordinates[Coordinates | None] = None


class RecordLedgerClosing(Command, frozen=True, kw_only=True):
    name = "record-ledger-closing"
    term = Text("台账办结", "Enter a closing as a ledger states it.")
    seals = {"answer": (0, "answer")}
    case: CaseStream
    outcome: _Outcome[Literal["solved", "explained", "not_solved", "unstated"]] = "unstated"
    reason: _Reason[Code] = ""
    published: Annotated[Literal["", "on_time", "late"], meaning("台账所载是否按时", "on_time, late or ''")] = ""
    labels: _Labels[dict[str, str]] = {}
    answer: _Answer[Words] = ""


class RecordLedgerAction(Command, frozen=True, kw_only=True):
    name = "record-ledger-action"
    term = Text("台账办理记录", "Enter an action as a ledger states it.")
    seals = {"note": (0, "note")}
    case: CaseStream
    action: _Action[Slug]
    labels: _Labels[dict[str, str]] = {}
    note: _ActionNote[Words] = ""


def record_case(command: RecordLedgerCase, state: CaseState, context: Context) -> Decided:
    """台账登记."""
    if command.category:
        category = category_of(command.category, context)
        if category.topics:
            check_topic(command.topic, category, context)
    township = command.township
    if command.area:
        area_of(command.area, context)
        township = context.roster.township_of(command.area, context.today) or township
    elif township:
        area_of(township, context)
    if command.unit:
        unit_of(command.unit, context)
    due, due_on = due_of(command.due, command.due_on, context.time_zone)
    event = stated(
        LedgerCaseRecorded,
        command,
        number=context.number,
        township=township,
        due=due,
        due_on=due_on,
        due_basis="ledger" if due else "",
    )
    return [(command.case, event)]


def recorded_already(command: RecordLedgerCase, state: CaseState, context: Context) -> bool:
    """Whether this very row is on record; refused when the row has changed since."""
    if not state.status:
        return False
    if state.row_hash != command.row_hash:
        before, now = called.value(state.row_hash), called.value(command.row_hash)
        raise refused(
            "ledger-row-changed", external_ref=command.external_ref, case=state.number, before=before, now=now
        )
    return True


def closed_already(command: RecordLedgerClosing, state: CaseState, context: Context) -> bool:
    """Whether this very closing is on record."""
    return (
        state.status in ("closed", "archived")
        and state.outcome == command.outcome
        and (state.closed.at, state.closed.on) == (context.happened_at, context.happened_on)
    )


def record_closing(command: RecordLedgerClosing, state: CaseState, context: Context) -> Decided:
    """台账办结: lawful from any open state, and kept as stated even where it lies before the opening."""
    event = stated(
        LedgerClosingRecorded,
        command,
        timeliness=timeliness(state.due, state.due_on, context.happened_at, context.happened_on),
    )
    return [(command.case, event)]


def record_action(command: RecordLedgerAction, state: CaseState, context: Context) -> Decided:
    """台账办理记录."""
    return [(command.case, LedgerActionRecorded(action=command.action, labels=command.labels))]


def ledger_case(s: CaseState, r: Recorded, event: LedgerCaseRecorded) -> None:
    begun(s, r, event)
    put(s, "row_hash", event.row_hash)
    if event.unit:
        put(s, "unit", event.unit)
        put(s, "tenures", (Tenure(s.registered, event.unit),))


def ledger_closing(s: CaseState, r: Recorded, event: LedgerClosingRecorded) -> None:
    ended(s, r, "closed", event.outcome)
    settled(s)
    # not the stamped word: when the due time or the closing is corrected, this follows
    put(s, "timeliness", timeliness(s.due, s.due_on, r.occurred, r.occurred_on))
    put(s, "published", event.published)
    timed(s, r.occurred)


def ledger_action(s: CaseState, r: Recorded, event: LedgerActionRecorded) -> None:
    if round_at(s, r.occurred, r.occurred_on) == s.round:
        put(s, "acted", True)
    touched_by(s, r)


RULES: tuple[Rule, ...] = (
    rule(
        RecordLedgerCase, record_case, UNBORN, "importer", "ledger-case-recorded → registered",
        done=recorded_already, any_time_back=True,
    ),
    rule(
        RecordLedgerClosing, record_closing, OPEN, "importer", "ledger-closing-recorded → closed",
        done=closed_already, any_time_back=True,
    ),
    rule(RecordLedgerAction, record_action, ANY, "importer", "ledger-action-recorded", any_time_back=True),
)  # fmt: skip
EFFECTS: Effects = {
    LedgerCaseRecorded: ledger_case,
    LedgerClosingRecorded: ledger_closing,
    LedgerActionRecorded: ledger_action,
}
