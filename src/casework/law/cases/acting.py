"""Recording acts from the field: what was done, and contacts with the resident."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from msgspec.structs import force_setattr as put

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


class FieldFact(Event, frozen=True, kw_only=True):
    """What any act from the field carries: accepted in every state, it never changes the status (现场记录).

    round — 轮次 — round in which it occurred
    held_by — 当时主办干部 — who led when it occurred
    held_unit — 当时主办单位 — unit that led when it occurred
    late — 事后 — recorded after the case had ended
    before_registration — 登记前 — it occurred before the case was registered
    """

    restamped: ClassVar[frozenset[str]] = frozenset({"round", "held_by", "held_unit", "before_registration"})

    round: int = 1
    held_by: str = ""
    held_unit: str = ""
    late: bool = False
    before_registration: bool = False


class ActionLogged(FieldFact, frozen=True, kw_only=True):
    """Somebody did something for the case (办理记录).

    action — 办理方式 — visit, phone_call, mediation, repair, coordination, material, hearing, photo, other
    evidence — 佐证 — SHA-256 (hex) of attachments
    round — 轮次 — round in which it occurred
    held_by — 当时主办干部 — who led when it occurred
    held_unit — 当时主办单位 — unit that led when it occurred
    late — 事后 — recorded after the case had ended
    before_registration — 登记前 — it occurred before the case was registered
    note — 办理情况 — (sealed)
    """

    name: ClassVar[str] = "action-logged.v1"
    code_terms: ClassVar[dict[str, dict[str, str]]] = {"action": ACTIONS}
    correctable: ClassVar[frozenset[str]] = frozenset({"action", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    action: str
    evidence: tuple[str, ...] = ()


class ResidentContacted(FieldFact, frozen=True, kw_only=True):
    """The resident was contacted, or it was tried (首次联系).

    channel — 联系方式 — phone, visit, sms, page, other
    reached — 是否联系上 — the response clock stops only if reached
    round — 轮次 — round in which it occurred
    held_by — 当时主办干部 — who led when it occurred
    held_unit — 当时主办单位 — unit that led when it occurred
    late — 事后 — recorded after the case had ended
    before_registration — 登记前 — it occurred before the case was registered
    note — 联系情况 — (sealed)
    """

    name: ClassVar[str] = "resident-contacted.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"channel", "reached", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    channel: str
    reached: bool


class LogAction(Command, frozen=True, kw_only=True):
    """Record what somebody did for the case, in whatever state it is (办理记录).

    case — 办件 — its stream
    action — 办理方式 — visit, phone_call, mediation, repair, coordination, material, hearing, photo or other
    evidence — 佐证 — SHA-256 (hex) of attachments
    note — 办理情况 — (sealed)
    """

    name: ClassVar[str] = "log-action"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    action: Slug
    evidence: tuple[Digest, ...] = ()
    note: Words = ""


class ContactResident(Command, frozen=True, kw_only=True):
    """Record that the resident was contacted, or that it was tried (首次联系).

    case — 办件 — its stream
    channel — 联系方式 — phone, visit, sms, page or other
    reached — 是否联系上 — the response clock stops only if reached
    note — 联系情况 — (sealed)
    """

    name: ClassVar[str] = "contact-resident"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    channel: Literal["phone", "visit", "sms", "page", "other"]
    reached: bool
    note: Words = ""


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
