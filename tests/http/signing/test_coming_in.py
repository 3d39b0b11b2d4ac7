"""Tests signing in with a password: first time, role, refusals."""

import re
from types import SimpleNamespace

import pytest

from casework.application.accounts import accounts, passwords, sessions
from casework.application.accounts import lockout as lock_out
from casework.clock import SystemClock
from casework.database.engine import writing
from tests.http.signing.browser import HERE
from tests.http.signing.conftest import PASSWORD
from tests.http.test_problems import problem
from tests.stories.terminal import LOG


def test_a_set_up_code_works_once_and_demands_a_new_password(runtime, browser):
    code = accounts.create(runtime, LOG, "newt", "cadre/newt", by="test").code
    here = browser()

    problem(here.sign_in("newt", code), 401, "new-password-wanted")
    problem(here.sign_in("newt", code, new_password="short"), 422, "password-too-short")
    problem(here.sign_in("newt", code, new_password="newt newt newt"), 422, "password-obvious")
    problem(here.sign_in("newt", code, new_password=code), 422, "password-same")
    told = here.sign_in("newt", code, new_password="a lake without pikes").json()
    assert (told["actor"], told["role"], told["session"]["current"]) == ("cadre/newt", "cadre", True)
    assert here.api("GET", "desk").json()["actor"] == "cadre/newt"
    problem(browser().sign_in("newt", code), 401, "wrong-sign-in")
    assert browser().sign_in(" NEWT ", "a lake without pikes").status_code == 201


def test_an_expired_set_up_code_is_refused(runtime, browser):
    code = accounts.create(runtime, LOG, "frog", "cadre/frog", by="test").code
    with writing(runtime.engine) as db:
        account = accounts.account
        db.execute(account.update().where(account.c.login == "frog").values(code_until="2026-01-01T00:00:00.000Z"))

    problem(browser().sign_in("frog", code, new_password=PASSWORD), 401, "wrong-sign-in")


def test_a_failed_sign_in_looks_the_same_for_every_cause(runtime, browser, account, monkeypatch):
    disabled = account("toad")
    accounts.set_state(runtime, LOG, disabled, accounts.DISABLED, by="test")
    worked = []
    proves = passwords.Hasher.proves
    monkeypatch.setattr(
        passwords.Hasher, "proves", lambda self, *given: worked.append(bool(given[1])) or proves(self, *given)
    )
    told = [
        browser().sign_in(login, password).json() | {"request": ""}
        for login, password in (("nobody", PASSWORD), (disabled, PASSWORD), (account("heron"), "wrong"))
    ]

    assert told[0] == told[1] == told[2]
    assert told[0]["code"] == "wrong-sign-in"
    assert worked == [False, False, True]
    hasher = passwords.hasher(runtime.settings.accounts)
    assert hasher.proves(PASSWORD, "") is False


def test_guessing_passwords_waits_longer_each_time_and_is_logged_once(runtime, browser, account, monkeypatch):
    login, now = account("squirrel"), SystemClock().now()
    monkeypatch.setattr(lock_out, "_CLOCK", SimpleNamespace(now=lambda: now))
    size = runtime.store.head(LOG).size
    for _ in range(3):
        problem(browser().sign_in(login, "wrong"), 401, "wrong-sign-in")
    locked = browser().sign_in(login, PASSWORD)

    assert "30 seconds" in problem(locked, 429, "locked-out")["detail"]
    assert locked.headers["retry-after"] == "30"
    waits = []
    for _ in range(7):  # the wait is over: one try is free again
        _forget_the_wait(runtime)
        problem(browser().sign_in(login, "wrong"), 401, "wrong-sign-in")
        waits.append(int(browser().sign_in(login, PASSWORD).headers["retry-after"]))
    assert waits == [60, 120, 240, 480, 900, 900, 900]
    entries = list(runtime.store.read(LOG, since=size))
    assert [(one.type, one.actor, one.data) for one in entries] == [
        ("account-locked.v1", "system/clock", {"cadre": "cadre/squirrel"})
    ]
    accounts.unlock(runtime, LOG, login)
    assert browser().sign_in(login, PASSWORD).status_code == 201


def test_guessing_at_an_unknown_login_waits_and_stores_no_login(runtime, browser):
    size = runtime.store.head(LOG).size
    for _ in range(3):
        browser().sign_in("my-password-by-mistake", "x")

    problem(browser().sign_in("my-password-by-mistake", "x"), 429, "locked-out")
    assert runtime.store.head(LOG).size == size
    with runtime.engine.connect() as db:
        kept = db.execute(lock_out.sign_in_failure.select()).all()
    assert kept
    assert "mistake" not in str(kept)


def test_a_planted_session_ends_when_its_victim_signs_in(runtime, browser, account):
    thief = browser()
    thief.sign_in(account("owl"), PASSWORD)
    victim = browser()
    victim.jar.update(thief.jar)  # planted before the victim signs in
    victim.jar["casework"] = "cs.530828.000000000000." + "a" * 43

    assert victim.sign_in(account("eagle"), PASSWORD).status_code == 201
    assert victim.jar["__Host-casework"] != thief.jar["__Host-casework"]
    problem(thief.api("GET", "desk"), 401, "session-ended")
    assert victim.api("GET", "desk").json()["actor"] == "cadre/eagle"


def test_a_session_id_chosen_by_the_client_is_never_accepted(browser, account):
    chosen = "cs.530828.abcdefabcdef." + "b" * 43
    here = browser()
    here.jar["__Host-casework"] = chosen
    here.sign_in(account("owl"), PASSWORD)

    there = browser()
    there.jar["__Host-casework"] = chosen
    problem(there.api("GET", "desk"), 401, "unknown-session")


@pytest.mark.parametrize(
    ("at", "form"),
    [
        (
            "https://casework.example",
            r"__Host-casework=cs\.530828\.\w{12}\.[\w-]{43}; HttpOnly; Path=/; SameSite=lax; Secure",
        ),
        (HERE, r"casework=cs\.530828\.\w{12}\.[\w-]{43}; HttpOnly; Path=/; SameSite=lax"),
    ],
)
def test_the_session_cookie_is_host_only_and_http_only(browser, account, at, form):
    answer = browser(at).sign_in(account("owl"), PASSWORD)

    assert re.fullmatch(form, answer.headers["set-cookie"])
    assert "cs." not in answer.text


def test_a_session_cookie_without_host_prefix_is_ignored_over_https(signed_in, browser):
    inside = signed_in("owl", HERE)
    there = browser()
    there.jar.update(inside.jar)

    problem(there.api("GET", "desk"), 401, "no-token")


def test_a_password_over_plain_http_from_another_host_is_refused(browser, account):
    said = problem(browser("http://casework.example").sign_in(account("owl"), PASSWORD), 403, "not-in-the-clear")
    assert "X-Forwarded-Proto" in said["detail"]


def test_a_person_with_several_roles_chooses_one_and_may_change_it(browser, account):
    here = browser()
    told = here.sign_in(account("otter"), PASSWORD).json()
    assert (told["role"], sorted(told["roles"])) == ("", ["cadre", "unit_lead"])
    assert set(problem(here.api("GET", "desk"), 403, "role-wanted")["nearest"]) == {"cadre", "unit_lead"}

    before = dict(here.jar)
    here.api("PUT", "role", {"role": "cadre"})
    assert here.api("GET", "desk").json()["role"] == "cadre"
    problem(here.api("PUT", "role", {"role": "auditor"}), 403, "not-your-role")
    here.api("PUT", "role", {"role": "unit_lead"})
    assert here.api("GET", "desk").json()["role"] == "unit_lead"
    here.jar.update(before)
    problem(here.api("GET", "desk"), 401, "session-ended")
    assert browser().sign_in("otter", PASSWORD, role="unit_lead").json()["role"] == "unit_lead"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://other.casework.example"},
    ],
)
def test_requests_from_another_site_are_refused_and_change_nothing(runtime, signed_in, browser, account, headers):
    here = signed_in("owl")
    size = runtime.store.head(LOG).size

    problem(here.api("POST", "cases", {"area": "pine-1"}, **headers), 403, "another-site")
    problem(here.api("DELETE", "sessions", **headers), 403, "another-site")
    assert here.page(f"/{LOG}/account/end-others", {}, **headers).status_code == 403
    fresh = browser().api("POST", "sessions", {"login": account("owl"), "password": PASSWORD}, **headers)
    problem(fresh, 403, "another-site")
    assert runtime.store.head(LOG).size == size
    assert here.api("GET", "desk").status_code == 200


def test_a_cookie_request_without_an_origin_is_refused(client, signed_in):
    cookie = "; ".join(f"{name}={value}" for name, value in signed_in("owl").jar.items())
    answer = client.post(
        f"https://casework.example/api/{LOG}/cases", json={"area": "pine-1"}, headers={"Cookie": cookie}
    )

    problem(answer, 403, "another-site")


def test_a_session_of_a_caller_may_register_a_case(signed_in):
    answer = signed_in("cuckoo").api("POST", "cases", {"area": "pine-1", "category": "water"})

    assert answer.status_code == 201


@pytest.mark.parametrize(
    "path", ["desk?token={0}", "desk?access_token={0}&limit=1", "cases/{0}", "cases?after=x&t={0}"]
)
def test_a_token_in_an_address_is_refused_and_not_logged(client, bearer, lines, path):
    headers = bearer("cadre/owl", "dispatcher")
    token = headers["Authorization"].removeprefix("Bearer ")
    for shown in ({}, headers):  # even with a good one beside it
        answer = client.get(f"https://casework.example/api/{LOG}/{path.format(token)}", headers=shown)
        assert "revoke" in problem(answer, 400, "token-in-address")["detail"]
    page = client.get(f"https://casework.example/{LOG}?token={token}", headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert token not in page.text
    assert token.rpartition(".")[2].encode() not in lines.getvalue()


def test_the_servers_log_holds_no_password_and_no_session_secret(signed_in, lines):
    secret = signed_in("owl").jar["__Host-casework"].rpartition(".")[2]

    assert b"sessions" in lines.getvalue()
    for word in (secret, PASSWORD, sessions.FORM.pattern[:3]):
        assert word.encode() not in lines.getvalue()


def _forget_the_wait(runtime):
    table = lock_out.sign_in_failure
    with writing(runtime.engine) as db:
        db.execute(table.update().values(until=""))
