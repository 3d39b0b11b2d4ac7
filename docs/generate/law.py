"""`docs/reference/commands.md`, `events.md` and `policy.md`: members of commands, events and the policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casework.application.commands.handle import made_here
from casework.law.described import Member, members_of
from casework.law.event import Event
from casework.law.kinds import COMMANDS, GROUPS, KINDS, ROSTER_KINDS, Kind
from casework.law.policy import Policy
from casework.text import Text
from docs.generate.markdown import page, table


def commands() -> str:
    """Every command with its members."""
    return page(
        "Commands 命令",
        "Every command, by its name on the command line (`casework do NAME key=value…`) and in the API."
        " **\\*** must be given (a new thing's id is made where it is left out)."
        " 🔒 is sealed: it never enters the log, lies encrypted beside it and can be erased.",
        *(part for group, names in GROUPS.items() for part in _group(f"## {group.en} {group.zh}", names)),
    )


def _group(heading: str, names: Sequence[str]) -> Iterator[str]:
    yield heading
    for name in names:
        kind, made = COMMANDS[name], made_here(name)
        yield f"### `{name}` {kind.term.zh}\n\n{kind.term.en}"
        rows = [
            (
                f"`{m.name}`" + ("\\*" if m.required and m.name not in made else "") + (" 🔒" if m.sealed else ""),
                *m.text,
                m.type,
            )
            for m in members_of(kind).values()
        ]
        yield table(("member", "中文", "meaning", "type"), rows)


def events() -> str:
    """Every event with its members."""
    families: dict[str, dict[str, type[Event]]] = {}
    for kind in KINDS.values():
        families.setdefault(_family(kind), {}).update(kind.events)
    return page(
        "Events · 事件",
        "Every event is stored under its name, forever; members are only ever added. A member marked *sealed* is not"
        " in the entry: the entry holds a commitment to its ciphertext. A member marked *correctable* may be corrected"
        " by a later entry that cites it; nothing is edited. Who, when and in which role stand in the envelope.",
        *(
            part
            for family, kinds in families.items()
            for part in (f"## {family}", *(part for name, kind in kinds.items() for part in _event(name, kind)))
        ),
    )


def _family(kind: Kind) -> str:
    """Heading of the events of a kind of stream; the roster's stand together."""
    if kind.name in ROSTER_KINDS:
        return "The roster · 花名册 (`area/…`, `unit/…`, `cadre/…`, `category/…`, `responsibility/…`)"
    term = Text("全县", "The county") if kind.name == "county" else kind.term
    return f"{term.en} · {term.zh} (`{kind.address}`)"


def _event(name: str, kind: type[Event]) -> Iterator[str]:
    yield f"### `{name}` {kind.term.zh}\n\n{kind.term.en}"
    yield table(
        ("member", "中文", "type", "meaning"),
        [(f"`{m.name}`", m.text.zh, _type(m), _meaning(m, kind)) for m in members_of(kind).values()],
    )
    when = sorted(kind.correctable & {"occurred", "occurred_on"})
    yield f"Of its envelope, {' and '.join(f'`{m}`' for m in when)} may be corrected too." if when else ""


def _type(member: Member) -> str:
    if member.sealed:
        return "commitment"
    return member.type if member.required else f"{member.type}, optional"


def _meaning(member: Member, kind: type[Event]) -> str:
    marks = (" *correctable*" if member.name in kind.correctable else "") + (" *sealed*" if member.sealed else "")
    return (member.text.en + marks).strip()


def policy() -> str:
    """Every number that the law needs, with its usual value."""
    usual = Policy()
    return page(
        "Policy 政策参数",
        "Every number the law needs. A county's own stand in entry 0 of its log (`casework init --policy due_days=15`);"
        " `casework do change-policy` sets them anew, from then on and never backwards: each decision is under the"
        " policy in force at its place in the log.",
        table(
            ("number", "中文", "meaning", "usual"),
            [(f"`{name}`", *m.text, getattr(usual, name)) for name, m in members_of(Policy).items()],
        ),
    )
