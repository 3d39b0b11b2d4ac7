"""`casework doctor` checks an installation; `casework prune` deletes remembered commands that are old."""

from __future__ import annotations

import sys

import rich_click as click

from casework.application.operations import doctor as checking
from casework.application.operations import prune as pruning
from casework.cli.session import Session, log_option, pass_session, with_session


@click.command()
@click.option(
    "--full", is_flag=True, help="逐条核对全部账目和变更行。 Every entry, and every change row against the fold."
)
@with_session
def doctor(session: Session, full: bool) -> None:
    """体检：数据库、时钟、密钥、账目、统计。 Check database, clock, key, entries, counts; status 1 if not well."""
    with session.progress("核对", "checking") as tick:
        findings = list(checking.examine(session.settings, session.open_runtime, full=full, progress=tick))
    if not session.shown_as_json(findings):
        marks = {"well": "✓", "warning": "!", "ill": "✗"}
        for one in findings:
            said = session.text(one.zh, one.en)
            click.echo(f"{marks[one.state]} {one.check:<12} {one.log + ' ' if one.log else ''}{said}")
    if any(one.state == "ill" for one in findings):
        sys.exit(1)


@click.command()
@click.option(
    "--older-than", "days", type=int, required=True, metavar="DAYS", help="多少天以前的。 Answered so long ago."
)
@log_option
@pass_session
def prune(session: Session, days: int) -> None:
    """清理早已答复的指令；账目不变。 Forget commands answered long ago; a repeat is answered from the entries.

    Choose DAYS longer than any device may stay away: a repeat with other content is not noticed after that.
    """
    with session.progress("清理", "pruning") as tick:
        gone = pruning.prune(session.runtime, session.log, days, tick)
    session.say(f"已清理 {gone} 条指令", f"{gone} commands forgotten")


COMMANDS = (doctor, prune)
