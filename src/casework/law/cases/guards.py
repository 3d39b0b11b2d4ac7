"""Checks that decisions share: role, time, unit, person and pending requests."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from casework.law.cases import names as called
from casework.law.cases.deadlines import day, days_after, due_of, local_date, shifted
from casework.law.cases.state import CaseState, Pending, asker
from casework.law.command import Command
from casework.law.context import Context, Refused
from casework.law.rule import Decide, Decided, Rule
from casework.text import Text

#: how far ahead a due date may be stated: beyond it calendars end, and clocks could no longer be moved
FURTHEST_DUE_DAYS = 36_525


def refuse(code: str, zh: str, en: str, nearest: Sequence[str] = ()) -> NoReturn:
    """Say no, in one sentence of each language."""
    raise Refused(code, zh, en, tuple(nearest))


def close_to(word: str, words: Sequence[str]) -> tuple[str, ...]:
    """Up to three of the words that look like this one; all of them, when they are few and none does."""
    return tuple(get_close_matches(word, words, n=3, cutoff=0.4)) or tuple(words[:8])


# ── state, role, time ───────────────────────────────────────────────────────────────────────────────────────────


def check_role(command: type[Command], roles: Sequence[str], context: Context) -> None:
    """Refuse a role that may not ask for this."""
    if context.role not in roles:
        may = called.several(map(called.role, roles))
        refuse(
            "role-not-allowed",
            f"{called.command(command).zh}不能以{called.role(context.role).zh}的身份办理：请由{may.zh}办理。",
            f"{command.name} is not for {context.role}; ask one who acts as {may.en}.",
        )


def deciding(rules: tuple[Rule, ...]) -> Decide:
    """The decision by rules that know no state: role and time are checked, then the command's own rule decides."""
    rule_of = {rule.command: rule for rule in rules}

    def decide(command: Command, state: Any, context: Context) -> Decided:
        rule = rule_of[type(command)]
        check_role(rule.command, rule.roles, context)
        check_not_ahead(context)
        return rule.decide(command, state, context)

    return decide


def check_not_ahead(context: Context) -> None:
    """Refuse what is said to have happened later than now, but for the skew of clocks."""
    minutes = context.policy.clock_skew_minutes
    if context.occurred and context.occurred > context.at:
        latest = shifted(context.at, minutes * 60)
        if context.occurred > latest:
            refuse(
                "in-the-future",
                f"所报发生时间为 {called.moment(context.occurred, context).zh}，现在是"
                f" {called.moment(context.at, context).zh}，最多可以超前 {minutes} 分钟：请校准设备的时钟。",
                f"It is said to have happened at {context.occurred}, and now is {context.at};"
                f" at most {minutes} minutes ahead are allowed. Check the clock of the device.",
            )
    elif not context.occurred and context.occurred_on > context.today:
        latest_on = local_date(shifted(context.at, minutes * 60), context.time_zone)
        if context.occurred_on > latest_on:
            refuse(
                "in-the-future",
                f"所报发生日期为 {context.occurred_on}，今天是 {context.today}：请核对日期。",
                f"It is said to have happened on {context.occurred_on}, and today is {context.today}. Check the date.",
            )
    if context.occurred_on:
        day(context.occurred_on)


def check_not_too_old(context: Context) -> None:
    """Refuse an act dated back further than the policy allows."""
    if context.occurred_on and context.occurred_on < context.today:
        earliest = days_after(context.today, -context.policy.backdating_days)
        if context.occurred_on < earliest:
            refuse(
                "backdated-too-far",
                f"所报发生日期为 {context.occurred_on}，最早可以补录到 {earliest}（{context.policy.backdating_days}"
                " 天内）："
                "请按今天的日期录入，并在文字中写明实际时间。",
                f"It is said to have happened on {context.occurred_on}; acts can be entered back to {earliest}"
                f" ({context.policy.backdating_days} days). Enter it with today's date and say in words when it was.",
            )


def stated_due(due: str, due_on: str, context: Context) -> tuple[str, str, str]:
    """A stated due time with its basis; refused when it lies before the case."""
    due, due_on = due_of(due, due_on, context.time_zone)
    if due_on and due_on < context.happened_on:
        refuse(
            "due-already-past",
            f"办理期限 {due_on} 早于 {context.happened_on}：请改填更晚的日期。",
            f"The due date {due_on} lies before {context.happened_on}: state a later one.",
        )
    if due_on and due_on > (latest := days_after(context.today, FURTHEST_DUE_DAYS)):
        refuse(
            "due-too-far",
            f"办理期限 {due_on} 晚于 {latest}，已在百年之后：请改填更早的日期。",
            f"The due date {due_on} lies after {latest}, a hundred years on: state an earlier one.",
        )
    return due, due_on, "stated" if due_on else ""


# ── persons and units ───────────────────────────────────────────────────────────────────────────────────────────


def check_other_person(context: Context, actor: str, counts_for: str, what: Text) -> None:
    """Refuse that people decide on their own request, by their own hand or by another's."""
    if {context.actor, context.counts_for} & {actor, counts_for}:
        refuse(
            "own-request",
            f"{context.counts_for} 不得审批 {counts_for} 的{what.zh}（录入人 {actor}）：本人事项须由他人审批。",
            f"{context.counts_for} may not decide on the {what.en} of {counts_for} (entered by {actor}):"
            " somebody else must.",
        )


def check_answers_not_for_it(state: CaseState, context: Context, what: Text) -> None:
    """Refuse those who led the case or submitted it as done, whatever role they act in now."""
    own = {tenure.lead for tenure in state.tenures}
    if state.submission is not None:
        own |= {state.submission.actor, state.submission.counts_for}
    inside = {context.actor, context.counts_for} & own
    if inside:
        refuse(
            "own-case",
            f"{'、'.join(sorted(inside))} 主办过案件 {state.number} 或提交过办结，不得{what.zh}：须由他人办理。",
            f"{', '.join(sorted(inside))} led case {state.number} or submitted it as done, and may not {what.en}:"
            " somebody else must.",
        )


def check_asked(case: str, state: CaseState, context: Context) -> None:
    """Refuse residents who are not the one who asked; offices act on the word of whoever did."""
    if context.role == "resident" and context.counts_for != asker(case, state):
        refuse(
            "not-your-request",
            f"案件 {state.number} {called.asked_by(state.resident).zh}，您是 {context.counts_for}，不是本人诉求："
            "请凭回执办理，或请工作人员按本人意愿代办。",
            f"Case {state.number} {called.asked_by(state.resident).en}, and you are {context.counts_for}:"
            " come with its receipt, or have an office do it on the word of who asked.",
        )


def check_outside(state: CaseState, context: Context, code: str, what: Text) -> None:
    """Refuse those who act for a unit that handles the case, or led it before it went elsewhere."""
    led = (tenure.unit for tenure in state.tenures)
    handling = {state.unit, *led, *(holder.unit for holder in state.co_handlers)} - {""}
    inside = units_of(context) & handling
    if inside:
        refuse(
            code,
            f"案件 {state.number} 由{'、'.join(called.unit(unit, context).zh for unit in sorted(inside))}承办，"
            f"您属于承办单位：须由其他单位的人员{what.zh}。",
            f"Case {state.number} was handled by {', '.join(sorted(inside))}, and you act for it:"
            f" somebody of another unit must {what.en}.",
        )


def units_of(context: Context) -> frozenset[str]:
    """Units whose people act here: whoever enters it, and whose act it is."""
    own = {context.unit} if context.unit else set[str]()
    if context.for_:
        cadre = context.roster.cadre(context.for_, context.today)
        own |= set(cadre.units) if cadre else set()
    return frozenset(own)


def leading(state: CaseState, context: Context) -> str:
    """The unit that answers for the case today: the one that leads, or that which has taken its place."""
    return context.roster.successor("unit", state.unit, context.today) or state.unit


def check_of_unit(state: CaseState, context: Context) -> None:
    """Refuse those who are not of the unit that leads, or that has taken its place."""
    if context.unit not in (state.unit, leading(state, context)):
        lead, own = called.unit(state.unit, context), called.unit(context.unit, context)
        refuse(
            "not-your-unit",
            f"案件 {state.number} 由{lead.zh}主办，您所在的单位是{own.zh}：须由主办单位的人员办理。",
            f"Case {state.number} is led by unit {lead.en}, and you act for {own.en}: somebody of {lead.en} must do"
            " this.",
        )


def check_handles(state: CaseState, context: Context) -> None:
    """Refuse those who are of no unit that handles the case, be it as lead or together with the lead."""
    units = [state.unit, *(holder.unit for holder in state.co_handlers)]
    if context.unit not in units and context.unit != leading(state, context):
        handling = called.several(called.unit(unit, context) for unit in units)
        own = called.unit(context.unit, context)
        refuse(
            "not-your-unit",
            f"案件 {state.number} 由{handling.zh}承办，您所在的单位是{own.zh}：须由承办单位的人员办理。",
            f"Case {state.number} is handled by {handling.en}, and you act for {own.en}: somebody of these units must"
            " do this.",
        )


def check_leads(state: CaseState, context: Context) -> None:
    """Refuse cadres of the unit who are not the one who leads; the head of the unit may always."""
    check_of_unit(state, context)
    if context.role == "cadre" and state.lead and context.counts_for != state.lead:
        refuse(
            "not-the-lead",
            f"案件 {state.number} 由 {state.lead} 主办，不是 {context.counts_for}：请由主办干部办理、代主办干部录入，"
            "或由单位负责人改派。",
            f"Case {state.number} is led by {state.lead}, not by {context.counts_for};"
            " let the lead do it, enter it for the lead, or have the unit's head assign it anew.",
        )


def check_nothing_waits(state: CaseState) -> None:
    """Refuse while a request waits for its answer or the clock stands still."""
    if state.pending is not None:
        what = state.pending.what
        refuse(
            f"{what}-pending",
            f"案件 {state.number} 有 {state.pending.counts_for} 的{called.request(what).zh}待审：请先答复该申请。",
            f"A request ({what}) of {state.pending.counts_for} waits for an answer in case {state.number}:"
            " have it answered first.",
        )
    if state.stopped is not None:
        refuse(
            "clock-stopped",
            f"案件 {state.number} 自 {state.stopped.on} 起暂停计时：请先【恢复计时】。",
            f"The clock of case {state.number} stands still since {state.stopped.on}: resume it first (resume-clock).",
        )


def pending_of(state: CaseState, what: str, asks: type[Command], context: Context) -> Pending:
    """The request that waits for this answer; refused where none does, and to the person whose request it is."""
    pending = state.pending
    if pending is None or pending.what != what:
        waiting = called.request(pending.what) if pending else Text("无", "nothing")
        refuse(
            f"no-{what}-pending",
            f"案件 {state.number} 没有待审的{called.request(what).zh}（待审事项：{waiting.zh}）："
            f"须先提出{called.command(asks).zh}。",
            f"No {what} is asked for in case {state.number}: what waits for an answer is {waiting.en}."
            f" It must be asked for first ({asks.name}).",
        )
    check_other_person(context, pending.actor, pending.counts_for, called.request(what))
    return pending
