"""Tests that read-only tokens change nothing and acting tokens read nothing."""

from collections import defaultdict

import pytest

from casework.application.access.permissions import PERMISSIONS
from casework.application.accounts import tokens
from casework.law.context import ROLES
from tests.http.reading.test_every_route_in_every_role import ENDLESS, NOBODY, PEOPLE, handlers
from tests.stories.terminal import LOG

#: POST routes that only read: their question is personal or long, and stands in the body
LOOKS = {
    "/api/{log}/cases/search", "/api/{log}/cases/likely-duplicates", "/api/{log}/reassignments/preview",
    "/api/{log}/roster/preview", "/api/{log}/mergers/preview", "/api/{log}/splits/preview", "/api/{log}/privacy/find",
    "/api/{log}/privacy/copies", "/api/{log}/blobs/missing",
}  # fmt: skip
#: a batch answers each of its commands
BATCH = "/api/{log}/commands"
#: permissions that need a session; no token has them
SESSION = {"session.own", "account.own"}
NAMES = defaultdict(lambda: "x", NOBODY, log=LOG, sha256="ab" * 32, case="00000000-0000-4000-8000-000000000001")


@pytest.fixture(scope="module")
def shown(county):
    """Headers with a token of this role for these scopes only."""
    made = {}

    def headers(role, *scopes):
        if (role, scopes) not in made:
            token = tokens.create(county.runtime, LOG, PEOPLE[role], role, made_by="test", scopes=scopes).token
            made[role, scopes] = {"Authorization": f"Bearer {token}"}
        return made[role, scopes]

    return headers


def routes(client, *, looks):
    """(method, path, a permitted role) of every route that only reads, or of every other route."""
    for method, path, handler in handlers(client.app):
        needs = PERMISSIONS[handler.opt["needs"]]
        if needs.reach == "open" or needs.name in SESSION or not path.startswith("/api/") or path == BATCH:
            continue
        if looks is (method == "GET" or path in LOOKS):
            yield method, path, next(role for role in ROLES if role in needs.roles)


def test_a_read_only_token_can_issue_no_command(client, shown, county):
    before, wrong, met = county.runtime.store.head(LOG).size, [], 0
    for method, path, role in routes(client, looks=False):
        answer = client.request(method, path.format_map(NAMES), headers=shown(role, "read"), json={})
        met += 1
        if (answer.status_code, answer.json().get("code")) != (403, "not-in-scope"):
            wrong.append(f"{method} {path} as {role}: {answer.status_code} {answer.text[:120]}")

    assert wrong == []
    assert met > 50
    assert county.runtime.store.head(LOG).size == before
    batch = {"commands": [{"do": "register-case", "command": "only-looking", "area": "pine-1"}]}
    sent = client.post(BATCH.format(log=LOG), headers=shown("dispatcher", "read"), json=batch).json()
    assert [one["problem"]["code"] for one in sent["outcomes"]] == ["not-in-scope"]


def test_a_token_for_acting_alone_can_read_nothing(client, shown):
    wrong, met = [], 0
    for method, path, role in routes(client, looks=True):
        if path.endswith(ENDLESS):
            continue
        answer = client.request(
            method, path.format_map(NAMES), headers=shown(role, "act"), json=None if method == "GET" else {}
        )
        met += 1
        if (answer.status_code, answer.json().get("code")) != (403, "not-in-scope"):
            wrong.append(f"{method} {path} as {role}: {answer.status_code} {answer.text[:120]}")

    assert wrong == []
    assert met > 25


def test_every_listed_reading_post_route_exists(client):
    assert {path for _, path, _ in handlers(client.app)} >= LOOKS | {BATCH}
