"""Tests the pages for signing in, choosing a role and one's account."""

import re
from html import unescape
from urllib.parse import unquote

import pytest
import segno
from pyotp.totp import TOTP

from casework.application.accounts import accounts
from tests.http.reading.test_pages import Checked
from tests.http.signing.conftest import PASSWORD
from tests.stories.terminal import LOG

OWN = f"/{LOG}/account"


@pytest.fixture
def entered(browser, account):
    """Sign a cadre in by the form: (browser, response)."""

    def enter(cadre, **more):
        here = browser()
        form = {"log": LOG, "login": account(cadre), "password": PASSWORD, **more}
        return here, here.page("/sign-in", form)

    return enter


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "登录名"), ("en", "Login")])
def test_the_sign_in_form_replaces_a_page_and_leads_back_to_it(browser, language, said):
    answer = browser().page(f"/{LOG}/projections/cases", **{"Accept-Language": language})

    assert answer.status_code == 401
    assert said in answer.text
    assert f'name="log" value="{LOG}"' in answer.text
    assert f'name="next" value="/{LOG}/projections/cases"' in answer.text
    Checked(answer.text)


def test_signing_in_by_the_form_leads_to_the_requested_page(entered):
    here, answer = entered("owl", next=f"/{LOG}/projections/cases")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/{LOG}/projections/cases")
    assert here.page(answer.headers["location"]).status_code == 200
    assert f'href="{OWN}"' in here.page(f"/{LOG}").text


def test_the_form_reports_a_wrong_password_and_keeps_the_login(entered):
    _, answer = entered("owl", password="wrong")

    assert (answer.status_code, 'value="owl"' in answer.text, "wrong" in answer.text) == (401, True, True)
    assert 'value="wrong"' not in answer.text
    assert "set-cookie" not in answer.headers
    Checked(answer.text)


def test_the_form_asks_for_a_new_password_at_the_first_sign_in(runtime, browser):
    code = accounts.create(runtime, LOG, "newt", "cadre/newt", by="test").code
    form = {"log": LOG, "login": "newt", "password": code}
    here = browser()
    first = here.page("/sign-in", form)

    assert (first.status_code, 'name="new_password"' in first.text) == (401, True)
    Checked(first.text)
    assert here.page("/sign-in").headers["location"] == "/"  # reloading the address redirects to the form
    differ = here.page("/sign-in", form | {"new_password": "a lake without pikes", "again": "a lake"})
    assert (differ.status_code, 'name="new_password"' in differ.text) == (401, True)
    good = here.page("/sign-in", form | {"new_password": "a lake without pikes", "again": "a lake without pikes"})
    assert good.status_code == 303


def test_a_person_with_several_roles_is_led_to_the_choice_and_back(entered):
    here, answer = entered("otter")
    led = here.page(answer.headers["location"])
    assert led.status_code == 303
    chooser = here.page(unquote(led.headers["location"]))
    Checked(chooser.text)
    assert "unit lead" in chooser.text

    chosen = here.page(f"{OWN}/role", {"role": "unit_lead", "next": f"/{LOG}"})
    assert chosen.headers["location"] == f"/{LOG}"
    assert "unit lead" in here.page(f"/{LOG}").text
    refused = here.page(f"{OWN}/role", {"role": "auditor"})
    assert (refused.status_code, "not yours" in refused.text) == (403, True)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_account_page_lists_and_ends_sessions(entered, language):
    here, _ = entered("eagle")
    phone, _ = entered("eagle", device="<b>phone</b>")
    page = here.page(OWN, **{"Accept-Language": language}).text
    Checked(page)
    assert "&lt;b&gt;phone" in page

    id = phone.jar["__Host-casework"].split(".")[2]
    assert f'value="{id}"' in page
    assert here.page(f"{OWN}/end", {"id": id}).headers["location"] == OWN
    assert phone.page(f"/{LOG}").status_code == 401
    other, _ = entered("eagle")
    here.page(f"{OWN}/end-others", {})
    assert other.page(f"/{LOG}").status_code == 401
    mine = here.jar["__Host-casework"].split(".")[2]
    assert here.page(f"{OWN}/end", {"id": mine}).headers["location"] == "/"
    assert here.jar == {}


def test_the_password_is_changed_on_the_account_page(entered):
    here, _ = entered("stork")
    form = {"password": PASSWORD, "new_password": "one stork on a roof", "again": "one stork on a roof"}
    assert "differ" in here.page(f"{OWN}/password", form | {"again": "x"}).text
    assert "every other session has ended" in here.page(f"{OWN}/password", form).text
    back = {"password": "one stork on a roof", "new_password": PASSWORD, "again": PASSWORD}
    assert here.page(f"{OWN}/password", back).status_code == 200


def drawn(page):
    """The QR code on a page, module by module, without its quiet edge."""
    svg = re.search(r'class="qr" viewBox="0 0 (\d+) \1".*?<path d="([^"]*)"', page)
    assert svg is not None
    size = int(svg[1])
    found = [[False] * size for _ in range(size)]
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg[2]):
        for at in range(int(x), int(x) + int(run)):
            found[int(y)][at] = True
    assert not any(found[y][x] for y in range(size) for x in range(size) if not (4 <= x < size - 4 > y >= 4))
    return [row[4:-4] for row in found[4:-4]]


def test_the_second_factor_is_turned_on_and_off_on_the_account_page(entered):
    here, _ = entered("magpie")
    page = here.page(f"{OWN}/second-factor", {"password": PASSWORD}).text
    Checked(page.replace('href="otpauth://', 'href="/'))
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert secret is not None
    key = secret[1].replace(" ", "")
    address = re.search(r'href="(otpauth://[^"]+)"', page)
    assert address is not None
    assert f"secret={key}" in address[1]
    assert drawn(page) == [[bit > 0 for bit in row] for row in segno.make_qr(unescape(address[1]), error="m").matrix]
    shown = here.page(f"{OWN}/second-factor-on", {"code": TOTP(key).now()}).text
    assert len(re.findall(r"<li><code>", shown)) == 10
    assert "<li><code>" not in here.page(OWN).text
    assert here.page(f"{OWN}/second-factor-off", {"password": PASSWORD}).status_code == 200
    assert 'action="/530828/account/second-factor"' in here.page(OWN).text


def test_an_unknown_account_act_or_county_is_answered_with_404(entered):
    here, _ = entered("owl")
    assert here.page(f"{OWN}/nonsense", {}).status_code == 404
    assert here.page("/us-boston/account").status_code == 404
    here.jar.clear()
    assert here.page(OWN).status_code == 401
