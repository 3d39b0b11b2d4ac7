"""From the officer's “done” to the archive, and back: submit, review, call back, close, reopen, archive."""

from __future__ import annotations

from casework.case import commands as c
from casework.case import events as e
from casework.case.context import Context
from casework.case.deadlines import days_after, due_after, timeliness
from casework.case.guards import (
    Decided,
    check_answers_not_for_it,
    check_leads,
    check_nothing_waits,
    check_other_person,
    named,
    refuse,
    stated_due,
    units_of,
)
from casework.case.results import outcome_of
from casework.case.state import CaseState, held_at, round_at


def submit(command: c.SubmitResolution, state: CaseState, context: Context) -> Decided:
    """提交办结: measured against the due instant in force when it was done."""
    check_leads(state, context)
    check_nothing_waits(state)
    _check_held_then(state, context)
    if not state.acted:
        refuse(
            "no-action-logged",
            f"Nothing was done for case {state.number} in round {state.round} (本轮无办理记录): log an action first"
            " (log-action).",
        )
    category = context.roster.category(state.category, context.today) if state.category else None
    if category and category.evidence_required and not (command.evidence or state.evidenced):
        refuse(
            "evidence-missing",
            f"Category {category.code} needs evidence (须有佐证), and neither this nor any action of round"
            f" {state.round} has any: attach a photo or a record.",
        )
    event = e.ResolutionSubmitted(
        result=command.result,
        outcome=outcome_of(command.result, category),
        beneficiaries=command.beneficiaries,
        timeliness=timeliness(state.due, state.due_on, context.happened_at, context.happened_on),
        due=state.due,
        due_basis=state.due_basis,
        evidence=command.evidence,
    )
    return [(command.case, event)]


def _check_held_then(state: CaseState, context: Context) -> None:
    """Done at a time at which the unit had the case, in this round: else a claimed time could make late early."""
    unit, _ = held_at(state, context.happened_at, context.happened_on)
    in_round = round_at(state, context.happened_at, context.happened_on)
    if (unit, in_round) != (state.unit, state.round):
        refuse(
            "not-held-then",
            f"It is said to have been done at {context.happened_at or context.happened_on}, when case {state.number}"
            f" was not yet with {state.unit} in round {state.round}: say when it was really done.",
        )


def approve(command: c.ApproveResolution, state: CaseState, context: Context) -> Decided:
    """审核通过."""
    _check_not_the_submitter(state, context)
    return [(command.case, e.ResolutionApproved())]


def send_back(command: c.SendBackResolution, state: CaseState, context: Context) -> Decided:
    """审核退回."""
    _check_not_the_submitter(state, context)
    return [(command.case, e.ResolutionSentBack(reason=command.reason))]


def _check_not_the_submitter(state: CaseState, context: Context) -> None:
    if state.submission is not None:
        check_other_person(context, state.submission.actor, state.submission.counts_for, "the resolution")


def call_back(command: c.RecordCallback, state: CaseState, context: Context) -> Decided:
    """回访: by somebody outside the units that handled the case."""
    handling = {state.unit, *(holder.unit for holder in state.co_handlers)} - {""}
    inside = units_of(context) & handling
    if inside:
        refuse(
            "caller-of-the-unit",
            f"Case {state.number} was handled by {', '.join(sorted(inside))}, and you act for it"
            " (回访员不得来自承办单位): somebody of another unit must call.",
        )
    check_answers_not_for_it(state, context, "call back about it")
    if not command.reached and (command.solved or command.satisfaction):
        refuse(
            "nobody-reached",
            f"Nobody was reached, and yet solved is {named(command.solved)} and satisfaction {command.satisfaction}:"
            " leave both out, or say that the resident was reached.",
        )
    event = e.CallbackRecorded(
        reached=command.reached,
        solved=command.solved,
        satisfaction=command.satisfaction,
        attempt=state.attempts + 1,
    )
    return [(command.case, event)]


def close(command: c.CloseCase, state: CaseState, context: Context) -> Decided:
    """办结: the outcome as submitted, unless the resident's word stands against it."""
    submitted = state.submission.outcome if state.submission else "not_solved"
    outcome = command.outcome or submitted
    if outcome not in (submitted, "not_solved"):
        refuse(
            "not-as-submitted",
            f"Case {state.number} was submitted and approved as {submitted}, and {outcome} is asked for:"
            f" close it as {submitted} or not_solved, or reopen it.",
        )
    override = _override(command, state, context, outcome)
    event = e.CaseClosed(
        outcome=outcome,
        basis=_basis(command, state, context),
        waiver=command.waiver if not state.called else "",
        override=override,
        timeliness=state.submission.timeliness if state.submission else "no_due",
    )
    return [(command.case, event)]


def _override(command: c.CloseCase, state: CaseState, context: Context, outcome: str) -> str:
    """Whether `solved` stands against the resident's word: only by a supervisor, with a reason."""
    if not (state.said_no and outcome == "solved"):
        return ""
    if not command.override:
        refuse(
            "resident-says-not-solved",
            f"The resident said in round {state.round} that case {state.number} is not solved (群众称未解决), and"
            " it was submitted as solved: reopen it, close it as not_solved, or have a supervisor override it.",
        )
    if context.role != "supervisor":
        refuse(
            "override-by-supervisor",
            f"{command.override} is given to override the resident's word, and you act as {context.role}:"
            " only a supervisor (督办领导) may.",
        )
    check_answers_not_for_it(state, context, "override the resident's word")
    return command.override


def _basis(command: c.CloseCase, state: CaseState, context: Context) -> str:
    """Why the case may be closed: it was called back about, need not be, or could not be."""
    if state.called:
        return "callback"
    if command.waiver:
        if context.role == "clock":
            refuse("waiver-by-a-person", f"The clock waives nothing in case {state.number}: a dispatcher must.")
        if command.waiver == "sample" and state.kind != "matter":
            refuse(
                "sample-of-a-difficulty",
                f"Case {state.number} is a {state.kind} (困难问题): only a matter (民生实事) is called back about by"
                " sample; call the resident, or give another reason.",
            )
        check_answers_not_for_it(state, context, "waive the callback")
        return "waived"
    allowed = context.policy.callback_attempts
    if state.unreached >= allowed:
        return "attempts_exhausted"
    refuse(
        "callback-missing",
        f"Nobody was reached about case {state.number} in round {state.round}: {state.unreached} of {allowed} attempts"
        " (未回访). Call the resident (record-callback), or waive it with a reason.",
    )


def reopening_ends_on(state: CaseState, context: Context) -> str:
    """The last day on which the case may be reopened without an override."""
    return days_after(state.closed_on, context.policy.reopen_window_days)


def reopen(command: c.ReopenCase, state: CaseState, context: Context) -> Decided:
    """重办: a new round, with a new due time."""
    if context.role == "resident" and context.counts_for != state.resident:
        refuse(
            "not-your-request",
            f"Case {state.number} was asked by {named(state.resident)}, and you are {context.counts_for}"
            " (非本人诉求): ask the hotline to reopen it.",
        )
    if state.outcome == "registered_in_error":
        refuse(
            "registered-in-error",
            f"Case {state.number} was registered in error (登记有误) and is not reopened: register it anew.",
        )
    override = ""
    if not state.is_open:
        ends_on = reopening_ends_on(state, context)
        if context.windows_on > ends_on:
            if context.role != "supervisor" or not command.override:
                refuse(
                    "reopen-window-over",
                    f"Case {state.number} could be reopened until {ends_on}, and it is {context.windows_on}"
                    " (已过重办期限): register a new case, or have a supervisor reopen it with an override reason.",
                )
            override = command.override
    if command.to == "same_unit" and not state.unit:
        refuse(
            "no-unit-yet",
            f"Case {state.number} was with no unit (未派单): reopen it to dispatch.",
            ("dispatch",),
        )
    due, due_on, due_basis = stated_due(command.due, command.due_on, context)
    if not due and command.to == "same_unit":
        due, due_on = due_after(context.happened_on, state.due_days or context.policy.due_days, context.time_zone)
        due_basis = "calendar_days" if due else ""
    event = e.CaseReopened(
        to=command.to,
        reason=command.reason,
        round=state.round + 1,
        override=override,
        due=due,
        due_on=due_on,
        due_basis=due_basis,
    )
    return [(command.case, event)]


def archive(command: c.ArchiveCase, state: CaseState, context: Context) -> Decided:
    """归档: once it can no longer be reopened and nobody watches it."""
    if state.supervised:
        refuse(
            "under-supervision",
            f"Case {state.number} is under supervision (督办中): the supervisor closes that first (close-supervision).",
        )
    ends_on = reopening_ends_on(state, context)
    if context.today <= ends_on:
        refuse(
            "still-reopenable",
            f"Case {state.number} may be reopened until {ends_on}, and today is {context.today}: wait until then.",
        )
    return [(command.case, e.CaseArchived())]
