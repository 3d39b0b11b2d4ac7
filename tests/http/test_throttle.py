"""Tests rate limits: a fast client is told to wait and delays no other."""

import uuid

import pytest

from casework.application.access.throttle import STRETCH, Throttle, TooFast, network_of
from casework.application.accounts.callers import Callers
from tests.http.acting import API, CADRE, CALLER
from tests.http.test_problems import problem
from tests.stories.terminal import LOG


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def passes(pace, key, most=10_000):
    """How many requests pass before one is refused."""
    for count in range(most):
        try:
            pace.check(key)
        except TooFast:
            return count
        pace.spend(key)
    return most


def test_a_throttle_allows_a_burst_and_then_its_rate(clock):
    pace = Throttle(4, clock)
    assert passes(pace, "one") == 4 * STRETCH + 1
    assert passes(pace, "another") == 4 * STRETCH + 1
    clock.now += 2
    assert passes(pace, "one") == 8
    clock.now += 1000
    assert passes(pace, "one") == 4 * STRETCH + 1


def test_a_throttled_key_passes_after_the_stated_wait(clock):
    pace = Throttle(2, clock)
    pace.spend("one", 10_000)  # a hundred batches: the wait is still at most STRETCH
    with pytest.raises(TooFast) as told:
        pace.check("one")
    assert told.value.retry_after == STRETCH
    clock.now += told.value.retry_after
    pace.check("one")


def test_a_throttle_with_rate_zero_never_refuses(clock):
    assert passes(Throttle(0, clock), "one", 500) == 500


def test_a_throttle_remembers_a_bounded_number_of_keys(clock, monkeypatch):
    monkeypatch.setattr("casework.application.access.throttle._KEYS", 50)
    pace = Throttle(1, clock)
    for number in range(1000):
        pace.spend(f"198.51.100.{number}")
    assert len(pace._until) <= 50


@pytest.mark.parametrize(
    ("host", "place"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8::5:6:7:8", "2001:db8::/64"), ("testclient", "testclient"), ("", "")],
)
def test_ipv6_addresses_are_throttled_by_their_64_bit_network(host, place):
    assert network_of(host) == place


@pytest.fixture
def door(client, monkeypatch):
    """The server state with a slow throttle and an empty cache of callers."""
    door = client.app.state.server
    monkeypatch.setattr(door, "callers", Callers(door.runtime))
    monkeypatch.setattr(door, "tokens", Throttle(1, Clock()))
    monkeypatch.setattr(door, "strangers", Throttle(1, Clock()))
    return door


def asked(hands, who=CADRE, **headers):
    return hands.client.get(f"{API}/desk?rows=0", headers=hands.headers(who) | headers)


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "10 秒后重发"), ("en", "send it again in 10 s")])
def test_a_throttled_request_is_refused_in_the_requested_language(hands, runtime, door, language, said):
    size = runtime.store.head(LOG).size
    assert asked(hands).status_code == 200
    door.tokens.spend(hands.headers(CADRE)["Authorization"].split(".")[2], 100)
    refused = asked(hands, **{"Accept-Language": language})

    assert said in problem(refused, 429, "too-many-requests")["detail"]
    assert refused.headers["retry-after"] == "10"
    assert hands.do(CADRE, "/activities", {"what": "patrol", "area": "menglang-1"}).status_code == 429
    assert runtime.store.head(LOG).size == size
    assert asked(hands, CALLER).status_code == 200  # another token is not throttled


def test_a_batch_is_accepted_whole_and_counts_each_of_its_commands(hands, door):
    batch = [
        {"do": "record-activity", "command": str(uuid.uuid4()), "what": "patrol", "area": "menglang-1"}
        for _ in range(STRETCH + 5)
    ]
    first = hands.do(CADRE, "/commands", {"commands": batch})
    assert {found["outcome"] for found in first.json()["outcomes"]} == {"accepted"}
    assert problem(hands.do(CADRE, "/commands", {"commands": batch}), 429, "too-many-requests")


@pytest.mark.parametrize("header", [{}, {"Authorization": f"Bearer cw.{LOG}.0123456789ab.{'a' * 43}"}])
def test_throttled_strangers_are_refused_before_any_token_lookup(hands, client, door, monkeypatch, header):
    assert asked(hands).status_code == 200
    looks = []
    look = door.callers.look
    monkeypatch.setattr(door.callers, "look", lambda text: looks.append(text) or look(text))
    answers = [client.get(f"{API}/desk", headers=header).status_code for _ in range(STRETCH + 5)]

    assert answers == [401] * (STRETCH + 1) + [429] * 4
    assert len(looks) == (STRETCH + 1 if header else 0)
    # a known caller behind the same address still passes, even after its cache entry expired
    monkeypatch.setattr("casework.application.accounts.callers.LATELY", -1.0)
    assert asked(hands).status_code == 200
    assert asked(hands, CALLER).status_code == 429


def test_trying_tokens_in_the_sign_in_form_is_throttled(client, door):
    answers = [client.post("/sign-in", data={"token": f"cw.{n}"}).status_code for n in range(STRETCH + 3)]
    assert answers == [401] * (STRETCH + 1) + [429] * 2


def test_a_revoked_token_is_throttled_as_a_stranger(hands, client, door, monkeypatch, runtime):
    from casework.application.accounts import tokens

    made = tokens.create(runtime, LOG, *CADRE, made_by="test")
    headers = {"Authorization": f"Bearer {made.token}"}
    assert client.get(f"{API}/desk?rows=0", headers=headers).status_code == 200
    tokens.revoke(runtime, LOG, made.about.id)
    monkeypatch.setattr("casework.application.accounts.callers.LATELY", -1.0)
    answers = [client.get(f"{API}/desk?rows=0", headers=headers).status_code for _ in range(STRETCH + 3)]
    assert answers == [401] * (STRETCH + 1) + [429] * 2


def test_openapi_describes_the_429_answer(client):
    paths = client.get("/api/docs/openapi.json").json()["paths"]
    answers = paths["/api/{log}/cases"]["post"]["responses"]["429"]
    assert "Retry-After" in answers["headers"]
    assert "429" in paths["/api/{log}/desk"]["get"]["responses"]
