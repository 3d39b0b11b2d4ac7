"""`casework do`: carries out any command of the law, with help made from the law."""

from __future__ import annotations

from typing import Any

import msgspec
import rich_click as click
from rich.cells import cell_len

from casework.application.access.actor import resolve
from casework.application.access.receipts import Receipted
from casework.application.cases.duplicates import WARNS, Hints, Registered, warned
from casework.application.cases.find_case import number_of
from casework.application.commands.handle import Request, handle, made_here
from casework.application.figures import upkeep as projections
from casework.application.runtime.problem import unknown
from casework.application.runtime.time_input import moment
from casework.cli.acting import as_option, role_option
from casework.cli.refusals import refused
from casework.cli.session import Session, session_of, with_session
from casework.cli.values import members
from casework.law.cases.facts import STATUSES
from casework.law.command import Command
from casework.law.context import ROLES
from casework.law.described import Member, members_of
from casework.law.kinds import COMMANDS as LAW
from casework.law.kinds import GROUPS
from casework.law.lifecycle import LIFECYCLE


class Law(click.RichGroup):
    """A group of all commands of the law, with help made from their terms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of a case's life."""
        return list(LAW)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of the law called CMD_NAME."""
        return _teach(LAW[cmd_name]) if cmd_name in LAW else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        """Find it, or name the nearest."""
        if args and args[0] not in LAW and not args[0].startswith("-"):
            raise unknown(refused, "unknown-command", args[0], LAW)
        return super().resolve_command(ctx, args)


@click.group(name="do", cls=Law, invoke_without_command=True, subcommand_metavar="COMMAND key=value…")
@click.pass_context
def do(context: click.Context) -> None:
    """办理：执行任一业务命令，不带参数时列出全部。 Any command of the law; alone, it lists them all.

    The actor (`--as`) must be in the roster, in the role given (`--role`). Entries made here have the source `cli` and
    the login on this machine; access to the machine is all that protects this command.

    `casework do dispatch-case --help` teaches one command.
    """
    if context.invoked_subcommand is None:
        _list(session_of(context))


def _list(session: Session) -> None:
    for group, names in GROUPS.items():
        click.echo(click.style(group.on(session.language), bold=True))
        for name in names:
            term = LAW[name].term
            # a Chinese character takes two columns
            click.echo(f"  {name:<26} {term.zh}{' ' * (20 - cell_len(term.zh))} {term.en}")
    session.say("casework do <命令> --help 说明每一项。", "casework do COMMAND --help explains each member.")


def _teach(kind: type[Command]) -> click.Command:
    title = "  ".join(kind.term)
    told = list(members_of(kind).values())
    shown = "\n\n".join((title, _lawful(kind), _members(kind, told), _example(kind, told)))
    return click.RichCommand(
        name=kind.name,
        help=shown,
        short_help=title,
        callback=lambda **given: _run(kind, **given),
        params=_shared.params,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _lawful(kind: type[Command]) -> str:
    """The states and roles in which the law allows the command."""
    row = LIFECYCLE.get(kind.name)
    if row is None:
        return ""
    roles = ", ".join(f"{role} {ROLES[role]}" for role in row.roles)
    states = [f"{state} {STATUSES[state]}" if state else "–" for state in row.states]
    shown = ", ".join(states) if len(states) < len(STATUSES) else "任何 any"
    return f"\b\n身份 roles: {roles}\n状态 states: {shown}"


def _members(kind: type[Command], told: list[Member]) -> str:
    lines, made = ["\b", "key=value:"], made_here(kind.name)
    for member in told:
        marks = ("*" if member.required and member.name not in made else " ") + ("🔒" if member.sealed else "  ")
        told_of = " — ".join(part for part in (member.name, *member.text) if part)
        lines.append(f"  {marks} {told_of} ({member.type})")
    lines.append("  * 必填 required   🔒 封存 sealed: never in the log, kept apart and erasable")
    if any(member.name == "case" for member in told) and "case" not in made:
        lines.append("  case=：编号、case/… 或台账的编号。 A case is named by its number, its id, or a ledger's id.")
    return "\n".join(lines)


def _example(kind: type[Command], told: list[Member]) -> str:
    given = " ".join(f"{m.name}=…" for m in told if m.required and m.name not in made_here(kind.name))
    return f"\b\ncasework do {kind.name} --as cadre/ID --role ROLE {given}".rstrip()


@click.command()
@click.argument("words", nargs=-1, metavar="[key=value]...")
@as_option
@role_option()
@click.option(
    "--unit", "as_unit", default="", metavar="UNIT", help="兼职者以哪个单位办理。 For which unit, of several posts."
)
@click.option("--for", "for_", default="", metavar="cadre/ID", help="代谁录入。 Whose act it was, when you enter it.")
@click.option(
    "--occurred",
    default="",
    help="何时发生：日期或时刻；省略即现在。 When it happened: a date, or date and time; now if left out.",
)
@click.option(
    "--command-id",
    default="",
    help="自编的命令编号；重复发送不会重复入账。 Your id of this command: sent twice, it is stored once.",
)
@click.option("--if-match", "expected", type=int, help="办件应处的修订号。 Revision the case must still have.")
@click.option(
    "--accept-clock", is_flag=True, help="确认机器时钟无误。 Vouch for a clock that stands far from the log's."
)
@with_session
def _shared(session: Session) -> None:
    """Holds the parameters that every command shares."""


def _run(kind: type[Command], words: tuple[str, ...], occurred: str, **given: Any) -> None:
    """Carry out a command; GIVEN are members of `Request`, by the names that the options have."""
    session = session_of(click.get_current_context())
    runtime, log = session.runtime, session.log
    county = runtime.county(log, fresh=True)
    at, on = moment(occurred, county.zone)
    request = Request(
        log=log,
        command=kind.name,
        members=members(words, kind),
        source="cli",
        operator=session.operator,
        occurred=at,
        occurred_on=on,
        **given,
    )
    answer = handle(runtime, request)
    hints: Hints | None = None
    if kind.name == WARNS:
        hints = warned(runtime, log, resolve(county, request.actor, request.role), request.members, answer)
        answer = Registered(**msgspec.structs.asdict(answer), duplicates=hints)
    behind = projections.follow(runtime, log)
    if not session.shown_as_json(msgspec.structs.asdict(answer)):
        _tell(session, answer)
        if hints is not None:
            _warn(session, hints)
    session.note_behind(behind)


def _tell(session: Session, answer: Any) -> None:
    name = answer.number or number_of(session.runtime, session.log, answer.stream)
    if not answer.events:
        session.say(f"{name}：没有变化，未入账", f"{name}: nothing changes, nothing was stored")
        return
    again = (
        session.text("（重复命令，仍为首次答复）", " (repeated: this is the first answer)") if answer.repeated else ""
    )
    session.say(
        f"{name}：{'、'.join(answer.events)}，第 {answer.seq} 条，修订号 {answer.rev}{again}",
        f"{name}: {', '.join(answer.events)} at position {answer.seq}, revision {answer.rev}{again}",
    )
    if isinstance(answer, Receipted):
        session.say(
            f"回执：编号 {name}，回执码 {answer.secret}；请交给本人，不会再次显示",
            f"receipt: number {name}, secret {answer.secret}; give it to whoever asked, it is not shown again",
        )


_WHY: dict[str, tuple[str, str]] = {
    "person": ("同一人", "same person"),
    "words": ("同样的话", "same words"),
    "place": ("同地同类", "same place and category"),
}


def _warn(session: Session, hints: Hints) -> None:
    """Print the likely duplicates of a case just registered, and how to merge it."""
    for one in hints.likely:
        zh, en = ("、".join(_WHY[why][0] for why in one.why), ", ".join(_WHY[why][1] for why in one.why))
        number, status, summary = one.case["number"], one.case["status"], one.case.get("summary", "")
        session.note(
            f"疑似重复：{number}（{zh}，{STATUSES[status]}）{summary}",
            f"may be the same: {number} ({en}, {status}) {summary}".rstrip(),
        )
    if hints.elsewhere:
        session.note(
            f"同一人在别处另有 {hints.elsewhere} 件",
            f"the same person has {hints.elsewhere} more that you do not see",
        )
    if hints.likely:
        session.note(
            "办件已经登记；若确是同一件，由派单员合并：casework do merge-case --help",
            "it is registered all the same; if it is the same, a dispatcher merges it: casework do merge-case --help",
        )


COMMANDS = (do,)
