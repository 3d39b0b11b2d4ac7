"""Tests pages: session cookie, no script, everything escaped, same visibility."""

import re
from html.parser import HTMLParser

import pytest

from casework.http.pages import views, words
from casework.http.pages.render import style
from casework.http.pages.signing_in import inside
from tests.http.county import MARKER
from tests.stories.terminal import LOG

#: the Accept header of a browser
HTML = {"Accept": "text/html,*/*"}
VOID = {"meta", "link", "input", "br", "rect", "hr", "img"}


class Checked(HTMLParser):
    """A page as a browser reads it: every tag closed, no script, no inline style, no address but ours."""

    def __init__(self, text):
        super().__init__()
        self.open, self.addresses, self.headings, self.ids, self.labels = [], [], [], set(), set()
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        assert tag not in {"script", "style", "iframe", "img", "object"}
        assert not {name for name in attrs if name.startswith("on") or name == "style"}
        for name in ("href", "src", "action"):
            if name in attrs:
                address = attrs[name] or ""
                assert re.match(r"[/?#]", address), address
                assert not address.startswith("//")
                self.addresses.append(address)
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture
def see(county):
    """Get a page in a role: see("auditor", "cases/…")."""

    def read(who, path="", **headers):
        token = county.headers(who)["Authorization"].removeprefix("Bearer ")
        address = f"/{LOG}/{path}".rstrip("/")
        return county.client.get(
            address, headers={"Cookie": f"casework={token}", **HTML, **headers}, follow_redirects=False
        )

    return read


def paths(county):
    number = county.number("pine, led by newt")
    return ["", f"cases/{number}", f"cases/{number}?until=2999-01-01", "projections/requests_by_category",
            "projections/time_to_resolve", "projections/timeliness_by_unit?by=&by=unit&by=month",
            "projections/cases?queue=open", "projections/cadre_workload",
            "projections/actions_by_day?by=day"]  # fmt: skip


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_is_html_without_script_and_foreign_address(county, see, language):
    for path in paths(county):
        answer = see("unit_lead", path, **{"Accept-Language": language})
        assert answer.status_code == 200, path
        page = Checked(answer.text)
        assert page.headings.count("h1") == 1
        assert f'lang="{language}"' in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "script-src" not in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert 'name="viewport"' in answer.text


def test_a_page_without_a_cookie_shows_the_form_that_leads_back(county):
    address = f"/{LOG}/projections/cases"
    answer = county.client.get(address, headers=HTML, follow_redirects=False)

    assert answer.status_code == 401
    assert county.client.get(address).json()["code"] == "no-token"
    assert 'action="/sign-in"' in answer.text
    assert f'name="next" value="{address}"' in answer.text
    assert county.client.get(f"/api/{LOG}/desk", headers={"Cookie": "casework=x"}).status_code == 401


def test_signing_in_by_token_sets_an_http_only_cookie(county):
    token = county.headers("cadre")["Authorization"].removeprefix("Bearer ")
    answer = county.client.post(
        "/sign-in", data={"token": token, "next": f"/{LOG}/projections/cases"}, follow_redirects=False
    )

    assert (answer.status_code, answer.headers["location"]) == (303, f"/{LOG}/projections/cases")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert token not in answer.headers["location"]
    out = county.client.post("/sign-out", follow_redirects=False)
    assert 'casework="";' in out.headers["set-cookie"] or "casework=;" in out.headers["set-cookie"]
    county.client.cookies.clear()


def test_signing_in_with_a_wrong_token_or_from_another_site_fails(county):
    wrong = county.client.post("/sign-in", data={"token": "cw.x"}, follow_redirects=False)
    foreign = county.client.post(
        "/sign-in", data={"token": "x"}, headers={"Sec-Fetch-Site": "cross-site"}, follow_redirects=False
    )

    assert (wrong.status_code, "not valid" in wrong.text) == (401, True)
    assert "set-cookie" not in wrong.headers
    assert foreign.status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "http://testserver.local"}, 303),
        ({"Origin": "http://elsewhere.example"}, 400),
        ({"Origin": "null"}, 400),
        ({"Origin": "https://casework.example", "X-Forwarded-Host": "casework.example"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 400),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.example"}, 303),
    ],
)
def test_a_form_of_another_origin_is_refused_also_without_tls(county, headers, status):
    token = county.headers("cadre")["Authorization"].removeprefix("Bearer ")
    for path, data in (("/sign-in", {"token": token}), ("/sign-out", {})):
        answer = county.client.post(path, data=data, headers=headers, follow_redirects=False)
        assert answer.status_code == status, path
    county.client.cookies.clear()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/530828", True), ("/530828/cases/530828-2026-000001", True), ("//elsewhere", False),
        ("https://elsewhere", False), ("/\\elsewhere", False), ("/a\r\nb", False), ("", False),
    ],
)  # fmt: skip
def test_the_sign_in_form_redirects_only_within_this_server(address, kept):
    assert inside(address) == (address if kept else "")


def test_pages_hide_the_same_cases_and_texts_as_the_api(county, see):
    mine, foreign = county.number("pine, led by newt"), county.number("reed, just registered")

    assert MARKER in see("cadre", f"cases/{mine}").text
    refused = see("cadre", f"cases/{foreign}")
    assert (refused.status_code, MARKER in refused.text) == (403, False)
    Checked(refused.text)
    assert MARKER not in see("administrator", f"cases/{mine}").text
    assert "[sealed]" in see("administrator", f"cases/{mine}").text
    assert see("village cadre", "projections/requests_by_category").status_code == 403
    nowhere = county.client.get("/us-boston", headers={"Cookie": "casework=x", **HTML})
    assert (nowhere.status_code, "<h1>" in nowhere.text) == (404, True)


def test_script_in_a_users_text_is_escaped_on_pages(county, see):
    evil = "<script>alert(1)</script>"
    number = county.do("register-case", "cadre/cuckoo", "caller", area="pine-1", summary=evil, details=evil).number

    page = see("dispatcher", f"cases/{number}").text
    assert evil not in page
    assert "&lt;script&gt;" in page
    Checked(page)
    refused = see("dispatcher", f"projections/cases?status={evil}")
    assert (refused.status_code, evil in refused.text) == (422, False)


def test_a_figure_links_to_a_list_of_just_as_many_cases(county, see):
    page = Checked(see("auditor", "projections/requests_by_category?by=&by=township").text)
    (drill,) = [one for one in page.addresses if "projections/cases?township=pine" in one]

    behind = see("auditor", drill.removeprefix(f"/{LOG}/")).text
    listed = county.get("auditor", "cases?township=pine&total=true&limit=1").json()["total"]
    assert f"In all {listed} cases" in behind


def test_the_page_of_a_figure_links_to_its_csv_file(county, see):
    page = Checked(see("auditor", "projections/requests_by_category?by=&by=category").text)
    (file,) = [one for one in page.addresses if ".csv" in one]
    answer = see("auditor", file.removeprefix(f"/{LOG}/"))

    assert answer.headers["content-type"].startswith("text/csv")
    assert "water" in answer.text


def test_only_the_current_style_sheet_is_cached(county):
    name, text = style()

    kept = county.client.get(f"/assets/{name}")
    assert kept.content == text
    assert "immutable" in kept.headers["cache-control"]
    assert county.client.get("/assets/style-old.css").headers["cache-control"] == "no-store"
    assert b"http" not in text
    assert b"@media print" in text


def test_every_word_of_the_pages_exists_in_both_languages():
    for both in (*words.WORDS.values(), *words.PARTS.values()):
        assert all(both)
    with pytest.raises(AttributeError):
        _ = words.Words("en").no_such_word


def test_the_desk_shows_one_pile_alone_and_opens_a_case_by_number(county, see):
    desk, alone = see("dispatcher").text, see("dispatcher", "?pile=to_accept").text
    assert ("To accept" in desk, "To dispatch" in desk) == (True, True)
    assert ("To accept" in alone, "To dispatch" in alone) == (True, False)
    Checked(alone)

    number = county.number("pine, led by newt")
    found = see("dispatcher", f"?case=+{number}")
    assert (found.status_code, found.headers["location"]) == (303, f"/{LOG}/cases/{number}")
    away = see("dispatcher", "?case=//elsewhere.example").headers["location"]
    assert away == f"/{LOG}/cases/%2F%2Felsewhere.example"


def test_a_value_shared_by_all_rows_of_a_list_is_shown_once_above(see):
    rows = see("auditor", "projections/cases?township=pine").text.partition("<table")[2]
    above = see("auditor", "projections/cases?township=pine").text.partition("<table")[0]

    assert ("All of this page" in above, "<small>township</small>" in above) == (True, True)
    assert ">township</th>" not in rows
    assert ">status</th>" in rows


def test_the_page_of_a_figure_offers_past_and_present_townships(see):
    then, today = (see("auditor", f"projections/resolved_by_township?tree={tree}") for tree in ("then", "today"))

    assert '<option value="today" selected>' in today.text
    assert '<option value="today">' in then.text
    assert ("projections/cases?" in then.text.partition("<table")[2]) is True
    assert "projections/cases?" not in today.text.partition("<table")[2]
    assert see("auditor", "projections/resolved_by_township?tree=x").status_code == 422


def test_the_account_page_refuses_a_token_with_the_reason(see):
    answer = see("auditor", "account")

    assert (answer.status_code, "sign in with login and password" in answer.text) == (403, True)
    Checked(answer.text)


def test_a_long_count_is_cut_on_its_page_with_the_number_of_rows_left(see, monkeypatch):
    whole = see("auditor", "projections/requests_by_category?by=&by=township").text
    monkeypatch.setattr(views, "_ROWS", 1)
    part = see("auditor", "projections/requests_by_category?by=&by=township").text

    assert "more rows" not in whole
    assert whole.count("<tr>") > 2
    assert part.count("<tr>") == 2
    assert f"There are {whole.count('<tr>') - 2} more rows" in part
