"""Closing a case: as submitted, or as the resident's word says."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec.structs import force_setattr as put

from casework.law.cases import names as called
from casework.law.cases.guards import check_answers_not_for_it, refuse
from casework.law.cases.rules import Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import ended, timed
from casework.law.command import CaseStream, Command, Slug
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import Text


class CaseClosed(Event, frozen=True, kw_only=True):
    """The case is closed (办结).

    outcome — 结果 — solved, explained or not_solved
    basis — 办结依据 — callback, waived or attempts_exhausted
    waiver — 免回访理由 — code, when waived
    override — 否决理由 — code, when `solved` stands against the resident's word by a named person
    timeliness — 是否按时 — on_time, late or no_due, of the approved submission
    """

    name: ClassVar[str] = "case-closed.v1"
    outcome: str
    basis: str
    waiver: str = ""
    override: str = ""
    timeliness: str = "no_due"


class CloseCase(Command, frozen=True, kw_only=True):
    """Close the case (办结).

    case — 案件 — its stream
    outcome — 结果 — '' as submitted; not_solved when the resident's word is to stand
    waiver — 免回访理由 — why no callback is needed; sample only for a matter
    override — 否决理由 — why `solved` stands against the resident's word; supervisors only
    """

    name: ClassVar[str] = "close-case"
    case: CaseStream
    outcome: Literal["", "solved", "explained", "not_solved"] = ""
    waiver: Literal["", "anonymous", "sample", "declined", "collective", "other"] = ""
    override: Slug = ""


def close(command: CloseCase, state: CaseState, context: Context) -> Decided:
    """办结: the outcome as submitted, unless the resident's word stands against it."""
    submitted = state.submission.outcome if state.submission else "not_solved"
    outcome = command.outcome or submitted
    if outcome not in (submitted, "not_solved"):
        refuse(
            "not-as-submitted",
            f"案件 {state.number} 提交并审核通过的结果为{called.outcome(submitted).zh}，"
            f"现要按{called.outcome(outcome).zh}办结：请按{called.outcome(submitted).zh}或“未解决”办结，或者【重办】。",
            f"Case {state.number} was submitted and approved as {submitted}, and {outcome} is asked for:"
            f" close it as {submitted} or not_solved, or reopen it.",
        )
    override = _override(command, state, context, outcome)
    event = CaseClosed(
        outcome=outcome,
        basis=_basis(command, state, context),
        waiver=command.waiver if not state.called else "",
        override=override,
        timeliness=state.submission.timeliness if state.submission else "no_due",
    )
    return [(command.case, event)]


def _override(command: CloseCase, state: CaseState, context: Context, outcome: str) -> str:
    """Whether `solved` stands against the resident's word: only by a supervisor, with a reason."""
    if not (state.said_no and outcome == "solved"):
        return ""
    if not command.override:
        refuse(
            "resident-says-not-solved",
            f"群众在第 {state.round} 轮回访中说案件 {state.number} 没有解决，而提交的结果是“已解决”：请【重办】，"
            "或按“未解决”办结，或由“督办领导”写明理由否决群众意见。",
            f"The resident said in round {state.round} that case {state.number} is not solved, and"
            " it was submitted as solved: reopen it, close it as not_solved, or have a supervisor override it.",
        )
    if context.role != "supervisor":
        refuse(
            "override-by-supervisor",
            f"您填写了否决群众意见的理由{called.value(command.override).zh}，"
            f"而您的身份是{called.role(context.role).zh}：只有“督办领导”可以否决。",
            f"{command.override} is given to override the resident's word, and you act as {context.role}:"
            " only a supervisor may.",
        )
    check_answers_not_for_it(state, context, Text("否决群众意见", "override the resident's word"))
    return command.override


def _basis(command: CloseCase, state: CaseState, context: Context) -> str:
    """Why the case may be closed: it was called back about, need not be, or could not be."""
    if state.called:
        return "callback"
    if command.waiver:
        if context.role == "clock":
            refuse(
                "waiver-by-a-person",
                f"案件 {state.number} 不能由“时钟”免予回访：须由“派单员”决定。",
                f"The clock waives nothing in case {state.number}: a dispatcher must.",
            )
        if command.waiver == "sample" and state.kind != "matter":
            refuse(
                "sample-of-a-difficulty",
                f"案件 {state.number} 属于{called.kind(state.kind).zh}，只有“民生实事”可以抽样回访：请回访群众，"
                "或另选免予回访的理由。",
                f"Case {state.number} is a {state.kind}, and only a matter is called back about by"
                " sample: call the resident, or give another reason.",
            )
        check_answers_not_for_it(state, context, Text("决定免予回访", "waive the callback"))
        return "waived"
    allowed = context.policy.callback_attempts
    if state.unreached >= allowed:
        return "attempts_exhausted"
    if not state.resident and state.kind != "matter":
        refuse(
            "nobody-to-call",
            f"案件 {state.number} 是匿名诉求，无人可回访：请派单员或督办领导以“匿名”为由免予回访（waiver=anonymous）；"
            "反映人仍可凭回执说明是否解决。",
            f"Nobody knows who asked in case {state.number}, so there is nobody to call: a dispatcher or supervisor"
            " waives the callback (waiver=anonymous); whoever asked can still say by receipt whether it is solved.",
        )
    refuse(
        "callback-missing",
        f"案件 {state.number} 第 {state.round} 轮还没有回访到群众（已试 {state.unreached} 次，"
        f"满 {allowed} 次方可直接办结）：请【回访】，或写明理由免予回访。",
        f"Nobody was reached about case {state.number} in round {state.round}: {state.unreached} of {allowed} attempts."
        " Call the resident (record-callback), or waive it with a reason.",
    )


def closed(s: CaseState, r: Recorded, event: CaseClosed) -> None:
    ended(s, r, "closed", event.outcome)
    put(s, "timeliness", event.timeliness)
    if s.submission is not None:
        put(s, "closer", s.submission.counts_for)
        put(s, "closer_unit", s.unit)  # once submitted, a case changes unit only by going back
        timed(s, s.submission.at.at)


RULES: tuple[Rule, ...] = (
    rule(
        CloseCase, close, ("callback",), "dispatcher supervisor clock", "case-closed → closed",
        resource="closing", judges=True,
    ),
)  # fmt: skip
EFFECTS: Effects = {CaseClosed: closed}
