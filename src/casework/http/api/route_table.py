"""The one table of commands over HTTP: which command lies at which address, and what its path fills in.

`POST /api/{log}` stands before each. A command of the law that a person may issue has exactly one line here, or one in
NOT_HERE that says why it has none; a test holds both.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from casework.application.commands.handle import CREATES, made_here
from casework.law.command import Command
from casework.law.kinds import COMMANDS


class Route(Struct, frozen=True, kw_only=True):
    """How one command is asked for.

    command  its name
    path     address below `/api/{log}`; {case}, {activity}, … fill the member of that name
    fills    members that come from the path
    judges   a judgement of what somebody else submitted: says which revision was seen (If-Match)
    """

    command: str
    path: str
    fills: tuple[str, ...] = ()
    judges: bool = False

    @property
    def kind(self) -> type[Command]:
        """The struct of the command."""
        return COMMANDS[self.command]

    @property
    def begins(self) -> bool:
        """Whether something new comes of it: 201, with its address."""
        return self.command in CREATES

    @property
    def may_be_bare(self) -> bool:
        """Whether a request without a body says everything."""
        given = made_here(self.command) | set(self.fills)
        return all(not one.required or one.encode_name in given for one in msgspec.structs.fields(self.kind))


#: commands that no person sends here, and why
NOT_HERE: dict[str, str] = {
    "open-log": "a log is opened on the machine itself, by `casework init`",
    "accept-clock": "whoever vouches for a clock stands at the machine: `--accept-clock`",
    "erase-personal-data": "erasure looks for the keys first: `POST /privacy/erasures`, `casework privacy erase`",
    "place-hold": "a hold looks for the cases first: `POST /privacy/holds`, `casework privacy hold`",
    "release-hold": "`POST /privacy/holds/{hold}/release`, `casework privacy release`",
    "digest-access": "the clock does it",
    "mark-due-passed": "the clock does it",
    "record-lock-out": "signing in does it",
    "record-ledger-case": "a ledger is imported, by `casework import`",
    "record-ledger-closing": "a ledger is imported, by `casework import`",
    "record-ledger-action": "a ledger is imported, by `casework import`",
}

#: command → address; `!` marks a judgement
_PATHS = """
    register-case              /cases
    record-handled             /cases/handled
    accept-case                /cases/{case}/acceptance
    reject-case                /cases/{case}/rejection
    merge-case                 /cases/{case}/merge
    unmerge-case               /cases/{case}/unmerge
    dispatch-case              /cases/{case}/dispatch
    acknowledge-case           /cases/{case}/acknowledgement
    request-return             /cases/{case}/return
    approve-return             /cases/{case}/return/approval              !
    refuse-return              /cases/{case}/return/refusal               !
    assign-officer             /cases/{case}/officer
    request-transfer           /cases/{case}/transfer
    accept-transfer            /cases/{case}/transfer/acceptance          !
    refuse-transfer            /cases/{case}/transfer/refusal             !
    add-co-handler             /cases/{case}/co-handlers
    remove-co-handler          /cases/{case}/co-handlers/removal
    log-action                 /cases/{case}/actions
    contact-resident           /cases/{case}/contacts
    request-extension          /cases/{case}/extension
    grant-extension            /cases/{case}/extension/grant              !
    refuse-extension           /cases/{case}/extension/refusal            !
    pause-clock                /cases/{case}/pause
    resume-clock               /cases/{case}/pause/end
    park-case                  /cases/{case}/park
    review-park                /cases/{case}/park/review
    unpark-case                /cases/{case}/park/end
    remind-unit                /cases/{case}/reminders
    open-supervision           /cases/{case}/supervision
    reply-supervision          /cases/{case}/supervision/reply
    close-supervision          /cases/{case}/supervision/end
    escalate-case              /cases/{case}/escalation
    plan-milestone             /cases/{case}/milestones
    reach-milestone            /cases/{case}/milestones/{milestone}/reached
    submit-resolution          /cases/{case}/resolution
    approve-resolution         /cases/{case}/resolution/approval          !
    send-back-resolution       /cases/{case}/resolution/sending-back      !
    record-callback            /cases/{case}/callbacks
    close-case                 /cases/{case}/closing                      !
    reopen-case                /cases/{case}/reopening
    withdraw-case              /cases/{case}/withdrawal
    archive-case               /cases/{case}/archive
    void-case                  /cases/{case}/void
    add-information            /cases/{case}/information
    ask-about-data             /cases/{case}/data-requests
    answer-data-request        /cases/{case}/data-requests/answer
    issue-receipt              /cases/{case}/receipt
    choose-messages            /cases/{case}/messages
    change-confidentiality     /cases/{case}/confidentiality
    correct-record             /cases/{case}/corrections                  !

    record-activity            /activities
    link-activity              /activities/{activity}/cases
    correct-activity           /activities/{activity}/corrections         !

    open-survey                /surveys
    revise-survey              /surveys/{survey}/revisions
    record-survey-answer       /surveys/{survey}/answers
    raise-need                 /surveys/{survey}/needs
    close-survey               /surveys/{survey}/closing

    record-finding             /findings
    answer-finding             /findings/{finding}/answer
    close-finding              /findings/{finding}/closing                !

    change-policy              /policy
    change-law                 /law
    set-retention              /privacy/retention

    declare-area               /areas
    declare-unit               /units
    declare-cadre              /cadres
    declare-category           /categories
    assign-responsibility      /responsibilities
    end-responsibility         /responsibilities/{responsibility}/end
"""


def _routes() -> dict[str, Route]:
    routes: dict[str, Route] = {}
    for line in filter(str.strip, _PATHS.splitlines()):
        command, path, *mark = line.split()
        fills = tuple(part[1:-1] for part in path.split("/") if part.startswith("{"))
        routes[command] = Route(command=command, path=path, fills=fills, judges=mark == ["!"])
    return routes


ROUTES: dict[str, Route] = _routes()
