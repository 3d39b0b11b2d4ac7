"""Tests sessions and tokens of a person with two posts."""

import pytest

from casework.application.accounts import tokens
from tests.application.acting import acting
from tests.http.signing.browser import API
from tests.http.signing.conftest import PASSWORD
from tests.http.test_problems import problem
from tests.stories.terminal import LOG, Terminal

ADMINISTRATOR = ("cadre/beaver", "administrator")


@pytest.fixture(scope="module")
def posts(runtime):
    """WAGTAIL is of Pine's water station and of Reed's, and helps out as a dispatcher in Reed; two cases wait there."""
    do = acting(runtime, LOG)
    also = [{"unit": "reed-water", "roles": ["cadre"]}, {"unit": "reed-service", "roles": ["dispatcher"]}]
    do("declare-cadre", *ADMINISTRATOR, cadre="cadre/wagtail", unit="pine-water", roles=["cadre"], also=also)
    cases = {}
    for town, dispatcher in (("pine", "cadre/owl"), ("reed", "cadre/heron")):
        case = do("register-case", "cadre/cuckoo", "caller", area=f"{town}-1", category="water").stream
        do("accept-case", dispatcher, "dispatcher", case=case)
        do("dispatch-case", dispatcher, "dispatcher", case=case, unit=f"{town}-water")
        cases[town] = case.removeprefix("case/")
    return cases


def listed(answer):
    return {row["stream"].removeprefix("case/") for pile in answer.json()["piles"] for row in pile["rows"]}


def acted(runtime, case):
    return [entry.unit for entry in runtime.store.read_stream(LOG, f"case/{case}") if entry.actor == "cadre/wagtail"]


def test_a_session_is_for_one_post_and_can_change_to_another(runtime, posts, signed_in):
    here = signed_in("wagtail", role="cadre")
    assert listed(here.api("GET", "desk")) == {posts["pine"]}
    problem(here.api("POST", f"cases/{posts['reed']}/actions", {"action": "visit"}), 403, "outside-your-area")

    chosen = here.api("PUT", "role", {"role": "cadre", "unit": "reed-water"}).json()
    assert (chosen["role"], chosen["unit"], chosen["session"]["unit"]) == ("cadre", "reed-water", "reed-water")
    assert [(one["role"], one["unit"]) for one in chosen["posts"]] == [
        ("cadre", "pine-water"), ("cadre", "reed-water"), ("dispatcher", "reed-service"),
    ]  # fmt: skip
    assert listed(here.api("GET", "desk")) == {posts["reed"]}
    assert here.api("POST", f"cases/{posts['reed']}/actions", {"action": "visit"}).status_code == 200
    assert acted(runtime, posts["reed"]) == ["reed-water"]
    problem(here.api("POST", f"cases/{posts['pine']}/actions", {"action": "visit"}), 403, "outside-your-area")
    # a token of this session is for its post unless another unit is named
    made = [here.api("POST", "tokens", more).json()["about"] for more in ({}, {"unit": "pine-water"})]
    assert [(one["unit"], one["area"]) for one in made] == [("reed-water", "reed"), ("pine-water", "pine")]


def test_a_post_is_chosen_at_sign_in_among_ones_own(posts, browser, account, signed_in):
    assert listed(signed_in("wagtail", role="cadre", unit="reed-water").api("GET", "desk")) == {posts["reed"]}
    problem(browser().sign_in(account("wagtail"), PASSWORD, role="cadre", unit="county-office"), 422, "which-post")
    here = signed_in("wagtail", role="dispatcher")  # held in one unit alone, which need not be named
    assert [here.api("GET", f"cases/{posts[town]}").status_code for town in ("pine", "reed")] == [403, 200]
    problem(here.api("PUT", "role", {"role": "dispatcher", "unit": "pine-water"}), 422, "which-post")


def test_a_token_is_for_one_post(runtime, client, posts, settings):
    terminal = Terminal(settings.folder, "sqlite:///" + settings.folder + "/casework.db")
    words = ("token", "create", "--as", "cadre/wagtail", "--role", "cadre")
    headers = [
        {"Authorization": f"Bearer {terminal(*words, *more).strip()}"} for more in ((), ("--unit", "reed-water"))
    ]
    found = [listed(client.get(f"{API}/desk", headers=one)) for one in headers]
    assert found == [{posts["pine"]}, {posts["reed"]}]
    assert "reed-water" in terminal("token", "list")
    assert "say for which unit" in terminal.refused(*words, "--unit", "county-office")


def test_the_account_page_offers_every_post(posts, signed_in):
    here = signed_in("wagtail", role="cadre")
    shown = here.page(f"/{LOG}/account").text
    assert all(f'value="{value}"' in shown for value in ("cadre pine-water", "cadre reed-water", "dispatcher"))
    assert 'value="cadre pine-water" aria-current="true"' in shown
    here.page(f"/{LOG}/account/role", {"role": "cadre reed-water"})
    assert 'value="cadre reed-water" aria-current="true"' in here.page(f"/{LOG}/account").text


def test_sessions_and_tokens_of_an_ended_post_are_refused(runtime, client, posts, signed_in):
    here = signed_in("wagtail", role="cadre", unit="reed-water")
    token = tokens.create(runtime, LOG, "cadre/wagtail", "cadre", made_by="test", unit="reed-water").token
    acting(runtime, LOG)("declare-cadre", *ADMINISTRATOR, cadre="cadre/wagtail", unit="pine-water", roles=["cadre"])

    problem(here.api("GET", "desk"), 422, "which-post")
    problem(client.get(f"{API}/desk", headers={"Authorization": f"Bearer {token}"}), 422, "which-post")
    led = here.page(f"/{LOG}")
    assert (led.status_code, led.headers["location"]) == (303, f"/{LOG}/account?next=/{LOG}")
    assert here.api("PUT", "role", {"role": "cadre"}).status_code == 200
    assert listed(here.api("GET", "desk")) == {posts["pine"]}
