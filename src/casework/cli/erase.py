"""`casework erase`: destroys keys, so that what they sealed stays unreadable."""

from __future__ import annotations

import msgspec
import rich_click as click

from casework.application.cases.find_case import find_case
from casework.application.figures import upkeep as projections
from casework.application.privacy import erase as erasing
from casework.cli.session import Session, with_session
from casework.cli.usage_errors import Usage


@click.command()
@click.argument("number", required=False)
@click.option(
    "--person", "people", multiple=True, metavar="resident/ID", help="某人的全部内容，可多次。 All of a person."
)
@click.option("--shared", is_flag=True, help="连同也涉及他人的内容。 Also parts that mention others.")
@click.option("--entry", "seq", type=int, metavar="POSITION", help="只删某一条的。 Only of that entry.")
@click.option("--member", default="", help="只删某一项，如 person。 Only that member, e.g. person.")
@click.option("--as", "actor", required=True, metavar="cadre/ID", help="何人，须为个人信息保护员。 A privacy officer.")
@click.option("--basis", required=True, type=click.Choice(list(erasing.BASES)), help="依据。 Why.")
@click.option("--yes", is_flag=True, help="不再询问。 Do not ask again.")
@with_session
def erase(
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
    if session.as_json:
        session.show(
            {
                "reach": {"kids": reach.kids, "shared": reach.shared, "linked": reach.linked},
                "answer": msgspec.structs.asdict(done.answer),
            }
        )
        return
    session.say(
        f"已销毁 {len(done.kids)} 把密钥，记于第 {done.answer.seq} 条",
        f"{len(done.kids)} keys destroyed, recorded at position {done.answer.seq}",
    )
    if not done.scrubbed:
        session.note(
            "数据库预写日志里还有密文残留：有人正在读，请稍后运行 casework doctor",
            "remains lie in the database's write-ahead log, which somebody is reading: run casework doctor later",
        )
    if reach.shared:
        session.say(
            f"另有 {len(reach.shared)} 项也涉及他人，未删：请逐项查看，或加 --shared",
            f"{len(reach.shared)} parts mention others too and were left: look at each, or add --shared",
        )
    for other in reach.linked:
        session.say(f"可能是同一人：{other}", f"may be the same person: {other}")


COMMANDS = (erase,)
