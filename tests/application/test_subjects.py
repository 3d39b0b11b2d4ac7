"""Tests whom sealed parts concern."""

import json

import pytest

from casework.application.access.actor import Actor
from casework.application.cases.open_case import open_case
from casework.application.privacy.erase import erase, reach_of_person
from casework.application.runtime.problem import Problem
from tests.stories.terminal import LOG

ME = "resident/00aa11bb22cc"
PERSON = {"full_name": "MARKER", "phone": "13900001111"}


def first(runtime, stream):
    return json.loads(runtime.store.raw(LOG, since=runtime.store.first(LOG, stream).seq)[0])


def texts(runtime, stream):
    opened = open_case(runtime, LOG, stream, Actor("cadre/magpie", "auditor"))
    return {part.member: part.state for step in opened.timeline for part in step.sealed}


@pytest.mark.parametrize("role", ["resident", "reporter"])
def test_an_erasure_finds_and_removes_a_residents_own_request(runtime, do, role):
    stream = do("register-case", ME, role, area="menglang", summary="MARKER", details="MARKER").stream

    assert first(runtime, stream)["data"]["resident"] == ME
    reach = reach_of_person(runtime, LOG, [ME])
    assert set(texts(runtime, stream).values()) == {"open"}
    operator = ("system/operator", "administrator")
    do("declare-cadre", *operator, cadre="cadre/mole", unit="water-station", roles=["privacy_officer"],
       **{"from": "2020-01-01"})  # fmt: skip
    erase(runtime, LOG, reach, actor="cadre/mole", basis="resident_asked")
    assert texts(runtime, stream) == {"summary": "erased", "details": "erased"}


def test_a_resident_may_leave_name_and_telephone(runtime, do):
    stream = do("register-case", ME, "resident", area="menglang", summary="MARKER", person=PERSON).stream

    assert first(runtime, stream)["data"]["resident"] == ME
    assert len(reach_of_person(runtime, LOG, [ME]).kids) == 2


def test_a_reporters_text_about_a_neighbour_concerns_both(runtime, do):
    stream = do("register-case", ME, "reporter", area="menglang", summary="MARKER", person=PERSON).stream
    neighbour = first(runtime, stream)["data"]["resident"]

    assert neighbour not in ("", ME)
    for one in (ME, neighbour):  # a text that mentions another person is shown to the privacy officer
        assert len(reach_of_person(runtime, LOG, [one]).shared) == 2
    assert len(reach_of_person(runtime, LOG, [ME, neighbour]).kids) == 2


def test_a_text_that_a_resident_adds_concerns_that_resident(runtime, do):
    stream = do("register-case", ME, "reporter", area="menglang").stream
    before = len(reach_of_person(runtime, LOG, [ME]).kids)
    do("log-action", ME, "reporter", case=stream, action="visit", note="MARKER")

    assert len(reach_of_person(runtime, LOG, [ME]).kids) == before + 1


def test_a_resident_cannot_enter_anything_for_a_cadre(runtime, do):
    size = runtime.store.head(LOG).size

    with pytest.raises(Problem, match="speak for yourself"):
        do("register-case", ME, "reporter", area="menglang", envelope={"for_": "cadre/crane"})
    assert runtime.store.head(LOG).size == size
