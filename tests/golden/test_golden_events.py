"""Tests that stored events keep their meaning, by one golden file per name."""

import json
from typing import Annotated, get_args, get_origin

import msgspec
import pytest

from casework.law.county.events import LogOpened
from casework.law.event import Event
from casework.law.policy import Policy
from casework.log.codec import EVENTS, event_of
from casework.log.entry import encode_data
from tests.golden.record import FOLDER, content, files_of, missing, read, write

FILES = sorted(FOLDER.glob("*.json"))
HINT = "what is stored stays: give the changed event a new name, or the new member a default; then `make golden`"


def name_of(path):
    return path.name.removesuffix(".json")


def complaints(golden, classes=EVENTS):
    """Every way in which a golden file no longer means what it meant."""
    cls = classes.get(golden["type"])
    if cls is None:
        return [f"no event is called {golden['type']} any more"]
    found = []
    for stored, reads in ((golden["stored"], golden["reads"]), (golden["bare"], golden["bare_reads"])):
        try:
            event = (
                event_of(golden["type"], stored.encode())
                if classes is EVENTS
                else msgspec.json.decode(stored, type=cls)
            )
        except msgspec.ValidationError as error:
            found.append(f"cannot be read: {error}")
            continue
        now = read(event)
        found += [f"{m} read {was!r}, reads {now.get(m)!r}" for m, was in reads.items() if now.get(m) != was]
        again = bytes(encode_data(event)).decode()
        if again != stored:
            found.append(f"stored {stored}, would be stored {again}")
    if unsealed := sorted(set(golden["sealed"]) - set(cls.sealed)):
        found.append(f"no longer sealed: {unsealed}")
    return found


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_has_a_golden_file_that_shows_every_member(name):
    assert files_of(name), f"{name} has none: run `make golden`"
    assert not missing(name), f"no golden file of {name} shows {sorted(missing(name))}: run `make golden`"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_stored_event_still_means_the_same(path):
    assert complaints(json.loads(path.read_text("utf-8"))) == [], HINT


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_member_of_a_golden_file_is_at_its_default(path):
    golden = json.loads(path.read_text("utf-8"))
    assert json.loads(golden["stored"]).keys() == golden["reads"].keys()


def test_the_recorder_refuses_to_overwrite_a_golden_file(tmp_path):
    path = tmp_path / "case-closed.v1.json"
    write(path, "as it was")
    with pytest.raises(SystemExit, match="recorded already"):
        write(path, "as it shall be")
    assert path.read_text("utf-8") == "as it was"


class Closed(Event, frozen=True, kw_only=True):
    """As it was recorded."""

    outcome: str
    waiver: str = ""


class Renamed(Event, frozen=True, kw_only=True):
    """A member renamed."""

    result: str = ""
    waiver: str = ""


class Retyped(Event, frozen=True, kw_only=True):
    """A member of another type."""

    outcome: int
    waiver: str = ""


class Redefaulted(Event, frozen=True, kw_only=True):
    """Another meaning for what is left out."""

    outcome: str
    waiver: str = "none"


class Dropped(Event, frozen=True, kw_only=True):
    """A member dropped."""

    outcome: str


class Widened(Event, frozen=True, kw_only=True):
    """A member added, with a default: lawful."""

    outcome: str
    waiver: str = ""
    added: int = 0


GOLDEN = {
    "type": "closed.v1",
    "stored": '{"outcome":"solved","waiver":"anonymous"}',
    "reads": {"outcome": "solved", "waiver": "anonymous"},
    "bare": '{"outcome":"solved"}',
    "bare_reads": {"outcome": "solved", "waiver": ""},
    "sealed": [],
}


@pytest.mark.parametrize("cls", [Renamed, Retyped, Redefaulted, Dropped])
def test_a_changed_event_is_reported(cls):
    assert complaints(GOLDEN, {"closed.v1": cls})


@pytest.mark.parametrize("cls", [Closed, Widened])
def test_an_event_that_only_gained_a_member_passes(cls):
    assert complaints(GOLDEN, {"closed.v1": cls}) == []


def test_an_event_that_is_gone_is_reported():
    assert complaints(GOLDEN, {}) == ["no event is called closed.v1 any more"]


@pytest.mark.parametrize("name", EVENTS)
def test_a_golden_file_is_what_the_recorder_would_write_today(name):
    """The samples and the files agree, so that reading either is enough."""
    latest = files_of(name)[-1].read_text("utf-8")
    assert json.loads(latest)["reads"].items() <= json.loads(content(name))["reads"].items()


@pytest.mark.parametrize("name", EVENTS)
def test_a_stored_name_has_a_version_and_plain_members(name):
    assert name.rpartition(".v")[2].isdigit()
    for field in msgspec.structs.fields(EVENTS[name]):
        kind = get_args(field.type)[0] if get_origin(field.type) is Annotated else field.type
        assert kind is not float, f"{name}.{field.encode_name}: state a fraction as an integer in a smaller unit"


def test_entry_0_holds_every_number_of_the_policy():
    opened = LogOpened(origin="example.test/a", county="云雀县", time_zone="UTC", law=1, clock="real", policy=Policy())
    stored = json.loads(bytes(encode_data(opened)))
    assert stored["policy"].keys() == {field.encode_name for field in msgspec.structs.fields(Policy)}
