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
def test_a_400_names_the_wrong_member(hands, path, body, code, said):
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
def test_a_400_for_a_search_explains_the_fault_without_its_value(hands, body, zh, en):
    said = problem(hands.do(CALLER, "/cases/search", body), 400, "malformed")["detail"]
    in_chinese = problem(hands.do(CALLER, "/cases/search", body, Accept_Language="zh-CN"), 400, "malformed")["detail"]

    assert en in said
    assert zh in in_chinese
    assert "MARKER" not in said + in_chinese


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"area": NaN}', b'{"area": "\xed\xa0\x80"}', b"\xef\xbb\xbf{}"])
def test_a_body_that_is_no_json_is_answered_with_400(client, hands, body):
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
def test_a_missing_or_unknown_token_is_answered_with_401(client, authorization, code):
    headers = {"authorization": authorization} if authorization else {}
    response = client.post(f"{API}/cases", json={}, headers=headers)

    problem(response, 401, code)
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_a_command_of_another_role_is_answered_with_403(hands):
    number = hands.registered()
    assert "dispatcher" in problem(hands.do(CADRE, f"/cases/{number}/acceptance"), 403, "role-not-allowed")["detail"]


def test_a_token_of_another_log_is_answered_with_403(client, hands):
    response = client.post("/api/us-boston/cases", json={}, headers=hands.headers(CALLER))
    assert LOG in problem(response, 403, "token-of-another-log")["detail"]


def test_a_404_for_a_case_number_names_the_nearest(client, hands):
    number = hands.registered()
    missing = number[:-1] + ("8" if number[-1] != "8" else "9")
    found = problem(hands.do(DISPATCHER, f"/cases/{missing}/actions", {"action": "visit"}), 404, "unknown-case")
    assert found["nearest"]

    nowhere = "/cases/01a21a61-c0a3-856c-93f9-9e2a4382e98d/actions"
    problem(hands.do(DISPATCHER, nowhere, {"action": "visit"}), 404, "no-such-case")
    problem(client.get("/nowhere"), 404, "no-such-route")


def test_a_405_names_the_allowed_methods(client, hands):
    response = client.delete(f"{API}/cases/1/actions", headers=hands.headers(CADRE))
    problem(response, 405, "method-not-allowed")
    assert "POST" in response.headers["allow"]


def test_a_command_out_of_turn_is_answered_with_409(hands):
    number = hands.dispatched()
    found = problem(hands.do(DISPATCHER, f"/cases/{number}/acceptance"), 409, "not-in-this-state")
    assert "Possible now" in found["detail"]
    assert found["nearest"]


def test_a_412_names_the_current_revision(hands):
    number = hands.dispatched()
    response = hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"}, If_Match='"0"')

    assert problem(response, 412, "version-moved")["rev"] == 2
    assert response.headers["etag"] == '"2"'
    assert hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"}, If_Match='"2"').status_code == 200
    assert hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"}, If_Match="*").status_code == 200
    problem(hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"}, If_Match="2"), 400, "bad-header")


def test_a_too_large_body_is_answered_with_413(hands, settings):
    body = {"details": "水" * settings.server.body_bytes}
    problem(hands.do(CALLER, "/cases", body), 413, "body-too-large")


def test_a_form_in_place_of_json_is_answered_with_415(client, hands):
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
def test_a_422_for_an_unknown_code_names_the_nearest(hands, body, code):
    response = hands.do(CALLER, "/cases", body)
    found = problem(response, 400 if code == "malformed" else 422, code)
    if code.startswith("unknown-"):
        assert found["nearest"]


def test_an_approval_without_a_revision_is_answered_with_428(hands):
    number = hands.dispatched()
    problem(hands.do(REVIEWER, f"/cases/{number}/resolution/approval"), 428, "version-wanted")


def test_a_full_queue_is_answered_with_503_and_works_again_later(hands, runtime, monkeypatch):
    number = hands.dispatched()
    monkeypatch.setattr(runtime.writer, "max_queue", 0)
    response = hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"})

    problem(response, 503, "queue-full")
    assert response.headers["retry-after"] == "1"
    monkeypatch.undo()
    assert hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"}).status_code == 200


@pytest.mark.parametrize("error", [OutcomeUnknown("提交失败", "COMMIT failed"), StoreUnavailable("数据库不在", "away")])
def test_a_failed_or_unknown_commit_is_answered_with_503(hands, runtime, monkeypatch, error):
    number = hands.dispatched()
    monkeypatch.setattr(runtime.writer._batches, "append", lambda log, some: [error] * len(some))
    response = hands.do(CADRE, f"/cases/{number}/actions", {"action": "visit"})

    assert response.status_code == 503
    assert response.headers["retry-after"]


@pytest.mark.parametrize(
    ("sent", "kept"), [("00000000000000ab", True), ("532701190001010000", False), ("id of mine", False)]
)
def test_a_request_id_is_kept_unless_it_looks_like_an_identity_number(client, sent, kept):
    response = client.get("/health/live", headers={"x-request-id": sent})

    assert (response.headers["x-request-id"] == sent) is kept


def test_a_500_shows_only_the_request_id_and_logs_the_place(hands, runtime, monkeypatch, lines):
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
def test_a_problem_is_written_in_the_requested_language(client, asked, language):
    response = client.post(f"{API}/cases", json={}, headers={"accept-language": asked})

    assert response.headers["content-language"] == language
    assert (response.json()["title"] == TITLES[401]) == (language == "zh-CN")


def test_a_refusal_of_the_law_is_written_in_the_requested_language(client, hands):
    body, path = {"outcome": "solved"}, f"{API}/cases/{hands.dispatched()}/closing"
    headers = hands.headers(DISPATCHER) | {"if-match": "*"}
    said = {
        language: client.post(path, json=body, headers=headers | {"accept-language": language}).json()
        for language in ("zh-CN", "en")
    }

    assert {one["code"] for one in said.values()} == {"not-in-this-state"}
    assert "现在是“待签收”，须为“待回访”" in said["zh-CN"]["detail"]
    assert "is dispatched, and it would have to be callback" in said["en"]["detail"]


def test_every_status_of_a_code_has_a_title():
    assert set(STATUS_OF.values()) <= set(TITLES)


def test_a_token_is_stored_as_a_hash_and_refused_once_revoked(client, runtime, tmp_path):
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


def test_an_expired_token_is_refused(client, runtime, monkeypatch):
    made = tokens.create(runtime, LOG, *CADRE, made_by="test", days=1)
    headers = {"authorization": f"Bearer {made.token}"}
    path = f"{API}/cases/01a21a61-c0a3-856c-93f9-9e2a4382e98d/actions"
    assert client.post(path, json={"action": "visit"}, headers=headers).status_code == 404

    class Tomorrow:
        def now(self):
            return made.about.expires_at

    for module in (tokens, callers):
        monkeypatch.setattr(module, "_CLOCK", Tomorrow())
    # the cached token has expired all the same
    problem(client.post(path, json={"action": "visit"}, headers=headers), 401, "token-expired")


def test_each_of_many_concurrent_requests_gets_its_own_answer(hands):
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
