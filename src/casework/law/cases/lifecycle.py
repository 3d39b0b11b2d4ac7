"""The life of a case as data: from which states which command, asked for in which role, leads where.

`LIFECYCLE` is the law in force: decide takes its check of state and role from it, and the documents and the tests
are made from it. The table it was taken from, and where and why it differs, stand in `reference.py`.
"""

from __future__ import annotations

from msgspec import Struct

from casework.law.cases.facts import OPEN_STATUSES, STATUSES

ANY: tuple[str, ...] = tuple(STATUSES)
OPEN_STATES: tuple[str, ...] = OPEN_STATUSES
#: before a case exists
UNBORN: tuple[str, ...] = ("",)
#: an effect that leaves the status as it is
STAYS = ""
#: an effect that gives back the status from before the merge
RESTORED = "before_merge"


class Effect(Struct, frozen=True):
    """An event a command may cause, and the status it leads to.

    event — 事件 — stored name
    to — 状态 — status after it; '' when it stays
    """

    event: str
    to: str = STAYS


class Row(Struct, frozen=True):
    """One command of the law.

    command — 命令 — its name
    states — 起始状态 — states in which it is lawful; ('',) before the case exists
    roles — 角色 — roles in which it may be asked for
    effects — 结果 — what may happen to this case: one of these, or for what is entered in one step all of them
    """

    command: str
    states: tuple[str, ...]
    roles: tuple[str, ...]
    effects: tuple[Effect, ...]


def row(command: str, states: tuple[str, ...], roles: str, *effects: str) -> Row:
    """A row of the table; effects are written `event` or `event → status`."""
    parsed = (effect.partition(" → ") for effect in effects)
    return Row(command, states, tuple(roles.split()), tuple(Effect(f"{event}.v1", to) for event, _, to in parsed))


_INTAKE = "resident reporter cadre unit_lead dispatcher caller supervisor"
#: whoever asked, or an office that they told
_ON_THEIR_WORD = "resident cadre unit_lead dispatcher caller"
_UNIT = "cadre unit_lead"
_FIELD = "cadre unit_lead reporter dispatcher caller supervisor"
_WORKING = ("dispatched", "in_progress")

LIFECYCLE: dict[str, Row] = {
    line.command: line
    for line in (
        row("register-case", UNBORN, _INTAKE, "case-registered → registered"),
        row(
            "record-handled", UNBORN, "cadre",
            "case-registered → registered", "case-accepted → accepted", "case-dispatched → dispatched",
            "case-acknowledged → in_progress", "action-logged", "resolution-submitted → resolved",
        ),
        row("raise-need", UNBORN, "cadre unit_lead dispatcher supervisor", "case-registered → registered"),
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
        row("request-transfer", ("in_progress",), "unit_lead", "transfer-requested"),
        row("accept-transfer", ("in_progress",), "unit_lead dispatcher", "transfer-accepted → dispatched"),
        row("refuse-transfer", ("in_progress",), "unit_lead dispatcher", "transfer-refused"),
        row("add-co-handler", _WORKING, "cadre unit_lead dispatcher", "co-handler-added"),
        row("remove-co-handler", _WORKING, "cadre unit_lead dispatcher", "co-handler-removed"),
        row("log-action", ANY, _FIELD, "action-logged"),
        row("contact-resident", ANY, _FIELD, "resident-contacted"),
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
        row(
            "reply-supervision",
            (*OPEN_STATES, "closed", "rejected", "merged", "withdrawn"), _UNIT, "supervision-replied",
        ),
        row(
            "close-supervision",
            (*OPEN_STATES, "closed", "rejected", "merged", "withdrawn"), "supervisor", "supervision-closed",
        ),
        row("escalate-case", OPEN_STATES, "clock caller dispatcher supervisor", "case-escalated"),
        row(
            "mark-due-passed",
            ("registered", "accepted", "dispatched", "in_progress"), "clock", "due-passed",
        ),
        row("plan-milestone", OPEN_STATES, "cadre unit_lead dispatcher supervisor", "milestone-planned"),
        row("reach-milestone", OPEN_STATES, "cadre unit_lead dispatcher supervisor", "milestone-reached"),
        row("submit-resolution", ("in_progress",), _UNIT, "resolution-submitted → resolved"),
        row("approve-resolution", ("resolved",), "reviewer", "resolution-approved → callback"),
        row("send-back-resolution", ("resolved",), "reviewer", "resolution-sent-back → in_progress"),
        row("record-callback", ("callback", "closed"), "caller resident", "callback-recorded"),
        row("close-case", ("callback",), "dispatcher supervisor clock", "case-closed → closed"),
        row(
            "reopen-case", ("callback", "closed", "rejected"), "caller resident supervisor",
            "case-reopened → dispatched", "case-reopened → accepted",
        ),
        row(
            "withdraw-case", OPEN_STATES, "resident cadre unit_lead dispatcher caller",
            "case-withdrawn → withdrawn",
        ),
        row("archive-case", ("closed", "rejected", "withdrawn"), "clock administrator", "case-archived → archived"),
        row(
            "void-case", (*OPEN_STATES, "closed", "rejected", "withdrawn"), "dispatcher",
            "case-registered-in-error → closed",
        ),
        row("add-information", ANY, _INTAKE, "information-added"),
        row("ask-about-data", ANY, _ON_THEIR_WORD, "data-request-made"),
        row("answer-data-request", ANY, "privacy_officer", "data-request-answered"),
        row("issue-receipt", ANY, "dispatcher caller", "receipt-issued"),
        row("choose-messages", ANY, _ON_THEIR_WORD, "messages-chosen"),
        row("change-confidentiality", ANY, "privacy_officer", "confidentiality-changed"),
        row("correct-record", ANY, "supervisor importer", "record-corrected"),
        row("record-ledger-case", UNBORN, "importer", "ledger-case-recorded → registered"),
        row("record-ledger-closing", OPEN_STATES, "importer", "ledger-closing-recorded → closed"),
        row("record-ledger-action", ANY, "importer", "ledger-action-recorded"),
    )
}  # fmt: skip

#: what may happen to a case because another case's command names it: event → states in which it may
ON_THE_OTHER: dict[str, tuple[str, ...]] = {
    "case-absorbed.v1": OPEN_STATES,
    "case-released.v1": tuple(status for status in ANY if status != "archived"),
}


def commands_from(status: str, role: str | None = None) -> tuple[str, ...]:
    """Every command that is lawful in a state (for a role), in the order of the table."""
    return tuple(
        line.command for line in LIFECYCLE.values() if status in line.states and (role is None or role in line.roles)
    )
