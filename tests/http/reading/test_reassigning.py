"""Tests bulk reassignment of a cadre's cases over HTTP."""

from casework.application.desk import reassign as reassigning
from casework.http.problem_words import STATUS_OF
from tests.stories.terminal import LOG


def test_a_reassignment_moves_the_previewed_cases_and_answers_for_each(county):
    whom = {"from": "cadre/newt", "to": "cadre/otter"}
    look = county.post("unit_lead", "reassignments/preview", whom).json()
    assert look["total"] == 1
    assert [row["stream"] for row in look["cases"]] == [county.cases["pine, led by newt"]]
    size = county.runtime.store.head(LOG).size

    strange = county.cases["reed, led by frog, newt helps"]
    body = {**whom, "reason": "moved", "command": "over", "cases": [look["cases"][0]["stream"], strange]}
    done = county.post("unit_lead", "reassignments", body).json()

    assert (done["assigned"], done["stayed"]) == (1, 1)
    assert done["cases"][0]["answer"]["events"] == ["officer-assigned.v1"]
    assert done["cases"][1]["code"] == "another-lead"
    assert county.runtime.store.head(LOG).size == size + 1

    again = county.post("unit_lead", "reassignments", body).json()
    assert again["cases"][0]["answer"]["repeated"] is True
    assert county.runtime.store.head(LOG).size == size + 1
    assert county.post("unit_lead", "reassignments/preview", whom).json()["total"] == 0


def test_only_a_unit_head_reassigns_and_only_within_the_unit(county):
    def refused(who, whom, **more):
        return county.post(who, "reassignments/preview", {"from": "cadre/newt", "to": whom, **more}).json()["code"]

    assert refused("cadre", "cadre/otter") == "not-your-role"
    assert refused("unit_lead", "cadre/frog") == "not-of-that-unit"
    assert refused("unit_lead", "cadre/newt") == "same-cadre"
    assert refused("unit_lead", "cadre/nobody") == "unknown-cadre"
    assert refused("unit_lead", "cadre/otter", more=1) == "malformed"
    blank = {
        "from": "cadre/newt",
        "to": "cadre/otter",
        "reason": "",
        "command": "x",
        "cases": [county.cases["pine, public"]],
    }
    assert county.post("unit_lead", "reassignments", blank).status_code == 400


def test_reassigning_a_case_that_changed_meanwhile_is_refused(county, monkeypatch):
    stream = county.do("register-case", "cadre/cuckoo", "caller", area="pine-1", category="water").stream
    county.do("accept-case", "cadre/owl", "dispatcher", case=stream)
    county.do("dispatch-case", "cadre/owl", "dispatcher", case=stream, unit="pine-water", lead="cadre/newt")
    seen = reassigning._leads

    def and_then_somebody_acts(*args):
        found = seen(*args)
        county.do("log-action", "cadre/newt", "cadre", case=stream, action="visit")
        return found

    monkeypatch.setattr(reassigning, "_leads", and_then_somebody_acts)
    body = {"from": "cadre/newt", "to": "cadre/otter", "reason": "moved", "command": "late", "cases": [stream]}
    (lost,) = county.post("unit_lead", "reassignments", body).json()["cases"]

    assert lost["code"] == "changed-meanwhile"
    assert STATUS_OF[lost["code"]] == 409
    assert "look again" in lost["en"]
