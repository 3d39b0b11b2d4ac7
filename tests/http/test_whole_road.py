"""Tests one case by a real client from registration to replay.

Each database behind a server of its own, and every route that is read from is asked once.
"""

import hashlib
import json
import re
import time
import uuid
from collections.abc import Iterator

import httpx
import pytest

from casework.application.accounts import tokens
from casework.bootstrap import open_runtime
from casework.settings import load
from tests.http.acting import CADRE, CALLER, DISPATCHER, REVIEWER, SUPERVISOR
from tests.http.served import PLAIN, Served
from tests.stories.terminal import LOG, Terminal, opened

LEAD, AUDITOR = ("cadre/egret", "unit_lead"), ("cadre/wren", "privacy_officer")
PHONE = "13900000007"
PHOTO = b"\x89PNG\r\n\x1a\n" + b"a photo of a tap" * 4
DIGEST = hashlib.sha256(PHOTO).hexdigest()
#: reading operations by POST, with the question in the body
#: tags of routes that are no part of a case's life; other tests cover them
ELSEWHERE = {"privacy", "access", "surveys", "findings", "accounts", "sessions", "tokens", "outbox", "roster", "cadres"}
BY_BODY = {"search-cases", "likely-duplicates", "preview-reassignment", "missing-attachments"}


class Road:
    """A client of the served county for several actors; it keeps the requested addresses."""

    def __init__(self, address: str, shown: dict[tuple[str, str], str]) -> None:
        self._client = httpx.Client(base_url=address, timeout=20, verify=PLAIN)
        self._shown = shown
        self.asked: list[tuple[str, str]] = []

    def send(self, who: tuple[str, str], method: str, path: str, status: int = 200, **more) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._shown[who]}", **more.pop("headers", {})}
        answer = self._client.request(method, f"/api/{LOG}/{path}", headers=headers, **more)
        assert answer.status_code == status, f"{method} {path}: {answer.text}"
        self.asked.append((method.lower(), path.partition("?")[0]))
        return answer

    def get(self, who: tuple[str, str], path: str, **headers: str):
        return self.send(who, "GET", path, headers=headers)

    def do(self, who: tuple[str, str], path: str, status: int = 200, seen: int | None = None, **members):
        """Carry out a command; its answer."""
        headers = {"Idempotency-Key": str(uuid.uuid4())} | ({} if seen is None else {"If-Match": f'"{seen}"'})
        return self.send(who, "POST", path, status, json=members, headers=headers).json()

    def close(self) -> None:
        self._client.close()


@pytest.fixture
def road(tmp_path, database_url) -> Iterator[Road]:
    terminal = opened(Terminal(tmp_path, database_url))
    runtime = open_runtime(load(terminal.environment, tmp_path))
    people = (CALLER, DISPATCHER, CADRE, REVIEWER, SUPERVISOR, LEAD, AUDITOR)
    shown = {who: tokens.create(runtime, LOG, *who, made_by="test").token for who in people}
    runtime.close()
    with Served(tmp_path, terminal.environment).running() as served:
        road = Road(served.address, shown)
        yield road
        road.close()


def test_a_closed_case_is_found_by_every_reading_route(road: Road) -> None:
    size_before = int(road.get(AUDITOR, "entries?limit=1").headers["casework-size"])
    asked = {"area": "menglang-1", "category": "water", "summary": "三天没有水", "person": {"phone": PHONE}}
    registered = road.do(CALLER, "cases", 201, **asked)
    number, case = registered["number"], f"cases/{registered['number']}"
    assert re.fullmatch(LOG + r"-\d{4}-000001", number)
    assert registered["duplicates"] == {"likely": [], "elsewhere": 0, "looked": True}

    road.do(DISPATCHER, f"{case}/acceptance", topic="supply")
    road.do(DISPATCHER, f"{case}/dispatch", unit="water-station", lead="cadre/crane")
    road.do(CADRE, f"{case}/acknowledgement")
    road.send(CADRE, "PUT", f"blobs/{DIGEST}", 201, content=PHOTO)
    acted = road.do(CADRE, f"{case}/actions", action="repair", note="换了水管", evidence=[DIGEST])
    while_open = acted["size"]
    resolved = road.do(CADRE, f"{case}/resolution", result="solved", answer="已修好")
    approved = road.do(REVIEWER, f"{case}/resolution/approval", seen=resolved["rev"])
    called = road.do(CALLER, f"{case}/callbacks", reached=True, solved="yes", satisfaction=5)
    assert called["rev"] > approved["rev"]
    closed = road.do(DISPATCHER, f"{case}/closing", seen=called["rev"])
    size = closed["size"]
    assert size > size_before + 8

    counted(road, size, while_open)
    read(road, number, case, size, asked)
    streamed(road, size)
    every_route_was_asked(road)


def counted(road: Road, size: int, while_open: int) -> None:
    """Compare the count now, the count in the past and a recount from the first entry."""

    def told(query: str) -> dict:
        found = road.get(SUPERVISOR, f"projections/resolved_by_township?by=township&{query}").json()
        (row,) = [row for row in found["rows"] if row["township"] == "menglang"]
        return {"solved": row["solved"], "open": row["open"], "size": found["size"]}

    assert told(f"at_least={size}") == {"solved": 1, "open": 0, "size": size}
    assert told(f"as_of={while_open}") == {"solved": 0, "open": 1, "size": while_open}
    file = road.get(SUPERVISOR, f"projections/resolved_by_township?by=township&at_least={size}&format=csv")
    assert file.headers["casework-size"] == str(size)
    assert "menglang,勐朗镇" in file.content.decode("utf-8-sig")

    for one in road.get(AUDITOR, "projections").json():
        name, is_count = one["name"], one["kind"] == "count"
        found = road.get(AUDITOR, f"projections/{name}{f'?at_least={size}' if is_count else ''}").json()
        assert (found["columns"] != [], found["size"], found["error"]) == (True, size, ""), name
        if is_count:
            recount = road.get(AUDITOR, f"projections/{name}/recount").json()
            assert (recount["equal"], recount["size"]) == (True, size), recount


def read(road: Road, number: str, case: str, size: int, asked: dict) -> None:
    """Read the desk, the case, its timeline, lists, searches, its photo and the stored entries."""
    assert road.get(CADRE, "desk").json()["actor"] == "cadre/crane"
    opened = road.get(CADRE, case)
    assert (opened.json()["number"], opened.headers["etag"]) == (number, f'"{opened.json()["rev"]}"')
    steps = road.get(AUDITOR, f"{case}/timeline").json()
    assert [steps[0]["step"]["type"], steps[-1]["step"]["type"]] == ["case-registered.v1", "case-closed.v1"]
    assert len(road.get(AUDITOR, f"{case}/timeline?until={size - 1}").json()) == len(steps) - 1

    (row,) = road.get(DISPATCHER, "cases?status=closed&place=menglang&total=true").json()["rows"]
    assert (row["number"], row["summary"], row["outcome"]) == (number, "三天没有水", "solved")
    assert number in road.get(DISPATCHER, "cases?format=csv").content.decode("utf-8-sig")
    assert road.get(DISPATCHER, "cases/count?by=status").json()["rows"] == [{"status": "closed", "cases": 1}]
    for wanted in ({"person": PHONE}, {"summary": "三天没有水！"}):
        found = road.send(DISPATCHER, "POST", "cases/search", json=wanted).json()
        assert [row["number"] for row in found["rows"]] == [number], wanted
    (hint,) = road.send(DISPATCHER, "POST", "cases/likely-duplicates", json=asked).json()["likely"]
    assert (hint["case"]["number"], hint["why"]) == (number, ["person", "words", "place"])
    again = road.do(CALLER, "cases", 201, **asked)
    assert again["duplicates"]["likely"][0]["case"]["number"] == number

    look = {"from": "cadre/crane", "to": "cadre/egret"}
    assert road.send(LEAD, "POST", "reassignments/preview", json=look).json()["cases"] == []
    assert road.send(CADRE, "POST", "blobs/missing", json={"sha256": [DIGEST, "0" * 64]}).json() == {
        "missing": ["0" * 64]
    }
    assert road.get(CADRE, f"{case}/attachments/{DIGEST}").content == PHOTO
    lines = road.get(AUDITOR, f"entries?since={size - 1}&until={size}").text.splitlines()
    assert json.loads(lines[0])["type"] == "case-closed.v1"


def streamed(road: Road, size: int) -> None:
    """A resumed stream sends the present size at once, and then each new size."""
    headers = {"Authorization": f"Bearer {road._shown[CADRE]}", "Last-Event-ID": str(size)}
    with road._client.stream("GET", f"/api/{LOG}/events", headers=headers) as stream:
        lines = (line for line in stream.iter_lines() if line.startswith("data: "))
        told = json.loads(next(lines).removeprefix("data: "))["size"]
        assert told > size
        moved = road.do(CADRE, "activities", 201, what="patrol", area="menglang-1")["size"]
        limit = time.monotonic() + 10
        while told < moved:
            assert time.monotonic() < limit
            told = json.loads(next(lines).removeprefix("data: "))["size"]
    road.asked.append(("get", "events"))


def every_route_was_asked(road: Road) -> None:
    """Compare the requested addresses with every reading route of the OpenAPI description."""
    described = road._client.get("/api/docs/openapi.json").json()["paths"]
    reading = {
        (method, path)
        for path, operations in described.items()
        for method, operation in operations.items()
        if path.startswith("/api/{log}/") and (method == "get" or operation["operationId"] in BY_BODY)
    }
    assert len(reading) > 14
    patterns = {
        one: re.compile(re.sub(r"\{\w+\}", "[^/]+", one[1].removeprefix("/api/{log}/")) + r"\Z") for one in reading
    }
    left_out = [
        one
        for one in reading
        if one[1].split("/")[3] not in ELSEWHERE
        and not any(m == one[0] and patterns[one].match(p) for m, p in road.asked)
    ]
    assert left_out == []
