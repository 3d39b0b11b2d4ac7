"""Tests preview, import and export of the roster over HTTP."""

from casework.exchange import roster_files
from casework.exchange.roster_files import Brought
from casework.exchange.roster_rows import RosterRow
from casework.exchange.roster_writing import XLSX
from tests.exchange.books import book
from tests.stories.terminal import LOG

SOON = "2999-01-01"
AREAS = ("区域代码", "名称", "级别", "上级区域", "生效日期")


def sent(county, what, *rows, who="administrator", files=None, **headers):
    """The response to one workbook of areas; header names with `_` for `-`."""
    form = files or [("file", ("某某.xlsx", book({"区域": [AREAS, *rows]}), XLSX))]
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return county.client.post(f"/api/{LOG}/roster/{what}", headers={**county.headers(who), **named}, files=form)


def test_a_roster_import_needs_and_returns_the_previewed_edition(county):
    row = ("pine-7", "某村", "村", "pine", SOON)
    look = sent(county, "preview", row)
    assert look.status_code == 200
    assert look.json()["things"]["area"]["new"] == 1
    assert look.headers["etag"] == f'"{look.json()["edition"]}"'

    done = sent(county, "import", row, If_Match=look.headers["etag"])
    assert (done.status_code, done.json()["declared"]) == (200, 1)
    assert done.headers["etag"] == sent(county, "preview", row).headers["etag"]
    assert sent(county, "import", row, If_Match=look.headers["etag"]).json()["unchanged"] == 1


def test_a_roster_import_without_a_current_preview_is_refused(county):
    first, second = (("pine-8", "某村", "村", "pine", SOON), ("pine-9", "某村", "村", "pine", SOON))
    seen = sent(county, "preview", first).headers["etag"]
    assert sent(county, "import", second, If_Match=seen).status_code == 200
    size = county.runtime.store.head(LOG).size

    stale = sent(county, "import", first, If_Match=seen)
    assert (stale.status_code, stale.json()["code"]) == (412, "roster-moved")
    assert "look at a new preview" in stale.json()["detail"]
    unseen = sent(county, "import", first)
    assert (unseen.status_code, unseen.json()["code"]) == (428, "version-wanted")
    assert sent(county, "import", first, If_Match="7").status_code == 400
    assert county.runtime.store.head(LOG).size == size
    assert sent(county, "import", first, If_Match="*").json()["declared"] == 1


def test_a_roster_import_is_refused_to_roles_that_only_use_the_roster(county):
    for who in ("dispatcher", "supervisor", "auditor", "cadre"):
        assert sent(county, "preview", who=who).json()["code"] == "not-your-role"
        assert sent(county, "import", who=who, If_Match="*").status_code == 403


def test_a_file_that_is_no_roster_is_refused_with_its_code(county):
    def refused(name, content):
        answer = sent(county, "preview", files=[("file", (name, content, "text/csv"))])
        return answer.status_code, answer.json()["code"]

    assert refused("areas.csv", b"area\n") == (422, "not-a-roster")
    assert refused("people.csv", b"area\n") == (422, "not-a-roster")
    assert refused("r.xlsx", b"PK\x03\x04") == (422, "not-a-roster")
    assert refused("areas.csv", bytes(21_000_000)) == (413, "body-too-large")
    wrong = sent(county, "preview", files=[("other", ("areas.csv", b"area", "text/csv"))])
    assert (wrong.status_code, wrong.json()["code"]) == (400, "malformed")


def test_rejected_roster_rows_are_reported_without_a_name(county, lines):
    cadres = b"cadre,name,level\n"
    assert sent(county, "preview", files=[("file", ("cadres.csv", cadres, "text/csv"))]).status_code == 422
    content = "cadre,name,unit\nx,MARKER某某\x07,pine-water\nMARKER,某,pine-water\n".encode()
    found = sent(county, "preview", files=[("file", ("cadres.csv", content, "text/csv"))])
    told = found.json()["rejected"]

    assert [(one["line"], one["column"], one["value"]) for one in told] == [(2, "name", ""), (3, "cadre", "MARKER")]
    assert all(one["zh"] and one["en"] for one in told)
    assert b"MARKER" not in lines.getvalue()
    assert "某某".encode() not in lines.getvalue()


def test_a_roster_export_holds_names_only_for_a_privacy_officer(county):
    whole = county.get("administrator", "roster")
    assert whole.headers["content-type"] == XLSX
    assert whole.headers["cache-control"] == "no-store"
    assert sent(county, "preview", files=[("file", ("r.xlsx", whole.content, XLSX))]).json()["changes"] == []
    assert _names(whole.content) == set()

    zipped = county.get("auditor", "roster?format=csv&on=2020-01-01")
    assert zipped.headers["content-type"] == "application/zip"
    with_names = county.get("privacy_officer", "roster?names=true")
    assert "丙" in _names(with_names.content)
    (read,) = [one for one in county.get("auditor", "access").json()["rows"] if one["what"] == "roster"]
    assert (read["role"], read["shown"]) == ("privacy_officer", len(_names(with_names.content)))
    assert read["request"] == with_names.headers["x-request-id"]
    assert county.get("administrator", "roster?names=true").json()["code"] == "not-your-role"
    assert county.get("reporter", "roster").json()["code"] == "not-your-role"
    assert county.get("auditor", "roster?on=soon").status_code == 422


def _names(content):
    rows = roster_files.read([Brought("r.xlsx", content)])
    return {row.cells["name"] for row in rows if isinstance(row, RosterRow) and row.cells.get("name")}
