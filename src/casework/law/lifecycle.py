"""The table of law: every rule of a case, and decisions by it."""

from __future__ import annotations

from typing import NoReturn

from casework.law.cases import correcting
from casework.law.cases import names as called
from casework.law.cases.evolve import PROCEDURES
from casework.law.cases.guards import check_not_ahead, check_not_too_old, check_role
from casework.law.cases.refusals import refused
from casework.law.cases.roster_lookups import cadre_of
from casework.law.cases.rules import UNBORN
from casework.law.cases.state import CaseState
from casework.law.command import Command
from casework.law.context import Context
from casework.law.rule import Decided, Rule
from casework.law.surveys import raising_needs

RULES: tuple[Rule, ...] = (
    *(rule for procedure in PROCEDURES for rule in procedure.RULES),
    *correcting.RULES,
    *raising_needs.RULES,
)
#: command → its rule
LIFECYCLE: dict[str, Rule] = {rule.name: rule for rule in RULES}
_RULE_OF: dict[type[Command], Rule] = {rule.command: rule for rule in RULES}


def commands_from(status: str, role: str | None = None) -> tuple[str, ...]:
    """Every command that is lawful in a state (for a role), in the order of the table."""
    return tuple(rule.name for rule in RULES if status in rule.states and (role is None or role in rule.roles))


def decide_case(command: Command, state: CaseState, context: Context) -> Decided:
    """The events of a command about a case, each with its stream; `[]` when nothing changes; raises `Refused`."""
    rule = _RULE_OF[type(command)]
    check_role(rule.command, rule.roles, context)
    if rule.done and rule.done(command, state, context):
        return []
    if state.status not in rule.states:
        _refuse_state(rule, state, context)
    check_not_ahead(context)
    if not rule.any_time_back:
        check_not_too_old(context)
    if context.for_.startswith("cadre/") and not context.roster.cadre(context.for_, context.happened_on):
        cadre_of(context.for_, context)  # who did it may have left since, but must have been there then, or be now
    return rule.decide(command, state, context)


def _refuse_state(rule: Rule, state: CaseState, context: Context) -> NoReturn:
    """Say that the rule does not hold in this state, and what is possible in it."""
    command = called.command(rule.command)
    if not state.status:
        raise refused("no-such-case", command=command)
    if rule.states == UNBORN:
        raise refused("case-exists", case=state.number, command=command)
    possible = commands_from(state.status, context.role) or commands_from(state.status)
    here, from_ = called.status(state.status), called.several(map(called.status, rule.states))
    now = called.several(called.command(LIFECYCLE[one].command) for one in possible)
    raise refused(
        "not-in-this-state", command=command, case=state.number, status=here, states=from_, now=now, nearest=possible
    )
