"""Tests that the simulated county's projections count what its plan says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET
from sqlalchemy import select

from casework.application.figures.upkeep import recounted
from casework.application.runtime.runtime import Runtime
from casework.bootstrap import open_runtime
from casework.demo.county import load as county
from casework.demo.county.cast import ROSTER, read
from casework.demo.county.figures import figures
from casework.demo.county.load import LOG, Loaded, load
from casework.demo.county.plan import Plan
from casework.demo.county.year import Year, instant
from casework.exchange.roster_files import example
from casework.law.kinds import COMMANDS
from casework.projection.ask import ask
from casework.projection.question import Question
from casework.seal.tables import subject_key
from casework.settings import Database, Settings
from tests.databases import SERVE, PostgresServer, as_role

pytestmark = pytest.mark.slow

LAST = date(2026, 6, 30)
SHARE = Fraction(1, 40)
#: entries of opening and roster, before the first case
ROSTER_ENDS = 1320
#: commands not in the simulated year: for operators, ledgers or later years, or sent by receipt
NOT_LIVED = {
    "archive-case", "change-confidentiality", "correct-record", "unmerge-case", "raise-need",
    "issue-receipt", "choose-messages", "add-information", "ask-about-data", "answer-data-request",
}  # fmt: skip


def settings(folder: Path, **also: Any) -> Settings:
    return Settings(folder=str(folder), log=LOG, **also)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Runtime, Loaded]]:
    place = settings(tmp_path_factory.mktemp("county"))
    loaded = load(place, open_runtime, last=LAST, share=SHARE)
    runtime = open_runtime(place)
    yield runtime, loaded
    runtime.close()


def history(runtime: Runtime) -> list[tuple[Any, ...]]:
    """The facts of every entry: not its salt, its keys and what is sealed under them."""
    told: list[tuple[Any, ...]] = []
    while some := runtime.store.read(LOG, since=len(told)):
        for e in some:
            # roster commands have random ids; those of the year are derived from their position
            command = "" if e.seq < ROSTER_ENDS else e.command
            told.append(
                (e.seq, e.stream, e.rev, e.type, e.at, e.occurred, e.actor, e.role, e.unit, e.for_, command, e.data)
            )
    return told


def counted(runtime: Runtime) -> dict[str, int]:
    (row,) = ask(runtime.engine, runtime.projection("livelihood_figures"), LOG, Question(by=[])).rows
    return row


def agrees(runtime: Runtime, loaded: Loaded) -> bool:
    row, expected = counted(runtime), loaded.expected
    return {name: row[name] for name in expected.__struct_fields__} == {
        name: getattr(expected, name) for name in expected.__struct_fields__
    }


def test_the_plan_of_the_whole_county_gives_1990_and_15120() -> None:
    expected = Plan(Year(LAST), county.SEED).expected()

    assert (expected.matters_completed, expected.difficulties_solved) == (1990, 15120)
    assert expected.matters_open + expected.difficulties_open > 2500


def test_the_demo_roster_has_20_townships_and_558_cadres() -> None:
    cast = read(example(ROSTER))

    assert len(cast.townships) == 20
    assert sum(len(township.villages) for township in cast.townships) == 165
    assert sum(len(station.people) for township in cast.townships for station in township.stations.values()) == 558
    assert (example(ROSTER) / "areas.csv").read_bytes() == (example("lancang") / "areas.csv").read_bytes()


def test_projections_of_the_simulated_county_count_the_plan(lived: tuple[Runtime, Loaded]) -> None:
    runtime, loaded = lived

    assert (loaded.expected.matters_completed, loaded.expected.difficulties_solved) == (50, 378)
    assert agrees(runtime, loaded)
    assert recounted(runtime, LOG, "livelihood_figures") == []
    assert [(f.en, f.value) for f in figures(runtime)][:2] == [("matters completed", 50), ("difficulties solved", 378)]


def test_the_law_refuses_no_command_of_the_simulated_county(lived: tuple[Runtime, Loaded]) -> None:
    _, loaded = lived

    assert (loaded.refused, loaded.refusals) == (0, [])


def test_a_simulated_log_is_marked_and_ends_on_its_last_day(lived: tuple[Runtime, Loaded]) -> None:
    runtime, _ = lived
    told = history(runtime)
    times = [at for _, _, _, _, at, *_ in told]

    assert runtime.county(LOG, fresh=True).state.clock == "simulated"
    assert runtime.store.read(LOG, limit=1)[0].recorded_on == "2025-07-01"
    assert times == sorted(times)
    assert runtime.store.head(LOG).recorded_on == LAST.isoformat()


def test_every_simulated_command_is_recorded_at_its_planned_time(lived: tuple[Runtime, Loaded]) -> None:
    runtime, _ = lived
    acts = Plan(Year(LAST), county.SEED, SHARE).acts(read(example(ROSTER)))
    planned = {act.members.get("case", act.members.get("activity")): instant(act.at) for act in acts}
    recorded = {stream: at for _, stream, _, kind, at, *_ in history(runtime) if kind != "case-absorbed.v1"}

    assert {stream: recorded[stream] for stream in planned} == planned


def test_the_simulated_county_uses_every_case_command_but_a_listed_few(lived: tuple[Runtime, Loaded]) -> None:
    runtime, _ = lived
    acts = list(Plan(Year(LAST), county.SEED, SHARE).acts(read(example(ROSTER))))
    asked = {name for name in COMMANDS if "ledger" not in name and COMMANDS[name].__struct_fields__[:1] == ("case",)}

    assert asked - {act.command for act in acts} == NOT_LIVED
    assert {e.source.partition("/")[0] for e in runtime.store.read(LOG, since=ROSTER_ENDS, limit=10_000)} == {
        "api",
        "page",
        "offline",
        "timer",
    }


def test_every_sealed_part_of_a_simulated_case_concerns_its_resident(lived: tuple[Runtime, Loaded]) -> None:
    """Otherwise an erasure would miss a note that a cadre made before the registration was stored."""
    runtime, _ = lived
    asked: dict[str, str] = {}
    size, seen = runtime.store.head(LOG).size, 0
    with runtime.engine.connect() as db:
        concerned = {tuple(row) for row in db.execute(select(subject_key.c.subject, subject_key.c.kid))}
    for since in range(0, size, 1000):
        for entry in runtime.store.read(LOG, since=since):
            assert isinstance(entry.data, dict)
            if entry.type == "case-registered.v1" and "resident" in entry.data:
                asked[entry.stream] = entry.data["resident"]
            if entry.stream in asked and entry.sealed is not UNSET:
                for commitment in entry.sealed:
                    seen += 1
                    assert (asked[entry.stream], commitment.kid) in concerned, entry

    assert seen > 500


def test_an_interrupted_simulation_resumes_with_the_same_history(lived: tuple[Runtime, Loaded], tmp_path: Path) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        if stage == "year" and done > 150:
            raise KeyboardInterrupt

    place = settings(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        load(place, open_runtime, last=LAST, share=SHARE, progress=stop)
    half = open_runtime(place)
    stood = half.store.head(LOG).size
    assert not county.is_loaded(half)
    half.close()
    loaded = load(place, open_runtime, last=date(2026, 7, 1), share=SHARE)  # a day later, and still the same year
    runtime = open_runtime(place)

    assert 2000 < stood < runtime.store.head(LOG).size
    assert county.is_loaded(runtime)
    assert history(runtime) == history(lived[0])
    assert agrees(runtime, loaded)
    runtime.close()


@pytest.mark.nightly
def test_another_seed_gives_other_cases_and_the_same_figures(lived: tuple[Runtime, Loaded], tmp_path: Path) -> None:
    place = settings(tmp_path)
    loaded = load(place, open_runtime, last=LAST, share=SHARE, seed=7)
    runtime = open_runtime(place)

    assert loaded.refused == 0
    assert agrees(runtime, loaded)
    assert history(runtime)[2000:] != history(lived[0])[2000:]
    runtime.close()


@pytest.mark.nightly
def test_the_same_seed_gives_the_same_history_on_postgresql(
    lived: tuple[Runtime, Loaded], postgres_server: PostgresServer, tmp_path: Path
) -> None:
    with postgres_server.database() as url:
        place = settings(tmp_path, database=Database(url=as_role(url, SERVE), owner_url=url))
        loaded = load(place, open_runtime, last=LAST, share=SHARE)
        runtime = open_runtime(place)

        assert loaded.refused == 0
        assert agrees(runtime, loaded)
        assert history(runtime) == history(lived[0])
        runtime.close()
