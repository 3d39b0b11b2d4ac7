"""Tests problem details for each status, in both languages."""

import threading

import pytest

from casework.application.accounts import callers, tokens
from casework.http.problem_words import STATUS_OF, TITLES
from casework.log.errors import OutcomeUnknown, StoreUnavailable
from tests.http.acting import API, CADRE, CALLER, DISPATCHER, REVIEWER
from tests.stories.terminal import LOG


def problem(response, status, code):
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert response.json()["title"]
    assert response.json()["detail"]
    assert response.json()["request"] == response.headers["x-request-id"]
    return response.json()


@pytest.mark.parametrize(
    ("path", "body", "code", "said"),
    [
        ("/cases", {"aera": "menglang"}, "unknown-member", "area"),
        ("/cases", {"area": 7}, "malformed", "area"),
        ("/cases", {"kind": "dificulty"}, "malformed", "difficulty"),
        ("/cases", {"kind": True}, "malformed", "matter, difficulty"),
        ("/cases", {"occurred": "yesterday"}, "malformed", "occurred"),
        ("/cases", {"for": "somebody"}, "malformed", "for"),
        ("/cases", {"command": "two words"}, "malformed", "command"),
        ("/cases", {"device": {"captured": "2026-01-02T03:04:05.000Z"}}, "malformed", "sent"),
        ("/cases", [], "not-json", "object"),
    ],
)
def test_400_says_which_member(hands, path, body, code, said):
    assert said in problem(hands.do(CALLER, path, body), 400, code)["detail"]


@pytest.mark.parametrize(
    ("body", "zh", "en"),
    [
        ({"phone": "1"}, "没有 phone 这一项", "unknown field `phone`"),
        ({"limit": "ten"}, "limit：应为整数，实为文字", "limit: Expected `int`, got `str`"),
        ({"order": "MARKER"}, "order：没有这个选项", "order: no such choice"),
        ([], "应为一组数据，实为列表", "Expected `object`, got `array`"),
    ],
)
def test_400_says_of_a_question_what_does_not_fit_and_says_no_value_back(hands, body, zh, en):
    said = problem(hands.do(CALLER, "/cases/search", body), 400, "malformed")["detail"]
    in_chinese = problem(hands.do(CALLER, "/cases/search", body, Accept_Language="zh-CN"), 400, "malformed")["detail"]

    assert en in said
    assert zh in in_chinese
    assert "MARKER" not in said + in_chinese


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"area": NaN}', b'{"area": "\xed\xa0\x80"}', b"\xef\xbb\xbf{}"])
def test_400_for_what_is_no_json(client, hands, body):
    headers = hands.headers(CALLER) | {"content-type": "application/json"}
    problem(client.post(f"{API}/cases", content=body, headers=headers), 400, "not-json")


@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        (None, "no-token"),
        ("Basic abc", "no-token"),
        ("Bearer ", "no-token"),
        ("Bearer cw.530828.000000000000." + "a" * 43, "unknown-token"),
        ("Bearer nonsense", "unknown-token"),
    ],
)
def test_401_without_a_token_that_is_one(client, authorization, code):
    headers = {"authorization": authorization} if authorization else {}
    response = client.post(f"{API}/cases", json={}, headers=headers)

    problem(response, 401, code)
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_403_for_a_role_that_may_not(hands):
    number = hands.registered()
    assert "dispatcher" in problem(hands.do(CADRE, f"/cases/{number}/acceptance"), 403, "role-not-allowed")["detail"]


def test_403_into_another_log(client, hands):
    response = client.post("/api/us-boston/cases", json={}, headers=hands.headers(CALLER))
    assert LOG in problem(response, 403, "token-of-another-log")["detail"]


def test_404_names_what_is_near(client, hands):
    number = hands.registered()
    missing = number[:-1] + ("8" if number[-1] != "8" else "9")
    found = problem(hands.do(DISPATCHER, f"/cases/{missing}/actions", {"action": "visit"}), 404, "unknown-case")
    assert found["nearest"]

    nowhere = "/cases/01a21a61-c0a3-856c-93f9-9e2a4382e98d/actions"
    problem(hands.do(DISPATCHER, nowhere, {"action": "visit"}), 404, "no-such-case")
    problem(client.get("/nowhere"), 404, "no-such-route")


def test_405_says_which_methods_there_are(client, hands):
    response = client.delete(f"{API}/cases/1/actions", headers=hands.headers(CADRE))
    problem(response, 405, "method-not-allowed")
    assert "POST" in response.headers["allow"]


def test_409_is_the_law_of_the_case(hands):
    number = hands.dispatched()
    found = problem(hands.do(DISPATCHER, f"/cases/{number}/acceptance"), 409, "not-in-this-state")
    assert "Possible now" in found["detail"]
    assert found["nearest"]


def test_412_says_where_the_case_stands(hands):
    number = hands.dispatched()
    response = hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"}, If_Match='"0"')

    assert problem(response, 412, "version-moved")["rev"] == 2
    assert response.headers["etag"] == '"2"'
    assert hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"}, If_Match='"2"').status_code == 200
    assert hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"}, If_Match="*").status_code == 200
    problem(hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"}, If_Match="2"), 400, "bad-header")


def test_413_for_a_body_beyond_the_limit(hands, settings):
    body = {"details": "水" * settings.server.body_bytes}
    problem(hands.do(CALLER, "/cases", body), 413, "body-too-large")


def test_415_for_what_is_no_json(client, hands):
    response = client.post(f"{API}/cases", data={"area": "menglang"}, headers=hands.headers(CALLER))
    problem(response, 415, "not-json-type")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"area": "menglan-1"}, "unknown-area"),
        ({"area": "menglang-1", "category": "watr"}, "unknown-category"),
        ({"occurred_on": "2999-01-01"}, "in-the-future"),
        ({"occurred_on": "2026-02-31"}, "malformed-date"),
        ({"summary": "a\x00b"}, "control-character"),
        ({"resident": "resident/13900001111"}, "malformed"),
    ],
)
def test_422_for_impossible_content_with_the_nearest_names(hands, body, code):
    response = hands.do(CALLER, "/cases", body)
    found = problem(response, 400 if code == "malformed" else 422, code)
    if code.startswith("unknown-"):
        assert found["nearest"]


def test_428_where_somebody_elses_work_is_judged(hands):
    number = hands.dispatched()
    problem(hands.do(REVIEWER, f"/cases/{number}/resolution/approval"), 428, "version-wanted")


def test_503_when_too_many_wait_and_again_a_moment_later(hands, runtime, monkeypatch):
    number = hands.dispatched()
    monkeypatch.setattr(runtime.writer, "max_queue", 0)
    response = hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"})

    problem(response, 503, "queue-full")
    assert response.headers["retry-after"] == "1"
    monkeypatch.undo()
    assert hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"}).status_code == 200


@pytest.mark.parametrize("error", [OutcomeUnknown("提交失败", "COMMIT failed"), StoreUnavailable("数据库不在", "away")])
def test_503_when_the_outcome_is_unknown_or_nothing_was_stored(hands, runtime, monkeypatch, error):
    number = hands.dispatched()
    monkeypatch.setattr(runtime.writer._batches, "append", lambda log, some: [error] * len(some))
    response = hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"})

    assert response.status_code == 503
    assert response.headers["retry-after"]


@pytest.mark.parametrize(
    ("sent", "kept"), [("00000000000000ab", True), ("532701190001010000", False), ("id of mine", False)]
)
def test_an_id_of_the_clients_making_is_kept_unless_it_could_be_somebodys_number(client, sent, kept):
    response = client.get("/health/live", headers={"x-request-id": sent})

    assert (response.headers["x-request-id"] == sent) is kept


def test_500_tells_the_client_nothing_but_the_id(hands, runtime, monkeypatch, lines):
    def fails(log, some):
        raise KeyError("secret-of-the-house")

    number = hands.dispatched()
    monkeypatch.setattr(runtime.writer._batches, "append", fails)
    response = hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"})

    found = problem(response, 500, "fault")
    assert "secret" not in response.text
    written = lines.getvalue().decode()
    assert "secret-of-the-house" not in written
    assert f'"request":"{found["request"]}","kind":"KeyError"' in written
    assert '"where":["' in written
    assert "test_problems.py:" in written.partition('"where":')[2]  # where the fault arose


@pytest.mark.parametrize(
    ("asked", "language"),
    [("zh-CN,en;q=0.5", "zh-CN"), ("fr, en;q=0.3, zh;q=0.2", "en"), ("fr", "en"), ("*", "en"), ("en;q=0, zh", "zh-CN")],
)
def test_the_language_is_the_one_asked_for_else_that_of_the_settings(client, asked, language):
    response = client.post(f"{API}/cases", json={}, headers={"accept-language": asked})

    assert response.headers["content-language"] == language
    assert (response.json()["title"] == TITLES[401]) == (language == "zh-CN")


def test_the_law_says_no_in_the_language_asked_for(client, hands):
    body, path = {"outcome": "solved"}, f"{API}/cases/{hands.dispatched()}/closing"
    headers = hands.headers(DISPATCHER) | {"if-match": "*"}
    said = {
        language: client.post(path, json=body, headers=headers | {"accept-language": language}).json()
        for language in ("zh-CN", "en")
    }

    assert {one["code"] for one in said.values()} == {"not-in-this-state"}
    assert "现在是“待签收”，须为“待回访”" in said["zh-CN"]["detail"]
    assert "is dispatched, and it would have to be callback" in said["en"]["detail"]


def test_every_code_has_a_status_that_has_a_name():
    assert set(STATUS_OF.values()) <= set(TITLES)


def test_a_token_expires_is_revoked_and_is_kept_as_a_hash(client, runtime, tmp_path):
    made = tokens.create(runtime, LOG, *CADRE, made_by="test")
    secret = made.token.rpartition(".")[2]
    headers = {"authorization": f"Bearer {made.token}"}
    path = f"{API}/cases/01a21a61-c0a3-856c-93f9-9e2a4382e98d/actions"

    assert client.post(path, json={"action": "visit"}, headers=headers).status_code == 404
    with runtime.engine.connect() as db:
        dumped = "\n".join(db.connection.driver_connection.iterdump())
    assert made.about.id in dumped
    assert secret not in dumped
    assert secret not in repr(tokens.listed(runtime, LOG))

    tokens.revoke(runtime, LOG, made.about.id)
    client.app.state.server.callers.forget()
    problem(client.post(path, json={"action": "visit"}, headers=headers), 401, "token-revoked")


def test_a_token_that_is_over_opens_nothing(client, runtime, monkeypatch):
    made = tokens.create(runtime, LOG, *CADRE, made_by="test", days=1)
    headers = {"authorization": f"Bearer {made.token}"}
    path = f"{API}/cases/01a21a61-c0a3-856c-93f9-9e2a4382e98d/actions"
    assert client.post(path, json={"action": "visit"}, headers=headers).status_code == 404

    class Tomorrow:
        def now(self):
            return made.about.expires_at

    for module in (tokens, callers):
        monkeypatch.setattr(module, "_CLOCK", Tomorrow())
    # known a moment ago, and over all the same
    problem(client.post(path, json={"action": "visit"}, headers=headers), 401, "token-expired")


def test_many_at_once_are_each_answered_with_their_own(hands):
    numbers = [hands.dispatched() for _ in range(3)]
    found = {}

    def act(place):
        number = numbers[place % 3]
        found[place] = hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit", "command": f"at-once-{place}"})

    threads = [threading.Thread(target=act, args=(place,)) for place in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {place: one.json()["command"] for place, one in found.items()} == {n: f"at-once-{n}" for n in range(24)}
    assert all(one.json()["number"] == numbers[place % 3] for place, one in found.items())
    assert len({one.json()["seq"] for one in found.values()}) == 24
