"""`casework projections`: shows how far projections have counted, rebuilds and recounts them."""

from __future__ import annotations

import sys

import rich_click as click

from casework.application.figures import upkeep as counts
from casework.cli.session import Session, log_option, pass_session, with_session

_LAG = (("名称", "name"), ("已算至", "counted to"), ("落后条数", "entries behind"), ("状况", "state"))


@click.group()
def projections() -> None:
    """统计：列出、落后多少、重算、核对。 The counts: list, lag, rebuild, recount."""


@projections.command("list")
@with_session
def list_(session: Session) -> None:
    """列出每项统计和它回答的问题。 Each projection and the question it answers."""
    list_shelf(session)


def list_shelf(session: Session) -> None:
    """What can be asked: name, title, question."""
    shelf = session.runtime.shelf
    if session.shown_as_json([{"name": p.name, "question": p.question, "titles": dict(p.titles)} for p in shelf]):
        return
    language = "en" if session.language == "en" else "zh"
    heads = session.text("名称 标题 问题", "name title question").split()
    session.table(heads, [(p.name, p.titles[language], p.question) for p in shelf])


@projections.command()
@with_session
def lag(session: Session) -> None:
    """每项统计算到第几条，落后多少。 How far each projection has counted; what stopped it if anything did."""
    found = counts.standings(session.runtime, session.log)
    if session.shown_as_json(found):
        return
    heads = [session.text(*head) for head in _LAG]
    rows = [(one.name, one.counted, one.lag, _state(session, one)) for one in found]
    session.table(heads, rows, frozenset({1, 2}))


def _state(session: Session, one: counts.Standing) -> str:
    if one.failed_at is None:
        return session.text("正常", "well") if not one.error else one.error
    where = session.text(f"停在第 {one.failed_at} 条：", f"stopped at {one.failed_at}: ")
    return where + one.error


@projections.command()
@log_option
@pass_session
def follow(session: Session) -> None:
    """跟上账目。 Count what the log has gained; needed only after a run that was stopped half-way."""
    behind = counts.follow(session.runtime, session.log)
    session.note_behind(behind)
    if behind:
        sys.exit(1)
    session.say("统计均已跟上", "every projection is level with the log")


@projections.command()
@click.argument("names", nargs=-1)
@click.option("--from-entries", is_flag=True, help="先从账目推演变更行。 Fold the entries into change rows first.")
@log_option
@pass_session
def rebuild(session: Session, names: tuple[str, ...], from_entries: bool) -> None:
    """从第 0 条起重算 NAMES（默认全部）。 Count NAMES (default: all) again from the first entry.

    The old counts answer until the new ones are level. With `--from-entries` the rows that are counted are derived
    again first, from the log alone; where another role owns the tables, as that role.
    """
    runtime, log = session.runtime, session.log
    if from_entries and not names:
        with session.progress("重算", "rebuilding") as tick:
            size = counts.rebuild_all(runtime, log, tick)
        session.say(f"{size} 条已推演并重算", f"{size} entries folded, and every projection counted anew")
        return
    if from_entries:
        with session.progress("推演", "folding") as tick:
            size = counts.rebuild_changes(runtime, log, tick)
        session.say(f"{size} 条已推演", f"{size} entries folded")
    chosen = names or tuple(projection.name for projection in runtime.shelf)
    for name in chosen:
        runtime.projection(name)
    with session.progress("重算", "rebuilding") as tick:
        for done, name in enumerate(chosen):
            tick(done, len(chosen))
            size = counts.rebuild(runtime, log, name)
            session.say(f"{name}：已重算 {size} 条", f"{name}: {size} entries counted anew")


@projections.command()
@click.argument("names", nargs=-1)
@with_session
def recount(session: Session, names: tuple[str, ...]) -> None:
    """从变更行重新数一遍并核对。 Count NAMES (default: all) once more and compare; exit status 1 on any difference."""
    runtime, log = session.runtime, session.log
    chosen = names or tuple(projection.name for projection in runtime.shelf)
    with session.progress("核对", "recounting") as tick:
        found = {}
        for done, name in enumerate(chosen):
            tick(done, len(chosen))
            found[name] = counts.recounted(runtime, log, name)
    if session.as_json:
        session.show(found)
    for name, differences in found.items():
        if differences:
            session.say(f"{name}：有 {len(differences)} 处不符", f"{name}: {len(differences)} differences")
            for one in differences[:10]:
                line = f"  {one.table} {one.key}: {one.served} ≠ {one.counted}"
                session.say(line, line)
        else:
            session.say(f"{name}：一致", f"{name}: equal")
    if any(found.values()):
        sys.exit(1)


COMMANDS = (projections,)
