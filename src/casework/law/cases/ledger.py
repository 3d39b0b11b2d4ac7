"""Recording what a ledger kept elsewhere states, as it states it."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec.structs import force_setattr as put

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
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule


class LedgerCaseRecorded(Event, frozen=True, kw_only=True):
    """A ledger states this case (台账登记).

    number — 编号 — our own number
    external_ref — 外部编号 — `<ledger>:<row id>`, claimed once
    row_hash — 行摘要 — keyed digest of the row as read; tells whether a later import brings something else
    kind — 种类 — matter or difficulty
    category — 类别 — slug of the ledger's code
    topic — 主题 — slug of the ledger's finer code
    channel — 渠道 — slug of the ledger's source
    area — 地点 — slug of the ledger's place; blank stays ''
    township — 乡镇 — township of the place; blank stays ''
    unit — 主办单位 — slug of the ledger's unit; '' when it has none
    urgency — 紧急程度 — as stated
    confidentiality — 知悉范围 — as mapped
    due — 办理期限 — instant; '' when the ledger has none
    due_on — 期限日期 — its local date
    due_basis — 期限依据 — ledger
    labels — 台账原文 — the ledger's own words for its channel and topic codes: member → words
    summary — 摘要 — (sealed)
    details — 详情 — (sealed)
    address — 详细地址 — (sealed)
    coordinates — 坐标 — (sealed)
    """

    name: ClassVar[str] = "ledger-case-recorded.v1"
    unique: ClassVar[tuple[str, ...]] = ("number", "external_ref")
    correctable: ClassVar[frozenset[str]] = frozenset(
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
    restamped: ClassVar[frozenset[str]] = frozenset({"due_basis"})
    sealed: ClassVar[frozenset[str]] = frozenset({"summary", "details", "address", "coordinates"})

    number: str
    external_ref: str
    row_hash: str = ""
    kind: str = "difficulty"
    category: str = ""
    topic: str = ""
    channel: str = ""
    area: str = ""
    township: str = ""
    unit: str = ""
    urgency: str = "normal"
    confidentiality: str = "internal"
    due: str = ""
    due_on: str = ""
    due_basis: str = ""
    labels: dict[str, str] = {}


class LedgerClosingRecorded(Event, frozen=True, kw_only=True):
    """A ledger states that the case was closed (台账办结).

    outcome — 结果 — as the map says; unstated otherwise
    reason — 办结原因代码 — slug of the ledger's code
    timeliness — 是否按时 — computed from the closing's time against the due instant
    published — 台账所载是否按时 — what the ledger itself says: on_time, late or ''
    labels — 台账原文 — the ledger's own words for its reason code: member → words
    answer — 办理答复 — the ledger's words (sealed)
    """

    name: ClassVar[str] = "ledger-closing-recorded.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"outcome", "reason", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"answer"})
    outcome: str = "unstated"
    reason: str = ""
    timeliness: str = "no_due"
    published: str = ""
    labels: dict[str, str] = {}


class LedgerActionRecorded(Event, frozen=True, kw_only=True):
    """A ledger states an action (台账办理记录).

    action — 办理方式 — slug of the ledger's code
    labels — 台账原文 — the ledger's own words for its action code: member → words
    note — 办理情况 — the ledger's words (sealed)
    """

    name: ClassVar[str] = "ledger-action-recorded.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"action", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    action: str
    labels: dict[str, str] = {}


class RecordLedgerCase(Command, frozen=True, kw_only=True):
    """Enter a case as a ledger states it (台账登记).

    case — 办件 — stream made from ledger and row id
    external_ref — 外部编号 — `<ledger>:<row id>`
    row_hash — 行摘要 — keyed digest of the row as read
    kind — 种类 — matter or difficulty
    category — 类别 — slug of the ledger's code
    topic — 主题 — slug of the ledger's finer code
    channel — 渠道 — slug of the ledger's source
    area — 地点 — slug of the ledger's place; '' when blank
    township — 乡镇 — where the roster knows no township of the area; '' when blank
    unit — 主办单位 — slug of the ledger's unit; '' when it has none
    urgency — 紧急程度 — as stated
    confidentiality — 知悉范围 — as mapped
    due — 办理期限 — instant, when the ledger has one
    due_on — 期限日期 — or the local date by whose end it is due
    labels — 台账原文 — the ledger's own words: member → words
    summary — 摘要 — (sealed)
    details — 详情 — (sealed)
    address — 详细地址 — (sealed)
    coordinates — 坐标 — latitude and longitude, WGS 84, integer microdegrees (sealed)
    """

    name: ClassVar[str] = "record-ledger-case"
    seals: ClassVar[dict[str, tuple[int, str]]] = {
        "summary": (0, "summary"),
        "details": (0, "details"),
        "address": (0, "address"),
        "coordinates": (0, "coordinates"),
    }
    case: CaseStream
    external_ref: Code
    row_hash: Code = ""
    kind: Kind = "difficulty"
    category: Code = ""
    topic: Code = ""
    channel: Slug = ""
    area: Code = ""
    township: Code = ""
    unit: Code = ""
    urgency: Urgency = "normal"
    confidentiality: Confidentiality = "internal"
    due: Instant = ""
    due_on: Day = ""
    labels: dict[str, str] = {}
    summary: Line = ""
    details: Words = ""
    address: Line = ""
    coordinates: Coordinates | None = None


class RecordLedgerClosing(Command, frozen=True, kw_only=True):
    """Enter a closing as a ledger states it (台账办结).

    case — 办件 — its stream
    outcome — 结果 — as the map says; unstated otherwise
    reason — 办结原因代码 — slug of the ledger's code
    published — 台账所载是否按时 — on_time, late or ''
    labels — 台账原文 — the ledger's own words: member → words
    answer — 办理答复 — the ledger's words (sealed)
    """

    name: ClassVar[str] = "record-ledger-closing"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"answer": (0, "answer")}
    case: CaseStream
    outcome: Literal["solved", "explained", "not_solved", "unstated"] = "unstated"
    reason: Code = ""
    published: Literal["", "on_time", "late"] = ""
    labels: dict[str, str] = {}
    answer: Words = ""


class RecordLedgerAction(Command, frozen=True, kw_only=True):
    """Enter an action as a ledger states it (台账办理记录).

    case — 办件 — its stream
    action — 办理方式 — slug of the ledger's code
    labels — 台账原文 — the ledger's own words: member → words
    note — 办理情况 — the ledger's words (sealed)
    """

    name: ClassVar[str] = "record-ledger-action"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    action: Slug
    labels: dict[str, str] = {}
    note: Words = ""


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
    event = LedgerCaseRecorded(
        number=context.number,
        external_ref=command.external_ref,
        row_hash=command.row_hash,
        kind=command.kind,
        category=command.category,
        topic=command.topic,
        channel=command.channel,
        area=command.area,
        township=township,
        unit=command.unit,
        urgency=command.urgency,
        confidentiality=command.confidentiality,
        due=due,
        due_on=due_on,
        due_basis="ledger" if due else "",
        labels=command.labels,
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
    event = LedgerClosingRecorded(
        outcome=command.outcome,
        reason=command.reason,
        timeliness=timeliness(state.due, state.due_on, context.happened_at, context.happened_on),
        published=command.published,
        labels=command.labels,
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
