"""Imports a real ledger and prints its figures beside an outside count."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

from casework.application.operations import init as opening
from casework.demo import ledger as showing
from casework.demo.refusals import refused
from casework.demo.terminal import Terminal, move_to, suggest


def show_ledger(terminal: Terminal, folder: Path) -> None:
    """Import the ledger into FOLDER and print every figure beside the outside count; an unequal one is an error."""
    move_to(terminal, folder, showing.LOG)
    began = monotonic()
    opening.prepare_place(terminal.settings)
    if showing.LOG not in terminal.runtime.logs():
        terminal.close()
        opening.init(
            terminal.settings,
            terminal.open_runtime,
            log=showing.LOG,
            county=showing.COUNTY,
            time_zone=showing.TIME_ZONE,
            operator=terminal.operator,
        )
    terminal.say(f"导入真实台账（6000 行）到 {folder}/ …", f"importing a real ledger (6,000 rows) into {folder}/ …")
    with terminal.progress("导入", "importing") as tick:
        shown = showing.run(terminal.runtime, progress=lambda stage, done, total: tick(done, total or None))
    if terminal.as_json:
        terminal.show(shown)
    else:
        _print(terminal, shown, monotonic() - began, folder)
    if not all(line.equal for line in shown.lines):
        raise refused("not-as-counted")


def _print(terminal: Terminal, shown: showing.Shown, seconds: float, folder: Path) -> None:
    report = shown.report
    terminal.say(
        f"{report.rows} 行 → 新增 {report.entries} 条记录（早已入账 {report.repeated} 条），用时 {seconds:.0f} 秒",
        f"{report.rows} rows → {report.entries} entries ({report.repeated} were known already), {seconds:.0f} s",
    )
    columns = [terminal.text("数字", "figure"), terminal.text("从账里数出", "counted from the log")]
    columns += [terminal.text("外部脚本所数", "counted outside"), ""]
    rows = [
        [terminal.text(line.zh, line.en), line.counted, line.truth, "=" if line.equal else "≠"] for line in shown.lines
    ]
    terminal.table(columns, rows, right=frozenset({1, 2}))
    year = terminal.runtime.store.head(showing.LOG).recorded_on[:4]
    terminal.say("接着可以：", "go on with:")
    suggest(
        terminal,
        folder,
        "ask resolved_by_township --by township",
        "ask time_to_resolve --by unit --exact",
        "ask resolved_by_township --by kind --as-of 2015-02-28",
        f"replay {showing.LOG}-{year}-000001",
        "projections recount",
        "doctor",
    )
