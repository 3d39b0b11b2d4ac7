"""`casework finding`: records, answers, closes and lists auditors' findings."""

from __future__ import annotations

import rich_click as click
from msgspec.structs import asdict

from casework.application.access.actor import resolve
from casework.application.cases.find_case import find_case
from casework.application.findings import findings as audit_findings
from casework.application.findings.findings import find_finding
from casework.cli.acting import act, acting, role_option
from casework.cli.session import Session, with_session
from casework.cli.values import members
from casework.law.findings.commands import RecordFinding
from casework.law.findings.events import FINDING_KINDS, FINDING_OUTCOMES, FINDING_STATUSES


@click.group()
def finding() -> None:
    """审计发现：记录、答复、销号。 What auditors found: recorded, answered by the unit concerned, closed."""


@finding.command()
@click.argument("words", nargs=-1, metavar="[key=value]...")
@acting("auditor")
def record(session: Session, words: tuple[str, ...], actor: str, role: str) -> None:
    """记录一项问题。 Record a finding about a case, a published figure, or the county as a whole.

    kind=fake_closure|backdating|recounted|overdue|stalling|overreach|other, due_on=DATE and details=WORDS; then
    case=NUMBER, or projection=NAME, where='{"column": "value"}' and as_of=SIZE; unit=CODE; evidence='[12, 15]'.
    """
    answer = act(session, "record-finding", members(words, RecordFinding), actor, role)
    session.say(f"{answer.stream}：已记录", f"{answer.stream}: recorded")


@finding.command()
@click.argument("name", metavar="FINDING")
@click.argument("words", metavar="ANSWER")
@acting("unit_lead")
def answer(session: Session, name: str, words: str, actor: str, role: str) -> None:
    """整改答复：由责任单位负责人或督办领导答复。 Answer a finding, as head of the unit concerned or supervisor."""
    given = {"finding": find_finding(session.runtime, session.log, name), "answer": words}
    answer = act(session, "answer-finding", given, actor, role)
    session.say(f"{answer.stream}：已答复", f"{answer.stream}: answered")


@finding.command()
@click.argument("name", metavar="FINDING")
@click.argument("outcome", type=click.Choice(list(FINDING_OUTCOMES)))
@click.argument("words", metavar="WHY")
@acting("auditor")
def close(session: Session, name: str, outcome: str, words: str, actor: str, role: str) -> None:
    """销号，并写明理由。 Close a finding: upheld, unfounded or remedied, and why."""
    stream = find_finding(session.runtime, session.log, name)
    answer = act(session, "close-finding", {"finding": stream, "outcome": outcome, "explanation": words}, actor, role)
    session.say(f"{answer.stream}：已销号", f"{answer.stream}: closed")


@finding.command("list")
@click.option("--status", type=click.Choice(list(FINDING_STATUSES)), default=None, help="如何。 How they stand.")
@click.option("--kind", type=click.Choice(list(FINDING_KINDS)), default=None, help="问题种类。 Of what kind.")
@click.option("--unit", default="", metavar="CODE", help="责任单位。 Of a unit concerned.")
@click.option("--case", default="", metavar="NUMBER", help="所涉办件。 About a case.")
@click.option("--limit", type=int, default=50, show_default=True, help="最多几项。 How many at most.")
@click.option("--after", default="", help="上一页给出的 next。 `next` of the page before.")
@with_session
def list_(session: Session, status: str | None, kind: str | None, unit: str, case: str, limit: int, after: str) -> None:
    """审计发现清单。 Findings, the latest first."""
    runtime, log = session.runtime, session.log
    stream = find_case(runtime, log, case) if case else ""
    found = audit_findings.findings(
        runtime, log, status=status or "", kind=kind or "", unit=unit, case=stream, limit=limit, after=after
    )
    if session.shown_as_json(found):
        return
    columns = ("finding", "kind", "about", "number", "projection", "unit", "status", "outcome", "recorded_on", "due_on")
    session.records(found.rows, columns)
    if found.next:
        session.say(f"还有：--after {found.next}", f"more: --after {found.next}")


@finding.command()
@click.argument("name", metavar="FINDING")
@click.option("--as", "actor", default="", metavar="cadre/ID", help="何人查看；写明才看得到文字。 Who reads its texts.")
@role_option("auditor")
@with_session
def show(session: Session, name: str, actor: str, role: str) -> None:
    """一项审计发现。 One finding; its texts are opened for readers who may, and the reading is recorded."""
    runtime, log = session.runtime, session.log
    who = resolve(runtime.county(log, fresh=True), actor, role) if actor else None
    found = audit_findings.finding(runtime, log, find_finding(runtime, log, name), who)
    if session.shown_as_json(found):
        return
    for member, value in asdict(found.line).items():
        if value not in ("", 0):
            click.echo(f"{member:<12} {value}")
    if found.where or found.as_of:
        click.echo(f"{'figure':<12} {found.where} @ {found.as_of}")
    if found.evidence:
        click.echo(f"{'evidence':<12} {', '.join(map(str, found.evidence))}")
    for step in found.steps:
        click.echo(click.style(f"{step.recorded_on}  {step.type}  {step.actor} ({step.role})", bold=True))
        for part in step.sealed:
            click.echo(f"  {part.member:<12} {part.value if part.state == 'open' else f'({part.state})'}")


COMMANDS = (finding,)
