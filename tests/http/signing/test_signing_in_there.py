"""Tests signing in through the county's identity provider."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from msgspec.structs import replace

from casework.application.accounts import accounts, sessions
from casework.application.accounts import oidc_provider as issuer
from casework.application.accounts import provider_links as account_links
from casework.application.accounts.tables import account_link, sign_in_begun
from casework.database.engine import reading, writing
from casework.settings import Issuer
from tests.http.signing.browser import AT
from tests.http.signing.conftest import PASSWORD
from tests.http.signing.provider import CLIENT, SECRET, providing, sent_back
from tests.http.test_problems import problem
from tests.stories.terminal import LOG

HOME = f"/{LOG}"
BEGIN = "/sign-in/issuer"


@pytest.fixture(scope="module")
def running():
    with providing() as provider:
        yield provider


@pytest.fixture(scope="module")
def settings(settings, running, tmp_path_factory):
    file = tmp_path_factory.mktemp("secret") / "client"
    file.write_text(f"{SECRET}\n", "utf-8")
    of = Issuer(
        url=running.address, client=CLIENT, secret_file=str(file), address=AT, second_factor="mfa urn:lark:strong"
    )
    wanted = replace(settings.accounts, second_factor_roles=("privacy_officer", "supervisor"))
    return replace(settings, issuer=of, accounts=wanted)


@pytest.fixture
def provider(running, client, runtime):
    """The provider without faults, and a fresh client of it in the server."""
    running.mend()
    client.app.state.server.issuer = issuer.issuer_of(runtime.settings)
    return running


@pytest.fixture
def linked(runtime, account, provider):
    """An account linked to the provider's current person: linked("newt")."""

    def link(cadre, subject=""):
        provider.subject = subject or f"s-{cadre}"
        account_links.link(runtime, LOG, account(cadre), provider.subject, by="test")
        return cadre

    return link


@pytest.fixture
def there(browser, provider):
    """A browser that went to the provider, and the path by which it comes back: there(next=…)."""

    def go(here=None, **query):
        here = here or browser()
        sent = here.page(f"{BEGIN}?log={LOG}" + "".join(f"&{name}={value}" for name, value in query.items()))
        assert sent.status_code == 303, sent.text
        assert sent.headers["location"].startswith(f"{provider.address}/authorize?")
        back = sent_back(sent.headers["location"])
        assert back.startswith(f"{AT}/sign-in/issuer/answer?")
        return here, back.removeprefix(AT)

    return go


def why(answer, status):
    """The error on the sign-in page, after checking that no session was opened."""
    assert answer.status_code == status, answer.text
    assert "__Host-casework=cs." not in answer.headers.get("set-cookie", "")
    assert 'name="password"' in answer.text
    said = re.search(r'<p class="problem" role="alert">(.*?)</p>', answer.text)
    assert said is not None
    return unescape(said[1])


def test_the_provider_button_leads_to_the_requested_page(runtime, browser, provider, linked, there):
    linked("newt")
    here = browser()
    form = here.page(f"{HOME}/surveys", **{"Accept-Language": "zh-CN"})
    button = re.search(r'<nav class="sign-in".*?<a href="([^"]+)">([^<]+)</a>', form.text, re.DOTALL)
    assert button is not None
    assert button[2] == "用统一身份认证登录"
    address = unescape(button[1])
    assert address.startswith(f"{AT}{BEGIN}?")
    query = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
    assert query == {"log": LOG, "next": f"{HOME}/surveys"}

    _, back = there(here, **query)
    answer = here.page(back)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HOME}/surveys")
    assert here.page(f"{HOME}/surveys").status_code == 200
    told = here.api("GET", "sessions").json()["sessions"]
    assert [(one["way"], one["role"], one["device"]) for one in told if one["current"]] == [("oidc", "cadre", "")]
    assert accounts.get(runtime, LOG, "newt").signed_in_at != ""


def test_no_secret_of_a_sign_in_is_stored_or_sent_to_the_provider(runtime, browser, provider, there):
    here, back = there()
    sent = here.page(f"{BEGIN}?log={LOG}")
    asks = parse_qs(urlsplit(sent.headers["location"]).query)

    assert asks["redirect_uri"] == [f"{AT}/sign-in/issuer/answer"]
    assert asks["scope"] == ["openid"]
    cookie = sent.headers["set-cookie"]
    assert cookie.startswith("__Host-casework-begun=")
    assert {"httponly", "samesite=lax", "secure", "path=/"} <= set(cookie.lower().split("; "))
    secret = here.jar["__Host-casework-begun"]
    assert secret not in sent.headers["location"]
    with reading(runtime.engine) as db:
        rows = [tuple(row) for row in db.execute(sign_in_begun.select())]
    for text in (secret, asks["state"][0], asks["nonce"][0]):
        assert text.encode() not in repr(rows).encode()
    assert asks["nonce"] != parse_qs(urlsplit(back).query).get("nonce")


def test_choosing_a_role_keeps_the_session_marked_as_oidc(runtime, linked, there):
    linked("otter")
    here, back = there()
    assert here.page(back).status_code == 303
    assert here.page(HOME).headers["location"] == f"{HOME}/account?next={HOME}"
    assert here.page(f"{HOME}/account/role", {"role": "cadre", "next": HOME}).status_code == 303
    assert here.page(HOME).status_code == 200
    (held,) = [one for one in sessions.open_of(runtime, LOG, "otter") if one.way == "oidc"]
    assert held.role == "cadre"


def test_an_answer_of_the_provider_works_once(linked, there):
    linked("newt")
    here, back = there()
    secret = here.jar["__Host-casework-begun"]
    assert here.page(back).status_code == 303
    assert "__Host-casework-begun" not in here.jar

    here.jar = {"__Host-casework-begun": secret}
    assert "begun in this browser" in why(here.page(back), 401)


def test_an_answer_works_only_in_the_browser_that_began(browser, linked, there):
    linked("newt")
    mine, back = there()
    victim, _ = there()

    assert "begun in this browser" in why(victim.page(back), 401)
    assert "begun in this browser" in why(browser().page(back), 401)
    assert mine.page(back).status_code == 303


@pytest.mark.parametrize(
    "state", ["", "x", f"{LOG}.", f"{LOG}.{'a' * 43}", f"a%00b.{'a' * 43}", f"%F0%9F%A6%A2.{'a' * 43}"]
)
def test_an_answer_with_an_unknown_state_is_refused(there, state):
    here, back = there()
    assert "begun in this browser" in why(here.page(re.sub(r"state=[^&]*", f"state={state}", back)), 401)


def test_an_answer_after_ten_minutes_is_refused_and_forgotten(runtime, linked, there):
    linked("newt")
    here, back = there()
    with writing(runtime.engine) as db:
        db.execute(sign_in_begun.update().values(until="2026-01-01T00:00:00.000Z"))
    assert "longer than 10 minutes" in why(here.page(back), 401)
    there()
    with reading(runtime.engine) as db:
        assert (
            "2026-01-01T00:00:00.000Z"
            not in db.scalars(sign_in_begun.select().with_only_columns(sign_in_begun.c.until)).all()
        )


def test_an_id_token_that_is_refused_signs_nobody_in(provider, linked, there):
    linked("newt")
    provider.claims = {"nonce": "another"}
    here, back = there()
    assert "not accepted (nonce)" in why(here.page(back), 401)
    assert here.page(HOME).status_code == 401


def test_an_unlinked_person_is_shown_their_identifier(provider, there):
    provider.subject = "s-<stranger>"
    here, back = there()
    assert "Your identifier there is s-<stranger>" in why(here.page(back), 403)


def test_a_disabled_account_is_refused_after_the_provider_too(runtime, linked, there):
    login = linked("toad")
    accounts.set_state(runtime, LOG, login, accounts.DISABLED, by="test")
    here, back = there()
    assert "disabled" in why(here.page(back), 403)
    accounts.set_state(runtime, LOG, login, accounts.ACTIVE, by="test")
    here, back = there()
    assert here.page(back).status_code == 303


def test_an_earlier_session_of_the_browser_ends_at_sign_in(runtime, browser, linked, signed_in, there):
    linked("newt")
    before = signed_in("owl")
    planted = before.jar["__Host-casework"]
    here, back = there(before)
    assert here.page(back).status_code == 303
    assert here.jar["__Host-casework"] != planted
    thief = browser()
    thief.jar = {"__Host-casework": planted}
    problem(thief.api("GET", "desk"), 401, "session-ended")


def test_a_role_accepts_a_second_factor_that_the_provider_claims(provider, linked, there):
    linked("mole")
    provider.claims = {"amr": ["pwd"]}
    here, back = there()
    assert here.page(back).status_code == 303
    problem(here.api("GET", "desk"), 403, "second-factor-there")
    led = here.page(HOME)
    assert (led.status_code, led.headers["location"]) == (303, f"{HOME}/account?next={HOME}")
    assert "which the identity provider did not ask for" in here.page(led.headers["location"]).text
    provider.claims = {"amr": ["pwd", "mfa"]}
    here, back = there()
    here.page(back)
    assert here.api("GET", "desk").status_code == 200
    assert here.api("PUT", "role", {"role": "privacy_officer"}).status_code == 200
    assert here.api("GET", "desk").status_code == 200


def test_a_token_for_a_stricter_role_needs_its_second_factor(linked, signed_in, there):
    linked("stork")
    here, back = there()
    here.page(back)
    assert here.api("PUT", "role", {"role": "reviewer"}).status_code == 200
    problem(here.api("POST", "tokens", {"role": "supervisor"}), 403, "second-factor-there")
    assert here.api("POST", "tokens", {}).status_code == 201
    by_password = signed_in("stork", role="reviewer")
    problem(by_password.api("POST", "tokens", {"role": "supervisor"}), 403, "second-factor-first")


def test_a_session_of_an_unknown_way_proves_no_second_factor(runtime, browser):
    opened = sessions.open_new(runtime, LOG, "mole", "cadre/mole", role="privacy_officer", way="another", second=True)
    here = browser()
    here.jar = {"__Host-casework": opened.secret}
    problem(here.api("GET", "desk"), 403, "second-factor-there")


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/%5Cevil.example", "javascript:x"])
def test_signing_in_at_the_provider_redirects_only_within_the_server(linked, there, next):
    linked("newt")
    here, back = there(next=next)
    assert here.page(back).headers["location"] == HOME


def test_the_password_still_works_while_the_provider_is_away(browser, account, provider, linked, there):
    linked("newt")
    here, back = there()
    provider.is_away = True
    assert "does not answer" in why(here.page(back), 503)
    assert browser().sign_in(account("newt"), PASSWORD).status_code == 201


def test_a_refusal_of_the_provider_is_shown_by_its_code(provider, there):
    here, back = there()
    refused = re.sub(r"code=[^&]*", "error=access_denied&error_description=Mallory", back)
    said = why(here.page(refused), 401)
    assert "access_denied" in said
    assert "Mallory" not in said
    here, back = there()
    assert "(iss)" in why(here.page(re.sub(r"iss=[^&]*", "iss=https://evil.example", back)), 401)
    here, back = there()
    assert "(invalid_grant)" in why(here.page(re.sub(r"code=[^&]*", "code=guessed", back)), 401)
    here, back = there()
    assert "(code)" in why(here.page(re.sub(r"code=[^&]*&", "", back)), 401)


def test_a_sign_in_over_http_or_for_an_unknown_county_is_refused(browser, provider):
    assert "https" in why(browser("http://casework.example").page(f"{BEGIN}?log={LOG}"), 403)
    assert "no log" in why(browser().page(f"{BEGIN}?log=us-boston"), 404)
    assert "no log" in why(browser().page(BEGIN), 404)


def test_no_claim_of_the_provider_is_stored_or_logged(runtime, lines, provider, linked, there):
    linked("newt", "identity-number-of-newt")
    here, back = there()
    assert here.page(back).status_code == 303
    provider.subject = "identity-number-of-a-stranger"
    here, back = there()
    why(here.page(back), 403)

    code = parse_qs(urlsplit(back).query)["code"][0]
    for text in ("identity-number", "somebody@lark", "某甲", code):
        assert text.encode() not in lines.getvalue()
    with reading(runtime.engine) as db:
        dumped = repr(
            [
                tuple(row)
                for table in (account_link, accounts.account, sessions.session)
                for row in db.execute(table.select())
            ]
        )
    for text in ("identity-number", "somebody@lark", "某甲"):
        assert text not in dumped


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_failed_sign_in_at_the_provider_is_explained_in_two_languages(browser, provider, language):
    said = why(browser().page("/sign-in/issuer/answer", **{"Accept-Language": language}), 401)
    assert ("重新登录" in said) == (language == "zh-CN")


def test_an_administrator_links_and_unlinks_an_account(runtime, account, linked, signed_in, there):
    boss = signed_in("beaver")
    provider_subject = "s-of-a-cuckoo"
    login = account("cuckoo")
    here = signed_in("cuckoo")
    told = boss.api("PUT", f"accounts/{login}/link", {"subject": provider_subject})
    assert (told.status_code, told.json()["linked"]) == (200, True)
    problem(here.api("GET", "desk"), 401, "session-ended")
    problem(boss.api("PUT", f"accounts/{account('heron')}/link", {"subject": provider_subject}), 409, "subject-taken")
    problem(boss.api("PUT", f"accounts/{login}/link", {"subject": " "}), 422, "bad-subject")
    assert {one["login"]: one["linked"] for one in boss.api("GET", "accounts").json()["accounts"]}[login] is True

    linked("cuckoo", provider_subject)
    here, back = there()
    assert here.page(back).status_code == 303
    assert boss.api("DELETE", f"accounts/{login}/link").json()["linked"] is False
    problem(here.api("GET", "desk"), 401, "session-ended")
    here, back = there()
    why(here.page(back), 403)
