"""Correcting a recorded value, and what was stamped from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Annotated, Literal, Protocol

from msgspec import Meta

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.acting import FieldFact
from casework.law.cases.corrected_values import Value, checked, codes_of
from casework.law.cases.corrections import RecordCorrected, corrected, value_of
from casework.law.cases.deadlines import due_of, local_date
from casework.law.cases.evolve import evolve
from casework.law.cases.guards import check_answers_not_for_it, close_to
from casework.law.cases.ledger import LedgerActionRecorded, LedgerCaseRecorded, LedgerClosingRecorded
from casework.law.cases.refusals import refused
from casework.law.cases.registering import CaseRegistered
from casework.law.cases.rules import ANY
from casework.law.cases.state import CaseState, before_registration, held_at, round_at
from casework.law.command import CaseStream, Command, Slug, Words
from casework.law.context import HISTORY, Context
from casework.law.event import Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import Text, meaning


class CorrectRecord(Command, frozen=True, kw_only=True):
    name = "correct-record"
    term = Text("更正", "Say what a recorded value should have been.")
    seals = {"explanation": (0, "explanation")}
    needs_history = True
    case: CaseStream
    rev: Annotated[int, Meta(ge=0), meaning("所更正的记录", "revision of the entry in that stream")]
    member: m.CorrectedMember[Slug]
    value: m.CorrectedValue[bool | int | str]
    reason: m.CorrectionReason[
        Literal["typing_error", "wrong_place", "wrong_date", "checked_on_site", "ledger_changed", "other"]
    ]
    explanation: m.Explanation[Words] = ""


class Correction(Protocol):
    """Members of every command that corrects a record, of any kind of stream."""

    @property
    def rev(self) -> int: ...
    @property
    def member(self) -> str: ...
    @property
    def value(self) -> Value: ...
    @property
    def reason(self) -> str: ...


def correct(command: Correction, stream: str, context: Context) -> Decided:
    """更正: the cited member, and the members stamped from it."""
    history: Sequence[Recorded] = context.others[HISTORY]
    if not 0 <= command.rev < len(history):
        raise refused("no-such-revision", stream=stream, last=len(history) - 1, rev=command.rev)
    in_force = corrected(history)
    cited = in_force[command.rev]
    original, member = _original(in_force, cited, command.member)
    event = original.event
    if context.role == "importer" and not isinstance(event, LEDGER_EVENTS):
        raise refused("not-a-ledger-entry", original=original.rev, entry=called.event(type(event)))
    if member not in event.correctable:
        nearest = close_to(member, tuple(sorted(event.correctable)))
        raise refused(
            "not-correctable",
            original=original.rev,
            entry=called.event(type(event)),
            member=Text(called.member(type(event), member).zh, called.value(member).en),
            members=Text(
                called.several(called.member(type(event), m) for m in nearest).zh, ", ".join(nearest) or "nothing of it"
            ),
            nearest=nearest,
        )
    value = checked(event, member, command.value, value_of(original, member), context)
    if value == value_of(original, member):
        same = called.choices((str(value),), codes_of(event, member))
        raise refused(
            "no-difference",
            original=original.rev,
            member=called.member(type(event), member),
            same=Text(same.zh, called.value(str(value)).en),
        )
    first = (cited.rev, command.member, value)
    follows = _follows(in_force[: original.rev], original, member, value, context)
    others = [(original.rev, name, new) for name, new in follows.items() if new != value_of(original, name)]
    return [
        (
            stream,
            RecordCorrected(
                stream=stream,
                rev=rev,
                member=name,
                value=new,
                value_before=value_of(in_force[rev], name),
                reason=command.reason,
                along=index > 0,
            ),
        )
        for index, (rev, name, new) in enumerate((first, *others))
    ]


LEDGER_EVENTS = (LedgerCaseRecorded, LedgerClosingRecorded, LedgerActionRecorded)


def _original(in_force: Sequence[Recorded], cited: Recorded, member: str) -> tuple[Recorded, str]:
    """The entry and member that a citation is about: where a correction is cited, what that one corrects."""
    original, of = cited, member
    while isinstance(original.event, RecordCorrected) and of == "value":
        original, of = in_force[original.event.rev], original.event.member
    if original is not cited:
        deciding = _deciding(in_force, original.rev, of)
        if cited.rev not in deciding:
            raise refused(
                "correction-superseded",
                cited=cited.rev,
                original=original.rev,
                member=called.member(type(original.event), of),
                deciding=deciding[-1],
                nearest=(str(deciding[-1]), str(original.rev)),
            )
    return original, of


def _deciding(in_force: Sequence[Recorded], rev: int, member: str) -> list[int]:
    """Revisions of the corrections that make up the value in force, each correcting the one before it."""
    for recorded in reversed(in_force):
        event = recorded.event
        if isinstance(event, RecordCorrected) and (event.rev, event.member) == (rev, member):
            return [recorded.rev, *_deciding(in_force, recorded.rev, "value")]
    return []


def _follows(
    before: Sequence[Recorded], original: Recorded, member: str, value: Value, context: Context
) -> dict[str, Value]:
    """What was stamped from the corrected member, as it follows from its new value."""
    event, text = original.event, str(value)
    follows: dict[str, Value] = {}
    at, on = original.occurred, original.occurred_on
    match member:
        case "area" if isinstance(event, CaseRegistered | LedgerCaseRecorded):
            known = context.roster.township_of(text, context.today) if text else ""
            if known or not isinstance(event, LedgerCaseRecorded):
                follows["township"] = known
        case "area":
            follows["township"] = context.roster.township_of(text, context.today) if text else ""
        case "category":
            category = context.roster.category(text, context.today)
            topic = value_of(original, "topic")
            if topic and category and category.topics and topic not in category.topics:
                follows["topic"] = ""
        case "due":
            due, due_on = due_of(text, "", context.time_zone)
            follows |= {"due_on": due_on, "due_basis": "ledger" if due else ""}
        case "due_on":
            due, _ = due_of("", text, context.time_zone)
            follows |= {"due": due, "due_basis": "ledger" if due else ""}
        case "occurred":
            at = text
            on = local_date(text, context.time_zone) if text else on
            follows["occurred_on"] = on
        case "occurred_on":
            at, on = "", text
            follows["occurred"] = ""
        case _:
            pass
    if member in ("occurred", "occurred_on") and isinstance(event, FieldFact):
        state = reduce(evolve, before, CaseState())
        unit, lead = held_at(state, at, on)
        follows |= {
            "round": round_at(state, at, on),
            "held_by": lead,
            "held_unit": unit,
            "before_registration": before_registration(state, at, on),
        }
    return follows


def correct_record(command: CorrectRecord, state: CaseState, context: Context) -> Decided:
    """更正 of a case: by none of those who answer for it."""
    check_answers_not_for_it(state, context, Text("更正其记录", "correct its record"))
    return correct(command, command.case, context)


RULES: tuple[Rule, ...] = (
    rule(
        CorrectRecord, correct_record, ANY, "supervisor importer", "record-corrected",
        resource="corrections", judges=True, any_time_back=True,
    ),
)  # fmt: skip
