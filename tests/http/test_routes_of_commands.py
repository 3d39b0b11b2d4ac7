"""Tests that each command has one route, through the life of a case."""

import re

import pytest

from casework.http.api.envelope import MEMBERS
from casework.http.api.route_table import NOT_HERE, ROUTES
from casework.law.kinds import COMMANDS
from tests.http.acting import API, CADRE, CALLER, DISPATCHER, REVIEWER, SUPERVISOR


def test_every_command_that_a_person_may_issue_has_exactly_one_route():
    assert set(ROUTES) | set(NOT_HERE) == set(COMMANDS)
    assert not set(ROUTES) & set(NOT_HERE)
    assert len({route.path for route in ROUTES.values()}) == len(ROUTES)
    assert all(NOT_HERE.values())


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_every_path_parameter_of_a_command_is_one_of_its_members(route):
    members = {field.removesuffix("_") for field in route.kind.__struct_fields__}

    assert set(route.fills) <= members
    assert not set(MEMBERS) & members
    # a command on a case has the case in its path
    if "case" in members and not route.begins and route.command != "link-activity":
        assert "case" in route.fills


def test_the_application_serves_every_route_of_the_table(client):
    served = {re.sub(r":str", "", route.path) for route in client.app.routes if "POST" in getattr(route, "methods", ())}

    assert {"/api/{log}" + route.path for route in ROUTES.values()} <= served


def test_a_case_is_worked_over_http_from_registration_to_closing(hands):
    begun = hands.do(
        CALLER,
        "/cases",
        {"area": "menglang-1", "category": "water", "summary": "没有水", "person": {"full_name": "甲"}},
    )
    number = begun.json()["number"]

    assert begun.status_code == 201
    assert begun.headers["location"] == f"{API}/cases/{number}"
    assert begun.headers["etag"] == '"0"'
    assert begun.headers["x-request-id"]

    hands.ok(DISPATCHER, f"/cases/{number}/acceptance")
    hands.ok(DISPATCHER, f"/cases/{number}/dispatch", {"unit": "water-station", "lead": "cadre/crane"})
    hands.ok(CADRE, f"/cases/{number}/acknowledgement")
    hands.ok(CADRE, f"/cases/{number}/contacts", {"channel": "phone", "reached": True})
    done = hands.do(CADRE, f"/cases/{number}/actions", {"action": "repair", "note": "修好了"})
    assert (done.status_code, done.json()["events"]) == (200, ["action-logged.v1"])

    submitted = hands.ok(CADRE, f"/cases/{number}/resolution", {"result": "solved", "answer": "已通水"})
    seen = f'"{submitted["rev"]}"'
    approved = hands.ok(REVIEWER, f"/cases/{number}/resolution/approval", If_Match=seen)
    called = hands.ok(CALLER, f"/cases/{number}/callbacks", {"reached": True, "solved": "yes", "satisfaction": 5})
    closed = hands.ok(DISPATCHER, f"/cases/{number}/closing", If_Match=f'"{called["rev"]}"')

    assert approved["rev"] == submitted["rev"] + 1
    assert closed["events"] == ["case-closed.v1"]


def test_a_case_is_found_by_number_short_number_or_id(hands, runtime):
    number = hands.registered()
    stream = hands.ok(DISPATCHER, f"/cases/{number}/acceptance")["stream"]

    for name in (number, stream.removeprefix("case/"), number.removeprefix("530828-")):
        assert hands.ok(DISPATCHER, f"/cases/{name}/actions", {"action": "visit"})["stream"] == stream


def test_an_activity_is_recorded_and_linked_to_a_case(hands):
    begun = hands.do(CADRE, "/activities", {"what": "patrol", "area": "menglang-1"})
    activity = begun.json()["stream"].removeprefix("activity/")
    case = hands.ok(DISPATCHER, f"/cases/{hands.registered()}/acceptance")["stream"]

    assert begun.headers["location"] == f"{API}/activities/{activity}"
    assert hands.ok(CADRE, f"/activities/{activity}/cases", {"case": case})["events"] == ["activity-led.v1"]


def test_an_act_for_another_cadre_from_a_device_is_stored_as_such(hands, runtime):
    number = hands.dispatched()
    body = {
        "action": "visit",
        "for": "cadre/egret",
        "device": {"captured": "2026-01-02T03:04:05.000Z", "sent": "2026-01-02T03:05:05.000Z", "id": "phone-7"},
    }
    answer = hands.ok(DISPATCHER, f"/cases/{number}/actions", body)
    entry = runtime.store.read("530828", since=answer["seq"])[0]

    assert (entry.for_, entry.source, entry.device.id) == ("cadre/egret", "offline/phone-7", "phone-7")
    assert entry.occurred < entry.at

    answer = hands.ok(DISPATCHER, f"/cases/{number}/actions", {"action": "visit", "occurred_on": entry.recorded_on})
    assert runtime.store.read("530828", since=answer["seq"])[0].occurred_on == entry.recorded_on


def test_a_supervisor_of_the_county_is_refused_to_change_the_policy(hands):
    assert hands.do(SUPERVISOR, "/policy", {"policy": {"due_days": 20}, "basis": "x"}).status_code == 403
