"""Every member of every event and command is documented as `member — 中文 — meaning`, none that does not exist."""

import re

import pytest
from msgspec.structs import fields

from casework.law import command as shapes
from casework.law.cases.acting import FieldFact
from casework.law.cases.co_handling import CoHandler
from casework.law.command import Command
from casework.law.docstrings import members_of, title_of
from casework.law.event import Event
from casework.law.kinds import COMMANDS
from casework.law.policy import Policy
from casework.law.surveys.commands import AskedChoice, AskedQuestion, GivenReply
from casework.law.surveys.events import Choice, Question, Reply
from casework.log.codec import EVENTS

EVERYTHING = {
    **EVENTS,
    **COMMANDS,
    "policy": Policy,
    "co-handler": CoHandler,
    "field-fact": FieldFact,
    "question": Question,
    "choice": Choice,
    "reply": Reply,
    "asked-question": AskedQuestion,
    "asked-choice": AskedChoice,
    "given-reply": GivenReply,
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def complaints(cls):
    """What the class documents and has not, or has and documents not."""
    has = {field.encode_name for field in fields(cls)} | getattr(cls, "sealed", frozenset())
    told = members_of(cls)
    found = [f"{member} is not documented" for member in sorted(has - told.keys())]
    found += [f"{member} is documented and does not exist" for member in sorted(told.keys() - has)]
    found += [f"{m.name} has no Chinese term: {m.term}" for m in told.values() if not CHINESE.search(m.term)]
    marked = {m.name for m in told.values() if "(sealed" in m.meaning}
    sealed = cls.sealed if issubclass(cls, Event) else set(getattr(cls, "seals", ()))
    found += [f"{member} is sealed and does not say so" for member in sorted(sealed - marked)]
    found += [f"{member} says that it is sealed, and is not" for member in sorted(marked - sealed)]
    return found


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_member_is_documented_and_none_that_does_not_exist(name):
    assert complaints(EVERYTHING[name]) == []


@pytest.mark.parametrize("name", EVERYTHING)
def test_everything_says_what_it_is_in_a_sentence_with_its_chinese_term(name):
    sentence, term = title_of(EVERYTHING[name])
    if EVERYTHING[name] is not FieldFact:
        assert CHINESE.search(term), f"{sentence} has no Chinese term"
    assert sentence.endswith((".", ";"))


@pytest.mark.parametrize("name", [name for name, cls in EVENTS.items()])
def test_what_may_be_corrected_exists_and_is_not_sealed(name):
    cls = EVENTS[name]
    members = {field.encode_name for field in fields(cls)} | {"occurred", "occurred_on"}
    assert cls.correctable <= members - cls.sealed
    assert cls.restamped <= members - cls.correctable


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_seals_exists_and_may_be_left_out(name):
    defaults = {field.name: field.default for field in fields(COMMANDS[name])} | {
        field.name: field.default_factory() for field in fields(COMMANDS[name]) if callable(field.default_factory)
    }
    for member in COMMANDS[name].seals:
        assert not defaults[member], f"{member} must be empty once it is sealed away"


class Half(Event, frozen=True, kw_only=True):
    """Documented by half (一半).

    told — 已述 — in words
    gone — 已无 — documented, and not there
    note — 说明 — in words
    """

    sealed = frozenset({"note", "answer"})
    told: str
    untold: str


class Asked(Command, frozen=True, kw_only=True):
    """Asked (所问).

    words — words — no Chinese, and sealed by nobody (sealed)
    """

    words: str = ""


def test_what_is_wrong_is_noticed():
    assert complaints(Half) == [
        "answer is not documented",
        "untold is not documented",
        "gone is documented and does not exist",
        "answer is sealed and does not say so",
        "note is sealed and does not say so",
    ]
    assert complaints(Asked) == [
        "words has no Chinese term: words",
        "words says that it is sealed, and is not",
    ]


def test_every_shape_of_a_command_is_told():
    assert shapes.Command.__doc__
