"""Pausing the handling clock, and letting it run on."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases.deadlines import local_date, seconds_between, shifted
from casework.law.cases.guards import check_leads, check_nothing_waits
from casework.law.cases.refusals import refused
from casework.law.cases.rules import Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import due_from_here, entered
from casework.law.command import CaseStream, Command
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import Text, meaning


class ClockPaused(Event, frozen=True, kw_only=True):
    name = "clock-paused.v1"
    term = Text("暂停计时", "The handling clock stands still.")
    correctable = frozenset({"reason"})
    reason: Annotated[str, meaning("理由代码", "awaiting_resident, force_majeure, court, other")]


class ClockResumed(Event, frozen=True, kw_only=True):
    name = "clock-resumed.v1"
    term = Text("恢复计时", "The handling clock runs on; the due instant moves by the pause.")
    paused_seconds: Annotated[int, meaning("暂停时长", "seconds")]
    due: m.DueInForce[str] = ""
    due_on: m.DueInForceOn[str] = ""


class PauseClock(Command, frozen=True, kw_only=True):
    name = "pause-clock"
    term = Text("暂停计时", "Let the handling clock stand still.")
    case: CaseStream
    reason: Annotated[
        Literal["awaiting_resident", "force_majeure", "court", "other"],
        meaning("理由代码", "awaiting_resident, force_majeure, court or other"),
    ]


class ResumeClock(Command, frozen=True, kw_only=True):
    name = "resume-clock"
    term = Text("恢复计时", "Let the handling clock run on; the due instant moves by the pause.")
    case: CaseStream


def pause(command: PauseClock, state: CaseState, context: Context) -> Decided:
    """暂停计时."""
    if context.role != "supervisor":
        check_leads(state, context)
    check_nothing_waits(state)
    return [(command.case, ClockPaused(reason=command.reason))]


def resume(command: ResumeClock, state: CaseState, context: Context) -> Decided:
    """恢复计时: officers' own pauses move the due instant by no more days in a round than the policy lets them."""
    if context.role != "supervisor":
        check_leads(state, context)
    if state.stopped is None:
        raise refused("clock-runs", case=state.number)
    seconds = stood_still(state, context)
    if "supervisor" not in (context.role, state.stopped_by):
        seconds = min(seconds, max(0, context.policy.pause_days * 86_400 - state.paused_in_round))
    due, due_on = moved_due(state, seconds, context)
    return [(command.case, ClockResumed(paused_seconds=seconds, due=due, due_on=due_on))]


def stood_still(state: CaseState, context: Context) -> int:
    """Seconds for which the clock stood still, by the times of entry, never by claims; never negative."""
    if state.stopped is None:
        return 0
    return max(0, seconds_between(state.stopped.at, context.windows_at))


def moved_due(state: CaseState, seconds: int, context: Context) -> tuple[str, str]:
    """The due instant in force, moved by what the clock stood still."""
    if not state.due:
        return "", ""
    due = shifted(state.due, seconds)
    return due, local_date(due, context.time_zone)


def paused(s: CaseState, r: Recorded, event: Event) -> None:
    put(s, "stopped", entered(r))
    put(s, "stopped_by", r.role)


def resumed(s: CaseState, r: Recorded, event: ClockResumed) -> None:
    if "supervisor" not in (r.role, s.stopped_by):
        put(s, "paused_in_round", s.paused_in_round + event.paused_seconds)
    runs_on(s, event.due, event.due_on)


def runs_on(s: CaseState, due: str, due_on: str) -> None:
    put(s, "stopped", None)
    put(s, "stopped_by", "")
    due_from_here(s, due, due_on)


RULES: tuple[Rule, ...] = (
    rule(PauseClock, pause, ("in_progress",), "cadre unit_lead supervisor", "clock-paused", resource="pause"),
    rule(ResumeClock, resume, ("in_progress",), "cadre unit_lead supervisor", "clock-resumed", resource="pause/end"),
)
EFFECTS: Effects = {ClockPaused: paused, ClockResumed: resumed}
