"""Tests that the OpenAPI description is complete and says what the law says."""

import hashlib
import re
from base64 import b64encode

import pytest

from casework.http.api.route_table import ROUTES
from casework.http.problems import MEDIA_TYPE
from casework.law.described import members_of
from casework.law.kinds import COMMANDS
from tests.http.acting import CADRE


@pytest.fixture(scope="module")
def schema(client):
    return client.get("/api/docs/openapi.json").json()


def operations(schema):
    return [
        (path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in {"get", "put", "post", "delete", "patch"}
    ]


def test_openapi_describes_every_command_with_its_members(schema):
    statuses = {"400", "401", "403", "404", "409", "412", "413", "415", "422", "428", "503"}
    for route in ROUTES.values():
        operation = schema["paths"]["/api/{log}" + route.path]["post"]
        body = operation["requestBody"]["content"]["application/json"]["schema"]
        members = {name: one for name, one in members_of(COMMANDS[route.command]).items() if name not in route.fills}

        assert operation["summary"] == "  ".join(COMMANDS[route.command].term), route
        assert body["additionalProperties"] is False, route
        for name, member in members.items():
            told = body["properties"][name]
            assert (told["title"], told["description"]) == member.text, (route.command, name)
        assert body["properties"].keys() == {*members, "command", "for", "as_unit", "occurred", "occurred_on", "device"}
        assert set(operation["responses"]) >= statuses, route


def test_openapi_describes_every_failure_as_a_problem(schema):
    for path, _, operation in operations(schema):
        for status, response in operation["responses"].items():
            if status[0] in "45" and path != "/health/ready":
                assert list(response["content"]) == [MEDIA_TYPE], (path, status)


def test_every_reference_of_the_openapi_description_resolves(schema):
    def references(part):
        if isinstance(part, dict):
            yield from ([part["$ref"]] if "$ref" in part else [])
            for one in part.values():
                yield from references(one)
        elif isinstance(part, list):
            for one in part:
                yield from references(one)

    for reference in references(schema):
        assert reference.removeprefix("#/components/schemas/") in schema["components"]["schemas"], reference


def test_every_api_operation_needs_a_token_unless_marked_open(client, schema):
    for path, method, operation in operations(schema):
        address = re.sub(r"\{\w+(:\w+)?\}", "1", path)
        if "receipt" in operation.get("tags", ()):  # number and secret stand in the body
            assert client.request(method, address).status_code == 400
        elif operation.get("security") == []:
            assert client.request(method, address).status_code == (400 if method == "post" else 200)
        else:
            assert client.request(method, address).status_code == 401, path
    open_ = {path for path, _, one in operations(schema) if one.get("security") == []}
    assert {path for path in open_ if not path.startswith("/api/{log}/receipt")} == {
        "/health/live",
        "/health/ready",
        "/api/{log}/sessions",
    }


@pytest.mark.parametrize("address", ["/api/docs", "/api/docs/openapi.json"])
def test_the_api_description_names_no_other_host(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert re.findall(r"(?:https?:)?//[a-z]", response.text) == []
    assert "<script" not in response.text


def test_the_page_of_the_api_names_every_command_route(client):
    text = client.get("/api/docs").text

    assert [route.path for route in ROUTES.values() if f"/api/{{log}}{route.path}<" not in text] == []


def test_health_needs_no_token_and_says_nothing_personal(client, hands, runtime):
    hands.registered(summary="某某某", person={"full_name": "某某某"})
    assert client.get("/health/live").json() == {"status": "ok"}
    found = client.get("/health/ready")

    assert found.status_code == 200
    assert found.json()["logs"]["530828"]["size"] == runtime.store.head("530828").size
    assert found.json()["ready"] is True
    assert {"cases", "resolved_by_township"} <= found.json()["logs"]["530828"]["projections"].keys()
    assert "某某某" not in found.text
    assert CADRE[0] not in found.text


def test_the_page_of_the_api_forbids_scripts_and_framing(client):
    page = client.get("/api/docs")
    policy = page.headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", page.text, re.DOTALL)

    assert style is not None
    digest = b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert {"default-src 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert page.headers["x-content-type-options"] == "nosniff"
    assert client.get("/api/docs/openapi.json").headers["content-security-policy"] == policy
