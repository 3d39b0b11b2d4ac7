"""Tests parsing `key=value` words into a command's members."""

import pytest
import rich_click as click

from casework.cli.values import members
from casework.law.kinds import COMMANDS

REGISTER = COMMANDS["register-case"]
DISPATCH = COMMANDS["dispatch-case"]
CALLBACK = COMMANDS["record-callback"]
CORRECT = COMMANDS["correct-record"]
HANDLED = COMMANDS["record-handled"]


def test_a_text_member_stays_text_even_if_it_looks_like_a_number():
    assert members(["area=530828", "summary=路灯不亮=三天了"], REGISTER) == {
        "area": "530828",
        "summary": "路灯不亮=三天了",
    }


def test_numbers_and_yes_or_no_are_parsed():
    assert members(["planned_beneficiaries=120"], REGISTER) == {"planned_beneficiaries": 120}
    assert members(["reached=yes", "satisfaction=5"], CALLBACK) == {"reached": True, "satisfaction": 5}
    assert members(["reached=否"], CALLBACK) == {"reached": False}


def test_a_dot_in_a_key_names_a_nested_member():
    words = ["person.full_name=李四", "person.phone=13900000001", "coordinates.latitude=22555000"]

    assert members(words, REGISTER) == {
        "person": {"full_name": "李四", "phone": "13900000001"},
        "coordinates": {"latitude": 22555000},
    }


def test_a_list_is_given_by_repeating_the_key_or_as_json():
    digest = "a" * 64

    assert members([f"evidence={digest}", f"evidence={digest}"], HANDLED) == {"evidence": [digest, digest]}
    assert members(['co_handlers=[{"unit":"water"}]'], DISPATCH) == {"co_handlers": [{"unit": "water"}]}


def test_a_value_of_several_types_is_left_to_the_law():
    assert members(["value=530828101202"], CORRECT) == {"value": "530828101202"}
    assert members(["value=yes"], CORRECT) == {"value": "yes"}
    assert members(["value=是"], CORRECT) == {"value": True}
    assert members(["value=road"], CORRECT) == {"value": "road"}


def test_a_text_can_be_read_from_a_file(tmp_path):
    (tmp_path / "note.txt").write_text("第一行\n第二行\n", "utf-8")

    assert members([f"details=@{tmp_path / 'note.txt'}"], REGISTER) == {"details": "第一行\n第二行"}


def test_an_unknown_member_is_left_for_the_law_to_refuse():
    assert members(["aera=530828"], REGISTER) == {"aera": "530828"}


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["area"], "not key=value"),
        (["=x"], "not key=value"),
        (["area=1", "area=2"], "twice"),
        (["planned_beneficiaries=many"], "whole number"),
        (["co_handlers=[{"], "JSON"),
        (["person.phone=1", "person.phone=2"], "twice"),
        (["details=@/no/such/file"], "cannot read"),
    ],
)
def test_an_unreadable_value_is_refused_by_its_name_alone(words, hint):
    with pytest.raises(click.UsageError, match=hint):
        members(words, DISPATCH if "co_handlers" in words[0] else REGISTER)
