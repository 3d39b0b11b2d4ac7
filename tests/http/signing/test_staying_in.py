"""Tests how sessions last and end: limits, devices, roles, closed accounts."""

from datetime import timedelta

import pytest

from casework.application.accounts import accounts, sessions
from casework.application.commands.handle import Request, handle
from casework.clock import SystemClock, shifted
from casework.database.engine import writing
from tests.http.signing.conftest import PASSWORD
from tests.http.test_problems import problem
from tests.stories.terminal import LOG


@pytest.fixture
def aged(runtime, client):
    """Make a session older: aged(browser, seen_at={"minutes": 61})."""

    def age(browser, **columns):
        id = browser.jar["__Host-casework"].split(".")[2]
        table = sessions.session
        now = SystemClock().now()
        values = {name: shifted(now, -timedelta(**by)) for name, by in columns.items()}
        with writing(runtime.engine) as db:
            db.execute(table.update().where(table.c.id == id).values(values))
        client.app.state.server.callers.forget()

    return age


def test_a_browser_session_expires_after_an_idle_hour_and_at_its_end(signed_in, aged):
    here = signed_in("owl")
    aged(here, seen_at={"minutes": 59})
    assert here.api("GET", "desk").status_code == 200
    assert here.api("GET", "sessions").json()["sessions"][0]["seen_at"] > shifted(
        SystemClock().now(), -timedelta(minutes=1)
    )
    aged(here, seen_at={"minutes": 61})
    problem(here.api("GET", "desk"), 401, "session-expired")
    aged(here, seen_at={"minutes": 1}, expires_at={"minutes": 0})
    problem(here.api("GET", "desk"), 401, "session-expired")


def test_a_device_session_and_its_cookie_last_for_weeks(browser, account, aged):
    phone = browser()
    answer = phone.sign_in(account("owl"), PASSWORD, device="work  phone")

    assert "Max-Age=15552000" in answer.headers["set-cookie"]
    assert answer.json()["session"]["device"] == "work phone"
    aged(phone, seen_at={"days": 44}, made_at={"days": 44})
    assert phone.api("GET", "desk").status_code == 200
    aged(phone, seen_at={"days": 46})
    problem(phone.api("GET", "desk"), 401, "session-expired")


def test_an_owner_ends_the_session_of_a_lost_device(signed_in):
    stolen, office = signed_in("owl", device="phone that was lost"), signed_in("owl")
    listed = office.api("GET", "sessions").json()["sessions"]
    (lost,) = [one for one in listed if one["device"] == "phone that was lost"]
    assert stolen.api("GET", "desk").status_code == 200

    assert office.api("DELETE", f"sessions/{lost['id']}").status_code == 204
    problem(stolen.api("GET", "desk"), 401, "session-ended")
    assert office.api("GET", "desk").status_code == 200
    problem(office.api("DELETE", "sessions/000000000000"), 404, "no-such-session")


def test_only_an_administrator_ends_the_session_of_another_person(signed_in):
    stolen, other, administrator = signed_in("owl", device="lost"), signed_in("eagle"), signed_in("beaver")
    id = stolen.jar["__Host-casework"].split(".")[2]

    problem(other.api("DELETE", f"sessions/{id}"), 404, "no-such-session")
    problem(other.api("DELETE", f"accounts/owl/sessions/{id}"), 403, "not-your-role")
    assert id in {one["id"] for one in administrator.api("GET", "accounts/owl/sessions").json()["sessions"]}
    assert administrator.api("DELETE", f"accounts/owl/sessions/{id}").status_code == 204
    problem(stolen.api("GET", "desk"), 401, "session-ended")


def test_signing_out_ends_one_session_and_ending_all_ends_every_one(signed_in):
    one, two = signed_in("owl"), signed_in("owl")
    kept = dict(one.jar)
    assert one.api("DELETE", "sessions/current").status_code == 204
    assert one.jar == {}
    one.jar.update(kept)
    problem(one.api("GET", "desk"), 401, "session-ended")
    three = signed_in("owl")
    assert two.api("DELETE", "sessions").status_code == 204
    problem(three.api("GET", "desk"), 401, "session-ended")


def test_a_session_and_token_of_a_lost_role_are_refused_at_once(runtime, signed_in, bearer, client):
    here = signed_in("otter", role="unit_lead")
    headers = bearer("cadre/otter", "unit_lead")
    desk = f"https://casework.example/api/{LOG}/desk"
    assert here.api("GET", "desk").status_code == 200
    assert client.get(desk, headers=headers).status_code == 200

    _declare(runtime, "otter", ["cadre"], "pine-water")
    said = problem(here.api("GET", "desk"), 403, "not-your-role")
    assert said["nearest"] == ["cadre"]
    problem(client.get(desk, headers=headers), 403, "not-your-role")
    here.api("PUT", "role", {"role": "cadre"})
    assert here.api("GET", "desk").json()["role"] == "cadre"


def test_a_cadre_who_moved_is_refused_the_old_area_at_once(runtime, signed_in):
    here = signed_in("heron")
    assert here.api("GET", "sessions").status_code == 200
    _declare(runtime, "heron", ["dispatcher"], "pine-service")

    problem(here.api("POST", "cases", {"area": "reed-1", "category": "water"}), 403, "outside-your-area")


def test_a_new_password_ends_every_other_session(signed_in, browser):
    thief, here = signed_in("eagle"), signed_in("eagle")
    problem(here.api("PUT", "password", {"password": "wrong", "new_password": "x" * 12}), 401, "wrong-sign-in")
    problem(here.api("PUT", "password", {"password": PASSWORD, "new_password": PASSWORD}), 422, "password-same")
    changed = {"password": PASSWORD, "new_password": "two owls and a lamp"}
    assert here.api("PUT", "password", changed).status_code == 204

    assert here.api("GET", "desk").status_code == 200
    problem(thief.api("GET", "desk"), 401, "session-ended")
    problem(browser().sign_in("eagle", PASSWORD), 401, "wrong-sign-in")
    back = {"password": "two owls and a lamp", "new_password": PASSWORD}
    assert here.api("PUT", "password", back).status_code == 204


def test_disabling_an_account_ends_its_sessions_at_once(signed_in, browser):
    here, administrator = signed_in("magpie"), signed_in("beaver")
    assert administrator.api("POST", "accounts/magpie/disable").json()["state"] == "disabled"

    problem(here.api("GET", "desk"), 401, "session-ended")
    problem(browser().sign_in("magpie", PASSWORD), 401, "wrong-sign-in")
    administrator.api("POST", "accounts/magpie/enable")
    assert browser().sign_in("magpie", PASSWORD).status_code == 201


def test_an_administrator_creates_resets_and_unlocks_accounts(runtime, signed_in, browser):
    administrator = signed_in("beaver")
    made = administrator.api("POST", "accounts", {"login": "swallow", "actor": "cadre/swallow"}).json()
    problem(administrator.api("POST", "accounts", {"login": "swallow", "actor": "cadre/newt"}), 409, "login-taken")
    problem(administrator.api("POST", "accounts", {"login": "x1", "actor": "cadre/nobody"}), 422, "unknown-cadre")
    problem(administrator.api("POST", "accounts", {"login": "13900001111", "actor": "cadre/newt"}), 422, "bad-login")
    here = browser()
    assert here.sign_in("swallow", made["code"], new_password="a nest under the eaves").status_code == 201

    reset = administrator.api("POST", "accounts/swallow/reset", {}).json()
    problem(here.api("GET", "desk"), 401, "session-ended")
    problem(browser().sign_in("swallow", "a nest under the eaves"), 401, "wrong-sign-in")
    assert reset["about"]["changed_by"] == "cadre/beaver"
    listed = administrator.api("GET", "accounts").json()["accounts"]
    assert {one["login"]: one["must_change"] for one in listed}["swallow"] is True
    assert "phc" not in listed[0]
    assert administrator.api("POST", "accounts/swallow/unlock").json()["locked_until"] == ""
    problem(administrator.api("POST", "accounts/swalow/unlock"), 404, "unknown-account")


def test_an_account_for_a_machine_or_an_unknown_person_is_refused(runtime):
    for actor in ("system/clock", "cadre/nobody", "resident/ab12"):
        with pytest.raises(Exception, match=r"nobody who signs in|no cadre|the roster has no"):
            accounts.create(runtime, LOG, "robot", actor, by="test")


def _declare(runtime, cadre, roles, unit):
    handle(
        runtime,
        Request(
            log=LOG, command="declare-cadre", members={"cadre": f"cadre/{cadre}", "unit": unit, "roles": roles},
            actor="system/operator", role="administrator", source="cli",
        ),
    )  # fmt: skip
