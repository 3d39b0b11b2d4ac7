"""Tests hand-overs, roster gaps and mergers of townships over HTTP."""

from tests.stories.terminal import LOG

MERGER = {"township": "reed", "into": "pine", "from": "2999-01-01", "units": {"reed-water": "pine-water"}}


def test_a_handover_lists_the_cases_that_a_cadre_leads_and_shares(county):
    found = county.get("unit_lead", "cadres/newt/handover").json()

    led = [row["stream"] for row in found["leads"]]
    assert county.cases["pine, led by newt"] in led
    assert found["totals"]["leads"] == len(led)
    assert county.get("administrator", "cadres/newt/handover").json()["totals"]["shares"] >= 1
    assert "summary" not in county.get("administrator", "cadres/newt/handover").text.replace('"summary":""', "")


def test_a_handover_is_refused_to_reporters_and_limited_by_visibility(county):
    assert county.get("cadre", "cadres/newt/handover").status_code == 200
    assert county.get("reporter", "cadres/otter/handover").json()["code"] == "not-your-role"
    assert county.get("unit_lead", "cadres/nobody/handover").status_code == 422
    # a handover list leaves out cases of another township
    assert county.get("dispatcher", "cadres/toad/handover").json()["totals"]["leads"] == 0


def test_roster_gaps_are_shown_for_the_askers_own_area(county):
    everywhere = county.get("auditor", "roster/findings").json()
    assert {one["kind"] for one in everywhere} <= {"without-lead"}
    ahead = county.get("auditor", "roster/findings?on=2019-01-01").json()
    assert {"unit-ended", "township-ended", "lead-left"} <= {one["kind"] for one in ahead}
    assert county.get("reporter", "roster/findings").status_code == 403
    own = county.get("dispatcher", "roster/findings?on=2019-01-01").json()
    assert {one["what"] for one in own if one["kind"] == "township-ended"} == {"pine"}


def test_only_an_administrator_previews_and_makes_a_merger(county):
    size = county.runtime.store.head(LOG).size
    look = county.post("administrator", "mergers/preview", MERGER).json()
    assert look["handed_on"].keys() <= {"reed-water"}
    assert look["steps"][-1]["members"]["successor"] == "pine"
    assert county.post("dispatcher", "mergers", MERGER).json()["code"] == "not-your-role"
    assert county.post("administrator", "mergers", {**MERGER, "into": "reed"}).json()["code"] == "same-township"
    assert county.post("administrator", "mergers", {**MERGER, "into": "reed-1"}).json()["code"] == "not-a-township"
    assert county.post("administrator", "mergers", {**MERGER, "from": "tomorrow"}).status_code == 400
    assert county.runtime.store.head(LOG).size == size

    done = county.post("administrator", "mergers", MERGER)
    assert (done.status_code, len(done.json())) == (200, len(look["steps"]))
    assert county.post("administrator", "mergers/preview", MERGER).json()["code"] == "not-a-township"
    # the merger takes effect on a future day
    assert county.runtime.county(LOG, fresh=True).roster.township_of("reed-1", "2998-12-31") == "reed"
    assert county.runtime.county(LOG, fresh=True).roster.township_of("reed-1", "2999-01-01") == "pine"
    cadre = county.runtime.county(LOG, fresh=True).roster.cadre("cadre/frog", "2999-01-01")
    assert (cadre.unit, set(cadre.roles)) == ("pine-water", {"cadre", "unit_lead"})


def test_only_an_administrator_previews_and_makes_a_split(county):
    village = {"area": "reed-2", "label": "苇穗村", "level": "village", "parent": "reed"}
    assert county.post("administrator", "areas", village).status_code == 200
    wish = {"township": "reed", "new": "tuft", "label": "苇穗镇", "from": "2998-01-01", "areas": ["reed-2"]}
    assert county.post("supervisor", "splits/preview", wish).json()["code"] == "not-your-role"
    look = county.post("administrator", "splits/preview", wish).json()
    assert ([step["members"]["area"] for step in look["steps"]], look["held_by"]) == (["tuft", "reed-2"], {})
    assert county.post("administrator", "splits", {**wish, "new": "pine"}).json()["code"] == "code-taken"
    assert county.post("administrator", "splits", {**wish, "areas": []}).status_code == 400

    assert len(county.post("administrator", "splits", wish).json()) == 2
    assert county.runtime.county(LOG, fresh=True).roster.township_of("reed-2", "2998-01-01") == "tuft"
    assert county.post("administrator", "splits/preview", wish).json()["steps"] == []


def test_counts_by_both_trees_are_equal_before_any_merger(county):
    then, today = (
        county.get("county supervisor", f"projections/resolved_by_township?tree={tree}").json()["rows"]
        for tree in ("then", "today")
    )
    assert then == today  # no merger has taken effect yet
    assert county.get("county supervisor", "projections/resolved_by_township?tree=oak").status_code == 400


def test_a_late_edit_of_a_unit_is_refused_with_the_current_revision(county):
    unit = {"unit": "pine-service", "label": "松果镇便民服务中心", "area": "pine"}
    first = county.post("administrator", "units", unit)
    match = {**county.headers("administrator"), "If-Match": first.headers["etag"]}
    assert county.client.post(f"/api/{LOG}/units", headers=match, json={**unit, "kind": "station"}).status_code == 200
    late = county.client.post(f"/api/{LOG}/units", headers=match, json={**unit, "kind": "service_centre"})

    assert (late.status_code, late.json()["code"]) == (412, "version-moved")
    assert late.json()["rev"] == first.json()["rev"] + 1


def test_a_cadre_with_two_posts_names_the_unit_of_an_act(county):
    also = [{"unit": "pine-village", "roles": ["cadre"]}]
    told = {"cadre": "cadre/newt", "unit": "pine-water", "roles": ["cadre"], "also": also}
    assert county.post("administrator", "cadres", told).status_code == 200
    visit = {"what": "household_visit", "area": "pine-1"}
    entered = county.post("cadre", "activities", {**visit, "as_unit": "pine-village"})
    assert entered.status_code == 201, entered.text
    assert county.runtime.store.first(LOG, entered.json()["stream"]).unit == "pine-village"
    assert county.post("cadre", "activities", {**visit, "as_unit": "reed-water"}).json()["code"] == "which-post"
    twice = {**told, "also": [{"unit": "pine-water"}]}
    assert county.post("administrator", "cadres", twice).json()["code"] == "post-twice"
