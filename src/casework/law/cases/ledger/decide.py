"""What a ledger states, stored as stated: no act, officer or callback that the ledger does not have."""

from __future__ import annotations

from casework.law.cases import commands as c
from casework.law.cases import events as e
from casework.law.cases import names as called
from casework.law.cases.deadlines import due_of, timeliness
from casework.law.cases.guards import Decided, refuse
from casework.law.cases.roster_lookups import area_of, category_of, check_topic, unit_of
from casework.law.cases.state import CaseState
from casework.law.context import Context


def record_case(command: c.RecordLedgerCase, state: CaseState, context: Context) -> Decided:
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
    event = e.LedgerCaseRecorded(
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


def recorded_already(command: c.RecordLedgerCase, state: CaseState, context: Context) -> bool:
    """Whether this very row is on record; refused when the row has changed since."""
    if not state.status:
        return False
    if state.row_hash != command.row_hash:
        before, now = called.value(state.row_hash), called.value(command.row_hash)
        refuse(
            "ledger-row-changed",
            f"台账行 {command.external_ref} 已登记为案件 {state.number}，"
            f"当时的摘要是{before.zh}，现在是{now.zh}，内容已变：请核对差异，属实的作为更正录入。",
            f"Row {command.external_ref} is on record as case {state.number} with digest {before.en}, now reads"
            f" {now.en}: look at the difference, and enter it as corrections if it is right.",
        )
    return True


def closed_already(command: c.RecordLedgerClosing, state: CaseState, context: Context) -> bool:
    """Whether this very closing is on record."""
    return (
        state.status in ("closed", "archived")
        and state.outcome == command.outcome
        and (state.closed.at, state.closed.on) == (context.happened_at, context.happened_on)
    )


def record_closing(command: c.RecordLedgerClosing, state: CaseState, context: Context) -> Decided:
    """台账办结: lawful from any open state, and kept as stated even where it lies before the opening."""
    event = e.LedgerClosingRecorded(
        outcome=command.outcome,
        reason=command.reason,
        timeliness=timeliness(state.due, state.due_on, context.happened_at, context.happened_on),
        published=command.published,
        labels=command.labels,
    )
    return [(command.case, event)]


def record_action(command: c.RecordLedgerAction, state: CaseState, context: Context) -> Decided:
    """台账办理记录."""
    return [(command.case, e.LedgerActionRecorded(action=command.action, labels=command.labels))]
