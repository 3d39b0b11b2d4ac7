"""Whom sealed parts concern: whoever writes about themselves is found by their own pseudonym, and can be erased."""

import json

import pytest

from casework.application.access.actor import Person
from casework.application.cases.open_case import open_case
from casework.application.privacy.erase import erase, reach_of_person
from casework.application.runtime.problem import Problem
from tests.stories.terminal import LOG

ME = "resident/00aa11bb22cc"
PERSON = {"full_name": "MARKER", "phone": "13900001111"}


def first(house, stream):
    return json.loads(house.store.raw(LOG, since=house.store.first(LOG, stream).seq)[0])


def texts(house, stream):
    opened = open_case(house, LOG, stream, Person("cadre/magpie", "auditor"))
    return {part.member: part.state for step in opened.timeline for part in step.sealed}


@pytest.mark.parametrize("role", ["resident", "reporter"])
def test_who_registers_for_themselves_is_found_by_an_erasure_and_gone_after_it(house, do, role):
    stream = do("register-case", ME, role, area="menglang", summary="MARKER", details="MARKER").stream

    assert first(house, stream)["data"]["resident"] == ME
    reach = reach_of_person(house, LOG, [ME])
    assert set(texts(house, stream).values()) == {"open"}
    operator = ("system/operator", "administrator")
    do("declare-cadre", *operator, cadre="cadre/mole", unit="water-station", roles=["privacy_officer"],
       **{"from": "2020-01-01"})  # fmt: skip
    erase(house, LOG, reach, actor="cadre/mole", basis="resident_asked")
    assert texts(house, stream) == {"summary": "erased", "details": "erased"}


def test_a_resident_may_leave_name_and_telephone(house, do):
    stream = do("register-case", ME, "resident", area="menglang", summary="MARKER", person=PERSON).stream

    assert first(house, stream)["data"]["resident"] == ME
    assert len(reach_of_person(house, LOG, [ME]).kids) == 2


def test_what_a_reporter_writes_of_a_neighbour_concerns_both(house, do):
    stream = do("register-case", ME, "reporter", area="menglang", summary="MARKER", person=PERSON).stream
    neighbour = first(house, stream)["data"]["resident"]

    assert neighbour not in ("", ME)
    for one in (ME, neighbour):  # a text that mentions another is put before the privacy officer
        assert len(reach_of_person(house, LOG, [one]).shared) == 2
    assert len(reach_of_person(house, LOG, [ME, neighbour]).kids) == 2


def test_what_a_resident_adds_to_a_case_concerns_them(house, do):
    stream = do("register-case", ME, "reporter", area="menglang").stream
    before = len(reach_of_person(house, LOG, [ME]).kids)
    do("log-action", ME, "reporter", case=stream, action="visit", note="MARKER")

    assert len(reach_of_person(house, LOG, [ME]).kids) == before + 1


def test_a_resident_enters_nothing_in_the_name_of_a_cadre(house, do):
    size = house.store.head(LOG).size

    with pytest.raises(Problem, match="speak for yourself"):
        do("register-case", ME, "reporter", area="menglang", envelope={"for_": "cadre/crane"})
    assert house.store.head(LOG).size == size
