"""Checks a place: database, clock, keys, sealed parts and counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from msgspec import Struct
from sqlalchemy import Engine, func, select, text

from casework.application.figures import upkeep as projections
from casework.application.read_audit.daily_digest import altered
from casework.application.runtime.problem import Problem, database_sentence
from casework.application.runtime.runtime import OpenRuntime, Runtime
from casework.change.rebuild import differences
from casework.database import engine as database
from casework.database.engine import Progress
from casework.log.entry_row import wrong
from casework.log.schema import entry as entries
from casework.log.schema import log_head, stream_head
from casework.seal import keys
from casework.seal.erasure import scrub
from casework.settings import Settings

SAMPLE = 256
_SLICE = 2_000
#: days of the access ledger that are looked at unless all are
_LATELY = 7
_DAY = timedelta(days=1)


class Finding(Struct, frozen=True):
    """One check: well, warning (look at it) or ill (act on it), in both languages."""

    check: str
    state: str
    zh: str
    en: str
    log: str = ""


def _finding(state: str, check: str, zh: str, en: str, log: str = "") -> Finding:
    return Finding(check, state, zh, en, log)


well, warning, ill = (partial(_finding, state) for state in ("well", "warning", "ill"))


def examine(
    settings: Settings,
    open_runtime: OpenRuntime,
    *,
    full: bool = False,
    progress: Progress | None = None,
) -> Iterator[Finding]:
    """Every check in turn; the first that makes the rest impossible is the last."""
    key = _key(settings)
    yield key
    reachable = _reachable(settings)
    yield reachable
    if "ill" in (key.state, reachable.state):
        return
    with closing(open_runtime(settings)) as runtime:
        yield _guard(runtime.engine)
        yield _scrubbed(runtime.engine)
        logs = runtime.logs()
        if not logs:
            yield warning("log", "还没有开账：casework init", "no log has been opened: casework init")
        for log in logs:
            yield _sealed_under(runtime, log)
            yield _clock(runtime, log)
            yield _gapless(runtime, log)
            yield from _entries(runtime, log, full=full, progress=progress)
            if full:
                yield _changes(runtime, log, progress)
            yield _readings(runtime, log, full=full)
            yield from _counts(runtime, log)


def _key(settings: Settings) -> Finding:
    try:
        key = keys.load(settings.wrapping_key_file)
    except keys.KeyRefused as why:
        return ill("key", f"主密钥不可用：{why.zh}", f"the wrapping key cannot be used: {why.en}")
    return well("key", f"主密钥可用（{key.id}），只有属主可读", f"wrapping key {key.id}, readable by its owner only")


def _reachable(settings: Settings) -> Finding:
    engine = database.engine_for(settings.url)
    try:
        with engine.connect() as db:
            db.execute(text("SELECT 1"))
        current = database.is_migrated(engine)
    except Exception as why:
        said = database_sentence(why) or type(why).__name__
        return ill("database", f"数据库不可用：{said}", f"the database cannot be used: {said}")
    finally:
        engine.dispose()
    if not current:
        return ill("database", "表结构待升级：casework migrate", "the tables are not this version's: casework migrate")
    return well("database", "数据库可用，表结构最新", "database reachable, tables up to date")


def _guard(engine: Engine) -> Finding:
    """Nobody may update, delete or replace an entry: triggers on SQLite, rights on PostgreSQL."""
    with engine.connect() as db:
        if engine.dialect.name == "sqlite":
            found = set(db.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entry'")))
            lacking = [
                act for act in ("INSERT", "UPDATE", "DELETE") if not any(f"BEFORE {act}" in str(s) for s in found)
            ]
            if lacking:
                return ill(
                    "guard",
                    f"账目表缺少防改触发器：{'、'.join(lacking)}；casework migrate",
                    f"no trigger guards the entries against {', '.join(lacking)}: casework migrate",
                )
            return well("guard", "账目不可改、不可删", "entries cannot be updated, deleted or replaced")
        rights = [
            right
            for right in ("UPDATE", "DELETE", "TRUNCATE")
            if db.scalar(text("SELECT has_table_privilege(current_user, 'entry', :right)"), {"right": right})
        ]
    if rights:
        return warning(
            "guard",
            f"当前数据库角色可以 {'、'.join(rights)} 账目：请用只可追加的角色运行",
            f"this database role may {', '.join(rights)} entries: run as the role that may only append",
        )
    return well("guard", "账目不可改、不可删", "this database role cannot update or delete entries")


def _scrubbed(engine: Engine) -> Finding:
    """What was erased must not linger in SQLite's write-ahead log."""
    if scrub(engine):
        return well("remains", "预写日志无残留", "nothing erased lingers in the write-ahead log")
    return warning(
        "remains",
        "有人正在读，预写日志未能清空，请稍后再查",
        "somebody reads: the write-ahead log could not be emptied, try again",
    )


def _sealed_under(runtime: Runtime, log: str) -> Finding:
    try:
        runtime.check_key(log)
    except Problem as why:
        return ill("key", why.zh, why.en, log)
    return well("key", "封存所用正是这把主密钥", "sealed under this wrapping key", log)


def _clock(runtime: Runtime, log: str) -> Finding:
    head = runtime.store.head(log)
    if not head.size:
        return warning("clock", "账上没有条目", "the log has no entry", log)
    last, now = datetime.fromisoformat(head.at), datetime.now(UTC)
    if last - now > _DAY or now.year - last.year > 1:
        return ill(
            "clock",
            f"机器时钟 {now:%Y-%m-%d %H:%M} 与账上最后时刻 {head.at} 相差太远：校准时钟，或用 --accept-clock 确认",
            f"the machine's clock says {now:%Y-%m-%d %H:%M} UTC, the log's last entry {head.at}: "
            "set the clock, or vouch for it with --accept-clock",
            log,
        )
    if last > now + timedelta(seconds=1):
        ahead = int((last - now).total_seconds())
        return warning("clock", f"机器时钟比账上慢 {ahead} 秒", f"the clock is {ahead} s behind the log", log)
    return well("clock", "时钟与账一致", "the clock agrees with the log", log)


def _gapless(runtime: Runtime, log: str) -> Finding:
    with runtime.engine.connect() as db:
        size = db.scalar(select(log_head.c.size).where(log_head.c.log == log)) or 0
        of = entries.c
        count, first, last = db.execute(
            select(func.count(), func.min(of.seq), func.max(of.seq)).where(of.log == log)
        ).one()
        streams = select(of.stream, func.count().label("n"), func.max(of.rev).label("rev")).where(of.log == log)
        torn = [row.stream for row in db.execute(streams.group_by(of.stream)) if row.n != row.rev + 1]
        heads = db.scalar(select(func.count()).select_from(stream_head).where(stream_head.c.log == log))
        named = db.scalar(select(func.count(of.stream.distinct())).where(of.log == log))
    if count != size or (size and (first != 0 or last != size - 1)):
        return ill(
            "gapless",
            f"账头写 {size} 条，实有 {count} 条（{first}…{last}）",
            f"the head says {size} entries, there are {count} ({first}…{last})",
            log,
        )
    if torn:
        return ill("gapless", f"{torn[0]} 的修订号不连续", f"the revisions of {torn[0]} have a gap", log)
    if heads != named:
        return ill("gapless", f"流头 {heads} 个，实有 {named} 个", f"{heads} stream heads, {named} streams", log)
    return well("gapless", f"{size} 条，无缺号", f"{size} entries, no gap", log)


def _entries(runtime: Runtime, log: str, *, full: bool, progress: Progress | None) -> Iterator[Finding]:
    size = runtime.store.head(log).size
    step = 1 if full or size <= SAMPLE else size / SAMPLE
    positions = range(size) if step == 1 else sorted({int(i * step) for i in range(SAMPLE)} | {size - 1})
    checked = 0
    for start in range(0, len(positions), _SLICE):
        wanted = positions[start : start + _SLICE]
        with runtime.engine.connect() as db:
            for row in db.execute(_rows(log, wanted)):
                if said := wrong(row):
                    yield ill("entries", f"第 {row.seq} 条：{said.zh}", f"entry {row.seq}: {said.en}", log)
                    return
                checked += 1
        if progress:
            progress(checked, len(positions))
    how = ("全部", "all") if step == 1 else ("抽查", "a sample")
    yield well(
        "entries",
        f"{how[0]} {checked} 条：字节规范，与索引列和叶散列一致",
        f"{how[1]} of {checked} entries: canonical, equal to their columns and leaf hash",
        log,
    )


def _rows(log: str, wanted: Any) -> Any:
    of = entries.c
    if isinstance(wanted, range):
        return select(entries).where(of.log == log, of.seq >= wanted.start, of.seq < wanted.stop).order_by(of.seq)
    return select(entries).where(of.log == log, of.seq.in_(wanted)).order_by(of.seq)


def _changes(runtime: Runtime, log: str, progress: Progress | None) -> Finding:
    """Whether the change rows are what folding the entries gives."""
    first = next(iter(differences(runtime.engine, log, progress=progress)), None)
    if first is not None:
        where = f"{first.table} {first.key}"
        return ill(
            "changes",
            f"变更行与账目不符，如 {where}：casework projections rebuild --from-entries",
            f"change rows differ from the fold, first {where}: casework projections rebuild --from-entries",
            log,
        )
    return well("changes", "变更行与账目推演一致", "change rows equal the fold of the entries", log)


def _readings(runtime: Runtime, log: str, *, full: bool) -> Finding:
    """Whether the access ledger is what its days were fixed as."""
    wrong = altered(runtime, log, None if full else _LATELY)
    if wrong:
        said, now = wrong[0]
        return ill(
            "readings",
            f"{said.day} 的查阅台账被改动过：日结 {said.rows} 次，现有 {now.rows} 次，或内容不同",
            f"the readings of {said.day} were altered: fixed with {said.rows}, there are {now.rows}, or others",
            log,
        )
    return well("readings", "查阅台账与日结一致", "the access ledger is as its days were fixed", log)


def _counts(runtime: Runtime, log: str) -> Iterator[Finding]:
    for one in projections.standings(runtime, log):
        if one.error:
            yield ill("counts", f"{one.name} 已停：{one.error}", f"{one.name} has stopped: {one.error}", log)
        elif one.lag:
            yield warning(
                "counts",
                f"{one.name} 落后 {one.lag} 条：casework projections follow",
                f"{one.name} is {one.lag} entries behind: casework projections follow",
                log,
            )
        else:
            yield well("counts", f"{one.name} 已算至 {one.counted}", f"{one.name} has counted {one.counted}", log)
