"""`casework access`: lists who read sealed data, and checks that ledger."""

from __future__ import annotations

import sys

import rich_click as click

from casework.application.access.actor import resolve
from casework.application.read_audit.daily_digest import altered, fix
from casework.application.read_audit.query import accesses
from casework.cli.session import Session, with_session


@click.group()
def access() -> None:
    """查阅台账。 The access ledger: who read what is sealed, when and why."""


@access.command(name="list")
@click.option("--case", default="", metavar="NUMBER", help="哪一件。 Of a case.")
@click.option("--actor", default="", metavar="cadre/ID", help="谁查阅的。 By a reader.")
@click.option("--day", default="", metavar="DATE", help="哪一天。 On a day.")
@click.option("--limit", type=int, default=100, show_default=True, help="最多几行。 Rows at most.")
@click.option("--as", "who", required=True, metavar="cadre/ID", help="何人查询。 Who asks.")
@click.option("--role", type=click.Choice(["auditor", "privacy_officer"]), default="auditor", show_default=True)
@with_session
def list_(session: Session, case: str, actor: str, day: str, limit: int, who: str, role: str) -> None:
    """查询谁查阅过。 Who read, the latest first; for auditors and privacy officers."""
    runtime, log = session.runtime, session.log
    found = accesses(
        runtime, log, resolve(runtime.county(log, fresh=True), who, role), case=case, actor=actor, day=day, limit=limit
    )
    columns = ["at", "actor", "role", "what", "number", "shown", "source", "operator", "reason"]
    session.listing(found, columns, found.rows)


@access.command()
@with_session
def digest(session: Session) -> None:
    """日结：把已过去的日子记入账。 Fix each day that is over by an entry; a server does so by itself."""
    days = fix(session.runtime, session.log)
    if session.shown_as_json(days):
        return
    for one in days:
        session.say(f"{one.day}：{one.rows} 次查阅，{one.sha256}", f"{one.day}: {one.rows} readings, {one.sha256}")
    if not days:
        session.say("没有待结的日子", "no day waits to be fixed")


@access.command()
@with_session
def verify(session: Session) -> None:
    """核对：台账是否仍与日结一致。 Whether every fixed day is as it was; status 1 where one is not."""
    wrong = altered(session.runtime, session.log)
    if session.as_json:
        session.show([{"fixed": said, "now": now} for said, now in wrong])
    for said, now in wrong:
        session.say(
            f"{said.day} 被改动过：日结 {said.rows} 次查阅，现有 {now.rows} 次，或内容不同",
            f"{said.day} was altered: fixed with {said.rows} readings, there are {now.rows}, or others",
        )
    if wrong:
        sys.exit(1)
    session.say("各日与日结一致", "every fixed day is as it was")


COMMANDS = (access,)
