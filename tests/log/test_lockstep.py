"""Tests that random commands give the same log in memory and in SQLite."""

import contextlib

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casework.clock import SimulatedClock
from casework.database.engine import engine_for, migrate
from tests.log.contract import whole
from tests.log.county import LOG, NOON, accept, act, declarations, dispatch, ledger, opening, register, writer_on
from tests.log.memory_store import MemoryStore

CASES = st.integers(1, 3)
STEPS = st.sampled_from([register, accept, dispatch, act, lambda number, **more: ledger(number, number % 2, **more)])
IDS = st.sampled_from(["", "", "", "c-1", "c-2"])
EXPECTED = st.sampled_from([None, None, None, -1, 0, 1])
EXISTING = {}


def migrated(folder):
    """An empty, migrated file; migrated once, since that takes longest."""
    path = folder / "casework.db"
    if not EXISTING:
        migrate(f"sqlite:///{path}")
        EXISTING["bytes"] = path.read_bytes()
    path.write_bytes(EXISTING["bytes"])
    return f"sqlite:///{path}"


class Lockstep(RuleBasedStateMachine):
    """Two stores, one life."""

    @initialize()
    def open(self):
        import tempfile
        from pathlib import Path

        self.stack = contextlib.ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.clock = SimulatedClock(NOON)
        self.engine = engine_for(migrated(folder))
        self.stack.callback(self.engine.dispose)
        self.writers = [writer_on(store, self.clock, states=2) for store in (MemoryStore(), self.engine)]
        first = [opening(), *declarations()]
        for writer in self.writers:
            writer.append_now(first)

    @rule(batch=st.lists(st.tuples(STEPS, CASES, IDS, EXPECTED), min_size=1, max_size=6))
    def say(self, batch):
        commands = [step(number, command_id=id_, expected=expected) for step, number, id_, expected in batch]
        memory, sqlite = ([self.seen(outcome) for outcome in writer.append_now(commands)] for writer in self.writers)
        assert memory == sqlite

    @rule(minutes=st.integers(-3000, 60 * 24 * 400))
    def set_clock(self, minutes):
        self.clock.advance(minutes=minutes)

    @rule()
    def reopen(self):
        for place, writer in enumerate(self.writers):
            writer.close()
            self.writers[place] = writer_on(writer.store, self.clock, states=2)

    @invariant()
    def logs_agree(self):
        if not hasattr(self, "writers"):
            return
        memory, sqlite = (
            [
                (entry.stream, entry.rev, entry.type, entry.at, entry.command, entry.data)
                for entry in whole(writer.store)
            ]
            for writer in self.writers
        )
        assert memory == sqlite
        assert self.writers[0].store.head(LOG) == self.writers[1].store.head(LOG)

    def teardown(self):
        if hasattr(self, "writers"):
            for writer in self.writers:
                writer.close()
            self.stack.close()

    @staticmethod
    def seen(outcome):
        return (type(outcome).__name__, str(outcome)) if isinstance(outcome, Exception) else outcome


TestLockstep = Lockstep.TestCase
TestLockstep.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
