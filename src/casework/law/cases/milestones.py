"""Planning the steps of a matter, and recording that they are reached."""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.deadlines import day as checked_day
from casework.law.cases.guards import check_of_unit, close_to
from casework.law.cases.refusals import refused
from casework.law.cases.rules import OPEN, Effects
from casework.law.cases.state import CaseState
from casework.law.command import CaseStream, Command, Day, Digest, Line, Slug, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_Title = Annotated[T, meaning("节点名称", "in words")]
_Milestone = Annotated[T, meaning("节点", "slug, unique within the case")]
_PlannedOn = Annotated[T, meaning("计划日期", "date")]


class MilestonePlanned(Event, frozen=True, kw_only=True):
    name = "milestone-planned.v1"
    term = Text("节点计划", "A step of a planned matter, with its date.")
    correctable = frozenset({"planned_on"})
    sealed = {"title": _Title}
    milestone: _Milestone[str]
    planned_on: _PlannedOn[str]


class MilestoneReached(Event, frozen=True, kw_only=True):
    name = "milestone-reached.v1"
    term = Text("节点完成", "A planned step was reached.")
    correctable = frozenset({"occurred", "occurred_on"})
    sealed = {"note": m.Explanation}
    milestone: Annotated[str, meaning("节点", "slug")]
    planned_on: Annotated[str, meaning("计划日期", "as planned when it was reached")] = ""
    evidence: m.Evidence[tuple[str, ...]] = ()


class PlanMilestone(Command, frozen=True, kw_only=True):
    name = "plan-milestone"
    term = Text("节点计划", "Plan a step of a matter, with its date.")
    seals = {"title": (0, "title")}
    case: CaseStream
    milestone: _Milestone[Slug]
    planned_on: _PlannedOn[Day]
    title: _Title[Line] = ""


class ReachMilestone(Command, frozen=True, kw_only=True):
    name = "reach-milestone"
    term = Text("节点完成", "Record that a planned step was reached.")
    seals = {"note": (0, "note")}
    case: CaseStream
    milestone: Annotated[Slug, meaning("节点", "slug of the plan")]
    evidence: m.Evidence[tuple[Digest, ...]] = ()
    note: m.Explanation[Words] = ""


def plan_milestone(command: PlanMilestone, state: CaseState, context: Context) -> Decided:
    """节点计划."""
    _check_plans(state, context)
    if not command.milestone:
        raise refused("milestone-missing")
    checked_day(command.planned_on)
    planned = dict(state.milestones).get(command.milestone)
    if planned == command.planned_on:
        return []
    if planned is not None:
        raise refused(
            "milestone-planned-already",
            case=state.number,
            milestone=called.value(command.milestone),
            planned=planned,
            planned_on=command.planned_on,
        )
    return [(command.case, MilestonePlanned(milestone=command.milestone, planned_on=command.planned_on))]


def reach_milestone(command: ReachMilestone, state: CaseState, context: Context) -> Decided:
    """节点完成."""
    _check_plans(state, context)
    planned = dict(state.milestones)
    if command.milestone not in planned:
        nearest = close_to(command.milestone, tuple(planned))
        raise refused(
            "unknown-milestone",
            case=state.number,
            milestone=called.value(command.milestone),
            advice=Text(f"请从{called.choices(nearest).zh}中选择，或", f"use {called.choices(nearest).en}, or ")
            if nearest
            else Text("请", ""),
            nearest=nearest,
        )
    if command.milestone in state.milestones_reached:
        return []
    event = MilestoneReached(
        milestone=command.milestone, planned_on=planned[command.milestone], evidence=command.evidence
    )
    return [(command.case, event)]


def _check_plans(state: CaseState, context: Context) -> None:
    if state.kind != "matter":
        raise refused("not-a-matter/milestone", case=state.number, kind=called.kind(state.kind))
    if context.role in ("cadre", "unit_lead"):
        check_of_unit(state, context)


def milestone_planned(s: CaseState, r: Recorded, event: MilestonePlanned) -> None:
    put(s, "milestones", (*s.milestones, (event.milestone, event.planned_on)))


def milestone_reached(s: CaseState, r: Recorded, event: MilestoneReached) -> None:
    put(s, "milestones_reached", s.milestones_reached | {event.milestone})


_PLANNERS = "cadre unit_lead dispatcher supervisor"
RULES: tuple[Rule, ...] = (
    rule(PlanMilestone, plan_milestone, OPEN, _PLANNERS, "milestone-planned", resource="milestones"),
    rule(
        ReachMilestone, reach_milestone, OPEN, _PLANNERS, "milestone-reached",
        resource="milestones/{milestone}/reached",
    ),
)  # fmt: skip
EFFECTS: Effects = {MilestonePlanned: milestone_planned, MilestoneReached: milestone_reached}
