"""Tests needs surveys over HTTP: who sees which, answers shown, the page."""

from typing import Any

import pytest

from tests.http.county import County
from tests.http.reading.test_pages import HTML, Checked
from tests.stories.terminal import LOG

QUESTIONS = [
    {"code": "lacks", "label": "最缺什么 <b>", "kind": "choice", "choices": [{"code": "rest", "label": "歇脚"}]},
    {"code": "wish", "label": "还想说什么", "kind": "text"},
]
FORM = {"group": "riders", "starts": "2020-01-01", "ends": "2999-12-31", "asked": 3, "questions": QUESTIONS}
BOTH = "both's"
ANSWER = {"replies": [{"question": "lacks", "choices": ["rest"]}, {"question": "wish"}], "texts": {"wish": "MARKER 灯"}}


@pytest.fixture(scope="module")
def surveys(county: County) -> dict[str, str]:
    """A survey of Pine's own, and one of Reed that Pine's water station runs too."""
    found: dict[str, str] = {}
    for name, area, units in (("pine's", "pine", ["pine-service"]), ("both's", "reed", ["reed-water", "pine-water"])):
        body = {**FORM, "title": f"骑手 {name}", "area": area, "units": units}
        answer = county.post("county supervisor", "surveys", body)
        assert answer.status_code == 201, answer.text
        found[name] = answer.headers["location"].rpartition("/")[2]
    assert county.post("cadre", f"surveys/{found[BOTH]}/answers", ANSWER).status_code == 200
    return found


def seen(county: County, who: str) -> set[str] | None:
    """Titles in a role's list; None for a role that may not list surveys."""
    answer = county.get(who, "surveys")
    if answer.status_code == 403:
        return None
    return {one["title"].removeprefix("骑手 ") for one in answer.json()}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("dispatcher", {"pine's"}),
        ("cadre", {"pine's", "both's"}),
        ("village cadre", set()),
        ("auditor", {"pine's", "both's"}),
        ("county supervisor", {"pine's", "both's"}),
        ("reporter", None),
    ],
)
def test_the_list_of_surveys_holds_exactly_those_the_role_may_open(
    county: County, surveys: dict[str, str], who: str, sees: set[str] | None
) -> None:
    assert seen(county, who) == sees
    for name, survey in surveys.items():
        for path in (f"surveys/{survey}", f"surveys/{survey}/answers"):
            assert county.get(who, path).status_code == (200 if name in (sees or ()) else 403)


def test_survey_answers_of_a_unit_that_does_not_run_it_are_refused(county: County, surveys: dict[str, str]) -> None:
    def answers(who: str, name: str) -> Any:
        return county.post(who, f"surveys/{surveys[name]}/answers", ANSWER)

    assert answers("cadre", "pine's").json()["code"] == "not-your-unit"
    assert answers("dispatcher", "both's").json()["code"] == "outside-your-area"


def test_survey_texts_are_shown_to_roles_that_read_sealed_data(county: County, surveys: dict[str, str]) -> None:
    told = {who: county.get(who, f"surveys/{surveys[BOTH]}/answers").json()["rows"] for who in ("cadre", "auditor")}

    (row,) = told["cadre"]
    assert row["replies"] == {"lacks": ["rest"], "wish": None}
    assert row["sealed"] == [{"member": "texts", "state": "open", "value": {"wish": "MARKER 灯"}}]
    assert told["auditor"][0]["sealed"] == row["sealed"]
    assert "answers" in {one["what"] for one in county.get("auditor", "access").json()["rows"]}
    assert county.get("administrator", f"surveys/{surveys[BOTH]}/answers").json()["code"] == "not-your-role"


def test_the_pages_of_a_survey_and_a_raised_need_link_to_each_other(county: County, surveys: dict[str, str]) -> None:
    survey = surveys["both's"]
    who = county.get("cadre", f"surveys/{survey}/answers").json()["rows"][0]["respondent"]
    need = {"respondent": who, "question": "lacks", "area": "pine-1", "summary": "没有歇脚处"}
    raised = county.post("cadre", f"surveys/{survey}/needs", need)
    assert (raised.status_code, raised.headers["location"]) == (201, f"/api/{LOG}/cases/{raised.json()['number']}")
    number = raised.json()["number"]

    token = county.headers("cadre")["Authorization"].removeprefix("Bearer ")
    pages = {
        path: county.client.get(f"/{LOG}/{path}", headers={"Cookie": f"casework={token}", **HTML})
        for path in ("surveys", f"surveys/{survey}", f"cases/{number}")
    }
    assert {page.status_code for page in pages.values()} == {200}
    read = {path: Checked(page.text) for path, page in pages.items()}
    assert f"/{LOG}/surveys/{survey}" in read["surveys"].addresses
    assert f"/{LOG}/cases/{number}" in read[f"surveys/{survey}"].addresses
    assert f"/{LOG}/surveys/{survey}" in read[f"cases/{number}"].addresses
    assert "最缺什么 &lt;b&gt;" in pages[f"surveys/{survey}"].text
    assert "没有歇脚处" in pages[f"surveys/{survey}"].text
    listed = county.get("cadre", f"cases?survey=survey/{survey}&total=true").json()
    assert (listed["total"], listed["rows"][0]["number"]) == (1, number)


def test_a_survey_lists_visible_needs_and_counts_the_hidden_ones(county: County, surveys: dict[str, str]) -> None:
    shown = county.get("auditor", f"surveys/{surveys[BOTH]}").json()
    assert shown["needs"]["raised"] == len(shown["cases"]) + shown["hidden"]
    assert county.get("cadre", "surveys/no-such").json()["code"] == "no-such-survey"


def test_a_confidential_need_is_counted_only_for_those_who_see_it(county: County, surveys: dict[str, str]) -> None:
    survey = surveys[BOTH]
    assert county.post("cadre", f"surveys/{survey}/answers", ANSWER).status_code == 200
    before = county.get("cadre", f"surveys/{survey}").json()
    who = county.get("cadre", f"surveys/{survey}/answers").json()["rows"][-1]["respondent"]
    need = {"respondent": who, "question": "wish", "area": "pine-1", "confidentiality": "confidential"}
    case = county.post("cadre", f"surveys/{survey}/needs", need).json()["stream"]

    def told(reader: str) -> tuple[int, int, bool, bool]:
        page = county.get(reader, f"surveys/{survey}").json()
        rows = county.get(reader, f"surveys/{survey}/answers").json()["rows"]
        listed = next(one for one in county.get(reader, "surveys").json() if one["survey"] == f"survey/{survey}")
        assert listed["needs"] == page["needs"]
        named = any(case in row["cases"].values() for row in rows)
        return page["needs"]["raised"], page["hidden"], case in {row["stream"] for row in page["cases"]}, named

    raised, hidden = before["needs"]["raised"], before["hidden"]
    assert told("cadre") == (raised, hidden, False, False)
    assert told("county supervisor")[0] == raised + 1
    assert told("county supervisor")[2:] == (True, True)
