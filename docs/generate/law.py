"""Writes the pages about the life of a case and about every event, from the law."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import UnionType
from typing import Any, get_args, get_origin

from msgspec import NODEFAULT
from msgspec.structs import fields

from casework.law.cases.facts import OPEN_STATUSES, STATUSES
from casework.law.cases.procedures import LIFECYCLE
from casework.law.cases.rules import RESTORED, UNBORN
from casework.law.docstrings import members_of, title_of
from casework.law.event import Event
from casework.law.kinds import KINDS, ROSTER_KINDS, Kind
from casework.law.rule import Effect, Rule
from casework.text import Text


def lifecycle_page() -> str:
    """`docs/reference/lifecycle.md`: the states, the diagrams and the table, from the law's own table."""
    names = {row.name: title_of(row.command) for row in LIFECYCLE.values()}
    lines = [
        "# The life of a case · 案件的生命周期",
        "",
        "Generated from the law's own table by `make docs`; do not edit.",
        "本页由规则表自动生成，请勿手改。",
        "",
        "A case is open (未办结) in: " + ", ".join(f"`{s}` {STATUSES[s]}" for s in OPEN_STATUSES) + ".",
        "",
        "## Diagram",
        "",
        *_diagram(lambda status: status, lambda row: row.name),
        "",
        "## 状态图",
        "",
        *_diagram(lambda status: STATUSES[status], lambda row: names[row.name][1] or row.name),
        "",
        "## Commands · 命令",
        "",
        "“Any” is every state, ended ones included; “open” is every open state. Roles are those in which a command may"
        " be asked for; whether this person may ask it of this case is a guard.",
        "“任何”包括已终结的状态；“未办结”指全部未办结状态。",
        "",
        "| command | 命令 | from | who | what happens |",
        "|---|---|---|---|---|",
        *(_command_line(row, *names[row.name]) for row in LIFECYCLE.values()),
        "",
        "## Beside the cases · 案件之外",
        "",
        "| command | 命令 | who |",
        "|---|---|---|",
        *_beside(("activity", "survey", "finding")),
        "",
        "## Guards · 条件",
        "",
        "What each command refuses beside its state and role is told by its refusals: one sentence, both values, and"
        " what to do next. The numbers it needs are in [policy](policy.md).",
        "",
    ]
    return "\n".join(lines)


def _beside(kinds: Iterable[str]) -> list[str]:
    """A line for each command about what is no case."""
    rules = (rule for kind in kinds for rule in KINDS[kind].rules)
    return [f"| `{rule.name}` | {title_of(rule.command)[1]} | {', '.join(rule.roles)} |" for rule in rules]


def _diagram(label_of_state: Callable[[str], str], label_of: Callable[[Rule], str]) -> list[str]:
    """A mermaid state diagram; what leaves the status as it is stays out of it."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += ["    state open {", *(f"        {s}: {label_of_state(s)}" for s in OPEN_STATUSES), "    }"]
    lines += [f"    {s}: {label_of_state(s)}" for s in STATUSES if s not in OPEN_STATUSES]
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in LIFECYCLE.values():
        for arrow in _arrows(row):
            arrows.setdefault(arrow, []).append(label_of(row))
    lines += [f"    {start} --> {end}: {' · '.join(labels)}" for (start, end), labels in arrows.items()]
    return [*lines, "```"]


def _arrows(row: Rule) -> Iterable[tuple[str, str]]:
    """From where to where a command leads; one arrow from `open` where every open state has it."""
    ends = [effect.to for effect in row.effects if effect.to]
    if row.states == UNBORN:
        ends = ends[-1:]  # entered in one step: only where it ends
    everywhere = set(OPEN_STATUSES) <= set(row.states)
    starts = ["open", *(s for s in row.states if s not in OPEN_STATUSES)] if everywhere else list(row.states)
    for start in starts:
        for end in dict.fromkeys(ends):
            if end != start:
                yield start or "[*]", "open" if end == RESTORED else end


def _command_line(row: Rule, title: str, term: str) -> str:
    effects = "<br>".join(f"`{effect.event}`{_target(effect)}" for effect in row.effects)
    return f"| `{row.name}`<br>{title} | {term} | {_states(row.states)} | {', '.join(row.roles)} | {effects} |"


def _target(effect: Effect) -> str:
    if effect.to == RESTORED:
        return " → where it stood before the merge"
    return f" → {effect.to}" if effect.to else ""


def _states(states: tuple[str, ...]) -> str:
    if states == UNBORN:
        return "– (before it exists)"
    if states == tuple(STATUSES):
        return "any · 任何"
    if states[: len(OPEN_STATUSES)] == OPEN_STATUSES:
        return ", ".join(("open · 未办结", *states[len(OPEN_STATUSES) :]))
    return ", ".join(states)


def events_page() -> str:
    """`docs/reference/events.md`: every event, every member."""
    families = {_family(kind): kind.events for kind in KINDS.values() if kind.events}
    lines = [
        "# Events · 事件",
        "",
        "Generated from the event classes by `make docs`; do not edit. 本页由事件定义自动生成，请勿手改。",
        "",
        "Every event is stored under its name, forever; members are only ever added. A member marked *sealed* is not"
        " in the entry: the entry holds a commitment to its ciphertext. A member marked *correctable* may be corrected"
        " by a later entry that cites it; nothing is edited. Who, when and in which role stand in the envelope.",
        "",
    ]
    for family, events in families.items():
        lines += [f"## {family}", ""]
        for name, cls in events.items():
            lines += _event_section(name, cls)
    return "\n".join(lines)


def _family(kind: Kind) -> str:
    """Heading of the events of a kind of stream; the roster's stand together."""
    if kind.name in ROSTER_KINDS:
        return "The roster · 花名册 (`area/…`, `unit/…`, `cadre/…`, `category/…`, `responsibility/…`)"
    term = Text("全县", "The county") if kind.name == "county" else kind.term
    return f"{term.en} · {term.zh} (`{kind.address}`)"


def _event_section(name: str, cls: type[Event]) -> list[str]:
    title, term = title_of(cls)
    lines = [f"### `{name}` {term}".rstrip(), "", title, ""]
    members = members_of(cls)
    types = {field.encode_name: _type_name(field.type, field.default) for field in fields(cls)}
    if members:
        lines += ["| member | 中文 | type | meaning |", "|---|---|---|---|"]
        for member in members.values():
            marks = "".join(
                f" *{mark}*" for mark, kept in (("correctable", cls.correctable), ("sealed", cls.sealed))
                if member.name in kept
            )  # fmt: skip
            kind = types.get(member.name, "commitment")
            meaning = member.meaning.removesuffix("(sealed)").strip()
            lines.append(f"| `{member.name}` | {member.term} | {kind} | {(meaning + marks).strip()} |")
        lines.append("")
    when = sorted(cls.correctable & {"occurred", "occurred_on"})
    if when:
        lines += [f"Of its envelope, {' and '.join(f'`{m}`' for m in when)} may be corrected too.", ""]
    return lines


_TYPES = {"str": "text", "int": "whole number", "bool": "yes/no", "tuple": "list", "dict": "code → words"}


def _type_name(annotation: Any, default: Any) -> str:
    origin = get_origin(annotation)
    parts = get_args(annotation) if origin is UnionType else (origin or annotation,)
    kind = " or ".join(_TYPES.get(part.__name__, "object") for part in parts)
    return kind if default is NODEFAULT else f"{kind}, optional"
