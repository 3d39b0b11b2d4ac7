"""Tests that repeats of pruned commands are still answered and stored once."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import func, select, update

from casework.application.commands.handle import Request, handle
from casework.application.operations.doctor import examine
from casework.bootstrap import open_runtime
from casework.clock import written
from casework.database.engine import engine_for, writing
from casework.log.errors import CommandReused
from casework.log.schema import command
from tests.operators.county import LOG, OTHER, runtime_of, terminal_of

OLD = "register/old"


def asked(**members):
    return Request(
        log=LOG,
        command="register-case",
        members={"area": "menglang-1", "category": "water", **members},
        command_id=OLD,
        actor="cadre/finch",
        role="caller",
        source="api",
    )


def commands_in(settings, log=LOG):
    engine = engine_for(settings.url)
    try:
        with engine.connect() as db:
            return db.scalar(select(func.count()).select_from(command).where(command.c.log == log))
    finally:
        engine.dispose()


def age(settings, days, log=LOG):
    """Let every command have been answered so many days ago."""
    engine = engine_for(settings.migration_url)
    with writing(engine) as db:
        then = written(datetime.now(UTC) - timedelta(days=days))
        db.execute(update(command).where(command.c.log == log).values(at=then))
    engine.dispose()


def test_a_repeat_of_a_pruned_command_is_answered_from_its_entries(county):
    with runtime_of(county) as runtime:
        first = handle(runtime, asked())
        size = runtime.store.head(LOG).size
    age(county, 100)
    with runtime_of(county) as runtime:
        younger = handle(runtime, msgspec.structs.replace(asked(), command_id="register/young"))

    assert "commands forgotten" in terminal_of(county)("prune", "--older-than", "60", "--log", LOG)

    assert commands_in(county) == 1
    assert commands_in(county, OTHER) == 1
    with runtime_of(county) as runtime:
        again = handle(runtime, asked())
        assert again.repeated
        assert (again.seq, again.number, again.events) == (first.seq, first.number, first.events)
        assert runtime.store.head(LOG).size == younger.size == size + 1
        with pytest.raises(CommandReused):
            handle(runtime, msgspec.structs.replace(asked(), actor="system/operator", role="administrator"))
    assert [one for one in examine(county, open_runtime, full=True) if one.state == "ill"] == []


def test_pruning_in_slices_removes_every_old_command(file_county, monkeypatch):
    monkeypatch.setattr("casework.application.operations.prune._SLICE", 7)
    there = commands_in(file_county)
    age(file_county, 100)

    said = terminal_of(file_county)("prune", "--older-than", "60", "--log", LOG)

    assert said == f"{there} commands forgotten\n"
    assert commands_in(file_county) == 0


def test_commands_younger_than_the_limit_are_not_pruned(file_county):
    there = commands_in(file_county)

    assert "kept for 30 days at least" in terminal_of(file_county).refused("prune", "--older-than", "29", "--log", LOG)
    age(file_county, 45)
    assert terminal_of(file_county)("prune", "--older-than", "60", "--log", LOG) == "0 commands forgotten\n"
    assert commands_in(file_county) == there
