"""Tests that the role whose turn it is sees a confidential case."""

import pytest

from casework.application.access.actor import Actor
from casework.application.access.visibility import Visibility
from casework.application.access.visibility_table import AFTERWARDS, CLOSED, OPEN, SIGHT, TURNS
from casework.law.cases.facts import CONFIDENTIALITIES, OPEN_STATUSES, STATUSES
from casework.law.cases.rules import RESTORED
from casework.law.cases.state import CaseState, Pending
from casework.law.context import ROLES
from casework.law.lifecycle import LIFECYCLE

UNIT, HOME = "water", {"township": ("pine",)}
#: role → unit of its actor: the handling unit, or the township's office
UNITS = {"cadre": UNIT, "unit_lead": UNIT}
#: requests that wait → the commands that answer them
ANSWERS = {what: {f"{word}-{what}" for word in ("approve", "accept", "grant", "refuse")} & LIFECYCLE.keys()
           for what in ("return", "transfer", "extension")}  # fmt: skip
#: commands that become possible once the privacy officer lowers the level, which is possible in every state
ONLY_IF_LOWERED = {("void-case", "withdrawn")}
BEFORE_A_UNIT = {"registered", "accepted"}


def case(status, level, pending="", township="pine", lead=""):
    asked = Pending(pending, "cadre/one", "cadre/one", "roads" if pending == "transfer" else "") if pending else None
    unit = "" if status in BEFORE_A_UNIT else UNIT
    return CaseState(status=status, confidentiality=level, unit=unit, lead=lead, township=township, pending=asked)


def scope(role):
    sight, who = SIGHT[role], Actor("cadre/of-the-role", role, UNITS.get(role, "office"))
    match sight:
        case _ if sight.of == "county":
            return Visibility(who, ({},))
        case _ if sight.of == "own":
            return Visibility(who)
    levels = {} if sight.closed == "all" else {"confidentiality": OPEN}
    of_unit = {} if sight.closed != "hand" else {"confidentiality": OPEN}
    return Visibility(who, ({**HOME, **levels}, {"unit": (who.unit,), **of_unit}), place=HOME)


def sees(role, *said, **more):
    return scope(role).sees(case(*said, **more))


def moves(status):
    """(command, permitted roles, next state) of every command that moves a case on from this state."""
    for row in LIFECYCLE.values():
        if status in row.states and (to := {effect.to for effect in row.effects} - {""}):
            yield row.name, row.roles, to - {RESTORED}


def moved_by_somebody(status, level):
    """The states that roles which see the case reach in one step, with the request that a command answers."""
    for command, roles, to in moves(status):
        pending = next((what for what, answers in ANSWERS.items() if command in answers), "")
        if any(sees(role, status, level, pending) for role in roles):
            yield command, to


@pytest.mark.parametrize("level", CONFIDENTIALITIES)
@pytest.mark.parametrize("status", [*OPEN_STATUSES, "merged"])
def test_in_every_state_some_role_that_sees_the_case_can_move_it_on(status, level):
    people = {
        role
        for _, roles, to in moves(status)
        for role in roles
        if SIGHT[role].of != "county" and sees(role, status, level)
    }

    assert people


@pytest.mark.parametrize("level", CONFIDENTIALITIES)
def test_every_command_the_law_allows_is_reached_by_a_role_that_sees(level):
    for status in STATUSES:
        reached, todo = {status}, [status]
        done = set()
        while todo:
            for command, to in moved_by_somebody(todo.pop(), level):
                done.add(command)
                todo += to - reached
                reached |= to
        lawful = {command for command, _, _ in moves(status)}
        assert {(command, status) for command in lawful - done} <= (ONLY_IF_LOWERED if level in CLOSED else set())


@pytest.mark.parametrize("role", [role for role in ROLES if SIGHT[role].of != "own"])
@pytest.mark.parametrize("level", CONFIDENTIALITIES)
def test_each_role_sees_a_case_at_some_stage_of_its_own_tasks(role, level):
    steps = {status for status in STATUSES for _, roles, _ in moves(status) if role in roles}
    asked = {what for what, answers in ANSWERS.items() if any(role in LIFECYCLE[one].roles for one in answers)}

    # a cadre handles a secret case only if the head of the unit named them its lead
    lead = "cadre/of-the-role" if role == "cadre" else ""
    assert not steps or any(sees(role, status, level, lead=lead) for status in steps)
    for what in asked:
        assert sees(role, "in_progress", level, what)


@pytest.mark.parametrize("role", TURNS)
def test_a_role_sees_a_secret_case_only_while_it_has_a_task(role):
    turn = TURNS[role]
    for status in STATUSES:
        waits = status in turn.status
        assert sees(role, status, "secret") is waits
        assert sees(role, status, "secret", township="reed") is False
        if waits:
            assert any(role in roles for _, roles, _ in moves(status))
    for what, answers in ANSWERS.items():
        waits = what in turn.pending
        assert sees(role, "in_progress", "secret", what) is waits
        assert waits is any(role in LIFECYCLE[command].roles for command in answers)


def test_a_role_may_record_only_its_own_acts_late():
    ((role, commands),) = AFTERWARDS.items()
    for command, states in commands.items():
        for status in states:
            closed, elsewhere = case(status, "secret"), case(status, "secret", township="reed")
            assert status in LIFECYCLE[command].states
            assert scope(role).may_act_on(closed, command)
            assert not scope(role).may_act_on(elsewhere, command)
            assert not scope(role).may_act_on(closed, "issue-receipt")
            assert not scope(role).sees(closed)
