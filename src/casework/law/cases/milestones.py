"""Planning the steps of a matter, and recording that they are reached."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import force_setattr as put

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
from casework.text import Text


class MilestonePlanned(Event, frozen=True, kw_only=True):
    """A step of a planned matter, with its date (节点计划).

    milestone — 节点 — slug, unique within the case
    planned_on — 计划日期 — date
    title — 节点名称 — (sealed)
    """

    name: ClassVar[str] = "milestone-planned.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"planned_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"title"})
    milestone: str
    planned_on: str


class MilestoneReached(Event, frozen=True, kw_only=True):
    """A planned step was reached (节点完成).

    milestone — 节点 — slug
    planned_on — 计划日期 — as planned when it was reached
    evidence — 佐证 — SHA-256 (hex) of attachments
    note — 说明 — (sealed)
    """

    name: ClassVar[str] = "milestone-reached.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    milestone: str
    planned_on: str = ""
    evidence: tuple[str, ...] = ()


class PlanMilestone(Command, frozen=True, kw_only=True):
    """Plan a step of a matter, with its date (节点计划).

    case — 办件 — its stream, a matter
    milestone — 节点 — slug, unique within the case
    planned_on — 计划日期 — date
    title — 节点名称 — (sealed)
    """

    name: ClassVar[str] = "plan-milestone"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"title": (0, "title")}
    case: CaseStream
    milestone: Slug
    planned_on: Day
    title: Line = ""


class ReachMilestone(Command, frozen=True, kw_only=True):
    """Record that a planned step was reached (节点完成).

    case — 办件 — its stream
    milestone — 节点 — slug of the plan
    evidence — 佐证 — SHA-256 (hex) of attachments
    note — 说明 — (sealed)
    """

    name: ClassVar[str] = "reach-milestone"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    milestone: Slug
    evidence: tuple[Digest, ...] = ()
    note: Words = ""


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
