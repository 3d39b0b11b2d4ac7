"""How a case is parked, urged on, watched, brought higher, and shown to fewer or more."""

from __future__ import annotations

from casework.law.cases import commands as c
from casework.law.cases import events as e
from casework.law.cases.deadlines import day, days_after
from casework.law.cases.guards import Decided, check_handles, check_nothing_waits, refuse
from casework.law.cases.handling.decide import moved_due, stood_still
from casework.law.cases.state import CaseState
from casework.law.context import Context


def park(command: c.ParkCase, state: CaseState, context: Context) -> Decided:
    """挂账: with a date on which it is looked at again."""
    check_nothing_waits(state)
    _check_review(command.review_on, context)
    return [(command.case, e.CaseParked(reason=command.reason, review_on=command.review_on))]


def review_park(command: c.ReviewPark, state: CaseState, context: Context) -> Decided:
    """挂账复核."""
    _check_review(command.review_on, context)
    return [(command.case, e.ParkReviewed(review_on=command.review_on))]


def _check_review(review_on: str, context: Context) -> None:
    day(review_on)
    latest = days_after(context.today, context.policy.park_review_days)
    if not context.today < review_on <= latest:
        refuse(
            "review-out-of-range",
            f"复核日期定在 {review_on}，今天是 {context.today}，"
            f"最迟为 {latest}（{context.policy.park_review_days} 天内）：请在两者之间选择日期。",
            f"The review is set for {review_on}; today is {context.today}, and it must come by {latest}"
            f" ({context.policy.park_review_days} days): choose a date between.",
        )


def unpark(command: c.UnparkCase, state: CaseState, context: Context) -> Decided:
    """销账续办: the due instant moves by the time parked."""
    seconds = stood_still(state, context)
    due, due_on = moved_due(state, seconds, context)
    return [(command.case, e.CaseUnparked(paused_seconds=seconds, due=due, due_on=due_on))]


def remind(command: c.RemindUnit, state: CaseState, context: Context) -> Decided:
    """催办."""
    return [(command.case, e.ReminderSent(unit=state.unit))]


def open_supervision(command: c.OpenSupervision, state: CaseState, context: Context) -> Decided:
    """督办."""
    if state.supervised:
        refuse(
            "already-supervised",
            f"案件 {state.number} 已在督办：请先【督办办结】，或者【催办】。",
            f"Case {state.number} is under supervision already: close that first, or send a reminder.",
        )
    day(command.reply_due_on)
    if command.reply_due_on < context.happened_on:
        refuse(
            "reply-due-past",
            f"反馈期限 {command.reply_due_on} 早于 {context.happened_on}：请改填更晚的日期。",
            f"The reply is due on {command.reply_due_on}, before {context.happened_on}: set a later date.",
        )
    return [(command.case, e.SupervisionOpened(reply_due_on=command.reply_due_on))]


def reply_supervision(command: c.ReplySupervision, state: CaseState, context: Context) -> Decided:
    """督办反馈."""
    _check_supervised(state)
    check_handles(state, context)
    return [(command.case, e.SupervisionReplied())]


def close_supervision(command: c.CloseSupervision, state: CaseState, context: Context) -> Decided:
    """督办办结."""
    _check_supervised(state)
    return [(command.case, e.SupervisionClosed())]


def _check_supervised(state: CaseState) -> None:
    if not state.supervised:
        refuse(
            "not-supervised",
            f"案件 {state.number} 没有在督办：须先由“督办领导”发起【督办】。",
            f"Case {state.number} is not under supervision: a supervisor opens it first (open-supervision).",
        )


def escalate(command: c.EscalateCase, state: CaseState, context: Context) -> Decided:
    """升级: one level at a time, so that two clocks do not bring it up twice."""
    level = command.level or state.level + 1
    if level == state.level:
        return []
    if level != state.level + 1:
        refuse(
            "not-the-next-level",
            f"案件 {state.number} 现在是第 {state.level} 级，要求升到第 {level} 级：请逐级升级。",
            f"Case {state.number} stands at level {state.level}, and level {level} is asked for: ask for the next.",
        )
    return [(command.case, e.CaseEscalated(level=level, to=command.to, trigger=command.trigger))]


def change_confidentiality(command: c.ChangeConfidentiality, state: CaseState, context: Context) -> Decided:
    """变更密级."""
    if command.level == state.confidentiality:
        return []
    event = e.ConfidentialityChanged(level=command.level, before=state.confidentiality, basis=command.basis)
    return [(command.case, event)]
