"""A county to measure in: a fresh folder with a roster."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from casework.application.operations.init import prepare_place
from casework.application.runtime.runtime import Runtime
from casework.bootstrap import FINISHERS, PREPARERS
from casework.change.rows import hook as write_changes
from casework.clock import Clock, SimulatedClock, written
from casework.database import engine as database
from casework.law.county.events import PersonalDataErased
from casework.law.kinds import COMMANDS, streams
from casework.log.sql import SqlStore
from casework.log.submission import Submission
from casework.log.writer import Writer
from casework.projection import shelf
from casework.seal import keys
from casework.seal.erasure import hook as destroy_keys
from casework.seal.sealing import Sealer
from casework.settings import Settings

LOG = "990001"
TOWNSHIPS = tuple(f"t{number:02}" for number in range(1, 21))
VILLAGES = 8
CADRES = 25
CATEGORIES = ("road", "water", "power", "land", "school", "health", "quarrel", "pension", "housing", "crops")
CHANNELS = ("counter", "visit", "hotline", "courier", "grid", "online")
#: who sees the whole county
SUPERVISOR = "cadre/county"
#: days before today at which the log was opened; its histories end before today, so that today's clock can go on
OPENED_DAYS_AGO = 350


def open_runtime(folder: Path, clock: Clock | None = None) -> Runtime:
    """As the program opens one, but with a clock that may be set."""
    settings = Settings(folder=str(folder))
    prepare_place(settings)
    engine = database.engine_for(settings.url)
    return Runtime(
        settings=settings,
        engine=engine,
        store=SqlStore(engine),
        writer=Writer(
            engine, after_append=[write_changes], after_event={PersonalDataErased: destroy_keys}, clock=clock
        ),
        sealer=Sealer(keys.load(settings.wrapping_key_file)),
        shelf=shelf.load(()),
        preparers=PREPARERS,
        finishers=FINISHERS,
    )


def opened_on() -> datetime:
    """The instant at which every county here was opened."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=OPENED_DAYS_AGO)


def found_county(folder: Path) -> None:
    """Open the log and declare its roster: 20 townships, 160 villages, 21 units, 500 cadres, 10 categories."""
    folder.mkdir(parents=True, exist_ok=True)
    runtime = open_runtime(folder, SimulatedClock(written(opened_on())))
    try:
        asked = [_asked(number, name, members) for number, (name, members) in enumerate(_declarations())]
        for outcome in runtime.writer.append_now(asked):
            if isinstance(outcome, Exception):
                raise outcome
    finally:
        runtime.close()


def _asked(number: int, name: str, members: dict[str, Any]) -> Submission:
    command = msgspec.convert(members, COMMANDS[name])
    return Submission(
        log=LOG,
        command_id=f"found/{number}",
        command=command,
        streams=streams(command),
        actor="system/operator",
        role="administrator",
        source="cli",
        digest=b"",
    )


def _declarations() -> Iterator[tuple[str, dict[str, Any]]]:
    since = {"from": written(opened_on())[:10]}
    yield "open-log", {"log": LOG, "origin": f"casework.local/{LOG}", "county": "量云县"}
    yield "declare-area", {"area": LOG, "label": "量云县", "level": "county", **since}
    yield "declare-unit", {"unit": "county", "label": "县政府办", "area": LOG, "level": "county", **since}
    yield "declare-cadre", {"cadre": SUPERVISOR, "unit": "county", "roles": ["supervisor", "auditor"], **since}
    for category in CATEGORIES:
        yield "declare-category", {"category": category, "label": category, "due_days": 10, **since}
    for place in TOWNSHIPS:
        yield "declare-area", {"area": place, "label": f"{place}镇", "level": "township", "parent": LOG, **since}
        for village in range(VILLAGES):
            name = f"{place}-{village}"
            yield "declare-area", {"area": name, "label": f"{name}村", "level": "village", "parent": place, **since}
        yield "declare-unit", {"unit": place, "label": f"{place}镇政府", "parent": "county", "area": place, **since}
        for number in range(CADRES):
            roles = ["cadre"] if number else ["cadre", "unit_lead", "dispatcher"]
            yield "declare-cadre", {"cadre": cadre(place, number), "unit": place, "roles": roles, **since}


def cadre(township: str, number: int) -> str:
    """The cadre of that number in a township; number 0 dispatches."""
    return f"cadre/{township}-{number:02}"
