"""`casework init` opens a county's log; `casework migrate` updates the tables."""

from __future__ import annotations

from typing import Any

import msgspec
import rich_click as click

from casework.application.accounts import accounts, passwords
from casework.application.operations import init as opening
from casework.cli.account import asked, tell
from casework.cli.session import Session, pass_session, with_session
from casework.cli.usage_errors import Usage


@click.command()
@click.argument("code", required=False)
@click.option("--county", default="", help="县名。 The county's name.")
@click.option("--time-zone", default="Asia/Shanghai", show_default=True, help="时区。 IANA name of its time zone.")
@click.option("--origin", default="", help="账的来源标识。 Schema-less URL that names this log in checkpoints.")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME=NUMBER",
    help="政策参数，可多次。 A number the law needs, e.g. due_days=15; may be repeated.",
)
@click.option(
    "--administrator",
    metavar="LOGIN",
    help="第一个管理员的登录名。 Login of the first administrator, who gets a set-up code.",
)
@click.option(
    "--prompt",
    is_flag=True,
    help="当场设其密码（不显示），代替初始码。 Ask for their password here, instead of printing a set-up code.",
)
@click.option("--simulated", is_flag=True, help="模拟时钟（演示用）。 The clock is simulated: for demonstrations.")
@with_session
def init(
    session: Session,
    code: str | None,
    county: str,
    policies: tuple[str, ...],
    administrator: str | None,
    prompt: bool,
    **given: Any,
) -> None:
    """开账：建立文件夹、数据库和主密钥，写入第 0 条。 Open a county's log: folder, database, wrapping key, entry 0.

    CODE is the county's code, as 530828. The wrapping key lies beside the database in a file that only you can read:
    keep a copy elsewhere, for without it nothing sealed can be read again. This, and `roster import`, are done as
    `system/operator`, by any user who may run this program here. `--administrator` also declares `cadre/LOGIN` as
    the county's first administrator, with an account.
    """
    log = code or session.settings.log
    if not log:
        raise Usage(
            "请写明县：casework init 代码 --county 名称，如 casework init 530828 --county 澜沧县",
            "which county? casework init CODE --county NAME, as casework init 530828 --county Lancang",
        )
    password = ""
    if administrator:  # checked before anything is written
        accounts.check_login(administrator)
        password = asked(session) if prompt else ""
        if password:
            passwords.check(password, administrator, session.settings.accounts.password_length)
    done = opening.init(
        session.settings,
        session.open_runtime,
        log=log,
        county=county or log,
        policy=_policy(policies),
        operator=session.operator,
        **given,
    )
    first = None
    if administrator:
        first = opening.first_administrator(
            session.runtime, done.log, administrator, operator=session.operator, password=password
        )
    if session.shown_as_json(msgspec.to_builtins(done) | ({"administrator": first} if first else {})):
        return
    session.say(f"县账 {done.log} 已开：{done.url}", f"log {done.log} is open: {done.url}")
    if done.key_made:
        session.say(
            f"主密钥已生成：{done.key_file}，请另存一份，丢失后封存内容无法恢复",
            f"wrapping key made: {done.key_file}; keep a copy elsewhere, without it what is sealed is lost",
        )
    if first is not None:
        tell(session, first)
    session.say(
        "下一步：casework roster template 空表.xlsx，填好后 casework roster import 它"
        "（试用：casework roster load --example lancang）",
        "next: casework roster template FILE.xlsx, fill it in, casework roster import FILE.xlsx"
        " (to try it out: casework roster load --example lancang)",
    )


def _policy(words: tuple[str, ...]) -> dict[str, int]:
    policy: dict[str, int] = {}
    for word in words:
        name, equals, number = word.partition("=")
        if not equals or not number.isdecimal():
            raise Usage(f"--policy {word!r} 应写成 名称=数", f"--policy {word!r} is not NAME=NUMBER")
        policy[name] = int(number)
    return policy


@click.command()
@pass_session
def migrate(session: Session) -> None:
    """升级数据库表。 Bring the tables up to this version; where the owner's URL is set, as the owner."""
    made = opening.prepare_place(session.settings)
    session.say("数据库已是最新", "the database is up to date")
    if made:
        session.say(
            f"主密钥已生成：{session.settings.wrapping_key_file}",
            f"wrapping key made: {session.settings.wrapping_key_file}",
        )


COMMANDS: tuple[click.Command, ...] = (init, migrate)
