"""`casework account`: makes, resets, disables and unlocks accounts with a password.

A password or a code never stands on the command line: one is prompted for, the other is printed once.
"""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from casework.application.accounts import accounts, sessions
from casework.application.accounts import provider_links as account_links
from casework.application.accounts.accounts import ACTIVE, DISABLED, Account, NewCode
from casework.cli.session import Session, with_session
from casework.exchange import link_rows

prompt_option = click.option(
    "--prompt",
    is_flag=True,
    help="当场设密码（不显示），代替一次性初始码。 Ask for a password here, instead of printing a set-up code.",
)


@click.group()
def account() -> None:
    """账号：以密码登录。 Accounts: with which people sign in."""


@account.command()
@click.argument("login")
@click.option("--as", "actor", required=True, metavar="cadre/ID", help="为何人。 For whom.")
@prompt_option
@with_session
def create(session: Session, login: str, actor: str, prompt: bool) -> None:
    """开设账号。 An account for somebody in the roster; its set-up code is shown this once.

    With the code they sign in once, and choose a password of their own.
    """
    made = accounts.create(
        session.runtime, session.log, login, actor, by=_by(session), password=asked(session) if prompt else ""
    )
    tell(session, made)


@account.command()
@click.argument("login")
@prompt_option
@click.option("--second-factor", is_flag=True, help="并关闭两步验证。 Take the second factor off as well.")
@with_session
def reset(session: Session, login: str, prompt: bool, second_factor: bool) -> None:
    """重置密码。 A new set-up code for a forgotten password; all sessions of the account end."""
    accounts.get(session.runtime, session.log, login)
    password = asked(session) if prompt else ""
    made = accounts.reset(session.runtime, session.log, login, by=_by(session), password=password, second=second_factor)
    tell(session, made)


@account.command()
@click.argument("login")
@with_session
def disable(session: Session, login: str) -> None:
    """停用账号。 The account cannot sign in any more; its sessions end within a second."""
    _state(session, accounts.set_state(session.runtime, session.log, login, DISABLED, by=_by(session)))


@account.command()
@click.argument("login")
@with_session
def enable(session: Session, login: str) -> None:
    """启用账号。 The account can sign in again, with the password that it had."""
    _state(session, accounts.set_state(session.runtime, session.log, login, ACTIVE, by=_by(session)))


@account.command()
@click.argument("login")
@with_session
def unlock(session: Session, login: str) -> None:
    """解锁账号。 Allow another try at once after too many failures."""
    _state(session, accounts.unlock(session.runtime, session.log, login))


@account.command()
@click.argument("login")
@with_session
def link(session: Session, login: str) -> None:
    """关联统一身份。 Link the account to a person at the county's identity provider; asks for their identifier there.

    It may be an identity number: it is read from the terminal or from a pipe, never stands on the command line, and
    only a keyed hash of it is kept. Sessions of the account end.
    """
    accounts.get(session.runtime, session.log, login)
    subject = click.prompt(session.text("在身份平台上的标识", "identifier at the identity provider"), err=True)
    _linked(session, account_links.link(session.runtime, session.log, login, subject, by=_by(session)))


@account.command(name="link-all")
@click.argument("file", type=click.Path(path_type=Path))
@with_session
def link_all(session: Session, file: Path) -> None:
    """批量关联。 Link many, from a CSV file with the columns login and subject: all of them or none.

    Links that exist stay as they are. Delete the file afterwards.
    """
    rows = link_rows.read(file)
    changed = account_links.link_all(session.runtime, session.log, rows, by=_by(session))
    session.answer(
        {"lines": len(rows), "changed": changed},
        f"{len(rows)} 行，新关联或改动 {changed} 个账号",
        f"{len(rows)} lines, {changed} accounts linked anew",
    )


@account.command()
@click.argument("login")
@with_session
def unlink(session: Session, login: str) -> None:
    """解除关联。 The identity provider does not sign it in any more; its sessions end."""
    _linked(session, account_links.unlink(session.runtime, session.log, login, by=_by(session)))


@account.command(name="sign-out")
@click.argument("login")
@click.argument("id", required=False)
@with_session
def sign_out(session: Session, login: str, id: str | None) -> None:
    """结束登录。 End the session with that ID, as of a lost phone (`account show` has it), or all."""
    accounts.get(session.runtime, session.log, login)
    if id:
        sessions.end(session.runtime, session.log, login, id, by=_by(session))
    else:
        sessions.end_all(session.runtime, session.log, login, by=_by(session))
    _show(session, login)


@account.command()
@click.argument("login")
@with_session
def show(session: Session, login: str) -> None:
    """查看登录与设备。 The open sessions and devices of an account."""
    _show(session, login)


@account.command(name="list")
@with_session
def list_(session: Session) -> None:
    """列出账号。 Every account: whose, in which state, when they last signed in."""
    known = accounts.listed(session.runtime, session.log)
    yes = session.text("是", "yes")
    session.listing(
        known,
        ["login", "actor", "state", "second", "linked", "signed_in_at", "code_until", "locked_until"],
        second=lambda one: yes if one.second else "",
        linked=lambda one: yes if one.linked else "",
    )


def asked(session: Session) -> str:
    """A password, typed twice and not shown."""
    return click.prompt(session.text("新密码", "new password"), hide_input=True, confirmation_prompt=True, err=True)


def tell(session: Session, made: NewCode) -> None:
    """Print the new account: the code alone on stdout, the rest on stderr."""
    if session.shown_as_json(made):
        return
    about = made.about
    if made.code:
        click.echo(made.code)
        session.note(
            f"账号 {about.login}（{about.actor}）的初始码如上，{about.code_until} 前登录一次有效，不会再次显示",
            f"the set-up code of {about.login} ({about.actor}), good for one sign-in until {about.code_until};"
            " it is not shown again",
        )
    else:
        session.say(
            f"账号 {about.login}（{about.actor}）已设密码", f"{about.login} ({about.actor}) has that password now"
        )


def _by(session: Session) -> str:
    """The login on this machine, as accounts record who changed them."""
    return f"operator/{session.operator}"


def _state(session: Session, about: Account) -> None:
    state = {ACTIVE: session.text("有效", "active"), DISABLED: session.text("停用", "disabled")}[about.state]
    session.answer(about, f"账号 {about.login}：{state}", f"{about.login} is {state}")


def _linked(session: Session, about: Account) -> None:
    zh, en = ("已关联", "somebody at the identity provider") if about.linked else ("未关联", "nobody there")
    session.answer(about, f"账号 {about.login} {zh}统一身份", f"{about.login} is linked to {en}")


def _show(session: Session, login: str) -> None:
    accounts.get(session.runtime, session.log, login)
    found = sessions.open_of(session.runtime, session.log, login)
    session.listing(found, ["id", "role", "device", "made_at", "seen_at", "expires_at"])


COMMANDS = (account,)
