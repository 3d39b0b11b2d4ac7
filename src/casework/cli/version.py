"""`casework version`: prints the version."""

from __future__ import annotations

import rich_click as click

from casework import __version__
from casework.cli.session import Session, json_option, pass_session


@click.command()
@json_option
@pass_session
def version(session: Session) -> None:
    """版本。 The version of the program."""
    if not session.shown_as_json({"casework": __version__}):
        click.echo(f"casework {__version__}")


COMMANDS = (version,)
