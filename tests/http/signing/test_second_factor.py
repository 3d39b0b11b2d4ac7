"""Tests the second factor: one-time codes, recovery codes, roles that need it."""

import time

import pytest
from pyotp.totp import TOTP

from casework.application.accounts import accounts, second_factor
from tests.http.signing.conftest import PASSWORD
from tests.http.test_problems import problem
from tests.stories.terminal import LOG


@pytest.fixture
def moment(monkeypatch):
    """The machine's clock, to be moved on by steps of the authenticator."""
    at = [time.time()]
    monkeypatch.setattr(second_factor.time, "time", lambda: at[0])

    def code(secret, steps=1):
        at[0] += steps * second_factor.STEP
        return TOTP(secret).at(int(at[0]))

    return code


@pytest.fixture
def turned_on(signed_in, moment):
    """Turn a cadre's second factor on: (browser, secret, recovery codes)."""

    def on(cadre, **more):
        here = signed_in(cadre, **more)
        secret = here.api("POST", "second-factor", {"password": PASSWORD}).json()["secret"]
        codes = here.api("PUT", "second-factor", {"code": moment(secret)}).json()["codes"]
        return here, secret, codes

    return on


def test_with_a_second_factor_a_password_alone_is_refused(runtime, browser, turned_on, moment):
    _, secret, codes = turned_on("stork", role="reviewer")
    assert len(set(codes)) == second_factor.CODES

    problem(browser().sign_in("stork", PASSWORD), 401, "code-wanted")
    problem(browser().sign_in("stork", PASSWORD, code="000000"), 401, "wrong-code")
    assert browser().sign_in("stork", PASSWORD, code=moment(secret)).status_code == 201
    row = accounts.row_of(runtime, LOG, "stork")
    assert secret.encode() not in bytes(row["totp_secret"])


def test_a_one_time_code_and_all_earlier_ones_work_only_once(browser, turned_on, moment):
    _, secret, _ = turned_on("cuckoo")
    code = moment(secret, 2)
    earlier = TOTP(secret).at(int(second_factor.time.time()) - second_factor.STEP)

    assert browser().sign_in("cuckoo", PASSWORD, code=code).status_code == 201
    problem(browser().sign_in("cuckoo", PASSWORD, code=code), 401, "wrong-code")
    problem(browser().sign_in("cuckoo", PASSWORD, code=earlier), 401, "wrong-code")


def test_the_confirming_code_is_used_up_and_guessing_codes_locks_out(browser, signed_in, moment):
    here = signed_in("magpie")
    secret = here.api("POST", "second-factor", {"password": PASSWORD}).json()["secret"]
    code = moment(secret)
    here.api("PUT", "second-factor", {"code": code})

    for tried in (code, "111111", "222222"):
        problem(browser().sign_in("magpie", PASSWORD, code=tried), 401, "wrong-code")
    problem(browser().sign_in("magpie", PASSWORD, code=moment(secret)), 429, "locked-out")


def test_a_recovery_code_works_once(browser, turned_on):
    _, _, codes = turned_on("swallow")

    assert browser().sign_in("swallow", PASSWORD, code=codes[0].upper()).status_code == 201
    problem(browser().sign_in("swallow", PASSWORD, code=codes[0]), 401, "wrong-code")
    assert browser().sign_in("swallow", PASSWORD, code=codes[1]).status_code == 201


def test_a_role_that_needs_a_second_factor_is_refused_without_one(signed_in, moment):
    here = signed_in("mole")  # the settings require one of a privacy officer
    problem(here.api("GET", "desk"), 403, "second-factor-first")
    problem(here.api("POST", "second-factor", {"password": "wrong"}), 401, "wrong-sign-in")
    secret = here.api("POST", "second-factor", {"password": PASSWORD}).json()["secret"]
    problem(here.api("GET", "desk"), 403, "second-factor-first")
    assert "wrong" in problem(here.api("PUT", "second-factor", {"code": "000000"}), 401, "wrong-code")["detail"]

    here.api("PUT", "second-factor", {"code": moment(secret)})
    assert here.api("GET", "desk").status_code == 200
    problem(here.api("POST", "second-factor", {"password": PASSWORD}), 409, "second-factor-on")


def test_a_second_factor_is_removed_by_password_or_by_a_reset(runtime, browser, turned_on):
    here, _, _ = turned_on("frog", role="cadre")
    problem(here.api("POST", "second-factor/end", {"password": "wrong"}), 401, "wrong-sign-in")
    assert here.api("POST", "second-factor/end", {"password": PASSWORD}).status_code == 204
    assert browser().sign_in("frog", PASSWORD, role="cadre").status_code == 201
    problem(here.api("PUT", "second-factor", {"code": "000000"}), 409, "no-second-factor")

    _, _, codes = turned_on("heron")
    code = accounts.reset(runtime, LOG, "heron", by="test", second=True).code
    assert browser().sign_in("heron", code, new_password=PASSWORD).status_code == 201
    problem(browser().sign_in("heron", PASSWORD + "!", code=codes[0]), 401, "wrong-sign-in")
