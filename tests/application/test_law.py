"""Tests that every command finds its stream and its part of the law."""

import pytest

from casework.law.activities.activity import ActivityState
from casework.law.cases.accepting import AcceptCase
from casework.law.cases.state import CaseState
from casework.law.context import Context, Refused
from casework.law.county.state import CountyState
from casework.law.kinds import COMMANDS, GROUPS, decide, initial, streams
from casework.law.roster.commands import DeclareArea
from casework.law.roster.directory import Directory
from casework.law.roster.state import Timeline

CASE = "case/00000000-0000-4000-8000-000000000001"


def context(role: str) -> Context:
    return Context(
        log="530828",
        at="2026-11-20T01:00:00.000Z",
        today="2026-11-20",
        actor="cadre/heron",
        role=role,
        roster=Directory(),
    )


@pytest.mark.parametrize(
    ("stream", "state"),
    [
        (CASE, CaseState),
        ("activity/00000000-0000-4000-8000-000000000001", ActivityState),
        ("county/530828", CountyState),
        ("area/menglang", Timeline),
        ("responsibility/x", Timeline),
    ],
)
def test_every_kind_of_stream_has_its_own_initial_state(stream, state):
    assert isinstance(initial(stream), state)


def test_every_command_is_listed_in_exactly_one_group():
    named = [name for names in GROUPS.values() for name in names]

    assert sorted(named) == sorted(COMMANDS)
    assert len(GROUPS) == 7


def test_a_roster_command_is_decided_by_the_law_of_the_roster():
    command = DeclareArea(area="menglang", label="勐朗镇", level="township")
    (stream,) = streams(command)

    ((found, event),) = decide(command, initial(stream), context("administrator"))

    assert (found, event.name) == ("area/menglang", "area-declared.v1")


def test_a_case_command_is_decided_by_the_law_of_cases():
    with pytest.raises(Refused):
        decide(AcceptCase(case=CASE), initial(CASE), context("dispatcher"))
