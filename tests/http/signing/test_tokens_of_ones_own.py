"""Tests tokens that people make for their own programs."""

import pytest

from casework.application.access import token_scopes as scopes
from casework.application.accounts import tokens
from casework.law.kinds import COMMANDS
from tests.http.test_problems import problem
from tests.stories.terminal import LOG

AT = f"https://casework.example/api/{LOG}"


@pytest.fixture
def shown(client, bearer):
    """Ask with a token that is for some scopes only: shown(["read"])("GET", "desk")."""

    def made(*wanted):
        headers = bearer("cadre/owl", "dispatcher", scopes=wanted)
        return lambda method, path, **more: client.request(method, f"{AT}/{path}", headers=headers, **more)

    return made


def test_a_token_of_ones_own_is_made_listed_and_revoked(signed_in, client):
    here = signed_in("owl")
    made = here.api("POST", "tokens", {"scopes": ["read"], "days": 7}).json()
    headers = {"Authorization": f"Bearer {made['token']}"}
    about = made["about"]
    assert (about["actor"], about["role"], about["scopes"], about["made_by"]) == (
        "cadre/owl", "dispatcher", ["read"], "owl",
    )  # fmt: skip
    assert client.get(f"{AT}/desk", headers=headers).status_code == 200
    listed = here.api("GET", "tokens").json()["tokens"]
    assert about["id"] in {one["id"] for one in listed}
    assert "digest" not in listed[0]

    assert here.api("DELETE", f"tokens/{about['id']}").status_code == 204
    problem(client.get(f"{AT}/desk", headers=headers), 401, "token-revoked")


def test_a_person_makes_and_revokes_only_tokens_of_their_own(signed_in, runtime):
    here = signed_in("owl")
    others = tokens.create(runtime, LOG, "cadre/heron", "dispatcher", made_by="test").about

    problem(here.api("POST", "tokens", {"role": "administrator"}), 403, "not-your-role")
    problem(here.api("DELETE", f"tokens/{others.id}"), 404, "unknown-token-id")
    assert others.id not in {one["id"] for one in here.api("GET", "tokens").json()["tokens"]}


def test_a_token_can_make_no_token_and_see_no_session(shown):
    ask = shown("read", "act")
    for method, path in (("POST", "tokens"), ("GET", "tokens"), ("GET", "sessions"), ("DELETE", "sessions")):
        problem(ask(method, path, **({"json": {}} if method == "POST" else {})), 403, "session-wanted")


def test_a_read_only_token_can_register_upload_and_batch_nothing(shown, runtime):
    ask = shown("read")
    size = runtime.store.head(LOG).size
    assert ask("GET", "desk").status_code == 200
    assert "read" in problem(ask("POST", "cases", json={"area": "pine-1"}), 403, "not-in-scope")["detail"]
    batch = ask("POST", "commands", json={"commands": [{"do": "register-case", "command": "a1", "area": "pine-1"}]})
    assert batch.json()["outcomes"][0]["problem"]["code"] == "not-in-scope"
    problem(ask("PUT", f"blobs/{'0' * 64}", content=b"x"), 403, "not-in-scope")
    assert runtime.store.head(LOG).size == size


def test_a_token_for_case_commands_can_do_nothing_else(shown):
    ask = shown("act:cases")
    assert ask("POST", "cases", json={"area": "pine-1", "category": "water"}).status_code == 201
    problem(ask("POST", "activities", json={"activity_kind": "patrol"}), 403, "not-in-scope")
    problem(ask("POST", "units", json={"unit": "x", "label": "x"}), 403, "not-in-scope")
    problem(ask("GET", "desk"), 403, "not-in-scope")


def test_every_command_falls_under_one_scope():
    assert {scopes.part_of(command) for command in COMMANDS} == set(scopes.SCOPES) - {"read", "act"}
    for command in COMMANDS:
        scopes.check_may(("act",), command)
        scopes.check_may((scopes.part_of(command),), command)
    with pytest.raises(Exception, match="there is no scope"):
        scopes.check_scopes(["reed"])
    with pytest.raises(Exception, match="at least one"):
        scopes.check_scopes([])
