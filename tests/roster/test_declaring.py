"""Tests declaring areas, units, cadres and categories."""

from typing import Any

import msgspec
import pytest

from casework.law.context import Refused
from casework.law.kinds import COMMANDS
from casework.law.roster.events import AreaDeclared, CadreDeclared, CategoryDeclared
from tests.roster.county import TODAY, County, lancang


def refused(code: str, match: str | None = None):
    """What the law says no to, by its code."""
    return pytest.raises(Refused, match=match, check=lambda no: no.code == code)


def test_a_county_declared_from_a_day_holds_from_that_day():
    county = County()

    assert county.when("declare-area", area="530828", label="澜沧县", level="county", from_="2020-01-01") == [
        AreaDeclared(label="澜沧县", level="county", from_="2020-01-01")
    ]
    assert county.directory.area("530828", "2019-12-31") is None
    assert county.directory.area("530828", "2020-01-01").label == "澜沧县"


def test_a_declaration_without_a_day_holds_from_today():
    (event,) = County().when("declare-area", area="a", label="甲", level="county")

    assert event.from_ == TODAY


def test_declaring_a_township_again_word_for_word_changes_nothing():
    county = lancang()
    same: dict[str, Any] = {"area": "m", "label": "勐朗镇", "level": "township", "parent": "530828"}

    assert county.when("declare-area", **same, from_="2020-01-01") == []
    assert county.when("declare-area", **same, from_="2024-01-01") == []
    assert len(county.when("declare-area", **(same | {"parent": ""}), from_="2019-01-01")) == 1


def test_a_township_ends_after_its_declared_last_day():
    county = lancang()
    county.given("declare-area", area="s", label="上允镇", level="township", parent="530828")
    (event,) = county.when(
        "declare-area", area="s", label="上允镇", level="township", parent="530828", until="2026-06-01"
    )

    assert event.until == "2026-06-01"
    assert county.directory.area("s", "2026-05-31") is not None
    assert county.directory.area("s", "2026-06-01") is None


def test_an_earlier_name_declared_later_holds_only_in_its_time():
    county = County().given("declare-area", area="a", label="新名", level="township", from_="2024-01-01")
    county.given("declare-area", area="a", label="旧名", level="township", from_="2010-01-01")

    assert county.directory.area("a", "2015-05-05").label == "旧名"
    assert county.directory.area("a", "2024-01-01").label == "新名"


def test_a_name_declared_for_the_future_leaves_today_unchanged():
    county = lancang().given("declare-area", area="m", label="勐朗街道", level="township", from_="2030-01-01")

    assert county.directory.area("m", TODAY).label == "勐朗镇"
    assert county.directory.area("m", "2030-01-01").label == "勐朗街道"


@pytest.mark.parametrize("role", ["cadre", "supervisor", "resident", "auditor", "clock", "dispatcher"])
def test_only_administrators_and_importers_may_declare(role):
    with refused("wrong-role", match=rf"declare-area .*not for {role}"):
        County().when("declare-area", role=role, area="a", label="甲", level="county")
    assert County().when("declare-area", role="importer", area="a", label="甲", level="county")


@pytest.mark.parametrize(
    ("name", "members", "code", "nearest"),
    [
        (
            "declare-area",
            {"area": "x", "label": "x", "level": "group", "parent": "m1b"},
            "unknown-area",
            ("m1", "m1a", "m"),
        ),
        ("declare-unit", {"unit": "x", "label": "x", "area": "m2"}, "unknown-area", ("m", "m1")),
        ("declare-unit", {"unit": "x", "label": "x", "parent": "m-center"}, "unknown-unit", ("m-centre",)),
        ("declare-cadre", {"cadre": "cadre/x", "unit": "mcentre"}, "unknown-unit", ("m-centre",)),
        ("declare-category", {"category": "x", "label": "x", "parent": "light"}, "unknown-category", ("lights",)),
        (
            "assign-responsibility",
            {"responsibility": "responsibility/" + "0" * 8 + "-0000" * 3 + "-" + "0" * 12, "cadre": "cadre/lee"}
            | {"area": "m1"},
            "unknown-cadre",
            ("cadre/li",),
        ),
    ],
)
def test_an_undeclared_code_is_refused_with_the_nearest_names(name, members, code, nearest):
    county = lancang().given("declare-category", category="lights", label="路灯")
    with refused(code) as no:
        county.when(name, **members)

    assert no.value.nearest == nearest


def test_a_code_declared_only_from_a_later_day_is_refused_as_such():
    with refused("unknown-unit", match=r"not declared on 2019-01-01, though it is on 2026-03-02"):
        lancang().when("declare-cadre", cadre="cadre/wang", unit="m-centre", from_="2019-01-01")


@pytest.mark.parametrize("parent", ["m", "m1", "m1a"])
def test_an_area_must_lie_in_an_area_of_a_higher_level(parent):
    with refused("parent-not-above", match="higher level"):
        lancang().when("declare-area", area="s", label="上允镇", level="township", parent=parent)


def test_no_area_and_no_unit_can_lie_in_itself():
    county = lancang().given("declare-area", area="o", label="其他", level="other", parent="530828")
    county.given("declare-area", area="p", label="其他", level="other", parent="o")
    with refused("circle", match="o in p in o"):
        county.when("declare-area", area="o", label="其他", level="other", parent="p")
    county.given("declare-unit", unit="desk", label="窗口", parent="m-centre")
    with refused("circle", match="m-centre in desk in m-centre"):
        county.when("declare-unit", unit="m-centre", label="中心", parent="desk")
    county.given("declare-category", category="lights", label="路灯")
    with refused("circle"):
        county.when("declare-category", category="lights", label="路灯", parent="lights")


@pytest.mark.parametrize(
    ("from_", "until", "code"),
    [
        ("2026-02-30", "", "not-a-date"),
        ("2026-01-01", "2026-13-01", "not-a-date"),
        ("2026-01-01", "2026-01-01", "until-not-after-from"),
        ("2026-01-01", "2025-12-31", "until-not-after-from"),
        ("", "2026-03-02", "until-not-after-from"),
    ],
)
def test_a_malformed_day_or_an_end_before_the_start_is_refused(from_, until, code):
    with refused(code):
        County().when("declare-area", area="a", label="甲", level="county", from_=from_, until=until)


def test_a_cadre_is_declared_by_post_and_roles_and_never_by_name():
    (event,) = lancang().when(
        "declare-cadre", cadre="cadre/wang", unit="m-centre", post="clerk", roles=["dispatcher", "cadre"]
    )

    assert event == CadreDeclared(
        unit="m-centre", post="clerk", roles=("cadre", "dispatcher"), township="m", from_=TODAY
    )


def test_declaring_a_cadre_again_changes_only_the_sealed_name_given():
    county = lancang()
    same: dict[str, Any] = {"cadre": "cadre/li", "unit": "m-centre", "from_": "2020-01-01"}

    assert county.when("declare-cadre", **same) == []
    assert len(county.when("declare-cadre", **same, sealed=frozenset({"person"}))) == 1


def test_a_category_keeps_its_topics_rules_and_the_revision_that_said_so():
    county = County()
    members = {"topics": ["dark", "broken", "dark"], "due_days": 7, "results": {"fixed": "solved"}}
    (event,) = county.when("declare-category", category="lights", label="路灯", **members)

    assert event == CategoryDeclared(
        label="路灯", topics=("dark", "broken"), due_days=7, results={"fixed": "solved"}, from_=TODAY
    )
    county.given("declare-category", category="lights", label="路灯", due_days=5, from_="2026-05-01")
    assert county.directory.category("lights", TODAY).rev == 0
    assert county.directory.category("lights", "2026-05-01").rev == 1
    assert county.directory.category("lights", "2026-05-01").due_days == 5


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("declare-area", {"area": "A b", "label": "x", "level": "county"}),
        ("declare-area", {"area": "a\n", "label": "x", "level": "county"}),
        ("declare-area", {"area": "a", "label": "", "level": "county"}),
        ("declare-area", {"area": "a", "label": "x" * 101, "level": "county"}),
        ("declare-area", {"area": "a", "label": "x", "level": "province"}),
        ("declare-area", {"area": "a", "label": "x", "level": "county", "colour": "red"}),
        ("declare-cadre", {"cadre": "li"}),
        ("declare-cadre", {"cadre": "cadre/li", "roles": ["resident"]}),
        ("declare-cadre", {"cadre": "cadre/li", "roles": []}),
        ("declare-category", {"category": "c", "label": "x", "results": {"Fixed": "solved"}}),
        ("declare-category", {"category": "c", "label": "x", "results": {"fixed": "merged"}}),
        ("declare-category", {"category": "c", "label": "x", "due_days": -1}),
        ("end-responsibility", {"responsibility": "responsibility/1"}),
    ],
)
def test_a_malformed_roster_command_never_reaches_the_law(name, members):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(members, COMMANDS[name])
