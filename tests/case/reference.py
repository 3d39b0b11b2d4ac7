"""The reference table of the law, and where and why the law deviates from it.

The reference names people loosely (“unit member”, “lead officer”, “receiver”); here they stand as the closed list of
roles says it: unit member, lead officer → cadre, unit_lead; system → clock; archivist → administrator.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from casework.law.cases.rules import ANY, OPEN, RESTORED, UNBORN
from casework.law.rule import Effect, Rule

_WORKING = ("dispatched", "in_progress")
_UNIT = "cadre unit_lead"


class Row(Struct, frozen=True):
    """What the reference says of a command."""

    states: tuple[str, ...]
    roles: tuple[str, ...]
    effects: tuple[Effect, ...]


def of(rule: Rule) -> Row:
    """What the law says of a command."""
    return Row(rule.states, rule.roles, rule.effects)


def row(states: tuple[str, ...], roles: str, *effects: str) -> Row:
    """A row of the reference; effects are written `event` or `event → status`."""
    parsed = (effect.partition(" → ") for effect in effects)
    return Row(states, tuple(roles.split()), tuple(Effect(f"{event}.v1", to) for event, _, to in parsed))


class Deviation(Struct, frozen=True):
    """One place where the law differs from the reference.

    command — 命令 — its name
    member — 项 — states, roles or effects; row where only one of the two has the command
    reference — 参考 — what the reference says; () when it has no such row
    here — 本法 — what holds here; () when there is no such row here
    reason — 理由 — why
    """

    command: str
    member: str
    reference: tuple[str | Effect, ...]
    here: tuple[str | Effect, ...]
    reason: str


REFERENCE: dict[str, Row] = {
        "register-case": row(UNBORN, "resident reporter cadre unit_lead dispatcher caller supervisor",
            "case-registered → registered",
        ),
        "record-handled": row(UNBORN, "cadre",
            "case-registered → registered", "case-accepted → accepted", "officer-assigned", "action-logged",
            "resolution-submitted → resolved",
        ),
        "accept-case": row(("registered",), "dispatcher", "case-accepted → accepted"),
        "reject-case": row(("registered", "accepted"), "dispatcher", "case-rejected → rejected"),
        "merge-case": row(OPEN, "dispatcher", "case-merged → merged"),
        "unmerge-case": row(("merged",), "dispatcher", f"case-unmerged → {RESTORED}"),
        "dispatch-case": row(("accepted",), "dispatcher", "case-dispatched → dispatched"),
        "acknowledge-case": row(("dispatched",), _UNIT, "case-acknowledged → in_progress"),
        "request-return": row(_WORKING, _UNIT, "return-requested"),
        "approve-return": row(_WORKING, "dispatcher", "return-approved → accepted"),
        "refuse-return": row(_WORKING, "dispatcher", "return-refused"),
        "assign-officer": row(_WORKING, "unit_lead", "officer-assigned"),
        "transfer-case": row(("in_progress",), "unit_lead dispatcher", "case-transferred → dispatched"),
        "add-co-handler": row(_WORKING, "cadre unit_lead dispatcher", "co-handler-added"),
        "remove-co-handler": row(_WORKING, "cadre unit_lead dispatcher", "co-handler-removed"),
        "log-action": row(("dispatched", "in_progress", "parked"), "cadre unit_lead reporter", "action-logged"),
        "contact-resident": row(OPEN, _UNIT, "resident-contacted"),
        "request-extension": row(("in_progress",), _UNIT, "extension-requested"),
        "grant-extension": row(("in_progress",), "supervisor", "extension-granted"),
        "refuse-extension": row(("in_progress",), "supervisor", "extension-refused"),
        "pause-clock": row(("in_progress",), "cadre unit_lead supervisor", "clock-paused"),
        "resume-clock": row(("in_progress",), "cadre unit_lead supervisor", "clock-resumed"),
        "park-case": row(("in_progress",), "supervisor", "case-parked → parked"),
        "review-park": row(("parked",), "supervisor", "park-reviewed"),
        "unpark-case": row(("parked",), "supervisor", "case-unparked → in_progress"),
        "remind-unit": row(OPEN, "supervisor", "reminder-sent"),
        "open-supervision": row(OPEN, "supervisor", "supervision-opened"),
        "reply-supervision": row(OPEN, _UNIT, "supervision-replied"),
        "close-supervision": row(OPEN, "supervisor", "supervision-closed"),
        "escalate-case": row(OPEN, "clock caller dispatcher supervisor", "case-escalated"),
        "submit-resolution": row(("in_progress",), _UNIT, "resolution-submitted → resolved"),
        "approve-resolution": row(("resolved",), "reviewer", "resolution-approved → callback"),
        "send-back-resolution": row(("resolved",), "reviewer", "resolution-sent-back → in_progress"),
        "record-callback": row(("callback", "closed"), "caller", "callback-recorded"),
        "close-case": row(("callback",), "dispatcher clock", "case-closed → closed"),
        "reopen-case": row(("callback", "closed", "rejected"), "caller resident auditor supervisor",
            "case-reopened → dispatched", "case-reopened → accepted",
        ),
        "withdraw-case": row(OPEN, "resident cadre unit_lead dispatcher caller",
            "case-withdrawn → withdrawn",
        ),
        "archive-case": row(("closed", "rejected", "withdrawn"), "clock administrator", "case-archived → archived"),
        "correct-record": row(ANY, "supervisor", "record-corrected"),
        "change-confidentiality": row(ANY, "privacy_officer", "confidentiality-changed"),
        "erase-personal-data": row(ANY, "privacy_officer", "personal-data-erased"),
}  # fmt: skip


def _roles(command: str, reference: str, here: str, reason: str) -> Deviation:
    return Deviation(command, "roles", tuple(reference.split()), tuple(here.split()), reason)


def _states(command: str, reference: tuple[str, ...], here: tuple[str, ...], reason: str) -> Deviation:
    return Deviation(command, "states", reference, here, reason)


def _effects(command: str, reference: tuple[str, ...], here: tuple[str, ...], reason: str) -> Deviation:
    parsed = [row((), "", *effects).effects for effects in (reference, here)]
    return Deviation(command, "effects", parsed[0], parsed[1], reason)


def _added(command: str, reason: str) -> Deviation:
    return Deviation(command, "row", (), (command,), reason)


def _left_out(command: str, reason: str) -> Deviation:
    return Deviation(command, "row", (command,), (), reason)


_ENDED_NOT_ARCHIVED = ("closed", "rejected", "merged", "withdrawn")
_FROM_THE_FIELD = "a fact from the field is accepted in every state, and from anybody who was there; it moves nothing"
_BY_A_LEDGER = "a ledger states what happened; it is stored as stated, with no act that the ledger does not state"
_BY_THREE = "a transfer is asked for, then accepted or refused by another person: three events"

_BY_RECEIPT = "the holder of the receipt acts on the case without an account, in every state"
DEVIATIONS: tuple[Deviation, ...] = (
    _effects(
        "record-handled",
        (
            "case-registered → registered", "case-accepted → accepted", "officer-assigned", "action-logged",
            "resolution-submitted → resolved",
        ),
        (
            "case-registered → registered", "case-accepted → accepted", "case-dispatched → dispatched",
            "case-acknowledged → in_progress", "action-logged", "resolution-submitted → resolved",
        ),
        "every step of its history is one the table allows, and unit and lead are set where they always are",
    ),
    _added("raise-need", "what a survey finds lacking is registered as a case that says where it comes from"),
    _left_out("transfer-case", _BY_THREE),
    _added("request-transfer", _BY_THREE),
    _added("accept-transfer", _BY_THREE),
    _added("refuse-transfer", _BY_THREE),
    _states("log-action", ("dispatched", "in_progress", "parked"), ANY, _FROM_THE_FIELD),
    _roles(
        "log-action", "cadre unit_lead reporter", "cadre unit_lead reporter dispatcher caller supervisor",
        _FROM_THE_FIELD,
    ),
    _states("contact-resident", OPEN, ANY, _FROM_THE_FIELD),
    _roles(
        "contact-resident", "cadre unit_lead", "cadre unit_lead reporter dispatcher caller supervisor",
        _FROM_THE_FIELD,
    ),
    _states(
        "reply-supervision", OPEN, (*OPEN, *_ENDED_NOT_ARCHIVED),
        "supervision outlives the closing: what a supervisor watches is not ended by the unit's closing it",
    ),
    _states(
        "close-supervision", OPEN, (*OPEN, *_ENDED_NOT_ARCHIVED),
        "supervision outlives the closing: only the supervisor ends it, and the archive waits for that",
    ),
    _added("mark-due-passed", "what time does to a case is written as an event by the clock"),
    _added("plan-milestone", "a matter is planned in steps"),
    _added("reach-milestone", "a matter is planned in steps"),
    _roles(
        "close-case", "dispatcher clock", "dispatcher supervisor clock",
        "solved against the resident's word needs a named person, with a reason: a supervisor",
    ),
    _roles(
        "record-callback", "caller", "caller resident",
        "the resident may say by their receipt, before a callback, whether it is solved",
    ),
    _roles(
        "reopen-case", "caller resident auditor supervisor", "caller resident supervisor",
        "auditors never change a case",
    ),
    _added("add-information", _BY_RECEIPT),
    _added("ask-about-data", _BY_RECEIPT),
    _added("answer-data-request", "what is asked about personal data waits for the privacy officer's answer"),
    _added("issue-receipt", "a receipt that is lost or was seen by others is replaced by a new one"),
    _added("choose-messages", _BY_RECEIPT),
    _added("void-case", "a registration in error is closed as such, and counts nowhere but there"),
    _roles(
        "correct-record", "supervisor", "supervisor importer",
        "a ledger's changed row enters as a correction of what that ledger stated, when asked for",
    ),
    _left_out("erase-personal-data", "erasure concerns persons, not cases: it is an entry of the county's stream"),
    _added("record-ledger-case", _BY_A_LEDGER),
    _added("record-ledger-closing", _BY_A_LEDGER),
    _added("record-ledger-action", _BY_A_LEDGER),
)  # fmt: skip


def with_deviations() -> dict[str, Row]:
    """The reference with every deviation applied, except for rows that only the law has."""
    rows = dict(REFERENCE)
    for deviation in DEVIATIONS:
        if deviation.member == "row":
            rows.pop(deviation.command, None)
        elif getattr(rows[deviation.command], deviation.member) == deviation.reference:
            rows[deviation.command] = replace(rows[deviation.command], **{deviation.member: deviation.here})
        else:
            raise ValueError(f"the reference does not say so of {deviation.member} of {deviation.command}")
    return rows
