"""`casework demo --ledger boston`: a real ledger goes in through the law, and its figures come out true."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import rich_click as click

from casework.application.operations import init as opening
from casework.cli.session import Session
from casework.cli.started import started
from casework.demo import ledger as showing


def import_and_show(session: Session, folder: Path) -> None:
    """Import the ledger into FOLDER and print every figure beside the outside count; an unequal one is an error."""
    began = monotonic()
    opening.prepare_place(session.settings)
    if showing.LOG not in session.runtime.logs():
        session.close()
        opening.init(
            session.settings,
            session.open_runtime,
            log=showing.LOG,
            county=showing.COUNTY,
            time_zone=showing.TIME_ZONE,
            operator=session.operator,
        )
    session.say(f"导入真实台账（6000 行）到 {folder}/ …", f"importing a real ledger (6,000 rows) into {folder}/ …")
    with session.progress("导入", "importing") as tick:
        shown = showing.run(session.runtime, progress=lambda stage, done, total: tick(done, total or None))
    if session.as_json:
        session.show(shown)
    else:
        _print(session, shown, monotonic() - began, folder)
    if not all(line.equal for line in shown.lines):
        raise click.ClickException(session.text("有数字与真值不符", "a figure differs from the outside count"))


def _print(session: Session, shown: showing.Shown, seconds: float, folder: Path) -> None:
    report = shown.report
    session.say(
        f"{report.rows} 行 → 新增 {report.entries} 条记录（早已入账 {report.repeated} 条），用时 {seconds:.0f} 秒",
        f"{report.rows} rows → {report.entries} entries ({report.repeated} were known already), {seconds:.0f} s",
    )
    columns = [session.text("数字", "figure"), session.text("从账里数出", "counted from the log")]
    columns += [session.text("外部脚本所数", "counted outside"), ""]
    rows = [
        [session.text(line.zh, line.en), line.counted, line.truth, "=" if line.equal else "≠"] for line in shown.lines
    ]
    session.table(columns, rows, right=frozenset({1, 2}))
    year = session.runtime.store.head(showing.LOG).recorded_on[:4]
    session.say("接着可以：", "go on with:")
    for command in (
        "ask resolved_by_township --by township",
        "ask time_to_resolve --by unit --exact",
        "ask resolved_by_township --by kind --as-of 2015-02-28",
        f"replay {showing.LOG}-{year}-000001",
        "projections recount",
        "doctor",
    ):
        click.echo(f"  {started(folder)} {command}")
