"""Views of the pages of auditors' findings: the list, and one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.cases.labels import labels
from casework.application.cases.open_case import Step
from casework.application.findings import findings as audit_findings
from casework.application.findings.findings import Line, Shown, find_finding
from casework.application.runtime.runtime import Runtime
from casework.http.pages.views import Frame, dotted, frame, local, term
from casework.http.pages.words import Words
from casework.law.context import ROLES
from casework.law.findings.events import FINDING_ABOUT, FINDING_KINDS, FINDING_OUTCOMES, FINDING_STATUSES
from casework.log.codec import EVENTS

Names = Mapping[str, Mapping[str, str]]


class FindingLine(Struct, frozen=True, kw_only=True):
    """A finding in a list."""

    href: str
    title: str
    status: str
    tone: str
    due: str
    told: str


class FindingsPage(Frame, frozen=True, kw_only=True):
    """A page of findings, and where it can be narrowed to."""

    tabs: list[tuple[str, str, bool]]
    findings: list[FindingLine]
    total: int
    next: str


class StepView(Struct, frozen=True, kw_only=True):
    """What was said, by whom and when."""

    entry: Step
    when: str
    what: str
    who: str
    texts: list[tuple[str, str]]
    hidden: list[tuple[str, str]]


class FindingPage(Frame, frozen=True, kw_only=True):
    """A finding."""

    title: str
    status: str
    tone: str
    case: tuple[str, str] | None
    facts: list[tuple[str, str]]
    evidence: list[tuple[int, str]]
    steps: list[StepView]


def findings_page(runtime: Runtime, log: str, who: Actor, w: Words, status: str, after: str) -> FindingsPage:
    """The list: all of them, or those that stand so."""
    found = audit_findings.findings(runtime, log, who, status=status, after=after)
    names = _names(runtime, log, found.rows)
    asked = {"status": status} if status else {}
    return FindingsPage(
        **frame(runtime, log, who, w),
        tabs=[
            (f"/{log}/findings" + (f"?status={one}" if one else ""), said, one == status)
            for one, said in (("", w.all), *((one, _said(w, FINDING_STATUSES, one)) for one in FINDING_STATUSES))
        ],
        findings=[finding_line(w, log, one, names) for one in found.rows],
        total=found.total,
        next=f"/{log}/findings?{urlencode({**asked, 'after': found.next})}" if found.next else "",
    )


def finding_page(runtime: Runtime, log: str, who: Actor, w: Words, name: str) -> FindingPage:
    """One of them."""
    found = audit_findings.finding(runtime, log, find_finding(runtime, log, name), who)
    line, names, zone = found.line, _names(runtime, log, [found.line]), runtime.county(log).zone
    address = f"/{log}/cases/{line.number}" if found.sees_case else ""
    return FindingPage(
        **frame(runtime, log, who, w),
        title=_said(w, FINDING_KINDS, line.kind),
        status=_stands(w, line),
        tone=_tone(line),
        case=(address, line.number or line.case) if line.case else None,
        facts=_facts(w, found, names),
        evidence=[(seq, f"{address}#e{seq}" if address else "") for seq in found.evidence],
        steps=[_step(w, one, names, zone) for one in found.steps],
    )


def lines_of(runtime: Runtime, log: str, w: Words, found: list[Line]) -> list[FindingLine]:
    """These findings as lines, for a desk or the page of their case."""
    names = _names(runtime, log, found)
    return [finding_line(w, log, one, names) for one in found]


def finding_line(w: Words, log: str, one: Line, names: Names) -> FindingLine:
    """A finding in words."""
    about = one.number or one.projection or ("" if one.unit else _said(w, FINDING_ABOUT, one.about))
    return FindingLine(
        href=f"/{log}/findings/{one.finding.partition('/')[2]}",
        title=_said(w, FINDING_KINDS, one.kind),
        status=_stands(w, one),
        tone=_tone(one),
        due=f"{w.answer_due} {one.due_on}" if one.status in ("open", "overdue") else "",
        told=dotted(about, term(w, "unit", one.unit, names) if one.unit else "", one.recorded_on),
    )


def _names(runtime: Runtime, log: str, found: list[Line]) -> Names:
    places = [{"unit": one.unit, "area": one.area} for one in found]
    return labels(runtime, runtime.county(log), ("unit", "area"), places)


def _said(w: Words, terms: Mapping[str, str], code: str) -> str:
    return code.replace("_", " ") if w.language == "en" else terms.get(code, code)


def _stands(w: Words, line: Line) -> str:
    """How it stands; of a closed one, how it was closed."""
    if line.outcome:
        return _said(w, FINDING_OUTCOMES, line.outcome)
    return _said(w, FINDING_STATUSES, line.status)


def _tone(line: Line) -> str:
    return "late" if line.status == "overdue" else ""


def _facts(w: Words, found: Shown, names: Names) -> list[tuple[str, str]]:
    line = found.line
    where = ", ".join(f"{column} = {value}" for column, value in found.where.items())
    told = [
        (w.about, _said(w, FINDING_ABOUT, line.about)),
        (w.figure, line.projection),
        (w.of_which, where),
        (w.published_at, f"{found.as_of:,} {w.entries}" if found.as_of else ""),
        (w.unit_concerned, term(w, "unit", line.unit, names) if line.unit else ""),
        (w.where, term(w, "area", line.area, names) if line.area else ""),
        (w.found_on, line.recorded_on),
        (w.answer_due, line.due_on),
        (w.answered_on, line.answered_on),
        (w.closed_as, _said(w, FINDING_OUTCOMES, line.outcome)),
    ]
    return [(title, value) for title, value in told if value]


def _step(w: Words, step: Step, names: Names, zone: str) -> StepView:
    role = w.of((ROLES.get(step.role, step.role), step.role))
    for_ = f" {getattr(w, 'for')} {step.counts_for}" if step.counts_for != step.actor else ""
    unit = names.get("unit", {}).get(step.unit, step.unit)
    return StepView(
        entry=step,
        when=local(step.at, zone),
        what=EVENTS[step.type].term.on(w.language),
        who=dotted(f"{step.actor}{for_}", role, unit),
        **sealed_parts(w, step),
    )


def sealed_parts(w: Words, step: Step) -> dict[str, list[tuple[str, str]]]:
    """The open parts of a step as `texts`, and as `hidden` why the others are not shown."""
    hidden = {"sealed": w.sealed, "erased": w.erased, "missing": w.missing}
    return {
        "texts": [(w.part(part.member), _text(w, part.value)) for part in step.sealed if part.state == "open"],
        "hidden": [(w.part(part.member), hidden[part.state]) for part in step.sealed if part.state != "open"],
    }


def _text(w: Words, value: Any) -> str:
    if isinstance(value, Mapping):
        return "  ".join(f"{w.part(name)} {inner}" for name, inner in value.items())
    return str(value)
