"""`casework backup`, `restore`, `move`, `erasures`: keeps, restores and moves a county's data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import rich_click as click

from casework.application.operations import move as moving
from casework.application.operations import restore as restoring
from casework.application.operations.backup import back_up
from casework.application.operations.backup_folder import Manifest
from casework.application.operations.copy_log import Arrived, Compared
from casework.application.privacy import lost_erasures
from casework.cli.session import Session, json_option, log_option, pass_session
from casework.database.engine import opened
from casework.text import Text

_only_option = click.option(
    "--only", multiple=True, metavar="CODE", help="只取这些县账，可多次；默认全部。 Only this log; may be repeated."
)
#: step as the use case names it → its words; a table's name stands for itself
_STEPS = {
    "files": Text("核对备份文件", "checking the files"),
    "beginning": Text("核对已有条目", "checking what is there"),
    "entries": Text("写入条目", "writing entries"),
    "checking": Text("逐条核对", "checking entries"),
    "changes": Text("重算变更行", "rebuilding change rows"),
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_only_option
@json_option
@pass_session
def backup(session: Session, folder: Path, only: tuple[str, ...]) -> None:
    """备份：不停机，写入新文件夹。 Back up into a new FOLDER, as one state, while the server goes on.

    The wrapping key is not in it: the backup says which one it needs. Keep the two apart.
    """
    with session.progress("备份", "backing up") as tick, opened(session.settings.url) as engine:
        made = back_up(engine, folder, only, tick)
    if session.shown_as_json(made):
        return
    for one in made.logs:
        root = one.tables["entry"].measure.root
        session.say(
            f"{one.log}：{one.head.size} 条，截至 {one.head.at}，根散列 {root}",
            f"{one.log}: {one.head.size} entries up to {one.head.at}, root {root}",
        )
    size = sum(held.measure.bytes for one in made.logs for held in one.tables.values())
    session.say(f"已备份到 {folder}（{size / 1e6:,.1f} MB）", f"backed up to {folder} ({size / 1e6:,.1f} MB)")
    _say_keys(session, made)


def _say_keys(session: Session, made: Manifest) -> None:
    keys = sorted({key for one in made.logs for key in one.wrapping_keys})
    if keys:
        names = ", ".join(keys)
        session.say(
            f"恢复时需要主密钥 {names}：备份里没有它，请另处保存",
            f"to be restored with the wrapping key {names}, which is not in it: keep that elsewhere",
        )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_only_option
@click.option(
    "--erasures-from",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="备份之后的删除清单，或更新的备份。 Erasures since then: `casework erasures`, an export, or a newer backup.",
)
@click.option("--check", is_flag=True, help="只核对备份，不恢复。 Only check the backup; nothing is written.")
@json_option
@pass_session
def restore(session: Session, folder: Path, only: tuple[str, ...], erasures_from: Path | None, check: bool) -> None:
    """恢复：写入空的数据库，逐条核对。 Restore a backup into an empty database, everything checked.

    The wrapping key of the backup must lie where the settings say. What was erased after the backup was made comes
    back with it, unless `--erasures-from` says what that was.
    """
    if check:
        with _steps(session) as tell:
            found = restoring.check(folder, tell).manifest
        if session.as_json:
            session.show(found)
            return
        for one in found.logs:
            session.say(f"{one.log}：{one.head.size} 条，完好", f"{one.log}: {one.head.size} entries, whole")
        _say_keys(session, found)
        return
    with _steps(session) as tell:
        done = restoring.restore(
            session.settings,
            session.open_runtime,
            folder,
            only=only,
            erasures_from=erasures_from,
            operator=session.operator,
            progress=tell,
        )
    for one in done.logs:
        if one.log in done.unknown:
            session.note(
                f"注意：{one.log} 的备份截至 {one.head.at}，此后删除的个人信息随它回来了；如有，请用 --erasures-from "
                "重新恢复，或立即逐一再删（casework erase）",
                f"beware: the backup of {one.log} stands at {one.head.at}, and personal data erased after that is back;"
                " if there was any, restore again with --erasures-from, or erase it again now (casework erase)",
            )
        if any(line.table == "access_token" and line.here.rows for line in one.compared):
            session.note(
                f"注意：{one.log} 的访问令牌回到备份时的样子，此后收回的又有效了：casework token list，再收回",
                f"beware: the access tokens of {one.log} are as they were then, and those revoked since are good again:"
                " look with casework token list, and revoke them again",
            )
    if not session.shown_as_json(done):
        _say_arrived(session, done.logs, derived=False)
        for one in done.erasures:
            _say_erasure(session, one)
        session.say(f"已恢复到 {done.place}", f"restored into {done.place}")
        session.say("下一步：casework doctor --full", "next: casework doctor --full")
    _end(session, done.stopped, unwell=any(one.why_not for one in done.erasures))


def _say_erasure(session: Session, one: lost_erasures.Recorded) -> None:
    count, why_not = len(one.erasure.kids), one.why_not
    session.say(
        f"备份之后的删除（{one.erasure.at}，{count} 把密钥）未带回" + (f"；未能入账：{why_not}" if why_not else ""),
        f"erased after the backup ({one.erasure.at}, {count} keys): did not come back"
        + (f"; the log could not say so: {why_not}" if why_not else ", and the log says so again"),
    )


@click.command()
@click.option("--to", required=True, metavar="URL", help="新数据库，供日常运行的角色。 The new database, as it serves.")
@click.option(
    "--to-owner", default="", metavar="URL", help="新数据库的属主角色，默认同上。 The same for the tables' owner."
)
@_only_option
@json_option
@pass_session
def move(session: Session, to: str, to_owner: str, only: tuple[str, ...]) -> None:
    """搬家：逐条搬到另一个数据库，原库不动。 Move to another database, entry by entry; the old one is only read.

    Interrupted, it goes on when run again; run again later, it takes what came since. Exit status 1 when anything
    differs, or when somebody still writes to the old database.
    """
    with _steps(session) as tell:
        done = moving.move(session.settings, session.open_runtime, to, to_owner, only=only, progress=tell)
    if not session.shown_as_json(done):
        _say_arrived(session, done.logs, derived=True)
        session.say(f"已搬到 {done.place}", f"moved to {done.place}")
    for log, gained in done.grown.items():
        session.note(
            f"原库的 {log} 又增加了 {gained} 条：请停止在原库记账，再运行一次",
            f"log {log} gained {gained} entries in the old database meanwhile: stop who writes there, run this again",
        )
    if not done.grown and not session.as_json:
        session.say(
            "从现在起只在新库记账：改 casework.toml 的 [database]（或 CASEWORK_DATABASE__URL），重启服务，"
            "把原库改为只读并另名保存；再运行一次 move 会指出两处都记过账",
            "write only to the new one from now on: change [database] in casework.toml (or CASEWORK_DATABASE__URL),"
            " restart what serves, keep the old one read-only and under another name; running this move again tells"
            " whether both were written to",
        )
    _end(session, done.stopped, unwell=bool(done.grown) or any(one.equal is False for one in done.compared))


@click.command()
@log_option
@pass_session
def erasures(session: Session) -> None:
    """列出删除记录，供恢复旧备份时使用。 Write the log's erasures as JSON lines, byte for byte.

    They hold ids of keys and no personal data. Keep them apart from the database, newer than the newest backup:
    `restore --erasures-from` reads them.
    """
    out = sys.stdout.buffer
    for line in lost_erasures.lines_of(session.runtime, session.log):
        out.write(line + b"\n")
    out.flush()


def _say_arrived(session: Session, logs: list[Arrived], *, derived: bool) -> None:
    for one in logs:
        session.say(f"{one.log}：{one.head.size} 条", f"{one.log}: {one.head.size} entries")
    compared = [line for one in logs for line in one.compared]
    session.table(
        (session.text("账", "log"), session.text("表", "table"), session.text("行数", "rows"), "SHA-256", ""),
        [(one.log, one.table, one.here.rows, one.here.sha256[:16], _verdict(session, one)) for one in compared],
        right=frozenset({2}),
    )
    for one in logs:
        parts = one.parts
        session.say(
            f"{one.log}：封存内容 {parts.equal} 项与承诺一致，{parts.erased} 项已依法删除，{parts.missing} 项缺失",
            f"{one.log}: {parts.equal} sealed parts as committed to, {parts.erased} erased, {parts.missing} missing",
        )
    if not derived and any(one.equal is False for one in compared):
        session.note(
            "变更行与备份时的不同：备份时那边的变更行并非由账目推演而来，恢复后的以账目为准",
            "change rows differ from those at the time of the backup: there they did not follow from the entries;"
            " here they do",
        )


def _verdict(session: Session, one: Compared) -> str:
    if one.equal is None:
        return session.text("本版本新算", "made anew by this version")
    return session.text("一致", "equal") if one.equal else session.text("不同", "DIFFERENT")


def _end(session: Session, stopped: dict[str, str], *, unwell: bool) -> None:
    for name, why in stopped.items():
        session.note(f"{name} 未能统计：{why}", f"{name} could not count: {why}")
    if stopped or unwell:
        sys.exit(1)


@contextmanager
def _steps(session: Session) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar for each step."""
    with session.progress("准备", "getting ready") as tick:

        def tell(what: str, done: int, total: int) -> None:
            tick(done, total or None, _STEPS[what].on(session.language) if what in _STEPS else what)

        yield tell


COMMANDS = (backup, restore, move, erasures)
