"""`docs/reference/lifecycle.md`: states, diagrams and commands of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from casework.law.cases.facts import OPEN_STATUSES, STATUSES
from casework.law.cases.rules import RESTORED, UNBORN
from casework.law.kinds import KINDS
from casework.law.lifecycle import LIFECYCLE
from casework.law.rule import Effect, Rule
from docs.generate.markdown import page, table


def lifecycle() -> str:
    """The page."""
    beside = [rule for kind in ("activity", "survey", "finding") for rule in KINDS[kind].rules]
    return page(
        "The life of a case · 办件的生命周期",
        "A case is open (未办结) in: " + ", ".join(f"`{s}` {STATUSES[s]}" for s in OPEN_STATUSES) + ".",
        "## Diagram",
        _diagram(lambda status: status, lambda row: row.name),
        "## 状态图",
        _diagram(lambda status: STATUSES[status], lambda row: row.command.term.zh),
        "## Commands · 命令",
        "“Any” is every state, ended ones included; “open” is every open state. Roles are those in which a command may"
        " be asked for; whether this person may ask it of this case is a guard.\n"
        "“任何”包括已终结的状态；“未办结”指全部未办结状态。",
        table(
            ("command", "命令", "from", "who", "what happens"),
            [
                (
                    f"`{row.name}`<br>{row.command.term.en}",
                    row.command.term.zh,
                    _states(row.states),
                    ", ".join(row.roles),
                    "<br>".join(f"`{effect.event}`{_target(effect)}" for effect in row.effects),
                )
                for row in LIFECYCLE.values()
            ],
        ),
        "## Beside the cases · 办件之外",
        table(
            ("command", "命令", "who"),
            [(f"`{rule.name}`", rule.command.term.zh, ", ".join(rule.roles)) for rule in beside],
        ),
        "## Guards · 条件",
        "The refusals of each command say what it refuses beside state and role: one sentence, both values, and"
        " what to do next. The numbers it needs are in [policy](policy.md).",
    )


def _diagram(label_of_state: Callable[[str], str], label_of: Callable[[Rule], str]) -> str:
    """A mermaid state diagram; what leaves the status as it is stays out of it."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += ["    state open {", *(f"        {s}: {label_of_state(s)}" for s in OPEN_STATUSES), "    }"]
    lines += [f"    {s}: {label_of_state(s)}" for s in STATUSES if s not in OPEN_STATUSES]
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in LIFECYCLE.values():
        for arrow in _arrows(row):
            arrows.setdefault(arrow, []).append(label_of(row))
    lines += [f"    {start} --> {end}: {' · '.join(labels)}" for (start, end), labels in arrows.items()]
    return "\n".join([*lines, "```"])


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
