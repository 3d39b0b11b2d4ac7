"""Tests every route in every role, inside and outside the area."""

import re
from collections import Counter, defaultdict

import pytest

from casework.application.access.actor import Actor
from casework.application.access.permissions import COMMAND_ROLES, PERMISSIONS, REACHES, may
from casework.application.access.visibility import visibility_of
from casework.application.access.visibility_table import SIGHT
from casework.application.accounts import tokens
from casework.application.figures.upkeep import follow
from casework.http.api.described import body_schema
from casework.http.api.route_table import ROUTES
from casework.http.cookie import PLAIN as COOKIE
from casework.http.openapi import described
from casework.law.context import ROLES
from casework.law.kinds import COMMANDS, KIND_OF, fold
from casework.log import codec
from tests.application import scopes
from tests.stories.terminal import LOG

#: role → who acts in it; each with a token for the township of Pine
PEOPLE = {
    "resident": "resident/0a1b2c3d",
    "importer": "system/import",
    "clock": "system/clock",
    **{name: f"cadre/{cadre}" for name, (cadre, _) in scopes.ROLES.items() if " " not in name},
}
AREA = "pine"
#: where the description of the API is served: the framework's own handlers
DESCRIPTION = "/api/docs"
#: path parameters that name nothing that exists
NOBODY = {
    "survey": "00000000-0000-4000-8000-000000000003",
    "finding": "00000000-0000-4000-8000-000000000005",
    "login": "nobody",
    "cadre": "nobody",
    "session": "0" * 12,
    "id": "0" * 12,
    "act": "x",
    "hold": "00000000-0000-4000-8000-000000000004",
    "seq": 0,
    "kind": "done",
    "what": "x",
}
GOOD = {200, 201, 303}
#: permissions that roles limited to their own cases use only with mine=true
OF_AN_AREA = {"case.list", "case.count", "case.search"}
#: roster commands without a place, which need a token for the whole county
OF_THE_COUNTY = {"declare-category", "end-responsibility"}
#: permission → a valid body
BODIES = {"attachment.bring": {"sha256": []}, "case.reassign": {"from": "cadre/otter", "to": "cadre/newt"},
          "roster.merge": {"township": "reed", "into": "reed", "from": "2999-01-01"},
          "privacy.find": {"cases": ["x"]}, "privacy.export": {"cases": ["x"]},
          "privacy.hold": {"cases": ["x"], "command": "one", "basis": "court", "until": "2999-01-01"},
          "privacy.erase": {"cases": ["x"], "command": "one", "basis": "other"}}  # fmt: skip
REASSIGNED = {"command": "one", "reason": "moved", "cases": ["case/00000000-0000-4000-8000-000000000009"]}
#: a stream does not end by itself; other tests cover who may listen
ENDLESS = "/events"
ROLE_REFUSED = {"not-your-role", "role-not-allowed", "wrong-role"}
REFUSED = ROLE_REFUSED | {"outside-your-area"}


def handlers(app):
    """(method, path, handler) of every route that the application has."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in getattr(handler, "http_methods", ()):
                if method not in ("OPTIONS", "HEAD") and not route.path.startswith(DESCRIPTION):
                    yield method, re.sub(r":\w+\}", "}", route.path), handler


def sample(name, schema, place, other):
    """A valid value that names existing things."""
    known = {"area": f"{place}-1", "parent": place, "unit": "pine-water", "to_unit": "pine-village",
             "cadre": "cadre/newt", "cases": [], "sha256": [], "to": "cadre/newt", "from": "cadre/otter",
             "action": "visit", "reason": "other", "label": "某", "milestone": "paved", "result": "solved",
             "value": 1, "case": other, "category": "water", "into": other, "out_of": other}  # fmt: skip
    if "enum" in schema:
        return known[name] if known.get(name) in schema["enum"] else schema["enum"][0]
    if name in known:
        return known[name]
    if schema.get("type") == "integer":
        return max(1, schema.get("minimum", 0))
    plain = {"boolean": True, "array": [], "object": {}, "string": ""}.get(schema.get("type", "object"), {})
    return "2026-06-01" if plain == "" and name.endswith("_on") else plain


def body_for(command, place, other):
    route = ROUTES[command]
    schema = body_schema(route)
    body = {name: sample(name, schema["properties"][name], place, other) for name in schema["required"]}
    if command in ("register-case", "record-handled", "record-activity"):
        body["area"] = f"{place}-1"
    match command:
        case "declare-area":
            body |= {"area": f"{place}-9", "level": "village", "parent": place}
        case "declare-unit":
            body |= {"unit": "a-unit", "area": place}
        case "declare-cadre":
            body |= {"cadre": "cadre/a-cadre", "unit": f"{place}-water"}
        case "record-finding":
            body |= {"unit": f"{place}-water"}
        case "assign-responsibility":
            body |= {"area": f"{place}-1"}
    return body


@pytest.fixture(scope="module")
def here(county):
    """Tokens and cases: of each role headers for Pine; a case in Pine and one in Reed; the resident's own."""
    made = {
        role: tokens.create(county.runtime, LOG, actor, role, made_by="test", area=AREA).token
        for role, actor in PEOPLE.items()
    }
    own = county.do("register-case", PEOPLE["resident"], "resident", area="pine-1", resident=PEOPLE["resident"]).stream
    return made, {"inside": county.cases["pine, public"], "outside": county.cases["reed, just registered"], "own": own}


def scope(county, role):
    unit = scopes.ROLES[role][1] if role in scopes.ROLES else ""
    return visibility_of(county.runtime.county(LOG), Actor(PEOPLE[role], role, unit, AREA))


def state_of(county, stream):
    return fold([codec.recorded(entry) for entry in county.runtime.store.read_stream(LOG, stream)])


def test_every_role_and_command_has_its_permissions():
    assert set(PEOPLE) == set(ROLES) == set(SIGHT)
    assert set(COMMAND_ROLES) == set(COMMANDS)
    assert PERMISSIONS["case.reassign"].roles == PERMISSIONS["assign-officer"].roles
    for one in PERMISSIONS.values():
        assert one.reach in REACHES
        assert bool(one.roles) == (one.reach != "open")
        assert re.search("[\u4e00-\u9fff]", one.zh)
        assert not re.search("[\u4e00-\u9fff]", one.en.partition(" (")[0])


def test_every_route_names_its_permission(client):
    routes = list(handlers(client.app))
    unnamed = [f"{method} {path}" for method, path, handler in routes if handler.opt.get("needs") not in PERMISSIONS]
    document = described(client.app)["paths"]
    told = {(method.upper(), path) for path, operations in document.items() for method in operations if path[0] == "/"}

    assert unnamed == []
    assert told <= {(method, path) for method, path, _ in routes}
    assert len(routes) > 75


def test_without_a_token_only_open_routes_answer(client):
    client.cookies.clear()
    for method, path, handler in handlers(client.app):
        if path == "/sign-in":  # takes the token in its form
            continue
        names = defaultdict(lambda: "x", NOBODY, log=LOG, sha256="ab" * 32)
        answer = client.request(method, path.format_map(names), follow_redirects=False)
        is_open = PERMISSIONS[handler.opt["needs"]].reach == "open"
        assert (answer.status_code == 401) != is_open, f"{method} {path}: {answer.status_code}"


@pytest.mark.parametrize("role", ROLES)
def test_every_reading_route_answers_each_role_as_the_table_says(county, client, here, role):
    made, cases = here
    # pages read the cookie and the API reads the header; sending both is harmless
    headers = {"Authorization": f"Bearer {made[role]}", "Cookie": f"{COOKIE}={made[role]}"}
    seen, met = scope(county, role), Counter()
    for method, path, handler in handlers(client.app):
        needs = PERMISSIONS[handler.opt["needs"]]
        if (
            needs.reach == "open"
            or needs.name in COMMANDS
            or needs.name == "command.batch"
            or needs.reach == "own"
            or path.endswith(ENDLESS)
        ):
            continue
        for place in cases if "{case}" in path else ("inside",):
            sees = "{case}" not in path or seen.sees(state_of(county, cases[place]))
            case = cases[place].removeprefix("case/")
            address = path.format(log=LOG, case=case, name="requests_by_category", sha256="ab" * 32, **NOBODY)
            answer = client.request(
                method,
                address + ("?by=status" if needs.name == "case.count" else ""),
                headers=headers,
                follow_redirects=False,
                json=_body(needs.name, path) if method == "POST" else None,
            )
            met[answer.status_code] += 1
            where = f"{role} {place}: {method} {path} → {answer.status_code} {answer.text[:300]}"
            if role not in needs.roles:
                assert _refused(answer, "not-your-role"), where
            elif not sees or needs.reach == "whole" or (SIGHT[role].of == "own" and needs.name in OF_AN_AREA):
                assert _refused(answer, "outside-your-area"), where
            elif needs.name == "attachment.read":
                assert answer.status_code == 404, where  # the case refers to none
            elif needs.reach == "place" or NOBODY.keys() & set(re.findall(r"\{(\w+)\}", path)):
                refused = answer.status_code == 403 and answer.json()["code"] in ROLE_REFUSED
                assert not refused, where
                assert answer.status_code not in (401, 500), where
            else:
                assert answer.status_code in GOOD or answer.json()["code"] == "digest-differs", where
    assert met[403] > 0
    assert met[200] >= 5


def _body(needs, path):
    if path.endswith("/release"):
        return {"reason": "other"}
    return BODIES.get(needs, {}) | (REASSIGNED if path.endswith("/reassignments") else {})


def _refused(answer, code):
    """Whether the answer is this refusal; a page carries no code."""
    page = "text/html" in answer.headers["content-type"]
    return answer.status_code == 403 and (page or answer.json()["code"] == code)


@pytest.mark.parametrize("role", ROLES)
def test_every_command_answers_each_role_as_the_table_says(county, client, here, role):
    made, cases = here
    headers = {"Authorization": f"Bearer {made[role]}", "If-Match": "*"}
    seen, other = scope(county, role), county.cases["pine, second village"]
    wrong = []
    for name, route in ROUTES.items():
        if KIND_OF[name].name == "survey" or "{survey}" in route.path:
            continue
        for place, stream, area in (("inside", cases["inside"], "pine"), ("outside", cases["outside"], "reed")):
            if KIND_OF[name].name == "county" or name in OF_THE_COUNTY:
                within = False
            elif "{case}" in route.path:
                within = seen.may_act_on(state_of(county, stream))
            elif "{finding}" in route.path:  # no finding has this id
                within = True
            elif name in ("link-activity", "correct-activity"):
                within = name == "correct-activity" or seen.may_act_on(state_of(county, other))
            else:
                within = place == "inside"
            path = route.path.format(
                case=stream.removeprefix("case/"), milestone="paved",
                activity="00000000-0000-4000-8000-000000000001", responsibility="00000000-0000-4000-8000-000000000002",
                finding=NOBODY["finding"],
            )  # fmt: skip
            answer = client.post(f"/api/{LOG}{path}", headers=headers, json=body_for(name, area, other))
            code = answer.json().get("code", "")
            where = f"{role} {place}: {name} → {answer.status_code} {code}: {answer.json().get('detail', '')}"
            if not within:
                right = code in REFUSED
            elif not may(role, name):
                right = code in ROLE_REFUSED
            else:
                right = code not in REFUSED and answer.status_code not in (400, 401, 415, 500)
            wrong += [] if right else [where]
    assert wrong == []


@pytest.mark.parametrize("role", [role for role in ROLES if SIGHT[role].of != "own"])
def test_counts_equal_the_length_of_the_list_in_every_role(county, client, here, role):
    follow(county.runtime, LOG)
    headers = {"Authorization": f"Bearer {here[0][role]}"}

    def ask(path):
        return client.get(f"/api/{LOG}/{path}", headers=headers).json()

    listed = ask("cases?limit=200&total=true")
    assert listed["total"] == len(listed["rows"]) > 0
    by_unit = Counter(row["unit"] for row in listed["rows"])
    assert {row["unit"]: row["cases"] for row in ask("cases/count?by=unit")["rows"]} == by_unit
    # what was registered in error is listed, and counts nowhere
    by_unit = Counter(row["unit"] for row in listed["rows"] if row["outcome"] != "registered_in_error")
    counted = ask("projections/requests_by_category?by=unit")["rows"]
    assert {row["unit"]: row["requests"] for row in counted} == by_unit
    assert ask("projections/cases?limit=200")["total"] == listed["total"]
    lines = client.get(f"/api/{LOG}/cases?format=csv&limit=200", headers=headers).text.strip().splitlines()
    assert len(lines) - 1 == listed["total"]
