"""The roof: the only file that knows everybody, and builds what the doors work with."""

from __future__ import annotations

from casework.application.house import House
from casework.application.law import Law
from casework.change.write import hook as write_changes
from casework.cli import main as command_line
from casework.log import database
from casework.log.clock import Clock
from casework.log.sql import SqlStore
from casework.log.writer import Writer
from casework.projection import shelf
from casework.seal import keys
from casework.seal.erasure import hook as destroy_keys
from casework.seal.sealing import Sealer
from casework.settings import Settings


def open_house(settings: Settings, clock: Clock | None = None) -> House:
    """Everything opened: database, keys, writer (by the machine's clock, or another), shelf. Close it when done."""
    sealer = Sealer(keys.load(settings.wrapping_key_file))
    engine = database.engine_for(settings.url)
    law = Law()
    projections = shelf.load(settings.projection_folders)
    hooks = [write_changes, destroy_keys]
    writer = Writer(engine, law, after_append=hooks, clock=clock, max_queue=settings.writer.queue)
    return House(
        settings=settings,
        engine=engine,
        store=SqlStore(engine),
        writer=writer,
        sealer=sealer,
        law=law,
        shelf=projections,
    )


def main() -> None:
    """The program `casework`."""
    command_line(obj=open_house)
