"""`casework import` and `casework export`: a ledger in, the log out as JSON lines."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, BinaryIO, cast

import rich_click as click

from casework.application.figures import upkeep as projections
from casework.application.ledgers.import_file import run as run_import
from casework.application.ledgers.report import Report
from casework.application.operations.entries import export as lines
from casework.cli.session import Session, log_option, pass_session, with_session

#: lines of a ledger named in a remark
_SHOWN = 20
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import")
@click.argument("ledger", type=_FILE)
@click.option(
    "--map", "chart", required=True, type=_FILE, help="对照表（TOML）。 How its columns and codes are to be read."
)
@click.option("--dry-run", is_flag=True, help="只检查，不入账。 Read and check, store nothing.")
@click.option(
    "--with-roster", is_flag=True, help="先登记台账所用的区域、单位、类别。 Declare what the ledger names first."
)
@click.option("--corrections", is_flag=True, help="变化的行作为更正入账。 Enter changed rows as corrections.")
@click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="被拒行存于何处。 Where rejected rows go."
)
@with_session
def import_(session: Session, ledger: Path, chart: Path, dry_run: bool, **how: Any) -> None:
    """导入台账：逐行依规则入账；重复导入不会重复。 Import a ledger, row by row through the law.

    Running it again, or after a kill in the middle, adds nothing twice.
    Rows that cannot be understood go to a rejects file with line, column, reason and value; the rest goes in, and the
    exit status is 1.
    """
    runtime, log = session.runtime, session.log
    with session.progress("导入", "importing") as tick:
        report = run_import(
            runtime,
            log,
            ledger,
            chart,
            dry_run=dry_run,
            **how,
            operator=session.operator,
            progress=lambda stage, done, total: tick(done, total or None),
        )
    behind = {} if dry_run else follow(session)
    if not session.shown_as_json(report):
        session.say(
            f"{report.rows} 行：{report.cases} 件登记，{report.closings} 件办结，{report.actions} 条办理，"
            f"{report.repeated} 条早已入账，{report.rejected} 行被拒",
            f"{report.rows} rows: {report.cases} cases, {report.closings} closings, {report.actions} actions, "
            f"{report.repeated} known already, {report.rejected} rejected",
        )
        _remarks(session, report)
        if report.rejects_file:
            session.say(f"被拒行见 {report.rejects_file}", f"rejected rows are in {report.rejects_file}")
    session.note_behind(behind)
    if report.rejected:
        sys.exit(1)


def _remarks(session: Session, report: Report) -> None:
    """Print what an officer should check: statements kept as they are, rows left unchanged."""
    if report.blank_area:
        session.say(f"{report.blank_area} 行没有地点：照录为空", f"{report.blank_area} rows name no place: kept blank")
    early = report.closed_before_opened
    if early:
        lines = ", ".join(map(str, early[:_SHOWN])) + (" …" if len(early) > _SHOWN else "")
        session.say(
            f"{len(early)} 行办结早于登记，两个时间都照录：第 {lines} 行",
            f"{len(early)} rows were closed before they were opened, both times kept: lines {lines}",
        )
    if report.changed:
        session.say(
            f"{len(report.changed)} 行与上次导入不同：", f"{len(report.changed)} rows differ from the last import:"
        )
    for changed in report.changed[:_SHOWN]:
        click.echo(f"  {changed.line}  {changed.external_ref}  {changed.what}")
    if len(report.changed) > _SHOWN:
        session.say("  …（全部见 --json）", "  … (all of them by --json)")


def follow(session: Session) -> dict[str, str]:
    """Bring every projection up to date; returns name → why, of those that could not."""
    runtime, log = session.runtime, session.log
    behind: dict[str, str] = {}
    with session.progress("统计", "counting") as tick:
        for done, projection in enumerate(runtime.shelf):
            tick(done, len(runtime.shelf))
            behind |= projections.follow(runtime, log, [projection.name])
    return behind


@click.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写入新文件，不覆盖。 Write to a new file; an existing one is left alone.",
)
@click.option("--since", type=int, default=0, metavar="POSITION", help="自第几条。 First position.")
@click.option("--until", type=int, metavar="POSITION", help="到第几条之前。 Position after the last.")
@log_option
@pass_session
def export(session: Session, out: Path | None, since: int, until: int | None) -> None:
    """导出账目：每行一条，逐字节如实。 The log's entries as JSON lines, byte for byte as stored."""
    runtime, log = session.runtime, session.log
    found = lines(runtime, log, since=since, until=until)
    end = runtime.store.head(log).size if until is None else until
    if out is None:
        target = sys.stdout.buffer
        for _, stored in found:
            target.write(stored + b"\n")
        return
    with session.progress("导出", "exporting") as tick, out.open("xb") as file:
        count = 0
        for seq, stored in found:
            cast(BinaryIO, file).write(stored + b"\n")
            count += 1
            if count % 5_000 == 0:
                tick(seq - since, end - since)
    session.say(f"{count} 条写入 {out}", f"{count} entries written to {out}")


COMMANDS = (import_, export)
