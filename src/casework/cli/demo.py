"""`casework demo`: a real ledger of 6,000 requests goes in through the law, and its figures come out true."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic

import msgspec
import rich_click as click

from casework.application import demo as showing
from casework.application import init as opening
from casework.cli.session import Session, json_option, pass_session


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("casework-demo"),
    show_default=True,
    help="演示数据放在哪里；再次运行不会重复入账。 Where the demo keeps its data; run again, nothing enters twice.",
)
@json_option
@pass_session
def demo(session: Session, folder: Path) -> None:
    """演示：把一本真实台账按规则导入，数字与真值逐项比对。 A real ledger in, true counts out.

    The ledger: 6,000 service requests of the City of Boston, January 2015. Each figure below is counted by a
    projection and stands beside what a plain script, independent of casework, counted in the file.
    """
    began = monotonic()
    session.close()
    session.settings = msgspec.structs.replace(
        session.settings, folder=str(folder), database=type(session.settings.database)(), key_file="", log=showing.LOG
    )
    opening.prepare_place(session.settings)
    if showing.LOG not in session.house.logs():
        session.close()
        opening.init(
            session.settings,
            session.open_house,
            log=showing.LOG,
            county=showing.COUNTY,
            time_zone=showing.TIME_ZONE,
            operator=session.operator,
        )
    session.say(f"导入真实台账（6000 行）到 {folder}/ …", f"importing a real ledger (6,000 rows) into {folder}/ …")
    with session.progress("导入", "importing") as tick:
        shown = showing.run(session.house, progress=lambda stage, done, total: tick(done, total or None))
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
    # as it was started, so that the lines work when pasted
    program = sys.argv[0] if Path(sys.argv[0]).name == "casework" else "casework"
    run = f"CASEWORK_FOLDER={folder} {program}"
    year = session.house.store.head(showing.LOG).recorded_on[:4]
    session.say("接着可以：", "go on with:")
    for command in (
        "ask resolved_by_township --by township",
        "ask time_to_resolve --by unit --exact",
        "ask resolved_by_township --by kind --as-of 2015-02-28",
        f"replay {showing.LOG}-{year}-000001",
        "projections recount",
        "doctor",
    ):
        click.echo(f"  {run} {command}")


COMMANDS = (demo,)
