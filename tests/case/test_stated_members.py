"""Tests that an event takes over what its command states, unless the decision says otherwise."""

from msgspec import Struct

from casework.law.event import shared, stated


class Asked(Struct, frozen=True, kw_only=True):
    case: str
    area: str = ""
    lead: str = ""


class Done(Struct, frozen=True, kw_only=True):
    area: str = ""
    lead: str = ""
    number: str = ""


ASKED = Asked(case="case/1", area="pine", lead="cadre/owl")


def test_an_event_takes_over_members_of_its_command_by_name():
    assert shared(ASKED, Done) == {"area": "pine", "lead": "cadre/owl"}


def test_a_member_that_the_decision_states_wins_over_the_commands():
    assert stated(Done, ASKED, lead="cadre/fox", number="7") == Done(area="pine", lead="cadre/fox", number="7")
