"""Recording acts from the field: what was done, and contacts with the resident."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.guards import close_to
from casework.law.cases.refusals import refused
from casework.law.cases.rules import ANY, FIELD, Effects
from casework.law.cases.state import CaseState, before_registration, held_at, round_at
from casework.law.cases.state_changes import responded, touched_by
from casework.law.command import CaseStream, Command, Digest, Slug, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

ACTIONS: dict[str, str] = {
    "visit": "走访",
    "phone_call": "电话",
    "mediation": "调解",
    "repair": "维修",
    "coordination": "协调",
    "material": "物资",
    "hearing": "听证",
    "photo": "拍照",
    "other": "其他",
}


_ActionNote = Annotated[T, meaning("办理情况", "in words")]
_ContactNote = Annotated[T, meaning("联系情况", "in words")]
_Reached = Annotated[T, meaning("是否联系上", "the response clock stops only if reached")]


class FieldFact(Event, frozen=True, kw_only=True):
    """What any act from the field carries: accepted in every state, it never changes the status (现场记录)."""

    restamped = frozenset({"round", "held_by", "held_unit", "before_registration"})

    round: Annotated[int, meaning("轮次", "round in which it occurred")] = 1
    held_by: Annotated[str, meaning("当时主办干部", "who led when it occurred")] = ""
    held_unit: Annotated[str, meaning("当时主办单位", "unit that led when it occurred")] = ""
    late: Annotated[bool, meaning("事后", "recorded after the case had ended")] = False
    before_registration: Annotated[bool, meaning("登记前", "it occurred before the case was registered")] = False


class ActionLogged(FieldFact, frozen=True, kw_only=True):
    name = "action-logged.v1"
    term = Text("办理记录", "Somebody did something for the case.")
    code_terms = {"action": ACTIONS}
    correctable = frozenset({"action", "occurred", "occurred_on"})
    sealed = {"note": _ActionNote}
    action: Annotated[
        str, meaning("办理方式", "visit, phone_call, mediation, repair, coordination, material, hearing, photo, other")
    ]
    evidence: m.Evidence[tuple[str, ...]] = ()


class ResidentContacted(FieldFact, frozen=True, kw_only=True):
    name = "resident-contacted.v1"
    term = Text("首次联系", "The resident was contacted, or it was tried.")
    correctable = frozenset({"channel", "reached", "occurred", "occurred_on"})
    sealed = {"note": _ContactNote}
    channel: Annotated[str, meaning("联系方式", "phone, visit, sms, page, other")]
    reached: _Reached[bool]


class LogAction(Command, frozen=True, kw_only=True):
    name = "log-action"
    term = Text("办理记录", "Record what somebody did for the case, in whatever state it is.")
    seals = {"note": (0, "note")}
    case: CaseStream
    action: Annotated[
        Slug,
        meaning("办理方式", "visit, phone_call, mediation, repair, coordination, material, hearing, photo or other"),
    ]
    evidence: m.Evidence[tuple[Digest, ...]] = ()
    note: _ActionNote[Words] = ""


class ContactResident(Command, frozen=True, kw_only=True):
    name = "contact-resident"
    term = Text("首次联系", "Record that the resident was contacted, or that it was tried.")
    seals = {"note": (0, "note")}
    case: CaseStream
    channel: Annotated[
        Literal["phone", "visit", "sms", "page", "other"], meaning("联系方式", "phone, visit, sms, page or other")
    ]
    reached: _Reached[bool]
    note: _ContactNote[Words] = ""


def log_action(command: LogAction, state: CaseState, context: Context) -> Decided:
    """办理记录."""
    if command.action not in ACTIONS:
        nearest = close_to(command.action, tuple(ACTIONS))
        raise refused(
            "unknown-action",
            action=called.value(command.action),
            choices=called.choices(nearest, ACTIONS),
            nearest=nearest,
        )
    event = ActionLogged(action=command.action, evidence=command.evidence, **_when(state, context))
    return [(command.case, event)]


def contact(command: ContactResident, state: CaseState, context: Context) -> Decided:
    """首次联系."""
    event = ResidentContacted(channel=command.channel, reached=command.reached, **_when(state, context))
    return [(command.case, event)]


def _when(state: CaseState, context: Context) -> dict[str, Any]:
    """The members of `FieldFact`: where the act lies in the case's life."""
    at, on = context.happened_at, context.happened_on
    unit, lead = held_at(state, at, on)
    return {
        "round": round_at(state, at, on),
        "held_by": lead,
        "held_unit": unit,
        "late": not state.is_open,
        "before_registration": before_registration(state, at, on),
    }


def action_logged(s: CaseState, r: Recorded, event: ActionLogged) -> None:
    if event.round == s.round:
        put(s, "acted", True)
        put(s, "evidenced", s.evidenced or bool(event.evidence))
    touched_by(s, r)


def contacted(s: CaseState, r: Recorded, event: ResidentContacted) -> None:
    if event.reached and r.occurred and (not s.reached or r.occurred < s.reached):
        put(s, "reached", r.occurred)
        responded(s)
    touched_by(s, r)


RULES: tuple[Rule, ...] = (
    rule(LogAction, log_action, ANY, FIELD, "action-logged", resource="actions", any_time_back=True),
    rule(ContactResident, contact, ANY, FIELD, "resident-contacted", resource="contacts", any_time_back=True),
)
EFFECTS: Effects = {ActionLogged: action_logged, ResidentContacted: contacted}
