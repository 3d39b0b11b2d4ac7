"""Imports a real ledger and compares its figures with an outside count."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from casework.application.figures.upkeep import follow
from casework.application.ledgers import import_file as import_ledger
from casework.application.runtime.runtime import Runtime
from casework.projection.ask import ask
from casework.projection.question import Answer, Question

#: the county that the ledger belongs to
LOG, COUNTY, TIME_ZONE = "us-boston", "City of Boston", "America/New_York"
LEDGER = Path(__file__).parents[1] / "data" / "boston311"


class Line(Struct, frozen=True):
    """One figure: what it is (zh, en), what the projection says, what a plain script counted in the file (or None)."""

    zh: str
    en: str
    counted: Any
    truth: Any

    @property
    def equal(self) -> bool:
        """Whether they agree; a figure without an outside count stands alone."""
        return self.truth is None or self.counted == self.truth


class Shown(Struct, frozen=True):
    """What the demo did."""

    report: import_ledger.Report
    lines: list[Line]


def run(runtime: Runtime, log: str = LOG, progress: Callable[[str, int, int], None] | None = None) -> Shown:
    """Import the shipped ledger (again, if it is there: nothing enters twice) and read its figures."""
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
    """The ledger's figures from the projections, each beside what a plain script counted in the file."""
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
