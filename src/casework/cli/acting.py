"""What commands that enter something share: `--as`, `--role`, and sending the command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rich_click as click

from casework.application.access.actor import Actor
from casework.application.commands.handle import handle, request_of
from casework.application.figures import upkeep as projections
from casework.cli.session import Session, with_session
from casework.law.context import ROLES

as_option = click.option("--as", "actor", required=True, metavar="cadre/ID", help="何人办理。 Who acts.")


def role_option(usual: str | None = None) -> Callable[..., Any]:
    """`--role`; required where no USUAL one is given."""
    given: dict[str, Any] = {"default": usual, "show_default": True} if usual else {"required": True}
    choice = click.Choice(list(ROLES))
    return click.option("--role", type=choice, metavar="ROLE", help="以何身份。 In which role.", **given)


def acting(usual: str | None = None) -> Callable[..., Any]:
    """The options of a command that enters something, and the session as its first argument."""
    return lambda function: as_option(role_option(usual)(with_session(function)))


def act(session: Session, command: str, given: dict[str, Any], actor: str, role: str, command_id: str = "") -> Any:
    """Carry COMMAND out, bring the projections up to date, and show the answer where JSON is wanted."""
    request = request_of(Actor(actor, role), session.via, session.log, command, given, command_id)
    answer = handle(session.runtime, request)
    follow(session)
    if session.as_json:
        session.show(answer)
    return answer


def follow(session: Session) -> None:
    """Bring the projections up to date, and note each that could not follow."""
    session.note_behind(projections.follow(session.runtime, session.log))
