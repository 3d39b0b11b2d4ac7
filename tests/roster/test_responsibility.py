"""Tests who is responsible for a place: assigning, ending, lookup (分村组包保)."""

import pytest

from casework.law.context import Answering, Refused
from casework.law.roster.events import ResponsibilityAssigned, ResponsibilityEnded
from tests.roster.county import TODAY, County, lancang


def responsibility(number: int) -> str:
    """An id as a client makes it."""
    return f"responsibility/00000000-0000-0000-0000-{number:012}"


ONE, TWO, THREE = map(responsibility, (1, 2, 3))


def with_cadres() -> County:
    """Three cadres in post since 2020."""
    county = lancang()
    for cadre in ("cadre/wang", "cadre/zha"):
        county.given("declare-cadre", cadre=cadre, unit="m-centre", from_="2020-01-01")
    return county


def test_an_assigned_cadre_is_responsible_from_the_stated_day():
    county = with_cadres()
    (event,) = county.when(
        "assign-responsibility", responsibility=ONE, cadre="cadre/li", area="m1a", from_="2024-05-01"
    )

    assert event == ResponsibilityAssigned(
        cadre="cadre/li", area="m1a", from_="2024-05-01", township="m", unit="m-centre"
    )
    assert county.directory.responsible_for("m1a", "2024-04-30") == ()
    assert county.directory.responsible_for("m1a", "2024-05-01") == ("cadre/li",)


def test_a_place_without_a_cadre_falls_to_the_nearest_area_above():
    county = with_cadres()
    county.given("assign-responsibility", responsibility=ONE, cadre="cadre/li", area="m")
    county.given("assign-responsibility", responsibility=TWO, cadre="cadre/wang", area="m1")

    assert county.directory.responsible_for("m1a", TODAY) == ("cadre/wang",)
    assert county.directory.responsible_for("m", TODAY) == ("cadre/li",)
    assert county.directory.responsible_for("s", TODAY) == ()
    assert county.directory.responsible_for("nowhere", TODAY) == ()


def test_contract_and_then_seniority_decide_who_is_responsible():
    county = with_cadres()
    county.given("assign-responsibility", responsibility=ONE, cadre="cadre/zha", area="m1", duty="co")
    county.given("assign-responsibility", responsibility=TWO, cadre="cadre/wang", area="m1")
    county.given("assign-responsibility", responsibility=THREE, cadre="cadre/li", area="m1", from_="2021-01-01")

    assert county.directory.responsible_for("m1", TODAY) == ("cadre/li", "cadre/wang")
    county.given("assign-responsibility", responsibility=responsibility(4), cadre="cadre/zha", area="m1", duty="grid")
    assert county.directory.responsible_for("m1", TODAY) == ("cadre/li", "cadre/wang", "cadre/zha")


def test_a_group_with_only_helpers_falls_to_the_cadre_of_the_village():
    county = with_cadres()
    county.given("assign-responsibility", responsibility=ONE, cadre="cadre/zha", area="m1a", duty="link")
    assert county.directory.answering("m1a", TODAY) is None
    county.given("assign-responsibility", responsibility=TWO, cadre="cadre/li", area="m1")

    assert county.directory.answering("m1a", TODAY) == Answering("m1", ("cadre/li",))


def test_a_cadre_who_has_left_the_post_is_responsible_for_nothing():
    county = with_cadres()
    county.given("assign-responsibility", responsibility=ONE, cadre="cadre/li", area="m")
    county.given("assign-responsibility", responsibility=TWO, cadre="cadre/wang", area="m1")
    county.given("declare-cadre", cadre="cadre/wang", unit="m-centre", until="2026-06-01")

    assert county.directory.responsible_for("m1", "2026-05-31") == ("cadre/wang",)
    assert county.directory.responsible_for("m1", "2026-06-01") == ("cadre/li",)


def test_an_ended_responsibility_lapses_from_the_stated_day():
    county = with_cadres()
    county.given("assign-responsibility", responsibility=ONE, cadre="cadre/li", area="m1", from_="2024-01-01")
    ended = county.when("end-responsibility", responsibility=ONE, from_="2025-01-01", reason="moved")

    assert ended == [ResponsibilityEnded(from_="2025-01-01", reason="moved")]
    assert county.directory.responsible_for("m1", "2024-12-31") == ("cadre/li",)
    assert county.directory.responsible_for("m1", "2025-01-01") == ()
    assert county.when("end-responsibility", responsibility=ONE, from_="2025-01-01") == []
    assert county.when("end-responsibility", responsibility=ONE) == []


def test_the_end_of_a_responsibility_can_be_moved_earlier():
    county = with_cadres()
    county.given("assign-responsibility", responsibility=ONE, cadre="cadre/li", area="m1", from_="2024-01-01")
    county.given("end-responsibility", responsibility=ONE, from_="2025-01-01")
    county.given("end-responsibility", responsibility=ONE, from_="2024-06-01")

    assert county.directory.responsible_for("m1", "2024-06-01") == ()


def test_ending_a_responsibility_that_never_began_is_refused():
    county = with_cadres()
    with pytest.raises(Refused, match="was never assigned"):
        county.when("end-responsibility", responsibility=ONE)
    county.given("assign-responsibility", responsibility=ONE, cadre="cadre/li", area="m1", from_="2024-01-01")
    with pytest.raises(Refused, match=r"cannot end on 2023-01-01: it holds from 2024-01-01 only"):
        county.when("end-responsibility", responsibility=ONE, from_="2023-01-01")


def test_a_responsibility_stays_with_its_cadre_and_place():
    county = with_cadres()
    county.given("assign-responsibility", responsibility=ONE, cadre="cadre/li", area="m1")
    with pytest.raises(Refused, match=r"cadre/li answer for m1, not cadre/wang for m1"):
        county.when("assign-responsibility", responsibility=ONE, cadre="cadre/wang", area="m1")


def test_an_unknown_cadre_or_place_is_refused_with_the_nearest_names():
    county = with_cadres()
    with pytest.raises(Refused, match="cadre cadre/wong is not declared") as no:
        county.when("assign-responsibility", responsibility=ONE, cadre="cadre/wong", area="m1")

    assert no.value.nearest[0] == "cadre/wang"
