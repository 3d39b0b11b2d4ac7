"""Tests that commands, events, facts and settings are documented in both languages."""

import re
from typing import Annotated

from msgspec import Struct
from msgspec.structs import fields

from casework.law import command as shapes
from casework.law.cases.acting import FieldFact
from casework.law.cases.co_handling import CoHandler
from casework.law.cases.facts import Facts
from casework.law.command import Command
from casework.law.county.privacy_commands import KeepingRule
from casework.law.county.privacy_events import RetentionRule
from casework.law.described import members_of, type_name
from casework.law.event import Event
from casework.law.kinds import COMMANDS
from casework.law.policy import Policy
from casework.law.roster.commands import AlsoHeld
from casework.law.roster.events import PostHeld
from casework.law.surveys.commands import AskedChoice, AskedQuestion, GivenReply
from casework.law.surveys.events import Choice, Question, Reply
from casework.log.codec import EVENTS
from casework.settings import SECTIONS
from casework.text import Text, meaning

TITLED = {**EVENTS, **COMMANDS}
PARTS: tuple[type[Struct], ...] = (
    Facts, Policy, CoHandler, FieldFact, Choice, Question, Reply, AskedChoice, AskedQuestion, GivenReply, RetentionRule,
    KeepingRule, PostHeld, AlsoHeld, shapes.Person, shapes.Coordinates,
)  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def faults(kind):
    """Each member of a struct that does not say in both languages what it means."""
    told = members_of(kind)
    if kind in SECTIONS:
        told = {field.name: told[field.name] for field in fields(kind) if field.type not in SECTIONS}
    found = [f"{kind.__name__}.{m.name}: no Chinese term" for m in told.values() if not CHINESE.search(m.text.zh)]
    found += [f"{kind.__name__}.{m.name}: no English meaning" for m in told.values() if not m.text.en]
    stored = {field.encode_name for field in fields(kind)}
    if issubclass(kind, Event):
        found += [f"{kind.__name__}.{one}: sealed and stored" for one in sorted(stored & set(kind.sealed))]
    if issubclass(kind, Command):
        found += [f"{kind.__name__}.{one}: sealed and no member" for one in sorted(kind.seals.keys() - stored)]
    return found


def test_every_member_is_documented_in_both_languages():
    assert [fault for kind in (*TITLED.values(), *PARTS, *SECTIONS) for fault in faults(kind)] == []


def test_every_command_and_event_has_a_chinese_term_and_a_sentence():
    terms = {name: kind.term for name, kind in TITLED.items()}

    assert [name for name, term in terms.items() if not CHINESE.search(term.zh) or CHINESE.search(term.en)] == []
    assert [name for name, term in terms.items() if not term.en.endswith(".")] == []
    assert [name for name, kind in TITLED.items() if "term" not in vars(kind)] == []


def test_every_correctable_member_exists_and_is_not_sealed():
    for name, kind in EVENTS.items():
        members = {field.encode_name for field in fields(kind)} | {"occurred", "occurred_on"}
        assert kind.correctable <= members - set(kind.sealed), name
        assert kind.restamped <= members - kind.correctable, name


def test_every_sealed_member_of_a_command_may_be_left_out():
    for name, kind in COMMANDS.items():
        members = {field.name: field for field in fields(kind)}
        for member in kind.seals:
            default, factory = members[member].default, members[member].default_factory
            assert not (factory() if callable(factory) else default), f"{name}.{member} must be empty once sealed away"


def test_required_and_sealed_members_are_marked():
    members = members_of(COMMANDS["register-case"])

    assert (members["case"].required, members["summary"].required) == (True, False)
    assert (members["summary"].sealed, members["area"].sealed) == (True, False)


def test_types_are_named_as_a_person_reads_them():
    assert type_name(int | None) == "number or nothing"
    assert type_name(tuple[str, ...]) == "list of text"
    assert type_name(dict[str, int]) == "text → number"
    assert type_name(Annotated[str, meaning("一", "one")]) == "text"


class Half(Event, frozen=True, kw_only=True):
    term = Text("一半", "Half.")
    sealed = {"note": Annotated[str, meaning("说明", "in words")], "told": str}
    told: Annotated[str, meaning("已述", "in words")]
    foreign: Annotated[str, meaning("words", "in words")]
    untold: str


class Asked(Command, frozen=True, kw_only=True):
    term = Text("所问", "Asked.")
    seals = {"words": (0, "words")}


def test_a_member_without_meaning_and_a_wrong_seal_are_noticed():
    assert faults(Half) == [
        "Half.told: no Chinese term",
        "Half.foreign: no Chinese term",
        "Half.untold: no Chinese term",
        "Half.told: no English meaning",
        "Half.untold: no English meaning",
        "Half.told: sealed and stored",
    ]
    assert faults(Asked) == ["Asked.words: sealed and no member"]
