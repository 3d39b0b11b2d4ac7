"""Tests that docstrings of commands and settings explain every member."""

import pytest

from casework.law.docstrings import explain, type_name
from casework.law.kinds import COMMANDS
from casework.settings import SECTIONS

ALL = COMMANDS


@pytest.mark.parametrize("kind", [*ALL.values(), *SECTIONS], ids=lambda kind: kind.__name__)
def test_every_member_is_documented_in_both_languages(kind):
    told = explain(kind)
    undocumented = [member.name for member in told.members if not member.meaning or not member.zh]

    assert undocumented == []
    assert told.sentence


@pytest.mark.parametrize("kind", ALL.values(), ids=ALL.keys())
def test_every_command_has_its_chinese_term(kind):
    assert explain(kind).term


def test_what_is_required_and_what_is_sealed_is_told():
    members = {member.name: member for member in explain(COMMANDS["register-case"]).members}

    assert (members["case"].required, members["summary"].required) == (True, False)
    assert (members["summary"].sealed, members["area"].sealed) == (True, False)


def test_types_are_told_as_a_person_reads_them():
    assert type_name(int | None) == "number or nothing"
    assert type_name(tuple[str, ...]) == "list of text"
    assert type_name(dict[str, int]) == "text → number"
