"""`casework serve` serves the API and the pages; `casework version` prints the version."""

from __future__ import annotations

import msgspec
import rich_click as click

from casework import __version__
from casework.cli.refusals import refused
from casework.cli.session import Session, json_option, pass_session


@click.command()
@click.option("--host", default=None, metavar="ADDRESS", help="监听地址。 Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), help="端口；0 为任一空闲端口。 TCP port; 0 takes a free one.")
@click.option("--workers", type=click.IntRange(1, 64), help="进程数（仅 PostgreSQL）。 Processes; PostgreSQL only.")
@pass_session
def serve(session: Session, host: str | None, port: int | None, workers: int | None) -> None:
    """启动服务。 Serve the API; Ctrl+C or SIGTERM answers what is queued and stops.

    Callers need a token: `casework token create`. By default it listens on this machine alone; for callers elsewhere
    put a reverse proxy with TLS before it.
    """
    given = {name: value for name, value in (("host", host), ("port", port), ("workers", workers)) if value is not None}
    settings = msgspec.structs.replace(
        session.settings, server=msgspec.structs.replace(session.settings.server, **given)
    )
    try:
        session.serve(settings, lambda where: session.say(f"服务地址：{where}", f"serving at {where}"))
    except OSError as why:
        where = f"{settings.server.host}:{settings.server.port}"
        raise refused("address-taken", where=where, strerror=why.strerror) from None


@click.command()
@json_option
@pass_session
def version(session: Session) -> None:
    """版本。 The version of the program."""
    if not session.shown_as_json({"casework": __version__}):
        click.echo(f"casework {__version__}")


COMMANDS = (serve, version)
