"""What is done for a case: acts from the field, the steps of a matter, and the clock that measures it."""

from __future__ import annotations

from casework.law.cases import commands as c
from casework.law.cases import events as e
from casework.law.cases import names as called
from casework.law.cases.deadlines import day as checked_day
from casework.law.cases.deadlines import days_after, due_of, local_date, seconds_between, shifted
from casework.law.cases.guards import (
    Decided,
    check_leads,
    check_nothing_waits,
    check_of_unit,
    check_other_person,
    check_waits,
    close_to,
    refuse,
)
from casework.law.cases.state import CaseState, before_registration, held_at, round_at
from casework.law.context import Context

ACTIONS: dict[str, str] = {
    "visit": "走访",
    "phone_call": "电话",
    "mediation": "调解",
    "repair": "维修",
    "coordination": "协调",
    "material": "物资",
    "hearing": "听证",
    "photo": "拍照",
    "other": "其他",
}

# ── from the field: accepted in every state ─────────────────────────────────────────────────────────────────────


def log_action(command: c.LogAction, state: CaseState, context: Context) -> Decided:
    """办理记录."""
    if command.action not in ACTIONS:
        nearest = close_to(command.action, tuple(ACTIONS))
        refuse(
            "unknown-action",
            f"没有{called.value(command.action).zh}这种办理方式：请从{called.choices(nearest, ACTIONS).zh}中选择。",
            f"{called.value(command.action).en} is no kind of action: use {', '.join(nearest)}.",
            nearest,
        )
    unit, lead = held_at(state, context.happened_at, context.happened_on)
    event = e.ActionLogged(
        action=command.action,
        evidence=command.evidence,
        round=round_at(state, context.happened_at, context.happened_on),
        held_by=lead,
        held_unit=unit,
        late=not state.is_open,
        before_registration=before_registration(state, context.happened_at, context.happened_on),
    )
    return [(command.case, event)]


def contact(command: c.ContactResident, state: CaseState, context: Context) -> Decided:
    """首次联系、联系群众."""
    unit, lead = held_at(state, context.happened_at, context.happened_on)
    event = e.ResidentContacted(
        channel=command.channel,
        reached=command.reached,
        round=round_at(state, context.happened_at, context.happened_on),
        held_by=lead,
        held_unit=unit,
        late=not state.is_open,
        before_registration=before_registration(state, context.happened_at, context.happened_on),
    )
    return [(command.case, event)]


# ── the steps of a matter ───────────────────────────────────────────────────────────────────────────────────────


def plan_milestone(command: c.PlanMilestone, state: CaseState, context: Context) -> Decided:
    """节点计划."""
    _check_plans(state, context)
    if not command.milestone:
        refuse(
            "milestone-missing",
            "节点没有名称：请填写代码，如“road_paved”。",
            "The milestone has no name: give it a slug, such as road_paved.",
        )
    checked_day(command.planned_on)
    planned = dict(state.milestones).get(command.milestone)
    if planned == command.planned_on:
        return []
    if planned is not None:
        refuse(
            "milestone-planned-already",
            f"案件 {state.number} 的节点{called.value(command.milestone).zh}计划于 {planned} 完成，"
            f"不是 {command.planned_on}：请用【更正】修改原计划，或另设节点。",
            f"Milestone {called.value(command.milestone).en} of case {state.number} is planned for {planned}, not for"
            f" {command.planned_on}: correct that entry (correct-record), or plan another milestone.",
        )
    return [(command.case, e.MilestonePlanned(milestone=command.milestone, planned_on=command.planned_on))]


def reach_milestone(command: c.ReachMilestone, state: CaseState, context: Context) -> Decided:
    """节点完成."""
    _check_plans(state, context)
    planned = dict(state.milestones)
    if command.milestone not in planned:
        nearest = close_to(command.milestone, tuple(planned))
        refuse(
            "unknown-milestone",
            f"案件 {state.number} 没有计划节点{called.value(command.milestone).zh}："
            f"{f'请从{called.choices(nearest).zh}中选择，或' if nearest else '请'}先做【节点计划】。",
            f"No milestone {called.value(command.milestone).en} is planned in case {state.number}:"
            f" {f'use {called.choices(nearest).en}, or ' if nearest else ''}plan it first (plan-milestone).",
            nearest,
        )
    if command.milestone in state.milestones_reached:
        return []
    event = e.MilestoneReached(
        milestone=command.milestone, planned_on=planned[command.milestone], evidence=command.evidence
    )
    return [(command.case, event)]


def _check_plans(state: CaseState, context: Context) -> None:
    if state.kind != "matter":
        refuse(
            "not-a-matter",
            f"案件 {state.number} 属于{called.kind(state.kind).zh}，只有“民生实事”分节点推进：请录入【办理记录】。",
            f"Case {state.number} is a {state.kind}, and only a matter has steps: log an action.",
        )
    if context.role in ("cadre", "unit_lead"):
        check_of_unit(state, context)


# ── the clock ───────────────────────────────────────────────────────────────────────────────────────────────────


def request_extension(command: c.RequestExtension, state: CaseState, context: Context) -> Decided:
    """延期申请: before the due instant, to a later one."""
    check_leads(state, context)
    check_nothing_waits(state)
    policy = context.policy
    if not state.due:
        refuse(
            "no-due",
            f"案件 {state.number} 没有办理期限：无须延期。",
            f"Case {state.number} has no due date: there is nothing to extend.",
        )
    if context.windows_at > state.due:  # a claimed time would let anyone ask after the fact
        refuse(
            "due-passed",
            f"案件 {state.number} 的办理期限是 {called.moment(state.due, context).zh}，"
            f"现在是 {called.moment(context.windows_at, context).zh}，已经超期：延期须在到期前申请，"
            "请抓紧办理并报告督办领导。",
            f"Case {state.number} was due at {state.due}, and now is {context.windows_at}:"
            " more time must be asked for before; handle it, and let the supervisor know.",
        )
    if state.extensions_in_round >= policy.extensions_allowed:
        refuse(
            "extensions-used-up",
            f"案件 {state.number} 第 {state.round} 轮已延期 {state.extensions_in_round} 次，"
            f"最多可延 {policy.extensions_allowed} 次：请抓紧办理，或请“督办领导”办理【挂账】。",
            f"Case {state.number} was extended {state.extensions_in_round} times in round {state.round}, and"
            f" {policy.extensions_allowed} are allowed: handle it, or ask the supervisor to park it.",
        )
    due, due_on = due_of(command.due, command.due_on, context.time_zone)
    if due <= state.due:
        refuse(
            "not-later",
            f"案件 {state.number} 的办理期限是 {called.moment(state.due, context).zh}，"
            f"申请延到的时间是 {called.moment(due, context).zh}：请填写更晚的时间。",
            f"Case {state.number} is due at {state.due}, and {called.value(due).en} is asked for: ask for a later"
            " time.",
        )
    latest = days_after(state.due_on, policy.extension_days)
    if due_on > latest:
        refuse(
            "extension-too-long",
            f"申请延到 {due_on}，一次最多延到 {latest}（{policy.extension_days} 天）：请缩短延期，"
            "或请“督办领导”办理【挂账】。",
            f"{due_on} is asked for, and one extension may reach to {latest} ({policy.extension_days} days):"
            " ask for less, or ask the supervisor to park the case.",
        )
    return [(command.case, e.ExtensionRequested(due=due, due_on=due_on, reason=command.reason))]


def grant_extension(command: c.GrantExtension, state: CaseState, context: Context) -> Decided:
    """同意延期."""
    check_waits(state, "extension")
    asked = state.pending
    if asked is None:
        return []
    check_other_person(context, asked.actor, asked.counts_for, called.request("extension"))
    return [(command.case, e.ExtensionGranted(due=asked.due, due_on=asked.due_on, due_before=state.due))]


def refuse_extension(command: c.RefuseExtension, state: CaseState, context: Context) -> Decided:
    """不同意延期."""
    check_waits(state, "extension")
    if state.pending is not None:
        check_other_person(context, state.pending.actor, state.pending.counts_for, called.request("extension"))
    return [(command.case, e.ExtensionRefused())]


def pause(command: c.PauseClock, state: CaseState, context: Context) -> Decided:
    """暂停计时."""
    if context.role != "supervisor":
        check_leads(state, context)
    check_nothing_waits(state)
    return [(command.case, e.ClockPaused(reason=command.reason))]


def resume(command: c.ResumeClock, state: CaseState, context: Context) -> Decided:
    """恢复计时: officers' own pauses move the due instant by no more days in a round than the policy lets them."""
    if context.role != "supervisor":
        check_leads(state, context)
    if state.stopped is None:
        refuse(
            "clock-runs",
            f"案件 {state.number} 正在计时：无须恢复。",
            f"The clock of case {state.number} runs: there is nothing to resume.",
        )
    seconds = stood_still(state, context)
    if "supervisor" not in (context.role, state.stopped_by):
        seconds = min(seconds, max(0, context.policy.pause_days * 86_400 - state.paused_in_round))
    due, due_on = moved_due(state, seconds, context)
    return [(command.case, e.ClockResumed(paused_seconds=seconds, due=due, due_on=due_on))]


def stood_still(state: CaseState, context: Context) -> int:
    """Seconds for which the clock stood still, as it was entered, whatever is claimed; never negative."""
    if state.stopped is None:
        return 0
    return max(0, seconds_between(state.stopped.at, context.windows_at))


def moved_due(state: CaseState, seconds: int, context: Context) -> tuple[str, str]:
    """The due instant in force, moved by what the clock stood still."""
    if not state.due:
        return "", ""
    due = shifted(state.due, seconds)
    return due, local_date(due, context.time_zone)


def mark_due_passed(command: c.MarkDuePassed, state: CaseState, context: Context) -> Decided:
    """超期: for whoever held the case at that instant."""
    if state.due_passed == command.due:
        return []
    if state.due != command.due:
        refuse(
            "not-that-due",
            f"案件 {state.number} 的办理期限是 {called.moment(state.due, context).zh}，"
            f"不是 {called.moment(command.due, context).zh}：请按现行期限重新提出。",
            f"Case {state.number} is due at {called.value(state.due).en}, not at {called.value(command.due).en}: ask"
            " again with that.",
        )
    if state.stopped is not None:
        refuse(
            "clock-stopped",
            f"案件 {state.number} 自 {state.stopped.on} 起暂停计时：请等计时恢复。",
            f"The clock of case {state.number} stands still since {state.stopped.on}: wait.",
        )
    if context.at <= state.due:
        refuse(
            "not-yet-due",
            f"案件 {state.number} 的办理期限是 {called.moment(state.due, context).zh}，"
            f"现在是 {called.moment(context.at, context).zh}：请等到期限届满。",
            f"Case {state.number} is due at {state.due}, and now is {context.at}: wait.",
        )
    unit, lead = held_at(state, state.due, state.due_on)
    event = e.DuePassed(due=state.due, due_on=state.due_on, round=state.round, held_by=lead, held_unit=unit)
    return [(command.case, event)]
