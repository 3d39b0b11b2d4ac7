"""View of one case's page: facts, holders, steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.application.access.actor import Actor
from casework.application.cases.find_case import find_case
from casework.application.cases.labels import labels
from casework.application.cases.open_case import Opened, open_case
from casework.application.cases.overdue import stands_overdue
from casework.application.cases.replay import Replayed, replay
from casework.application.findings.findings import MOST, findings
from casework.application.runtime.runtime import County, Runtime
from casework.database.engine import reading
from casework.http.pages.finding_view import FindingLine, StepView, lines_of, sealed_parts
from casework.http.pages.views import Frame, dotted, frame, local, name_of, plain, role_of, term
from casework.http.pages.words import Words

#: facts that say how a case is counted and not what it is about
_NOT_TOLD = frozenset(
    "status number timed contacted parked supervised on_the_spot resolve_seconds contact_seconds".split()
)


#: the first round is not shown; later ones are
_FIRST = ("round", 1)


class CaseStep(StepView, frozen=True, kw_only=True):
    """A step with what it brought along and what it changed."""

    happened: str
    attachments: list[tuple[str, str]]
    changes: list[tuple[str, str, str]]


class CasePage(Frame, frozen=True, kw_only=True):
    """A case."""

    number: str
    status: str
    tone: str
    summary: str
    holders: list[str]
    facts: list[tuple[str, str]]
    survey: tuple[str, str] | None
    findings: list[FindingLine]
    until: str
    steps: list[CaseStep]


def case_page(runtime: Runtime, log: str, who: Actor, w: Words, name: str, until: str) -> CasePage:
    """The case called NAME, as WHO may see it, with its steps as they were known then."""
    stream = find_case(runtime, log, name, who)
    found = open_case(runtime, log, stream, who, must_see=True)
    steps = replay(runtime, log, stream, until, who, must_see=True, noted=True)
    county = runtime.county(log)
    names = _names(runtime, county, found, steps)
    with reading(runtime.engine) as db:
        late = stands_overdue(db, log, stream, county.today)
    return CasePage(
        **frame(runtime, log, who, w),
        number=found.number,
        status=term(w, "status", found.facts["status"], names),
        tone="late" if late else "",
        summary=_summary(found),
        holders=[_holder(w, holder, names) for holder in found.holders],
        facts=[
            (name_of(w, fact), term(w, fact, value, names))
            for fact, value in found.facts.items()
            if value not in ("", 0) and fact not in _NOT_TOLD and (fact, value) != _FIRST
        ],
        survey=_survey(log, found.facts["survey"], names),
        findings=lines_of(runtime, log, w, findings(runtime, log, who, case=stream, limit=MOST).rows),
        until=until,
        steps=[_step(w, log, found.number, one, names, county.zone) for one in steps],
    )


def _names(runtime: Runtime, county: County, found: Opened, steps: list[Replayed]) -> Mapping[str, Mapping[str, str]]:
    moved = [{change.fact: value} for one in steps for change in one.changes for value in (change.before, change.after)]
    units = [{"unit": holder["unit"]} for holder in found.holders] + [{"unit": one.step.unit} for one in steps]
    columns = ("area", "township", "unit", "closer_unit", "category", "survey")
    return labels(runtime, county, columns, [found.facts, *moved, *units])


def _step(
    w: Words, log: str, number: str, one: Replayed, names: Mapping[str, Mapping[str, str]], zone: str
) -> CaseStep:
    step = one.step
    happened = local(step.occurred, zone) if step.occurred and step.occurred != step.at else ""
    if not step.occurred and step.occurred_on != step.recorded_on:
        happened = step.occurred_on
    for_ = f"{getattr(w, 'for')} {plain(step.counts_for)}" if step.counts_for != step.actor else ""
    who = " ".join(part for part in (plain(step.actor), for_) if part)
    unit = names.get("unit", {}).get(step.unit, step.unit)
    return CaseStep(
        entry=step,
        when=local(step.at, zone),
        happened=happened,
        what=w.of((one.what_zh, one.what_en)),
        who=dotted(who, role_of(w, step.role), unit),
        **sealed_parts(w, step),
        attachments=[
            (digest[:12], f"/{log}/cases/{number}/attachments/{digest}") for digest in step.data.get("evidence", ())
        ],
        changes=[
            (
                name_of(w, change.fact),
                term(w, change.fact, change.before, names),
                term(w, change.fact, change.after, names),
            )
            for change in one.changes
            if (change.fact not in _NOT_TOLD or change.fact == "status") and (change.fact, change.after) != _FIRST
        ],
    )


def _survey(log: str, stream: str, names: Mapping[str, Mapping[str, str]]) -> tuple[str, str] | None:
    """Where the survey is found that it comes from, and what that is called."""
    title = names.get("survey", {}).get(stream, stream)
    return (f"/{log}/surveys/{stream.partition('/')[2]}", title) if stream else None


def _summary(found: Opened) -> str:
    parts = (part for step in found.timeline[:1] for part in step.sealed)
    return next((part.value for part in parts if part.member == "summary" and part.state == "open"), "")


def _holder(w: Words, holder: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> str:
    unit = names.get("unit", {}).get(holder["unit"], holder["unit"])
    role = w.lead if holder["role"] == "lead" else w.co
    return " ".join(
        part for part in (unit, plain(holder["cadre"]), f"({role})" if w.language == "en" else f"（{role}）") if part
    )
