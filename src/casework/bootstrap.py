"""Wires the application: opens the runtime and starts the server."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

from casework.application.access import receipts
from casework.application.findings.findings import check_cited
from casework.application.privacy.erase import name_streams
from casework.application.runtime.runtime import Finisher, Preparer, Runtime
from casework.change.rows import hook as write_changes
from casework.clock import Clock
from casework.database import engine as database
from casework.law.county.events import PersonalDataErased
from casework.log.sql import SqlStore
from casework.log.writer import Writer
from casework.projection import shelf
from casework.seal import keys
from casework.seal.erasure import hook as destroy_keys
from casework.seal.sealing import Sealer
from casework.settings import Settings

if TYPE_CHECKING:
    from casework.demo.terminal import Terminal

#: commands that need more than the others do, before the writer gets them and once it has answered
PREPARERS: dict[str, Preparer] = {
    "erase-personal-data": name_streams,
    "record-finding": check_cited,
    **dict.fromkeys(receipts.ISSUING, receipts.hash_receipt),
}
FINISHERS: dict[str, Finisher] = dict.fromkeys(receipts.ISSUING, receipts.receipted)


def open_runtime(settings: Settings, clock: Clock | None = None) -> Runtime:
    """Everything opened: database, keys, writer (by the machine's clock, or another), shelf. Close it when done."""
    key = keys.load(settings.wrapping_key_file)
    engine = database.engine_for(settings.url)
    sealer = Sealer(key, engine)
    projections = shelf.load(settings.projection_folders)
    writer = Writer(
        engine,
        after_append=[write_changes],
        after_event={PersonalDataErased: destroy_keys},
        clock=clock,
        max_queue=settings.writer.queue,
    )
    return Runtime(
        settings=settings,
        engine=engine,
        store=SqlStore(engine),
        writer=writer,
        sealer=sealer,
        shelf=projections,
        preparers=PREPARERS,
        finishers=FINISHERS,
    )


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve the API until told to stop, with as many processes as the settings say; SAY is told where it answers."""
    # the web is slow to import, and most runs of the program need none of it
    from casework.application.accounts.oidc_provider import issuer_of  # noqa: PLC0415
    from casework.application.operations.init import make_ready  # noqa: PLC0415
    from casework.application.outbox.channels import channel_of  # noqa: PLC0415
    from casework.http import server  # noqa: PLC0415

    make_ready(settings)
    channel_of(settings)  # said before anything is served, if it cannot be
    issuer_of(settings)
    with server.listen(settings) as bound:
        if settings.server.workers > 1:
            # the runtime is opened after the fork: threads and connections do not survive one
            say(server.address(bound))
            server.run_many(_serve, settings, bound)
        else:
            _serve(settings, bound, lambda: say(server.address(bound)))


def demo(terminal: Terminal, folder: Path, *, ledger: bool, share: Fraction, serve: bool) -> None:
    """Show in FOLDER the simulated county, or as much of it as SHARE says; or with LEDGER a real ledger."""
    from casework.demo.ledger import show_ledger  # noqa: PLC0415
    from casework.demo.show_county import show_county  # noqa: PLC0415

    if ledger:
        show_ledger(terminal, folder)
    else:
        show_county(terminal, folder, share, serve=serve)


def _serve(settings: Settings, bound: socket, ready: Callable[[], None] | None = None, *, first: bool = True) -> None:
    """One process: a runtime of its own behind the shared socket. One of several follows the log with its counts."""
    from casework.application.figures.follower import Follower  # noqa: PLC0415
    from casework.application.outbox.channels import channel_of  # noqa: PLC0415
    from casework.application.outbox.courier import Courier  # noqa: PLC0415
    from casework.application.privacy import retention  # noqa: PLC0415
    from casework.application.read_audit import daily_digest as access_days  # noqa: PLC0415
    from casework.http import server  # noqa: PLC0415
    from casework.http.app import create_app  # noqa: PLC0415

    runtime = open_runtime(settings)
    follower = Follower(runtime, chores=(access_days.fix, retention.run)) if first else None
    channel = channel_of(settings) if first else None
    courier = Courier(runtime, channel) if channel is not None else None
    try:
        for one in (follower, courier):
            if one is not None:
                one.start()
        app = create_app(runtime, follower=follower)
        if ready is not None:
            ready()
        server.run(app, settings, bound)
    finally:
        for one in (courier, follower):
            if one is not None:
                one.close()
        runtime.close()
    if app.state.server.is_asked:
        server.leave_at_once()
