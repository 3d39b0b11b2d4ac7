"""Tests the receipt pages of residents: no script, no secret in addresses."""

import re
from html import unescape
from io import BytesIO

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace

from casework.http.app import create_app
from casework.http.request_log import logger_to
from casework.settings import Residents
from tests.http.acting import API, CALLER
from tests.http.reading.test_pages import Checked
from tests.stories.terminal import LOG

ASKED = {"area": "menglang-1", "category": "water", "summary": "MARKER tap", "person": {"phone": "13900000000"}}


@pytest.fixture
def receipt(client, hands):
    client.app.state.server.attempts.__init__()
    answer = hands.ok(CALLER, "/cases", ASKED)
    return {"number": answer["number"], "secret": answer["secret"]}


@pytest.fixture(scope="module")
def open_client(runtime):
    """A client of the same county with filing by page turned on."""
    runtime.settings = replace(runtime.settings, residents=Residents(filing=True))
    with TestClient(create_app(runtime, logger=logger_to(BytesIO()))) as client:
        yield client
    runtime.settings = replace(runtime.settings, residents=Residents())


def send(client, path, form, **headers):
    return client.post(path, data=form, headers={"Accept": "text/html", **headers}, follow_redirects=False)


def test_receipt_pages_need_no_script_and_put_no_secret_in_addresses(client, receipt):
    assert Checked(client.get("/receipt").text).headings == ["h1"]
    shown = send(client, "/receipt", receipt)
    page = Checked(shown.text)
    assert shown.status_code == 200
    assert "set-cookie" not in shown.headers
    assert shown.headers["cache-control"] == "no-store"
    assert not [address for address in page.addresses if receipt["number"] in address or receipt["secret"] in address]
    assert receipt["number"] in shown.text
    for hidden in ("MARKER", "cadre/", "13900000000"):
        assert hidden not in shown.text


def test_receipt_pages_are_shown_in_both_languages(client, receipt):
    assert "registered; it is being looked at" in send(client, "/receipt", receipt, **{"Accept-Language": "en"}).text
    chinese = client.post("/receipt", data=receipt, headers={"Accept-Language": "zh"})
    assert "已登记，等待受理" in chinese.text


def test_a_resident_carries_out_every_act_by_form(client, receipt, runtime, hands):
    added = send(client, "/receipt/information", {**receipt, "command": "p1", "details": "<b>more</b>"})
    assert "Received, thank you." in added.text
    Checked(added.text)
    assert "Received" in send(client, "/receipt/data-requests", {**receipt, "command": "p2", "what": "copy"}).text
    assert (
        "No messages are sent"
        in send(client, "/receipt/messages", {**receipt, "command": "p3", "wanted": "false"}).text
    )
    again = send(client, "/receipt/messages", {**receipt, "command": "p3", "wanted": "false"})
    assert "No messages are sent" in again.text
    gone = send(client, "/receipt/withdrawal", {**receipt, "command": "p4", "reason": "settled"})
    assert "taken back" in gone.text
    types = [
        one["type"]
        for one in hands.client.get(f"{API}/cases/{receipt['number']}", headers=hands.headers(CALLER)).json()[
            "timeline"
        ]
    ]
    assert types == [
        "case-registered.v1", "information-added.v1", "data-request-made.v1", "messages-chosen.v1", "case-withdrawn.v1",
    ]  # fmt: skip


def test_a_refused_act_is_explained_on_the_receipt_page(client, receipt):
    refused = send(client, "/receipt/result", {**receipt, "command": "r1", "solved": "yes"})
    assert refused.status_code == 409
    assert "record-callback is not possible" in unescape(refused.text)
    assert f"<h1>{receipt['number']}</h1>" in refused.text
    wrong = send(client, "/receipt/information", {**receipt, "details": ""})
    assert wrong.status_code == 400


def test_a_wrong_receipt_secret_shows_the_form_and_then_a_wait(client, receipt):
    wrong = {**receipt, "secret": "2222-2222-2222-2222"}
    assert {send(client, "/receipt", wrong).status_code for _ in range(5)} == {404}
    slow = send(client, "/receipt", wrong)
    assert slow.status_code == 429
    assert int(slow.headers["retry-after"]) >= 1
    assert Checked(slow.text).headings == ["h1"]
    assert "2222-2222" not in slow.text


def test_a_receipt_form_from_another_site_is_refused(client, receipt):
    assert send(client, "/receipt", receipt, **{"Sec-Fetch-Site": "cross-site"}).status_code == 400


@pytest.mark.parametrize("form", [{}, {"number": "x" * 5000, "secret": "\x00"}, {"number": "\ud7ff", "secret": "%ff"}])
def test_a_malformed_receipt_form_is_answered_with_404_or_429(client, receipt, form):
    assert send(client, "/receipt", form).status_code in (404, 429)


def test_filing_by_page_is_off_unless_set(client):
    assert client.get("/receipt/new", headers={"Accept": "text/html"}).status_code == 403
    assert send(client, "/receipt/new", {"log": LOG, "area": "menglang-1", "summary": "tap"}).status_code == 403
    assert "/receipt/new" not in client.get("/receipt").text


def test_a_request_is_filed_by_page_and_followed_by_its_receipt(open_client, runtime):
    form = Checked(open_client.get("/receipt/new").text)
    assert "/receipt/new" in form.addresses
    given = {
        "log": LOG, "command": "filed-1", "area": "menglang-1", "category": "water", "summary": "MARKER tap",
        "details": "MARKER", "full_name": "甲", "phone": "13900000000",
    }  # fmt: skip
    filed = [send(open_client, "/receipt/new", given) for _ in range(2)]
    slips = [re.findall(r"<dd>(?:<span class=.secret.>)?([0-9A-Z-]+)", one.text) for one in filed]
    assert filed[0].status_code == 200
    assert slips[0] == slips[1], "sent twice is one request, and shows the same receipt"
    number, secret = slips[0]
    assert "registered" in send(open_client, "/receipt", {"number": number, "secret": secret}).text
    entry = runtime.store.first(LOG, runtime.store.find(LOG, "number", number))
    assert (entry.role, entry.source, entry.actor[:9]) == ("resident", "page", "resident/")
    raw = b"".join(runtime.store.raw(LOG, since=0, until=runtime.store.head(LOG).size, limit=10_000))
    assert b"MARKER" not in raw


@pytest.mark.parametrize(
    "wrong", [{"summary": ""}, {"area": "nowhere"}, {"summary": "x" * 101}, {"details": "x" * 4001}]
)
def test_a_bad_form_is_shown_again_with_what_was_typed(open_client, wrong):
    given = {"log": LOG, "command": "filed-2", "area": "menglang-1", "summary": "tap", "full_name": "<甲>", **wrong}
    shown = send(open_client, "/receipt/new", given)
    assert shown.status_code in (400, 422)
    assert "&lt;甲&gt;" in shown.text
    assert Checked(shown.text).headings == ["h1"]


def test_the_eleventh_filed_request_in_a_row_is_told_to_wait(open_client):
    open_client.app.state.server.attempts.__init__()
    given = {"log": LOG, "area": "menglang-1", "summary": "tap"}
    statuses = [send(open_client, "/receipt/new", {**given, "command": f"many-{n}"}).status_code for n in range(11)]
    assert statuses == [200] * 10 + [429]


def test_two_filed_requests_of_one_person_are_hinted_and_not_merged(open_client, hands):
    open_client.app.state.server.attempts.__init__()
    given = {"log": LOG, "area": "menglang-1", "summary": "tap"}
    for n, phone in enumerate(("13900000077", "+86 139-0000-0077")):
        assert send(open_client, "/receipt/new", {**given, "command": f"same-{n}", "phone": phone}).status_code == 200
    wide = {"person": {"phone": "１３９００００００７７"}}
    hints = hands.ok(("cadre/heron", "dispatcher"), "/cases/likely-duplicates", wide)["likely"]
    assert [(one["why"], one["case"]["status"]) for one in hints] == [(["person"], "registered")] * 2
