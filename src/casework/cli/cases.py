"""`casework case` and `casework replay`: shows one case, as it stands and step by step."""

from __future__ import annotations

import re
from typing import Any

import rich_click as click
from msgspec.structs import replace

from casework.application.access.actor import Actor, Visit, resolve
from casework.application.cases import open_case as opening
from casework.application.cases.find_case import find_case
from casework.application.cases.labels import TERMS, fact_names
from casework.application.cases.replay import Replayed
from casework.application.cases.replay import replay as play
from casework.cli.session import Session, with_session
from casework.cli.usage_errors import Usage
from casework.law.context import ROLES

_AS = click.option("--as", "actor", default="", metavar="cadre/ID", help="何人查看；封存内容只给有权者。 Who reads.")
_ROLE = click.option("--role", type=click.Choice(list(ROLES)), metavar="ROLE", help="以何身份。 In which role.")
_REASON = click.option(
    "--reason", default="", metavar="CODE", help="查阅理由代码，记入查阅台账。 Why, for the access ledger: a code."
)

#: state of a sealed part that is not shown → what stands in its place
_UNREAD = {
    "sealed": ("〔已封存〕", "[sealed]"),
    "erased": ("〔已依法删除〕", "[erased]"),
    "missing": ("〔密钥或密文缺失〕", "[key or text missing]"),
}


def _reader(session: Session, actor: str, role: str | None, reason: str) -> Actor | None:
    if not actor and not role:
        return None
    if not actor or not role:
        raise Usage("--as 和 --role 要同时写", "--as and --role belong together")
    if not re.fullmatch(r"([a-z][a-z0-9_]{0,63})?", reason):
        raise Usage(
            "--reason 应为小写代码，如 complaint_followup",
            "--reason is a code in lower case, such as complaint_followup",
        )
    visit = Visit(source="cli", operator=session.operator, reason=reason)
    return replace(resolve(session.runtime.county(session.log, fresh=True), actor, role), visit=visit)


@click.command()
@click.argument("number")
@_AS
@_ROLE
@_REASON
@with_session
def case(session: Session, number: str, actor: str, role: str | None, reason: str) -> None:
    """办件：现状与全部经过。 A case as it stands, with its whole timeline.

    NUMBER is a case number, an id (`case/…`), or the id a ledger gave it. What is sealed is shown to those who may
    read it: say who you are with --as and --role.
    """
    runtime, log = session.runtime, session.log
    found = opening.open_case(runtime, log, find_case(runtime, log, number), _reader(session, actor, role, reason))
    if actor and not found.unsealed:
        session.note(
            f"{actor} 以{ROLES.get(role or '', '')}身份不能看封存内容：不在其辖区、单位或知悉范围之内",
            f"{actor} as {role} may not read what is sealed here: outside their area, unit or level of secrecy",
        )
    if session.shown_as_json(found):
        return
    name = found.number or found.stream
    click.echo(click.style(f"{name}  {_term(session, 'status', found.facts.get('status', ''))}", bold=True))
    click.echo(f"{found.stream}  " + session.text(f"修订号 {found.rev}", f"revision {found.rev}"))
    for fact, value in found.facts.items():
        if value not in ("", 0):
            click.echo(f"  {_fact_name(session, fact):<24} {_term(session, fact, value)}")
    for holder in found.holders:
        part = _part(session, holder["role"])
        click.echo(f"  {session.text('承办', 'held by')}: {holder['unit']} {holder['cadre']} ({part})")
    click.echo("")
    for step in found.timeline:
        click.echo(f"{step.seq:>8}  {step.at}  {step.type:<28} {_who(session, step)}")
        _sealed(session, step)


@click.command()
@click.argument("number")
@click.option("--until", default="", metavar="DATE|SIZE", help="到何日、或账上第几条为止。 As known then.")
@_AS
@_ROLE
@_REASON
@with_session
def replay(session: Session, number: str, until: str, actor: str, role: str | None, reason: str) -> None:
    """重演：一步一步看办件的经过，每步改变了什么。 A case step by step, and what each step made of the facts.

    Shown are the position in the log, when it was recorded and when it happened, who in which role, what, and the
    facts before → after. `--until 2026-06-30` shows what was known at the end of that day.
    """
    runtime, log = session.runtime, session.log
    steps = play(runtime, log, find_case(runtime, log, number), until, _reader(session, actor, role, reason))
    if session.shown_as_json(steps):
        return
    for one in steps:
        _print(session, one)


def _print(session: Session, one: Replayed) -> None:
    step = one.step
    what = session.text(one.what_zh, one.what_en)
    happened = step.occurred or step.occurred_on
    head = f"#{step.seq}  {step.at}"
    if happened != step.at:
        head += session.text(f"（发生于 {happened}）", f" (happened {happened})")
    click.echo(click.style(f"{head}  {what}", bold=True))
    role = session.text(ROLES.get(step.role, step.role), step.role)
    for_ = session.text("代", "for ") + step.counts_for if step.counts_for != step.actor else ""
    told = " ".join(part for part in (step.actor, for_, f"[{role}]", step.unit, step.type) if part)
    click.echo(f"    {told}  {step.source}{' ' + step.operator if step.operator else ''}")
    for change in one.changes:
        before = _term(session, change.fact, change.before)
        after = _term(session, change.fact, change.after)
        click.echo(f"    {_fact_name(session, change.fact)}: {before or '–'} → {after or '–'}")
    _sealed(session, step)


def _who(session: Session, step: opening.Step) -> str:
    role = session.text(ROLES.get(step.role, step.role), step.role)
    return f"{step.actor} [{role}]" + (f" → {step.counts_for}" if step.counts_for != step.actor else "")


def _part(session: Session, role: str) -> str:
    """Which part a holder has in a case."""
    return session.text("主办" if role == "lead" else "协办", role)


def _sealed(session: Session, step: opening.Step) -> None:
    for part in step.sealed:
        shown = _value(part.value) if part.state == "open" else session.text(*_UNREAD[part.state])
        click.echo(f"    {part.member}: {shown}")


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{name} {inner}" for name, inner in value.items())
    return str(value)


def _fact_name(session: Session, fact: str) -> str:
    return session.text(*fact_names().get(fact, (fact, fact)))


def _term(session: Session, fact: str, value: Any) -> str:
    if session.language == "en" or value == "":
        return str(value)
    return TERMS.get(fact, {}).get(str(value), str(value))


COMMANDS = (case, replay)
