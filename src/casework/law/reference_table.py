"""The table this law was taken from, and every place where the law differs from it, with the reason.

The reference names people loosely (“unit member”, “lead officer”, “receiver”); here they stand as the closed list of
roles says it: unit member, lead officer → cadre, unit_lead; system → clock; archivist → administrator.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from casework.law.cases.lifecycle import ANY, OPEN_STATES, RESTORED, UNBORN, Effect, Row, row

_WORKING = ("dispatched", "in_progress")
_UNIT = "cadre unit_lead"


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
    line.command: line
    for line in (
        row(
            "register-case", UNBORN, "resident reporter cadre unit_lead dispatcher caller supervisor",
            "case-registered → registered",
        ),
        row(
            "record-handled", UNBORN, "cadre",
            "case-registered → registered", "case-accepted → accepted", "officer-assigned", "action-logged",
            "resolution-submitted → resolved",
        ),
        row("accept-case", ("registered",), "dispatcher", "case-accepted → accepted"),
        row("reject-case", ("registered", "accepted"), "dispatcher", "case-rejected → rejected"),
        row("merge-case", OPEN_STATES, "dispatcher", "case-merged → merged"),
        row("unmerge-case", ("merged",), "dispatcher", f"case-unmerged → {RESTORED}"),
        row("dispatch-case", ("accepted",), "dispatcher", "case-dispatched → dispatched"),
        row("acknowledge-case", ("dispatched",), _UNIT, "case-acknowledged → in_progress"),
        row("request-return", _WORKING, _UNIT, "return-requested"),
        row("approve-return", _WORKING, "dispatcher", "return-approved → accepted"),
        row("refuse-return", _WORKING, "dispatcher", "return-refused"),
        row("assign-officer", _WORKING, "unit_lead", "officer-assigned"),
        row("transfer-case", ("in_progress",), "unit_lead dispatcher", "case-transferred → dispatched"),
        row("add-co-handler", _WORKING, "cadre unit_lead dispatcher", "co-handler-added"),
        row("remove-co-handler", _WORKING, "cadre unit_lead dispatcher", "co-handler-removed"),
        row("log-action", ("dispatched", "in_progress", "parked"), "cadre unit_lead reporter", "action-logged"),
        row("contact-resident", OPEN_STATES, _UNIT, "resident-contacted"),
        row("request-extension", ("in_progress",), _UNIT, "extension-requested"),
        row("grant-extension", ("in_progress",), "supervisor", "extension-granted"),
        row("refuse-extension", ("in_progress",), "supervisor", "extension-refused"),
        row("pause-clock", ("in_progress",), "cadre unit_lead supervisor", "clock-paused"),
        row("resume-clock", ("in_progress",), "cadre unit_lead supervisor", "clock-resumed"),
        row("park-case", ("in_progress",), "supervisor", "case-parked → parked"),
        row("review-park", ("parked",), "supervisor", "park-reviewed"),
        row("unpark-case", ("parked",), "supervisor", "case-unparked → in_progress"),
        row("remind-unit", OPEN_STATES, "supervisor", "reminder-sent"),
        row("open-supervision", OPEN_STATES, "supervisor", "supervision-opened"),
        row("reply-supervision", OPEN_STATES, _UNIT, "supervision-replied"),
        row("close-supervision", OPEN_STATES, "supervisor", "supervision-closed"),
        row("escalate-case", OPEN_STATES, "clock caller dispatcher supervisor", "case-escalated"),
        row("submit-resolution", ("in_progress",), _UNIT, "resolution-submitted → resolved"),
        row("approve-resolution", ("resolved",), "reviewer", "resolution-approved → callback"),
        row("send-back-resolution", ("resolved",), "reviewer", "resolution-sent-back → in_progress"),
        row("record-callback", ("callback", "closed"), "caller", "callback-recorded"),
        row("close-case", ("callback",), "dispatcher clock", "case-closed → closed"),
        row(
            "reopen-case", ("callback", "closed", "rejected"), "caller resident auditor supervisor",
            "case-reopened → dispatched", "case-reopened → accepted",
        ),
        row(
            "withdraw-case", OPEN_STATES, "resident cadre unit_lead dispatcher caller",
            "case-withdrawn → withdrawn",
        ),
        row("archive-case", ("closed", "rejected", "withdrawn"), "clock administrator", "case-archived → archived"),
        row("correct-record", ANY, "supervisor", "record-corrected"),
        row("change-confidentiality", ANY, "privacy_officer", "confidentiality-changed"),
        row("erase-personal-data", ANY, "privacy_officer", "personal-data-erased"),
    )
}  # fmt: skip


def _roles(command: str, reference: str, here: str, reason: str) -> Deviation:
    return Deviation(command, "roles", tuple(reference.split()), tuple(here.split()), reason)


def _states(command: str, reference: tuple[str, ...], here: tuple[str, ...], reason: str) -> Deviation:
    return Deviation(command, "states", reference, here, reason)


def _effects(command: str, reference: tuple[str, ...], here: tuple[str, ...], reason: str) -> Deviation:
    parsed = [row(command, (), "", *effects).effects for effects in (reference, here)]
    return Deviation(command, "effects", parsed[0], parsed[1], reason)


def _added(command: str, reason: str) -> Deviation:
    return Deviation(command, "row", (), (command,), reason)


def _left_out(command: str, reason: str) -> Deviation:
    return Deviation(command, "row", (command,), (), reason)


_ENDED_NOT_ARCHIVED = ("closed", "rejected", "merged", "withdrawn")
_FROM_THE_FIELD = "a fact from the field is accepted in every state, and from anybody who was there; it moves nothing"
_BY_A_LEDGER = "a ledger states what happened; it is stored as stated, with no act that the ledger does not state"
_BY_THREE = "a transfer is asked for, then accepted or refused by another person: three events"

_BY_RECEIPT = "who holds the receipt acts on the case without an account, whatever became of it"
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
    _states("contact-resident", OPEN_STATES, ANY, _FROM_THE_FIELD),
    _roles(
        "contact-resident", "cadre unit_lead", "cadre unit_lead reporter dispatcher caller supervisor",
        _FROM_THE_FIELD,
    ),
    _states(
        "reply-supervision", OPEN_STATES, (*OPEN_STATES, *_ENDED_NOT_ARCHIVED),
        "supervision outlives the closing: what a supervisor watches is not ended by the unit's closing it",
    ),
    _states(
        "close-supervision", OPEN_STATES, (*OPEN_STATES, *_ENDED_NOT_ARCHIVED),
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
        "whoever asked may say by their receipt, before anybody calls, whether it is solved",
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
