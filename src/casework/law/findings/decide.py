"""Auditors' findings: who may record, answer and close one, about what, and in which order."""

from __future__ import annotations

from casework.law.cases import commands as c
from casework.law.cases import names as called
from casework.law.cases.deadlines import day, days_after
from casework.law.cases.guards import (
    Decided,
    check_answers_not_for_it,
    check_not_ahead,
    check_role,
    refuse,
    units_of,
)
from casework.law.cases.roster_lookups import unit_of
from casework.law.cases.state import CaseState
from casework.law.command import Command
from casework.law.context import Context
from casework.law.findings.events import (
    FINDING_OUTCOMES,
    FINDING_ROLES,
    FindingAnswered,
    FindingClosed,
    FindingRecorded,
)
from casework.law.findings.state import FindingState
from casework.text import Text

#: how far ahead the day for an answer may lie
FURTHEST_ANSWER_DAYS = 366


def decide_finding(command: Command, state: FindingState, context: Context) -> Decided:
    """What a command about a finding causes."""
    check_role(command.name, FINDING_ROLES[command.name], context)
    check_not_ahead(context)
    match command:
        case c.RecordFinding():
            return _record(command, state, context)
        case c.AnswerFinding():
            return _answer(command, _open(state, command.finding), context)
        case c.CloseFinding():
            return _close(command, _open(state, command.finding), context)
        case _:
            raise TypeError(f"{command.name} is not about a finding")


def _open(state: FindingState, stream: str) -> FindingState:
    if state.rev < 0:
        refuse(
            "no-such-finding",
            f"没有审计发现 {stream}：请先【审计发现】。",
            f"There is no finding {stream}: record it first (record-finding).",
        )
    if state.closed_on:
        refuse(
            "finding-closed",
            f"这项审计发现已于 {state.closed_on} 销号（{FINDING_OUTCOMES[state.outcome]}）："
            "另有问题请另行【审计发现】。",
            f"The finding was closed on {state.closed_on} ({state.outcome}): record another one (record-finding).",
        )
    return state


# ── recording ───────────────────────────────────────────────────────────────────────────────────────────────────


def _record(command: c.RecordFinding, state: FindingState, context: Context) -> Decided:
    if state.rev >= 0:
        refuse(
            "finding-exists",
            f"审计发现 {command.finding} 已经记录：请换用新的标识。",
            f"{command.finding} is recorded already: use another id.",
        )
    _check_about_one_thing(command)
    _check_due(command.due_on, context)
    _check_words("details", "问题情况", context)
    case: CaseState | None = context.others[command.case] if command.case else None
    unit = unit_of(command.unit, context).code if command.unit else ""
    if case is not None:
        if not case.status:
            refuse(
                "no-such-case",
                f"没有案件 {command.case}：请核对编号。",
                f"There is no case {command.case}: check its number.",
            )
        check_answers_not_for_it(case, context, Text("对其【审计发现】", "record a finding on it"))
        unit = unit or case.unit or case.closer_unit
    _check_not_own_unit(unit, context)
    area, township = _place(case, unit, context)
    event = FindingRecorded(
        kind=command.kind,
        case=command.case,
        projection=command.projection,
        where=command.where,
        as_of=command.as_of,
        unit=unit,
        area=area,
        township=township,
        evidence=tuple(sorted(set(command.evidence))),
        due_on=command.due_on,
    )
    return [(command.finding, event)]


def _check_about_one_thing(command: c.RecordFinding) -> None:
    figure = command.projection
    if command.case and figure:
        refuse(
            "about-two-things",
            f"一项审计发现只针对一个对象，这里既有案件又有统计“{figure}”：请分两项记录。",
            f"A finding is about one thing, and this names a case and the figure {figure}: record two.",
        )
    if figure and not command.as_of:
        refuse(
            "as-of-missing",
            f"没有说明统计“{figure}”截至账上多少条：请填写截至条数（as_of）。",
            f"It is not said at which size of the log {figure} was published: give as_of, a number of entries.",
        )
    if not figure and (command.as_of or command.where):
        refuse(
            "figure-missing",
            "填写了筛选或截至条数，却没有说明是哪项统计：请填写统计（projection），或去掉这两项。",
            "where and as_of tell of a figure, and none is named: give its projection, or leave them out.",
        )


def _check_due(due_on: str, context: Context) -> None:
    day(due_on)
    latest = days_after(context.today, FURTHEST_ANSWER_DAYS)
    if not context.today <= due_on <= latest:
        refuse(
            "due-out-of-range",
            f"答复期限 {due_on} 应在 {context.today} 至 {latest} 之间：请改填日期。",
            f"The answer would be due on {due_on}; it has to be from {context.today} to {latest}: state another day.",
        )


def _check_words(member: str, term: str, context: Context) -> None:
    if member not in context.sealed:
        refuse(
            "words-missing",
            f"没有填写“{term}”（{member}）：请用文字写明，文字加密保存。",
            f"{member} is missing: say it in words; they are sealed.",
        )


def _place(case: CaseState | None, unit: str, context: Context) -> tuple[str, str]:
    """Area and township: of the case, else of the unit's home; blank for the county as a whole."""
    if case is not None:
        return case.area, case.township
    declared = context.roster.unit(unit, context.today) if unit else None
    if declared is None:
        return "", ""
    return declared.area, context.roster.township_of(declared.area, context.today)


# ── answering and closing ───────────────────────────────────────────────────────────────────────────────────────


def _answer(command: c.AnswerFinding, state: FindingState, context: Context) -> Decided:
    if context.role == "unit_lead" and context.unit not in _concerned(state.unit, context):
        concerned, own = called.unit(state.unit, context), called.unit(context.unit, context)
        refuse(
            "not-your-unit",
            f"这项审计发现的责任单位是{concerned.zh}，您所在的单位是{own.zh}：须由责任单位负责人或督办领导答复。",
            f"The finding concerns {concerned.en}, and you act for {own.en}: its head or a supervisor must answer.",
        )
    _check_other_side(state.recorded_by, Text("记录了这项发现", "recorded it"), Text("答复", "answer it"), context)
    _check_words("answer", "答复", context)
    return [(command.finding, FindingAnswered())]


def _close(command: c.CloseFinding, state: FindingState, context: Context) -> Decided:
    _check_other_side(state.answered_by, Text("答复了这项发现", "answered it"), Text("销号", "close it"), context)
    _check_not_own_unit(state.unit, context)
    _check_words("explanation", "说明", context)
    if command.outcome == "remedied" and not state.answered_on:
        refuse(
            "not-answered",
            "这项审计发现尚无整改答复，不能以“已整改”销号：请等待【整改答复】。",
            "The finding has no answer yet, so nothing says that it was remedied: have it answered first"
            " (answer-finding).",
        )
    if command.outcome == "upheld" and state.stands(context.today) == "open":
        refuse(
            "not-heard",
            f"责任单位尚未答复，期限 {state.due_on} 未过，不能认定“问题属实”：请听取答复，或等期限届满。",
            f"The unit concerned has not answered, and has until {state.due_on}: hear it before upholding the finding.",
        )
    return [(command.finding, FindingClosed(outcome=command.outcome))]


def _concerned(unit: str, context: Context) -> set[str]:
    """The unit concerned, and the one that has taken its place."""
    return {unit, context.roster.successor("unit", unit, context.today)} - {""} if unit else set()


def _check_not_own_unit(unit: str, context: Context) -> None:
    """Refuse auditors of the unit concerned, whatever unit they act for today."""
    own = set(units_of(context))
    for person in (context.actor, context.for_):
        cadre = context.roster.cadre(person, context.today) if person else None
        own |= set(cadre.units) if cadre else set()
    if inside := own & _concerned(unit, context):
        named = called.several(called.unit(one, context) for one in sorted(inside))
        refuse(
            "own-unit",
            f"责任单位是{named.zh}，{context.counts_for} 也属于该单位：须由其他单位的审计员办理。",
            f"The finding concerns {named.en}, and {context.counts_for} is of it: an auditor of another unit must do"
            " this.",
        )


def _check_other_side(people: frozenset[str], did: Text, what: Text, context: Context) -> None:
    """Refuse whoever stood on the other side of the finding."""
    if inside := {context.actor, context.counts_for} & people:
        who = "、".join(sorted(inside))
        refuse(
            "both-sides",
            f"{who} {did.zh}，不得再{what.zh}：须由他人办理。",
            f"{', '.join(sorted(inside))} {did.en}, and may not {what.en}: somebody else must.",
        )
