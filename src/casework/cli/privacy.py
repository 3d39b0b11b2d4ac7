"""`casework privacy` and `casework erase`: finds, exports, holds and erases personal data."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import rich_click as click
from msgspec.structs import replace

from casework.application.access.actor import Actor, Visit, resolve
from casework.application.cases.attachments import show
from casework.application.cases.find_case import find_case
from casework.application.figures import upkeep as projections
from casework.application.privacy import erase as erasing
from casework.application.privacy import holds as holding
from casework.application.privacy import retention
from casework.application.privacy.copy import copy, page
from casework.application.privacy.erase import BASES
from casework.application.privacy.forget import Decision, forget, undecided
from casework.application.privacy.personal_data_of import Part, Traces, Whom, find, look
from casework.cli.new_file import write_new
from casework.cli.session import Session, log_option, pass_session, with_session
from casework.cli.usage_errors import Usage
from casework.law.county.privacy_events import HOLD_BASES

_AS = click.option("--as", "actor", required=True, metavar="cadre/ID", help="何人，须为个人信息保护员。 The officer.")


def _whom_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who is meant; a number is read from standard input, so that it stands in no history and no list of processes."""
    for option in (
        click.option("--narrow", is_flag=True, help="只看其本人办件，不查全县文本。 Do not look through every text."),
        click.option("--without", multiple=True, metavar="NUMBER", help="不是此人的办件，可多次。 Somebody else's."),
        click.option("--case", "cases", multiple=True, metavar="NUMBER", help="此人的办件，可多次。 A case of theirs."),
        click.option(
            "--stdin", "asks", is_flag=True, help="电话或证件号码由标准输入读取。 Phone or identity number from stdin."
        ),
    ):
        command = option(command)
    return command


def _whom(session: Session, asks: bool, cases: tuple[str, ...], without: tuple[str, ...], narrow: bool) -> Whom:
    person = ""
    if asks:
        if sys.stdin.isatty():
            session.note("电话或证件号码：", "phone or identity number:")
        person = sys.stdin.readline().strip()
    return Whom(person=person, cases=cases, without=without, everywhere=not narrow)


def _officer(session: Session, actor: str) -> Actor:
    visit = Visit(source="cli", operator=session.operator)
    return replace(resolve(session.runtime.county(session.log, fresh=True), actor, "privacy_officer"), visit=visit)


@click.group()
def privacy() -> None:
    """个人信息：查找、副本、留存、删除。 Personal data: find, export, hold, erase; for the privacy officer."""


@privacy.command(name="find")
@_whom_options
@_AS
@with_session
def find_(session: Session, actor: str, **whom: Any) -> None:
    """查找：持有某人的哪些信息，在哪里。 What is held on a person and where; the ledger has that it was read."""
    found = find(session.runtime, session.log, _officer(session, actor), _whom(session, **whom))
    if session.shown_as_json(found):
        return
    _print(session, found)


def _print(session: Session, found: Traces) -> None:
    for one in found.cases:
        click.echo(f"{one.number}  {one.registered_on}  {one.name}  {one.status}")
    session.say(
        f"本人内容 {len(found.own)} 项，照片和材料 {len(found.photos)} 件，他人文本提及 {len(found.mentions)} 处"
        f"（共看了 {found.looked_at} 项）",
        f"{len(found.own)} parts of their own, {len(found.photos)} photos, {len(found.mentions)} texts of others that"
        f" mention them ({found.looked_at} looked at)",
    )
    for part in found.mentions:
        session.say(f"提及：{_told(part)}", f"mentioned: {_told(part)}")
    if found.unreadable:
        session.note(
            f"{found.unreadable} 项打不开：请运行 casework doctor --full",
            f"{found.unreadable} parts cannot be opened: run casework doctor --full",
        )


def _told(part: Part) -> str:
    return f"{part.kid}  {part.number} #{part.seq} {part.member}: {part.value}"


@privacy.command()
@_whom_options
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="新文件夹。 A new folder."
)
@_AS
@log_option
@pass_session
def export(session: Session, actor: str, out: Path, **whom: Any) -> None:
    """副本：交给本人，JSON 和网页，不含他人信息。 A copy for them, as JSON and as a page, with their photos."""
    runtime, log, who = session.runtime, session.log, _officer(session, actor)
    meant = _whom(session, **whom)
    made = copy(runtime, log, who, meant)
    try:
        out.mkdir(mode=0o700)
    except FileExistsError:
        raise Usage(f"{out} 已经存在：请换一个名称", f"{out} is there already: give another name") from None
    write_new(out / "copy.json", msgspec.json.format(msgspec.json.encode(made), indent=1))
    write_new(out / "copy.html", page(made).encode())
    for photo in look(runtime, log, msgspec.structs.replace(meant, everywhere=False)).photos:
        if not photo.shared:
            shown = show(runtime, log, who, photo.stream, photo.sha256)
            write_new(out / shown.file_name, shown.content)
    session.say(
        f"副本在 {out}：{len(made.cases)} 件办件；交付后请删除",
        f"the copy is in {out}: {len(made.cases)} cases; delete it once it is handed over",
    )


@privacy.command()
@_whom_options
@click.option("--basis", required=True, type=click.Choice(list(HOLD_BASES)), help="依据。 Why.")
@click.option(
    "--until", required=True, metavar="DATE", help="截止日期（不含）。 First day on which it no longer holds."
)
@_AS
@with_session
def hold(session: Session, actor: str, basis: str, until: str, **whom: Any) -> None:
    """依法留存：到期前不得删除。 Block erasure until a day; the entry names cases and no person."""
    who, meant = _officer(session, actor), _whom(session, **whom)
    made = holding.place(session.runtime, session.log, who, meant, basis=basis, until=until, via=session.via)
    session.answer(made, f"{made.hold} 留存至 {until}", f"{made.hold} holds until {until}")


@privacy.command()
@click.argument("hold")
@click.option(
    "--reason", default="settled", show_default=True, type=click.Choice(["settled", "placed_in_error", "other"])
)
@_AS
@log_option
@pass_session
def release(session: Session, hold: str, reason: str, actor: str) -> None:
    """解除留存。 End a legal hold before its day."""
    who = _officer(session, actor)
    holding.release(session.runtime, session.log, who, hold, reason=reason, via=session.via)
    session.say(f"{hold} 已解除", f"{hold} is released")


@privacy.command(name="holds")
@with_session
def holds_(session: Session) -> None:
    """留存清单。 Legal holds that were not released."""
    found = holding.holds(session.runtime, session.log)
    session.listing(found, ["hold", "basis", "until", "numbers"], numbers=lambda one: " ".join(one.numbers))


@privacy.command()
@_whom_options
@click.option("--basis", required=True, type=click.Choice(list(BASES)), help="依据。 Why.")
@click.option("--keep", multiple=True, metavar="KEY", help="保留此处他人文本，可多次。 Keep this text of others.")
@click.option("--erase", "doomed", multiple=True, metavar="KEY", help="删除此处他人文本，可多次。 Erase this one.")
@click.option("--others", type=click.Choice(["keep", "erase"]), help="其余他人文本。 What becomes of the rest of them.")
@click.option("--yes", is_flag=True, help="不再询问。 Do not ask again.")
@_AS
@with_session
def erase(
    session: Session,
    actor: str,
    basis: str,
    keep: tuple[str, ...],
    doomed: tuple[str, ...],
    others: Decision | None,
    yes: bool,
    **whom: Any,
) -> None:
    """删除：销毁此人在各案中的密钥和照片，账目和统计不变。 Forget a person, in every case; it cannot be undone.

    Every text of others that mentions them is decided on: by --keep and --erase, by --others for the rest, or one by
    one where a person sits at the terminal.
    """
    runtime, log, who, meant = session.runtime, session.log, _officer(session, actor), _whom(session, **whom)
    decisions: dict[str, Any] = {**dict.fromkeys(keep, "keep"), **dict.fromkeys(doomed, "erase")}
    found = find(runtime, log, who, meant)
    if not session.as_json:
        _print(session, found)
    texts = {part.kid: part for part in found.mentions}
    if others is None and sys.stdin.isatty():
        for kid in undecided(found):
            if kid not in decisions:
                click.echo(_told(texts[kid]) if kid in texts else kid)
                decisions[kid] = click.prompt("keep / erase", type=click.Choice(["keep", "erase"]))
    if not yes:
        asked = session.text("销毁以上内容，不可恢复。继续？", "Destroy all of this for ever?")
        click.confirm(asked, abort=True, err=True)
    done = forget(runtime, log, who, meant, basis=basis, decisions=decisions, others=others, via=session.via)
    projections.follow(runtime, log)
    if session.shown_as_json(done):
        return
    if done.answer.repeated:
        session.say(
            f"此前已删除：{done.keys} 把密钥，保留他人文本 {done.kept} 处；"
            f"{done.answer.at} 记于第 {done.answer.seq} 条",
            f"destroyed before: {done.keys} keys, {done.kept} texts of others kept; recorded at position"
            f" {done.answer.seq} at {done.answer.at}",
        )
        return
    session.say(
        f"已删除：本人内容 {done.parts} 项，照片 {done.photos} 件，他人文本 {done.erased} 处；保留 {done.kept} 处；"
        f"记于第 {done.answer.seq} 条",
        f"destroyed: {done.parts} parts, {done.photos} photos, {done.erased} texts of others; {done.kept} kept;"
        f" recorded at position {done.answer.seq}",
    )
    _note_remains(session, done.scrubbed)


def _note_remains(session: Session, scrubbed: bool) -> None:
    if not scrubbed:
        session.note(
            "数据库预写日志里还有密文残留：有人正在读，请稍后运行 casework doctor",
            "remains lie in the database's write-ahead log, which somebody is reading: run casework doctor later",
        )


@privacy.command()
@with_session
def due(session: Session) -> None:
    """保存期满清单。 Cases whose retention is over, by the county's own rules; those on hold are marked."""
    found = retention.due(session.runtime, session.log)
    session.listing(found, ["number", "category", "level", "ended_on", "due_on", "held_until"])


@privacy.command(name="run-retention")
@with_session
def run_retention(session: Session) -> None:
    """执行保存规则：删除期满办件的封存内容。 Erase what is over; what is on hold stays. A server does so every day."""
    done = retention.run(session.runtime, session.log, operator=session.operator)
    projections.follow(session.runtime, session.log)
    session.answer(
        done,
        f"期满 {len(done.erased)} 件已删除（{done.keys} 把密钥），{len(done.held)} 件依法留存",
        f"{len(done.erased)} cases erased ({done.keys} keys), {len(done.held)} on legal hold",
    )


@click.command("erase")
@click.argument("number", required=False)
@click.option(
    "--person", "people", multiple=True, metavar="resident/ID", help="某人的全部内容，可多次。 All of a person."
)
@click.option("--shared", is_flag=True, help="连同也涉及他人的内容。 Also parts that mention others.")
@click.option("--entry", "seq", type=int, metavar="POSITION", help="只删某一条的。 Only of that entry.")
@click.option("--member", default="", help="只删某一项，如 person。 Only that member, e.g. person.")
@click.option("--as", "actor", required=True, metavar="cadre/ID", help="何人，须为个人信息保护员。 A privacy officer.")
@click.option("--basis", required=True, type=click.Choice(list(BASES)), help="依据。 Why.")
@click.option("--yes", is_flag=True, help="不再询问。 Do not ask again.")
@with_session
def erase_keys(
    session: Session,
    number: str | None,
    people: tuple[str, ...],
    shared: bool,
    seq: int | None,
    member: str,
    actor: str,
    basis: str,
    yes: bool,
) -> None:
    """删除个人信息：销毁密钥，账目和统计不变。 Erase personal data: keys are destroyed, entries and counts stay.

    NUMBER names a case, all of whose sealed parts go; `--person` names people by their pseudonym. It cannot be undone.
    """
    runtime, log = session.runtime, session.log
    if bool(number) == bool(people):
        raise Usage("请写明办件，或以 --person 写明人", "name a case, or people with --person: one of the two")
    if number:
        reach = erasing.reach_of_case(runtime, log, find_case(runtime, log, number), seq=seq, member=member)
    else:
        reach = erasing.reach_of_person(runtime, log, people, shared=shared)
    if not yes and reach.kids:
        asked = session.text(
            f"销毁 {len(reach.kids)} 把密钥，不可恢复。继续？", f"Destroy {len(reach.kids)} keys for ever?"
        )
        click.confirm(asked, abort=True, err=True)
    done = erasing.erase(runtime, log, reach, actor=actor, basis=basis, via=session.via)
    projections.follow(runtime, log)
    named = {"kids": reach.kids, "shared": reach.shared, "linked": reach.linked}
    if session.shown_as_json({"reach": named, "answer": msgspec.structs.asdict(done.answer)}):
        return
    session.say(
        f"已销毁 {len(done.kids)} 把密钥，记于第 {done.answer.seq} 条",
        f"{len(done.kids)} keys destroyed, recorded at position {done.answer.seq}",
    )
    _note_remains(session, done.scrubbed)
    if reach.shared:
        session.say(
            f"另有 {len(reach.shared)} 项也涉及他人，未删：请逐项查看，或加 --shared",
            f"{len(reach.shared)} parts mention others too and were left: look at each, or add --shared",
        )
    for other in reach.linked:
        session.say(f"可能是同一人：{other}", f"may be the same person: {other}")


COMMANDS = (privacy, erase_keys)
