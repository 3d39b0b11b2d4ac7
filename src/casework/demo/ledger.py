"""Imports a real ledger and prints its figures beside an outside count."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

from msgspec import Struct

from casework.application.figures.upkeep import follow
from casework.application.ledgers import import_file as import_ledger
from casework.application.operations import init as opening
from casework.application.runtime.runtime import Runtime
from casework.demo.refusals import refused
from casework.demo.terminal import Terminal, move_to, suggest
from casework.projection.ask import ask
from casework.projection.question import Answer, Question

#: the county that the ledger belongs to
LOG, COUNTY, TIME_ZONE = "us-boston", "City of Boston", "America/New_York"
LEDGER = Path(__file__).parents[1] / "data" / "boston311"


class Line(Struct, frozen=True):
    """One figure: its name (zh, en), the projection's value, and the value that a plain script counted in the file."""

    zh: str
    en: str
    counted: Any
    truth: Any

    @property
    def equal(self) -> bool:
        """Whether both values agree."""
        return self.truth is None or self.counted == self.truth


class Shown(Struct, frozen=True):
    """Report of the import, and the figures."""

    report: import_ledger.Report
    lines: list[Line]


def run(runtime: Runtime, log: str = LOG, progress: Callable[[str, int, int], None] | None = None) -> Shown:
    """Import the shipped ledger and read its figures; rows that are there already are not stored twice."""
    report = import_ledger.run(
        runtime,
        log,
        LEDGER / "ledger.csv.gz",
        LEDGER / "map.toml",
        with_roster=True,
        operator="demo",
        progress=progress,
    )
    failed = follow(runtime, log)
    if failed:
        name, why = next(iter(failed.items()))
        raise RuntimeError(f"the projection {name} could not follow: {why}")
    return Shown(report, list(figures(runtime, log)))


def figures(runtime: Runtime, log: str) -> Iterator[Line]:
    """The ledger's figures from the projections, each beside the outside count."""
    truth = json.loads((LEDGER / "truth.json").read_bytes())

    def of(name: str, **question: Any) -> Answer:
        return ask(runtime.engine, runtime.projection(name), log, Question(**question))

    (all_,) = of("resolved_by_township", by=[]).rows
    yield Line("件数", "cases", all_["registered"], truth["cases"])
    yield Line("已办结", "closed", all_["closed"], truth["closed"])
    yield Line("未办结", "open", all_["open"], truth["open"])
    blank = of("resolved_by_township", by=["township"], where={"township": ""}).rows
    yield Line("地点空白", "without a place", sum(r["registered"] for r in blank), truth["blank_neighborhood"])
    (due,) = of("timeliness_by_unit", by=[]).rows
    recomputed = truth["closed_on_time_recomputed"]
    yield Line("按时", "closed in time", due["on_time"], recomputed["on_time"])
    yield Line("超期", "closed late", due["late"], recomputed["late"])
    yield Line("无时限", "closed without a due date", due["no_due"], recomputed["no_target"])
    units = of("resolved_by_township", by=["unit"]).rows
    yield Line("单位数", "departments", len(units), len(truth["cases_per_department"]))
    (hours,) = of("time_to_resolve", by=[], exact=True).rows
    median = round(hours["seconds_p50"] / 3600, 4)
    yield Line("办理时长中位数（小时）", "median hours to close", median, truth["median_hours_tz_aware"])
    for month in ("2015-02-01", "2015-03-01", "2015-06-01", "2015-12-01"):
        (then,) = of("resolved_by_township", by=[], until=month).rows
        expected = truth["open_at_month_start"][f"{month}T00:00 local"]["open"]
        yield Line(f"{month} 时未办结", f"open on {month}", then["open"], expected)


def show_ledger(terminal: Terminal, folder: Path) -> None:
    """Import the ledger into FOLDER and print every figure beside the outside count; an unequal one is an error."""
    move_to(terminal, folder, LOG)
    began = monotonic()
    opening.prepare_place(terminal.settings)
    if LOG not in terminal.runtime.logs():
        terminal.close()
        opening.init(
            terminal.settings,
            terminal.open_runtime,
            log=LOG,
            county=COUNTY,
            time_zone=TIME_ZONE,
            operator=terminal.operator,
        )
    terminal.say(f"导入真实台账（6000 行）到 {folder}/ …", f"importing a real ledger (6,000 rows) into {folder}/ …")
    with terminal.progress("导入", "importing") as tick:
        shown = run(terminal.runtime, progress=lambda stage, done, total: tick(done, total or None))
    if terminal.as_json:
        terminal.show(shown)
    else:
        _print(terminal, shown, monotonic() - began, folder)
    if not all(line.equal for line in shown.lines):
        raise refused("not-as-counted")


def _print(terminal: Terminal, shown: Shown, seconds: float, folder: Path) -> None:
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
    year = terminal.runtime.store.head(LOG).recorded_on[:4]
    terminal.say("接着可以：", "go on with:")
    suggest(
        terminal,
        folder,
        "ask resolved_by_township --by township",
        "ask time_to_resolve --by unit --exact",
        "ask resolved_by_township --by kind --as-of 2015-02-28",
        f"replay {LOG}-{year}-000001",
        "projections recount",
        "doctor",
    )
