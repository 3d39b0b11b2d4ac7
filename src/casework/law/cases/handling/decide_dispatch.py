"""How a case is sent to a unit, signed for, handed back, passed on and shared."""

from __future__ import annotations

from casework.law.cases import commands as c
from casework.law.cases import events as e
from casework.law.cases import names as called
from casework.law.cases.deadlines import days_after, due_after, hours_after
from casework.law.cases.guards import (
    Decided,
    check_leads,
    check_nothing_waits,
    check_of_unit,
    check_other_person,
    check_waits,
    leading,
    refuse,
    stated_due,
)
from casework.law.cases.handling.events import CoHandler
from casework.law.cases.roster_lookups import cadre_in, unit_of
from casework.law.cases.state import CaseState
from casework.law.context import Context
from casework.text import Text


def _answering(unit: str, area: str, context: Context) -> tuple[str, str, str]:
    """Who answered for the place on the day of dispatch and is of that unit: cadre, basis, area that they were given.

    Where there is nobody, the basis says why: a place without a lead is seen, and not refused.
    """
    if not area:
        return "", "", ""
    found = context.roster.answering(area, context.happened_on)
    if found is None:
        return "", "uncovered", ""
    for cadre in found.cadres:
        post = context.roster.cadre(cadre, context.today)
        if post and unit in post.units:
            return cadre, "responsibility", found.area
    return "", "other_unit", ""


def _unit_that_answers(state: CaseState, context: Context) -> str:
    found = context.roster.answering(state.area, context.happened_on) if state.area else None
    for cadre in found.cadres if found else ():
        post = context.roster.cadre(cadre, context.today)
        if post and post.unit:
            return post.unit
    refuse(
        "unit-missing",
        f"没有指定单位，案件 {state.number} 的地点{called.area(state.area, context).zh}也没有责任人：请指定主办单位。",
        f"No unit is named, and nobody answers for {called.value(state.area).en} of case {state.number}:"
        " name the unit.",
    )


def _holder(unit: str, cadre: str, context: Context) -> Text:
    """A co-handler, as a sentence names one: a unit, or a cadre of it."""
    name = called.unit(unit, context)
    return Text(f"{name.zh}的 {cadre} ", f"{cadre} of {name.en}") if cadre else name


def dispatch(command: c.DispatchCase, state: CaseState, context: Context) -> Decided:
    """派单: the handling clock starts, once in a round."""
    unit = unit_of(command.unit or _unit_that_answers(state, context), context).code
    if command.lead:
        lead, lead_basis, lead_area = cadre_in(command.lead, unit, context).id, "stated", ""
    else:
        lead, lead_basis, lead_area = _answering(unit, state.area, context)
    co_handlers: list[CoHandler] = []
    for asked in command.co_handlers:
        unit_of(asked.unit, context)
        if asked.cadre:
            cadre_in(asked.cadre, asked.unit, context)
        co = CoHandler(unit=asked.unit, cadre=asked.cadre)
        if (co.unit, co.cadre) in ((unit, ""), (unit, lead)):
            refuse(
                "already-leads",
                f"{_holder(co.unit, co.cadre, context).zh}是本案主办，不能同时协办：请从协办中去掉。",
                f"{_holder(co.unit, co.cadre, context).en} leads this case and cannot co-handle it too: leave it out.",
            )
        if co not in co_handlers:
            co_handlers.append(co)
    due, due_on, due_basis = stated_due(command.due, command.due_on, context)
    if not due and state.due:  # stated before, or running since an earlier dispatch of this round
        due, due_on, due_basis = state.due, state.due_on, state.due_basis
    elif not due:
        due, due_on = due_after(context.happened_on, state.due_days or context.policy.due_days, context.time_zone)
        due_basis = "calendar_days" if due else ""
    event = e.CaseDispatched(
        unit=unit,
        lead=lead,
        co_handlers=tuple(co_handlers),
        lead_basis=lead_basis,
        lead_area=lead_area,
        due=due,
        due_on=due_on,
        due_basis=due_basis,
    )
    return [(command.case, event)]


def acknowledge(command: c.AcknowledgeCase, state: CaseState, context: Context) -> Decided:
    """签收."""
    check_of_unit(state, context)
    check_nothing_waits(state)
    lead = ""
    if command.lead and command.lead != state.lead:
        lead = cadre_in(command.lead, state.unit, context).id
    elif not command.lead and not state.lead and context.role == "cadre":
        lead = context.counts_for
    return [(command.case, e.CaseAcknowledged(lead=lead))]


def request_return(command: c.RequestReturn, state: CaseState, context: Context) -> Decided:
    """退单申请."""
    check_of_unit(state, context)
    check_nothing_waits(state)
    policy = context.policy
    if state.return_final:
        refuse(
            "return-refused-for-good",
            f"案件 {state.number} 第 {state.round} 轮的退单申请已被终审驳回：请继续办理，或提出【转办申请】。",
            f"A return of case {state.number} was refused for good in round {state.round}: handle it,"
            " or ask another unit to take it (request-transfer).",
        )
    if state.returns_in_round >= policy.returns_allowed:
        refuse(
            "returns-used-up",
            f"案件 {state.number} 第 {state.round} 轮已退单 {state.returns_in_round} 次，"
            f"最多可退 {policy.returns_allowed} 次：请继续办理，或提出【转办申请】。",
            f"Case {state.number} was returned {state.returns_in_round} times in round {state.round}, and"
            f" {policy.returns_allowed} are allowed: handle it, or ask another unit to take it (request-transfer).",
        )
    received, now = state.received, context.windows_at
    if received.at:
        until = hours_after(received.at, policy.return_window_hours)
        over = now > until
    else:
        until = days_after(received.on, -(-policy.return_window_hours // 24))
        over = context.windows_on > until
    if over:
        refuse(
            "return-window-over",
            f"案件 {state.number} 最迟在 {called.moment(until, context).zh} 申请退单（派单后"
            f" {policy.return_window_hours} 小时内），现在是 {called.moment(now, context).zh}：请继续办理，"
            "或提出【转办申请】。",
            f"Case {state.number} could be returned until {until}, {policy.return_window_hours} hours from dispatch,"
            f" and now is {now}: handle it, or ask another unit to take it (request-transfer).",
        )
    return [(command.case, e.ReturnRequested(unit=state.unit, reason=command.reason))]


def approve_return(command: c.ApproveReturn, state: CaseState, context: Context) -> Decided:
    """同意退单."""
    _answer(state, context, "return")
    return [(command.case, e.ReturnApproved())]


def refuse_return(command: c.RefuseReturn, state: CaseState, context: Context) -> Decided:
    """不同意退单."""
    _answer(state, context, "return")
    return [(command.case, e.ReturnRefused(final=command.final))]


def _answer(state: CaseState, context: Context, what: str) -> None:
    """Only what was asked is answered, and by somebody else."""
    check_waits(state, what)
    if state.pending is not None:
        check_other_person(context, state.pending.actor, state.pending.counts_for, called.request(what))


def assign(command: c.AssignOfficer, state: CaseState, context: Context) -> Decided:
    """指派、改派."""
    check_of_unit(state, context)
    if not command.lead:
        refuse(
            "lead-missing",
            f"没有指定案件 {state.number} 的主办干部：请指定{called.unit(state.unit, context).zh}的一名干部。",
            f"Nobody is named to lead case {state.number}: name a cadre of {called.value(state.unit).en}.",
        )
    unit = leading(state, context)
    taken_over = "" if unit == state.unit else unit
    if command.lead == state.lead and not taken_over:
        return []
    lead = cadre_in(command.lead, unit, context).id
    event = e.OfficerAssigned(lead=lead, before=state.lead, reason=command.reason, unit=taken_over)
    return [(command.case, event)]


def request_transfer(command: c.RequestTransfer, state: CaseState, context: Context) -> Decided:
    """转办申请."""
    check_of_unit(state, context)
    check_nothing_waits(state)
    to_unit = unit_of(command.to_unit, context).code
    if to_unit == state.unit:
        refuse(
            "same-unit",
            f"{called.unit(to_unit, context).zh}已是案件 {state.number} 的主办单位：请选择其他单位。",
            f"Unit {to_unit} leads case {state.number} already: name another unit.",
        )
    return [(command.case, e.TransferRequested(to_unit=to_unit, reason=command.reason))]


def accept_transfer(command: c.AcceptTransfer, state: CaseState, context: Context) -> Decided:
    """同意转办: by the unit asked, or by a dispatcher for it."""
    to_unit = _answer_transfer(state, context)
    unit_of(to_unit, context)
    if command.lead:
        cadre_in(command.lead, to_unit, context)
    return [(command.case, e.TransferAccepted(from_unit=state.unit, to_unit=to_unit, lead=command.lead))]


def refuse_transfer(command: c.RefuseTransfer, state: CaseState, context: Context) -> Decided:
    """不同意转办."""
    _answer_transfer(state, context)
    return [(command.case, e.TransferRefused())]


def _answer_transfer(state: CaseState, context: Context) -> str:
    _answer(state, context, "transfer")
    to_unit = state.pending.to_unit if state.pending else ""
    if context.role == "unit_lead" and context.unit != to_unit:
        refuse(
            "not-the-unit-asked",
            f"案件 {state.number} 拟转给{called.unit(to_unit, context).zh}，"
            f"您所在的单位是{called.unit(context.unit, context).zh}：须由拟转单位的人员或“派单员”答复。",
            f"Unit {called.value(to_unit).en} is asked to take case {state.number}, and you act for"
            f" {called.value(context.unit).en}: somebody of {called.value(to_unit).en}, or a dispatcher, must answer.",
        )
    return to_unit


def add_co_handler(command: c.AddCoHandler, state: CaseState, context: Context) -> Decided:
    """协办、吹哨."""
    _check_shares(state, context)
    if (command.unit, command.cadre) in ((state.unit, ""), (state.unit, state.lead)):
        refuse(
            "already-leads",
            f"{_holder(command.unit, command.cadre, context).zh}已是案件 {state.number} 的主办，不能同时协办："
            "请另选单位或干部。",
            f"{_holder(command.unit, command.cadre, context).en} leads case {state.number} and cannot co-handle it too:"
            " name another unit or cadre.",
        )
    unit_of(command.unit, context)
    if command.cadre:
        cadre_in(command.cadre, command.unit, context)
    if any((h.unit, h.cadre) == (command.unit, command.cadre) for h in state.co_handlers):
        return []
    return [(command.case, e.CoHandlerAdded(unit=command.unit, cadre=command.cadre))]


def remove_co_handler(command: c.RemoveCoHandler, state: CaseState, context: Context) -> Decided:
    """解除协办."""
    _check_shares(state, context)
    if not any((h.unit, h.cadre) == (command.unit, command.cadre) for h in state.co_handlers):
        return []
    return [(command.case, e.CoHandlerRemoved(unit=command.unit, cadre=command.cadre))]


def _check_shares(state: CaseState, context: Context) -> None:
    """The lead, the unit's head and the dispatcher say who handles it together with the lead."""
    if context.role != "dispatcher":
        check_leads(state, context)
