"""One rule of the law: command, decision, states, roles, effects and resource."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from casework.law.command import Command
from casework.law.context import ROLES, Context
from casework.law.event import Event

#: what a command causes: events in order, each with the stream it belongs to
Decided = list[tuple[str, Event]]
Decide = Callable[[Any, Any, Context], Decided]


class Effect(Struct, frozen=True):
    """An event that a command may cause, and the status it leads to.

    event — 事件 — stored name
    to — 状态 — status after it; '' when it stays
    """

    event: str
    to: str = ""


class Rule(Struct, frozen=True, kw_only=True):
    """One command of the law.

    command — 命令 — its class
    decide — 裁决 — what it causes, once state, role and time have been checked
    states — 起始状态 — states in which it is lawful; ('',) before the case exists
    roles — 角色 — roles in which it may be asked for
    effects — 结果 — what may happen to this case: one of these, or for what is entered in one step all of them
    resource — 资源 — what it makes of the case (acceptance, dispatch, return …); '' for the case itself, or for what no
    person asks for
    of — 所属 — the kind of stream whose resource it is; '' for the command's own
    begins — 新建 — whether something new comes of it
    whole — 全体 — whether it is asked of the whole collection, in which the thing may not be yet
    reads — 并看 — members that name other streams whose states deciding needs
    judges — 评判 — whether it judges what somebody else submitted
    done — 已办 — whether it is done already, so that a repetition changes nothing
    any_time_back — 不限补录 — facts from the field, and what ledgers and corrections state, may lie any time back
    """

    command: type[Command]
    decide: Decide
    states: tuple[str, ...]
    roles: tuple[str, ...]
    effects: tuple[Effect, ...]
    resource: str = ""
    of: str = ""
    begins: bool = False
    whole: bool = False
    reads: tuple[str, ...] = ()
    judges: bool = False
    done: Callable[[Any, Any, Context], bool] | None = None
    any_time_back: bool = False

    @property
    def name(self) -> str:
        """The name of the command."""
        return self.command.name


def rule(
    command: type[Command], decide: Decide, states: tuple[str, ...], roles: str, *effects: str, **more: Any
) -> Rule:
    """A rule, with roles as words and effects as `event` or `event → status`; MORE are other members of `Rule`.

    Raises ValueError for an unknown role, TypeError for an unknown member.
    """
    if unknown := set(roles.split()) - ROLES.keys():
        raise ValueError(f"{command.name}: no such role: {', '.join(sorted(unknown))}")
    parsed = (effect.partition(" → ") for effect in effects)
    return Rule(
        command=command,
        decide=decide,
        states=states,
        roles=tuple(roles.split()),
        effects=tuple(Effect(f"{event}.v1", to) for event, _, to in parsed),
        **more,
    )
