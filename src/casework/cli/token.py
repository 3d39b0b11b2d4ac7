"""`casework token`: makes, lists and revokes tokens for the API."""

from __future__ import annotations

import rich_click as click

from casework.application.access.token_scopes import SCOPES, USUAL
from casework.application.accounts import tokens
from casework.cli.session import Session, with_session
from casework.law.context import ROLES


@click.group()
def token() -> None:
    """令牌：API 的凭证。 Tokens with which programs and devices use the API."""


@token.command()
@click.option("--as", "actor", required=True, metavar="cadre/ID", help="为何人。 For whom.")
@click.option("--role", required=True, type=click.Choice(list(ROLES)), metavar="ROLE", help="以何身份。 In which role.")
@click.option(
    "--area",
    metavar="CODE",
    help="范围：该区域及其下级；默认本单位所在区域；'' 为全县。"
    " Area with everything below it; the unit's home by default, '' for the whole county.",
)
@click.option("--unit", default="", metavar="CODE", help="以何单位，兼职时指明。 For which unit, of several posts.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(list(SCOPES)),
    help="用途，可多次；默认查看和办理。 What it may be used for, may be repeated; looking and acting by default.",
)
@click.option("--days", type=int, default=tokens.DAYS, show_default=True, help="有效天数。 Days until it expires.")
@with_session
def create(
    session: Session, actor: str, role: str, area: str | None, unit: str, scopes: tuple[str, ...], days: int
) -> None:
    """生成令牌，仅显示一次。 Make a token; it is shown this once, and kept as a hash.

    The actor must be in the roster, in that role.
    """
    made = tokens.create(
        session.runtime, session.log, actor, role,
        made_by=session.operator, area=area, days=days, scopes=scopes or USUAL, unit=unit,
    )  # fmt: skip
    if session.shown_as_json(made):
        return
    click.echo(made.token)
    session.note(
        f"令牌 {made.about.id}：{actor}，{ROLES[role]}，范围 {made.about.area or '全县'}，"
        f"{made.about.expires_at} 到期；请妥善保存，不会再次显示",
        f"token {made.about.id} for {actor} as {role}, area {made.about.area or 'the whole county'}, until"
        f" {made.about.expires_at}; keep it safe, it is not shown again",
    )


@token.command(name="list")
@with_session
def list_(session: Session) -> None:
    """列出令牌。 Every token: for whom, until when, whether it is good; never the token itself."""
    known = tokens.listed(session.runtime, session.log)
    states = {True: session.text("有效", "good"), False: session.text("失效", "closed")}
    session.listing(
        known,
        ["id", "actor", "role", "unit", "area", "scopes", "made_at", "expires_at", "state"],
        scopes=lambda one: " ".join(one.scopes),
        state=lambda one: states[one.is_good],
    )


@token.command()
@click.argument("id")
@with_session
def revoke(session: Session, id: str) -> None:
    """撤销令牌。 Revoke a token, within a second; ID is in the list."""
    closed = tokens.revoke(session.runtime, session.log, id)
    session.answer(closed, f"令牌 {id} 已撤销", f"token {id} is revoked")


COMMANDS = (token,)
