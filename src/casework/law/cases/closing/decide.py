"""From the officer's “done” to the archive, and back: submit, review, call back, close, reopen, archive."""

from __future__ import annotations

from casework.law.cases import commands as c
from casework.law.cases import events as e
from casework.law.cases import names as called
from casework.law.cases.deadlines import days_after, due_after, timeliness
from casework.law.cases.guards import (
    Decided,
    check_answers_not_for_it,
    check_asked,
    check_leads,
    check_nothing_waits,
    check_other_person,
    check_outside,
    refuse,
    stated_due,
)
from casework.law.cases.outcomes import outcome_of
from casework.law.cases.residents.decide import check_receipt_of_others
from casework.law.cases.state import CaseState, held_at, round_at
from casework.law.context import Context
from casework.text import Text

_SOLVED = {"yes": "是", "no": "否", "": "未填"}


def submit(command: c.SubmitResolution, state: CaseState, context: Context) -> Decided:
    """提交办结: measured against the due instant in force when it was done."""
    check_leads(state, context)
    check_nothing_waits(state)
    _check_held_then(state, context)
    if not state.acted:
        refuse(
            "no-action-logged",
            f"案件 {state.number} 第 {state.round} 轮没有办理记录：请先录入【办理记录】。",
            f"Nothing was done for case {state.number} in round {state.round}: log an action first (log-action).",
        )
    category = context.roster.category(state.category, context.today) if state.category else None
    if category and category.evidence_required and not (command.evidence or state.evidenced):
        refuse(
            "evidence-missing",
            f"类别{called.category(category.code, context).zh}要求附佐证，"
            f"本次提交和第 {state.round} 轮的办理记录都没有：请上传照片或记录。",
            f"Category {category.code} needs evidence, and neither this nor any action of round"
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
        then = called.moment(context.happened_at or context.happened_on, context)
        refuse(
            "not-held-then",
            f"所报办结时间为 {then.zh}，当时案件 {state.number} 第 {state.round} 轮"
            f"尚未交由{called.unit(state.unit, context).zh}办理：请填写实际办结的时间。",
            f"It is said to have been done at {then.en}, when case {state.number}"
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
        check_other_person(context, state.submission.actor, state.submission.counts_for, Text("办结结果", "resolution"))
    check_answers_not_for_it(state, context, Text("审核本案", "review it"))


def call_back(command: c.RecordCallback, state: CaseState, context: Context) -> Decided:
    """回访: by somebody outside the units that handle the case or led it before; or by whoever asked."""
    check_asked(command.case, state, context)
    check_outside(state, context, "caller-of-the-unit", Text("回访", "call"))
    if context.role == "resident" and (command.solved == "yes" or command.satisfaction):
        check_receipt_of_others(state, context)
    check_answers_not_for_it(state, context, Text("回访本案", "call back about it"))
    if not command.reached and (command.solved or command.satisfaction):
        refuse(
            "nobody-reached",
            f"未联系上群众，却填了是否解决（{_SOLVED[command.solved]}）和满意度（{command.satisfaction}）：请删去这两项，"
            "或注明已联系上群众。",
            f"Nobody was reached, and yet solved is {called.value(command.solved).en} and satisfaction"
            f" {command.satisfaction}:"
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
            f"案件 {state.number} 提交并审核通过的结果为{called.outcome(submitted).zh}，"
            f"现要按{called.outcome(outcome).zh}办结：请按{called.outcome(submitted).zh}或“未解决”办结，或者【重办】。",
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


def _basis(command: c.CloseCase, state: CaseState, context: Context) -> str:
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


def reopening_ends_on(state: CaseState, context: Context) -> str:
    """The last day on which the case may be reopened without an override."""
    return days_after(state.closed_on, context.policy.reopen_window_days)


def reopen(command: c.ReopenCase, state: CaseState, context: Context) -> Decided:
    """重办: a new round, with a new due time."""
    check_asked(command.case, state, context)
    if state.outcome == "registered_in_error":
        refuse(
            "registered-in-error",
            f"案件 {state.number} 已作为登记有误办结，不能重办：请重新【登记】。",
            f"Case {state.number} was registered in error and is not reopened: register it anew.",
        )
    override = ""
    if not state.is_open:
        ends_on = reopening_ends_on(state, context)
        if context.windows_on > ends_on:
            if context.role != "supervisor" or not command.override:
                refuse(
                    "reopen-window-over",
                    f"案件 {state.number} 可以重办到 {ends_on} 为止，今天是 {context.windows_on}，已过重办期限："
                    "请登记新案件，或由“督办领导”写明理由后重办。",
                    f"Case {state.number} could be reopened until {ends_on}, and it is {context.windows_on}:"
                    " register a new case, or have a supervisor reopen it with an override reason.",
                )
            override = command.override
    if command.to == "same_unit" and not state.unit:
        refuse(
            "no-unit-yet",
            f"案件 {state.number} 还没有派过单，不能交原单位重办：请选择重新派单（dispatch）。",
            f"Case {state.number} was with no unit: reopen it to dispatch.",
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
            f"案件 {state.number} 正在督办，不能归档：请督办领导先【督办办结】。",
            f"Case {state.number} is under supervision: the supervisor closes that first (close-supervision).",
        )
    ends_on = reopening_ends_on(state, context)
    if context.today <= ends_on:
        refuse(
            "still-reopenable",
            f"案件 {state.number} 到 {ends_on} 为止仍可重办，今天是 {context.today}：请到期后再归档。",
            f"Case {state.number} may be reopened until {ends_on}, and today is {context.today}: wait until then.",
        )
    return [(command.case, e.CaseArchived())]
