"""Auditors' findings: who may record, answer and close one, about what, and in which order."""

from __future__ import annotations

from casework.law.cases import names as called
from casework.law.cases.deadlines import day, days_after
from casework.law.cases.guards import check_answers_not_for_it, deciding, units_of
from casework.law.cases.roster_lookups import unit_of
from casework.law.cases.state import CaseState
from casework.law.context import Context
from casework.law.event import stated
from casework.law.findings.commands import AnswerFinding, CloseFinding, RecordFinding
from casework.law.findings.events import (
    FINDING_OUTCOMES,
    FindingAnswered,
    FindingClosed,
    FindingRecorded,
)
from casework.law.findings.refusals import refused
from casework.law.findings.state import FindingState
from casework.law.rule import Decided, Rule, rule
from casework.text import Text

#: how far ahead the day for an answer may lie
FURTHEST_ANSWER_DAYS = 366


def _open(state: FindingState, stream: str) -> FindingState:
    if state.rev < 0:
        raise refused("no-such-finding", stream=stream)
    if state.closed_on:
        raise refused(
            "finding-closed", closed_on=state.closed_on, outcome=Text(FINDING_OUTCOMES[state.outcome], state.outcome)
        )
    return state


# ── recording ───────────────────────────────────────────────────────────────────────────────────────────────────


def _record(command: RecordFinding, state: FindingState, context: Context) -> Decided:
    if state.rev >= 0:
        raise refused("finding-exists", finding=command.finding)
    _check_about_one_thing(command)
    _check_due(command.due_on, context)
    _check_words("details", "问题情况", context)
    case: CaseState | None = context.others[command.case] if command.case else None
    unit = unit_of(command.unit, context).code if command.unit else ""
    if case is not None:
        if not case.status:
            raise refused("no-such-case", case=command.case)
        check_answers_not_for_it(case, context, Text("对其【审计发现】", "record a finding on it"))
        unit = unit or case.unit or case.closer_unit
    _check_not_own_unit(unit, context)
    area, township = _place(case, unit, context)
    event = stated(
        FindingRecorded, command, unit=unit, area=area, township=township, evidence=tuple(sorted(set(command.evidence)))
    )
    return [(command.finding, event)]


def _check_about_one_thing(command: RecordFinding) -> None:
    figure = command.projection
    if command.case and figure:
        raise refused("about-two-things", figure=figure)
    if figure and not command.as_of:
        raise refused("as-of-missing", figure=figure)
    if not figure and (command.as_of or command.where):
        raise refused("figure-missing")


def _check_due(due_on: str, context: Context) -> None:
    day(due_on)
    latest = days_after(context.today, FURTHEST_ANSWER_DAYS)
    if not context.today <= due_on <= latest:
        raise refused("due-out-of-range", due_on=due_on, today=context.today, latest=latest)


def _check_words(member: str, term: str, context: Context) -> None:
    if member not in context.sealed:
        raise refused("words-missing", member=Text(f"“{term}”（{member}）", member))


def _place(case: CaseState | None, unit: str, context: Context) -> tuple[str, str]:
    """Area and township: of the case, else of the unit's home; blank for the county as a whole."""
    if case is not None:
        return case.area, case.township
    declared = context.roster.unit(unit, context.today) if unit else None
    if declared is None:
        return "", ""
    return declared.area, context.roster.township_of(declared.area, context.today)


# ── answering and closing ───────────────────────────────────────────────────────────────────────────────────────


def _answer(command: AnswerFinding, state: FindingState, context: Context) -> Decided:
    _open(state, command.finding)
    if context.role == "unit_lead" and context.unit not in _concerned(state.unit, context):
        concerned, own = called.unit(state.unit, context), called.unit(context.unit, context)
        raise refused("not-your-unit", unit=concerned, own_unit=own)
    _check_other_side(state.recorded_by, Text("记录了这项发现", "recorded it"), Text("答复", "answer it"), context)
    _check_words("answer", "答复", context)
    return [(command.finding, FindingAnswered())]


def _close(command: CloseFinding, state: FindingState, context: Context) -> Decided:
    _open(state, command.finding)
    _check_other_side(state.answered_by, Text("答复了这项发现", "answered it"), Text("销号", "close it"), context)
    _check_not_own_unit(state.unit, context)
    _check_words("explanation", "说明", context)
    if command.outcome == "remedied" and not state.answered_on:
        raise refused("not-answered")
    if command.outcome == "upheld" and state.stands(context.today) == "open":
        raise refused("not-heard", due_on=state.due_on)
    return [(command.finding, FindingClosed(outcome=command.outcome))]


def _concerned(unit: str, context: Context) -> set[str]:
    """The unit concerned, and the one that has taken its place."""
    return {unit, context.roster.successor("unit", unit, context.today)} - {""} if unit else set()


def _check_not_own_unit(unit: str, context: Context) -> None:
    """Refuse auditors of the unit concerned, whichever unit they act for."""
    own = set(units_of(context))
    for person in (context.actor, context.for_):
        cadre = context.roster.cadre(person, context.today) if person else None
        own |= set(cadre.units) if cadre else set()
    if inside := own & _concerned(unit, context):
        named = called.several(called.unit(one, context) for one in sorted(inside))
        raise refused("own-unit", unit=named, actor=context.counts_for)


def _check_other_side(people: frozenset[str], did: Text, what: Text, context: Context) -> None:
    """Refuse a person who was on the other side of the finding."""
    if inside := {context.actor, context.counts_for} & people:
        who = "、".join(sorted(inside))
        raise refused("both-sides", who=Text(who, ", ".join(sorted(inside))), did=did, what=what)


#: the office that answers a finding never closes it
RULES: tuple[Rule, ...] = (
    rule(RecordFinding, _record, (), "auditor", begins=True, reads=("case",)),
    rule(AnswerFinding, _answer, (), "unit_lead supervisor", resource="answer"),
    rule(CloseFinding, _close, (), "auditor", resource="closing", judges=True),
)
decide_finding = deciding(RULES)
