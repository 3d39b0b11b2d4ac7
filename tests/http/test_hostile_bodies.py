"""Tests that hostile requests break nothing and leave no trace in logs."""

import json

import pytest
from sqlalchemy import func, select

from casework.log.schema import entry
from casework.seal.tables import sealed_blob, sealed_key
from tests.http.acting import API, CADRE, CALLER
from tests.stories.terminal import LOG

MARKER = "某某-13912345678"
LONG = "水" * 24_000  # 72 kB of UTF-8


def deep(levels, inside="1"):
    return b'{"area": ' + b"[" * levels + inside.encode() + b"]" * levels + b"}"


def deep_objects(levels):
    return b'{"person": ' + b'{"a":' * levels + b"1" + b"}" * levels + b"}"


BODIES = {
    "nothing but a brace": b"{",
    "an array": b"[]",
    "a number": b"7",
    "null": b"null",
    "null members": b'{"area": null, "person": null, "summary": null}',
    "a thousand brackets": deep(950),
    "a hundred thousand brackets": deep(100_000),
    "a thousand objects": deep_objects(950),
    "twenty thousand objects": deep_objects(20_000),
    "a huge integer": b'{"planned_beneficiaries": 1' + b"0" * 40 + b"}",
    "an integer of a megabyte": b'{"planned_beneficiaries": 1' + b"0" * 900_000 + b"}",
    "a number beyond floats": b'{"planned_beneficiaries": 1e400}',
    "a negative number": b'{"planned_beneficiaries": -1}',
    "a fraction": b'{"planned_beneficiaries": 0.5}',
    "not a number": b'{"planned_beneficiaries": NaN}',
    "a number for a text": b'{"area": 12}',
    "a list for a text": b'{"summary": ["a"]}',
    "an object for a text": b'{"summary": {"a": 1}}',
    "a text for an object": b'{"person": "somebody"}',
    "an unknown member of a person": b'{"person": {"name": "x"}}',
    "a person without anything": b'{"person": {}}',
    "an unknown member": json.dumps({MARKER: MARKER}).encode(),
    "a lone surrogate": b'{"summary": "\\ud800"}',
    "a lone low surrogate": b'{"summary": "\\udc00x"}',
    "a surrogate in a name": b'{"\\udfff": 1}',
    "surrogates in the wrong order": b'{"summary": "\\udc00\\ud800"}',
    "bytes of a surrogate": b'{"summary": "\xed\xa0\x80"}',
    "bytes of Latin 1": b'{"summary": "\xe9"}',
    "an overlong encoding": b'{"summary": "\xc0\xaf"}',
    "a zero character": b'{"summary": "a\\u0000b"}',
    "control characters in a name": b'{"person": {"full_name": "a\\u0007\\u001b[31mb"}}',
    "control characters in a code": b'{"area": "menglang\\n-1"}',
    "a line separator": b'{"details": "a\\u2028b"}',
    "a byte-order mark": b"\xef\xbb\xbf{}",
    "72 kB in one text": json.dumps({"details": LONG}).encode(),
    "72 kB in a line": json.dumps({"summary": LONG}).encode(),
    "72 kB in a code": json.dumps({"area": LONG}).encode(),
    "72 kB in the command id": json.dumps({"command": LONG}).encode(),
    "72 kB in a member's name": json.dumps({LONG: 1}).encode(),
    "72 kB in a case id": json.dumps({"case": "case/" + LONG}).encode(),
    "the same member twice": b'{"area": "menglang", "area": "nowhere"}',
    "a member of another command": b'{"action": "visit"}',
    "a date that is none": b'{"due_on": "2026-02-31"}',
    "a date at the end of the calendar": b'{"due_on": "9999-12-31"}',
    "an instant at its beginning": b'{"occurred": "0001-01-01T00:00:00.000Z"}',
    "an instant at its end": b'{"occurred": "9999-12-31T23:59:59.999Z"}',
    "a device at the end of time": (
        b'{"device": {"captured": "9999-12-31T23:59:59.999Z", "sent": "0001-01-01T00:00:00.000Z"}}'
    ),
    "an instant that is none": b'{"occurred": "2026-13-45T99:99:99.999Z"}',
    "for somebody who is not there": b'{"for": "cadre/nobody"}',
    "for a telephone": b'{"for": "resident/13912345678"}',
    "many members": json.dumps({f"m{n}": n for n in range(20_000)}).encode(),
    "SQL": b'{"area": "\'; DROP TABLE entry; --"}',
    "a pattern": b'{"area": "%", "external_ref": "%_"}',
}


def counts(runtime):
    with runtime.engine.connect() as db:
        return [
            db.scalar(select(func.count()).select_from(table).where(table.c.log == LOG))
            for table in (entry, sealed_blob, sealed_key)
        ]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_hostile_body_is_refused_as_a_problem_and_not_stored(client, hands, runtime, lines, body):
    headers = hands.headers(CALLER) | {"content-type": "application/json"}
    before, at = counts(runtime), len(lines.getvalue())
    response = client.post(f"{API}/cases", content=body, headers=headers)

    assert 400 <= response.status_code < 500, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert len(response.content) < 1_000 + 4 * len(body)
    assert response.json()["detail"]
    assert counts(runtime) == before
    assert MARKER not in lines.getvalue()[at:].decode()


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_hostile_body_in_a_batch_is_refused_and_not_stored(client, hands, runtime, body):
    headers = hands.headers(CALLER) | {"content-type": "application/json"}
    inner = body.strip()
    if inner.startswith(b"{") and inner.endswith(b"}") and len(inner) > 2:
        inner = b'{"do": "register-case", "command": "hostile",' + inner[1:]
    before = counts(runtime)
    response = client.post(f"{API}/commands", content=b'{"commands": [' + inner + b"]}", headers=headers)

    assert response.status_code in (200, 400, 413), response.text
    if response.status_code == 200:
        assert [one["outcome"] for one in response.json()["outcomes"]] == ["refused"]
    assert counts(runtime) == before


@pytest.mark.parametrize(
    "name",
    [
        "%00",
        "%ff",
        "%ED%A0%80",
        "..%2f..",
        "a" * 5_000,
        "%E6%B0%B4" * 300,
        "'%20OR%201=1",
        "%",
        "*",
        "%0a",
        "-",
        "case%2fx",
    ],
)
def test_an_impossible_case_name_in_an_address_is_answered_with_404(client, hands, runtime, name):
    before = counts(runtime)
    response = client.post(f"{API}/cases/{name}/actions", json={"action": "visit"}, headers=hands.headers(CADRE))

    assert response.status_code in (404, 405), response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert counts(runtime) == before


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("If-Match", '"99999999999999999999"', 400),
        ("If-Match", 'W/"1"', 400),
        ("If-Match", '"1", "2"', 400),
        ("If-Match", "水".encode(), 400),
        ("Idempotency-Key", "", 400),
        ("Idempotency-Key", "a" * 201, 400),
        ("Idempotency-Key", "水".encode(), 400),
        ("Authorization", b"Bearer \xff\xfe", 401),
        ("Authorization", "Bearer " + "a" * 10_000, 401),
        ("Accept-Language", "q=q;q,;,=;zh;q=x", 404),
        ("X-Request-Id", f"{MARKER}".encode(), 404),
        ("Content-Length", "7", 400),
    ],
)
def test_a_malformed_header_is_refused_or_ignored_and_not_logged(client, hands, lines, header, value, status):
    path = f"{API}/cases/01a21a61-c0a3-856c-93f9-9e2a4382e98d/actions"
    at = len(lines.getvalue())
    body = b"not so" if header == "Content-Length" else b'{"action": "visit"}'
    sent = hands.headers(CADRE) | {"content-type": "application/json", header: value}
    response = client.post(path, content=body, headers=sent)

    assert response.status_code == status, response.text
    assert MARKER not in lines.getvalue()[at:].decode()


def test_the_servers_log_holds_no_personal_data(client, hands, lines):
    number = hands.registered(summary=MARKER, details=MARKER, person={"full_name": MARKER, "phone": "13912345678"})
    hands.do(CALLER, f"/cases/{number}/contacts?q={MARKER}", {"channel": "phone", "reached": True, "note": MARKER})
    hands.do(CALLER, f"/cases/{MARKER}/contacts", {"channel": MARKER, "reached": MARKER})
    client.get(f"/{MARKER}?{MARKER}", headers={"user-agent": MARKER.encode(), "cookie": MARKER.encode()})
    written = lines.getvalue().decode()

    assert "13912345678" not in written
    assert MARKER not in written
    last = json.loads(written.splitlines()[-2])
    assert last.keys() == {"request", "actor", "method", "route", "status", "ms", "event", "at", "level"}
    assert (last["route"], last["actor"]) == ("/api/{log}/cases/{case}/contacts", "cadre/finch")
