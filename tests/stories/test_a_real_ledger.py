"""Tests that an imported real ledger gives the figures of a plain script."""

from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casework.application.figures.upkeep import follow, recounted
from casework.application.ledgers import import_file as import_ledger
from casework.application.operations import init as opening
from casework.application.runtime.runtime import Runtime
from casework.bootstrap import open_runtime
from casework.demo import ledger as demo
from casework.exchange.ledger_map import slug
from casework.projection.ask import ask
from casework.projection.question import Answer, Question
from casework.settings import Settings
from tests.stories.terminal import Terminal

DATA = demo.LEDGER
TRUTH: dict[str, Any] = json.loads((DATA / "truth.json").read_bytes())
LOG = demo.LOG


def new_runtime(folder: Path) -> Runtime:
    settings = Settings(folder=str(folder), log=LOG)
    opening.init(settings, open_runtime, log=LOG, county=demo.COUNTY, time_zone=demo.TIME_ZONE, operator="test")
    return open_runtime(settings)


@pytest.fixture(scope="module")
def boston(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    runtime = new_runtime(tmp_path_factory.mktemp("boston"))
    report = import_ledger.run(runtime, LOG, DATA / "ledger.csv.gz", DATA / "map.toml", with_roster=True)
    assert (report.rows, report.rejected, report.changed) == (6000, 0, [])
    assert report.entries == TRUTH["events_open_plus_close"]
    assert follow(runtime, LOG) == {}
    yield runtime
    runtime.close()


def of(runtime: Runtime, name: str, **question: Any) -> Answer:
    return ask(runtime.engine, runtime.projection(name), LOG, Question(**question))


def by_label(counts: dict[str, int]) -> dict[str, int]:
    return {"" if label == "(blank)" else slug(label): number for label, number in counts.items()}


def column(answer: Answer, key: str, measure: str) -> dict[str, int]:
    return {row[key]: row[measure] for row in answer.rows if row[measure]}


def test_every_figure_of_the_boston_demo_equals_the_truth_file(boston: Runtime) -> None:
    lines = list(demo.figures(boston, LOG))

    assert len(lines) >= 13
    assert [(line.en, line.counted, line.truth) for line in lines if not line.equal] == []


@pytest.mark.parametrize(
    ("column_by", "measure", "truth"),
    [
        ("unit", "registered", "cases_per_department"),
        ("unit", "closed", "closed_per_department"),
        ("township", "registered", "cases_per_neighborhood"),
        ("township", "closed", "closed_per_neighborhood"),
    ],
)
def test_cases_and_closings_by_unit_and_township_equal_the_truth_file(
    boston: Runtime, column_by: str, measure: str, truth: str
) -> None:
    answer = of(boston, "resolved_by_township", by=[column_by])

    assert column(answer, column_by, measure) == by_label(TRUTH[truth])


def test_requests_by_channel_equal_the_truth_file(boston: Runtime) -> None:
    answer = of(boston, "requests_by_channel", by=["channel"])

    assert column(answer, "channel", "requests") == by_label(TRUTH["cases_per_source"])


def test_timeliness_counts_equal_the_truth_file(boston: Runtime) -> None:
    (row,) = of(boston, "timeliness_by_unit", by=[]).rows
    expected = TRUTH["closed_on_time_recomputed"]

    assert (row["on_time"], row["late"], row["no_due"]) == (
        expected["on_time"],
        expected["late"],
        expected["no_target"],
    )
    assert row["on_time_rate"]["denominator"] == expected["on_time"] + expected["late"]


@pytest.mark.parametrize("month", sorted(TRUTH["open_at_month_start"]))
def test_open_cases_at_each_month_start_equal_the_truth_file(boston: Runtime, month: str) -> None:
    (row,) = of(boston, "resolved_by_township", by=[], until=month[:10]).rows

    assert row["open"] == TRUTH["open_at_month_start"][month]["open"]
    assert row["registered"] == TRUTH["open_at_month_start"][month]["opened"]


def test_median_hours_by_neighbourhood_equal_the_truth_file(boston: Runtime) -> None:
    answer = of(boston, "time_to_resolve", by=["township"], exact=True)
    found = {row["township"]: round(row["seconds_p50"] / 3600, 4) for row in answer.rows if row["seconds_n"]}

    assert found == by_label(TRUTH["median_hours_wall_per_neighborhood"])


def test_median_hours_by_department_leave_out_the_summer_time_hour(boston: Runtime) -> None:
    """The truth file counts wall-clock times. Two departments mostly close across the change to summer time:
    counted from real instants their medians are one hour less."""
    answer = of(boston, "time_to_resolve", by=["unit"], exact=True)
    found = {row["unit"]: round(row["seconds_p50"] / 3600, 4) for row in answer.rows if row["seconds_n"]}
    wall_clock = by_label(TRUTH["median_hours_wall_per_department"])

    shorter = {slug("PROP"), slug("No Q")}
    assert found.keys() == wall_clock.keys()
    assert {unit: hours for unit, hours in found.items() if unit not in shorter} == {
        unit: hours for unit, hours in wall_clock.items() if unit not in shorter
    }
    assert {unit: round(wall_clock[unit] - found[unit], 4) for unit in shorter} == dict.fromkeys(shorter, 1.0)


def test_quantiles_from_buckets_differ_by_at_most_one_percent(boston: Runtime) -> None:
    rough = {row["unit"]: row["seconds_p50"] for row in of(boston, "time_to_resolve", by=["unit"]).rows}
    exact = {row["unit"]: row["seconds_p50"] for row in of(boston, "time_to_resolve", by=["unit"], exact=True).rows}

    assert rough.keys() == exact.keys()
    for unit, seconds in exact.items():
        if seconds is not None:
            assert abs(rough[unit] - seconds) <= max(1, abs(seconds) * 0.01)


def test_an_imported_ledger_counts_no_solved_case_and_no_action(boston: Runtime) -> None:
    (row,) = of(boston, "resolved_by_township", by=[]).rows
    (work,) = of(boston, "cadre_workload", by=[]).rows

    assert row["solved"] == 0, "the ledger says closed, not solved"
    assert work["actions"] == work["touched"] == 0


def test_every_projection_of_the_ledger_equals_its_recount(boston: Runtime) -> None:
    assert {p.name: recounted(boston, LOG, p.name) for p in boston.shelf} == {p.name: [] for p in boston.shelf}


# ── again, half, changed, wrong ─────────────────────────────────────────────────────────────────────────────────


def some_rows(tmp_path: Path, number: int, **changes: dict[str, str]) -> Path:
    """The first rows of the ledger; changes: id → column=value."""
    path = tmp_path / "some.csv"
    with gzip.open(DATA / "ledger.csv.gz", "rt", encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))[:number]
    for row in rows:
        row.update(changes.get(f"row_{row['CASE_ENQUIRY_ID']}", {}))
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def enter(runtime: Runtime, ledger: Path, **options: Any) -> import_ledger.Report:
    options = {"with_roster": True, **options}
    return import_ledger.run(runtime, LOG, ledger, DATA / "map.toml", rejects=ledger.with_suffix(".rejects"), **options)


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    opened = new_runtime(tmp_path / "data")
    yield opened
    opened.close()


def test_importing_a_ledger_again_adds_no_entry(runtime: Runtime, tmp_path: Path) -> None:
    ledger = some_rows(tmp_path, 40)
    first = enter(runtime, ledger)
    size = runtime.store.head(LOG).size

    second = enter(runtime, ledger)

    assert (second.entries, second.changed, runtime.store.head(LOG).size) == (0, [], size)
    assert second.repeated == first.entries > 40


def test_a_dry_run_reports_the_rows_and_stores_nothing(runtime: Runtime, tmp_path: Path) -> None:
    ledger = some_rows(tmp_path, 10, row_101001240740={"OPEN_DT": "yesterday"})
    size = runtime.store.head(LOG).size

    report = enter(runtime, ledger, dry_run=True)

    assert (report.rows, report.understood, report.rejected) == (10, 9, 1)
    assert runtime.store.head(LOG).size == size


def test_the_rejects_file_holds_line_column_reason_and_value(runtime: Runtime, tmp_path: Path) -> None:
    ledger = some_rows(tmp_path, 5, row_101001240740={"OPEN_DT": "=cmd|' /C calc'!A0"})

    report = enter(runtime, ledger)

    with Path(report.rejects_file).open(encoding="utf-8-sig", newline="") as lines:
        (found,) = list(csv.DictReader(lines))
    assert (found["line"], found["column"]) == ("5", "OPEN_DT")
    assert found["reason"] == "不是“%m/%d/%Y %I:%M:%S %p”格式的时间", "in the language of the settings"
    assert found["value"].startswith("'="), "a spreadsheet must not run it"
    assert Path(report.rejects_file).stat().st_mode & 0o077 == 0
    assert report.cases == 4


def test_a_ledger_case_closed_before_it_opened_is_kept_and_reported(runtime: Runtime, tmp_path: Path) -> None:
    ledger = some_rows(tmp_path, 5, row_101001240734={"CLOSED_DT": "12/31/2014 11:00:00 PM"})

    report = enter(runtime, ledger)
    follow(runtime, LOG)

    assert report.closed_before_opened == [2]
    (row,) = of(runtime, "time_to_resolve", by=[]).rows
    assert (row["negative"], row["closed"]) == (1, 4)
    (state,) = of(runtime, "resolved_by_township", by=[], until="2015-01-01").rows or [{"open": 0}]
    assert state["open"] == 0, "a stock is negative"


def test_a_changed_ledger_row_is_corrected_only_on_request(runtime: Runtime, tmp_path: Path) -> None:
    enter(runtime, some_rows(tmp_path, 5))
    changed = some_rows(tmp_path, 5, row_101001240734={"neighborhood": "Charlestown"})
    size = runtime.store.head(LOG).size

    told = enter(runtime, changed, with_roster=False)
    assert [(c.line, c.external_ref) for c in told.changed] == [(2, "boston311:101001240734")]
    assert (told.entries, runtime.store.head(LOG).size) == (0, size)

    corrected = enter(runtime, changed, with_roster=True, corrections=True)
    follow(runtime, LOG)
    assert "“地点”（area） downtown_financial_district → charlestown" in corrected.changed[0].what
    assert column(of(runtime, "resolved_by_township", by=["township"]), "township", "registered")["charlestown"] >= 1
    assert enter(runtime, changed, corrections=True).corrected == 0


def test_a_ledger_row_that_was_reopened_is_reported(runtime: Runtime, tmp_path: Path) -> None:
    enter(runtime, some_rows(tmp_path, 3))

    told = enter(runtime, some_rows(tmp_path, 3, row_101001240734={"CLOSED_DT": "", "CASE_STATUS": "Open"}))

    assert "台账写的是未办结，办件已于 2015-01-02 办结" in told.changed[0].what


def test_a_ledger_row_with_a_too_long_text_is_rejected_whole(runtime: Runtime, tmp_path: Path) -> None:
    ledger = some_rows(tmp_path, 3, row_101001240734={"CLOSURE_REASON": "x" * 70_000})

    report = enter(runtime, ledger)

    assert (report.cases, report.rejected) == (2, 1), "the case did not enter without its closing"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
def test_a_killed_import_run_again_stores_every_row_once(tmp_path: Path) -> None:
    new_runtime(tmp_path / "data").close()
    ledger = some_rows(tmp_path, 1500)
    command = [
        sys.executable,
        "-m",
        "casework",
        "import",
        str(ledger),
        "--map",
        str(DATA / "map.toml"),
        "--with-roster",
    ]
    environment = {**os.environ, "CASEWORK_FOLDER": str(tmp_path / "data"), "CASEWORK_LOG": LOG}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    opened = open_runtime(Settings(folder=str(tmp_path / "data"), log=LOG))
    before = opened.store.head(LOG).size
    deadline = time.monotonic() + 60
    while opened.store.head(LOG).size < before + 500 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert process.poll() is None, "it was killed in the middle"
    process.send_signal(signal.SIGKILL)
    process.wait()
    cut = opened.store.head(LOG).size

    report = enter(opened, ledger)
    follow(opened, LOG)

    assert before < cut
    assert report.repeated > 0
    assert report.changed == []
    (row,) = of(opened, "resolved_by_township", by=[]).rows
    assert (row["registered"], row["closed"]) == (1500, row["closings"])
    seqs = [entry.seq for entry in opened.store.read(LOG, since=0, limit=100_000)]
    assert seqs == list(range(opened.store.head(LOG).size))
    opened.close()
    shutil.rmtree(tmp_path / "data")


def test_the_import_command_reports_odd_and_rejected_rows(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}")
    terminal("init", LOG, "--county", demo.COUNTY, "--time-zone", demo.TIME_ZONE)
    ledger = some_rows(
        tmp_path,
        6,
        row_101001240734={"CLOSED_DT": "12/31/2014 11:00:00 PM"},
        row_101001240735={"neighborhood": ""},
        row_101001240736={"OPEN_DT": "yesterday"},
    )

    result = terminal.run("import", str(ledger), "--map", str(DATA / "map.toml"), "--with-roster")

    assert result.exit_code == 1, "a row was rejected"
    assert "1 rows name no place: kept blank" in result.stdout
    assert "1 rows were closed before they were opened, both times kept: lines 2" in result.stdout
    assert "rejected rows are in" in result.stdout
