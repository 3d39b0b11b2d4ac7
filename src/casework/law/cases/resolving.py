"""Resolving a case: submitted as done, then approved or sent back by a reviewer."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.deadlines import timeliness
from casework.law.cases.facts import OUTCOMES
from casework.law.cases.guards import (
    check_answers_not_for_it,
    check_leads,
    check_nothing_waits,
    check_other_person,
    close_to,
)
from casework.law.cases.refusals import refused
from casework.law.cases.rules import UNIT, Effects
from casework.law.cases.state import CaseState, Submission, held_at, round_at
from casework.law.cases.state_changes import moment_of
from casework.law.command import CaseStream, Command, Count, Digest, Slug, Words
from casework.law.context import Category, Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

#: plain result → outcome; solved is never assumed: what is partly solved is not
PLAIN_RESULTS: dict[str, str] = {
    "solved": "solved",
    "explained": "explained",
    "partly_solved": "not_solved",
    "not_solved": "not_solved",
}
#: plain result → Chinese term
_TERMS: dict[str, str] = OUTCOMES | {"partly_solved": "部分解决"}
RESOLVED_OUTCOMES: frozenset[str] = frozenset(PLAIN_RESULTS.values())

_Answer = Annotated[T, meaning("办理答复", "what was done, in words")]
_Note = Annotated[T, meaning("审核意见", "in words")]


class ResolutionSubmitted(Event, frozen=True, kw_only=True):
    name = "resolution-submitted.v1"
    term = Text("提交办结", "The officer says that it is done.")
    correctable = frozenset({"beneficiaries"})
    sealed = {"answer": _Answer}
    result: m.Result[str]
    outcome: Annotated[str, meaning("对应结果", "outcome the result maps to: solved, explained or not_solved")]
    beneficiaries: m.Beneficiaries[int] = 0
    timeliness: Annotated[
        str, meaning("是否按时", "on_time, late or no_due: submit time against the due instant in force")
    ] = "no_due"
    due: Annotated[str, meaning("办理期限", "the due instant it was measured against; '' without")] = ""
    due_basis: Annotated[str, meaning("期限依据", "of that instant")] = ""
    evidence: m.Evidence[tuple[str, ...]] = ()


class ResolutionApproved(Event, frozen=True, kw_only=True):
    name = "resolution-approved.v1"
    term = Text("审核通过", "A reviewer other than the submitter agrees.")
    sealed = {"note": _Note}


class ResolutionSentBack(Event, frozen=True, kw_only=True):
    name = "resolution-sent-back.v1"
    term = Text("审核退回", "A reviewer sends it back to be done properly.")
    correctable = frozenset({"reason"})
    sealed = {"note": _Note}
    reason: Annotated[str, meaning("理由代码", "no_evidence, incomplete, wrong_result, other")]


class SubmitResolution(Command, frozen=True, kw_only=True):
    name = "submit-resolution"
    term = Text("提交办结", "Say that it is done.")
    seals = {"answer": (0, "answer")}
    case: CaseStream
    result: m.Result[Slug]
    beneficiaries: m.Beneficiaries[Count] = 0
    evidence: m.Evidence[tuple[Digest, ...]] = ()
    answer: _Answer[Words] = ""


class ApproveResolution(Command, frozen=True, kw_only=True):
    name = "approve-resolution"
    term = Text("审核通过", "Agree that it is done.")
    seals = {"note": (0, "note")}
    case: CaseStream
    note: _Note[Words] = ""


class SendBackResolution(Command, frozen=True, kw_only=True):
    name = "send-back-resolution"
    term = Text("审核退回", "Send it back to be done properly.")
    seals = {"note": (0, "note")}
    case: CaseStream
    reason: Annotated[
        Literal["no_evidence", "incomplete", "wrong_result", "other"],
        meaning("理由代码", "no_evidence, incomplete, wrong_result or other"),
    ]
    note: _Note[Words] = ""


def outcome_of(result: str, category: Category | None) -> str:
    """The outcome that a result stands for; refused when neither the category nor the law knows it."""
    results = PLAIN_RESULTS | (category.results if category else {})
    outcome = results.get(result, "")
    if outcome not in RESOLVED_OUTCOMES:
        of = (
            Text(f"类别“{category.label}”（{category.code}）", f"category {category.code}")
            if category
            else Text("未定类别的办件", "a case without a category")
        )
        nearest = close_to(result, tuple(results))
        raise refused(
            "unknown-result",
            result=called.value(result),
            of=of,
            choices=called.choices(nearest, _TERMS),
            nearest=nearest,
        )
    return outcome


def submit(command: SubmitResolution, state: CaseState, context: Context) -> Decided:
    """提交办结: measured against the due instant in force when it was done."""
    check_leads(state, context)
    check_nothing_waits(state)
    _check_held_then(state, context)
    if not state.acted:
        raise refused("no-action-logged", case=state.number, round=state.round)
    category = context.roster.category(state.category, context.today) if state.category else None
    if category and category.evidence_required and not (command.evidence or state.evidenced):
        raise refused(
            "evidence-missing",
            category=Text(called.category(category.code, context).zh, category.code),
            round=state.round,
        )
    event = ResolutionSubmitted(
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
        then = called.moment(context.happened_at or context.happened_on, context)
        raise refused(
            "not-held-then",
            then=then,
            case=state.number,
            round=state.round,
            unit=Text(called.unit(state.unit, context).zh, state.unit),
        )


def approve(command: ApproveResolution, state: CaseState, context: Context) -> Decided:
    """审核通过."""
    _check_not_the_submitter(state, context)
    return [(command.case, ResolutionApproved())]


def send_back(command: SendBackResolution, state: CaseState, context: Context) -> Decided:
    """审核退回."""
    _check_not_the_submitter(state, context)
    return [(command.case, ResolutionSentBack(reason=command.reason))]


def _check_not_the_submitter(state: CaseState, context: Context) -> None:
    if state.submission is not None:
        check_other_person(context, state.submission.actor, state.submission.counts_for, Text("办结结果", "resolution"))
    check_answers_not_for_it(state, context, Text("审核本案", "review it"))


def submitted(s: CaseState, r: Recorded, event: ResolutionSubmitted) -> None:
    put(s, "status", "resolved")
    put(s, "beneficiaries", event.beneficiaries)
    put(s, "submission", Submission(moment_of(r), r.actor, r.counts_for, event.outcome, event.timeliness))


def approved(s: CaseState, r: Recorded, event: ResolutionApproved) -> None:
    put(s, "status", "callback")


def sent_back(s: CaseState, r: Recorded, event: ResolutionSentBack) -> None:
    put(s, "status", "in_progress")
    put(s, "beneficiaries", 0)
    put(s, "submission", None)


RULES: tuple[Rule, ...] = (
    rule(
        SubmitResolution, submit, ("in_progress",), UNIT, "resolution-submitted → resolved",
        resource="resolution",
    ),
    rule(
        ApproveResolution, approve, ("resolved",), "reviewer", "resolution-approved → callback",
        resource="resolution/approval", judges=True,
    ),
    rule(
        SendBackResolution, send_back, ("resolved",), "reviewer", "resolution-sent-back → in_progress",
        resource="resolution/sending-back", judges=True,
    ),
)  # fmt: skip
EFFECTS: Effects = {
    ResolutionSubmitted: submitted,
    ResolutionApproved: approved,
    ResolutionSentBack: sent_back,
}
