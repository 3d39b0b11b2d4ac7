"""Tests recorded, claimed and device times in every store."""

import pytest
from msgspec import UNSET

from casework.clock import SimulatedClock, SystemClock, instant, local_date
from casework.law.context import Refused
from casework.log.codec import recorded
from casework.log.entry import Device
from casework.log.errors import ClockRefused
from tests.log.contract import refused, say, whole
from tests.log.county import LOG, NOON, accept, act, case, dispatch, found, register, writer_on


def last(writer):
    return writer.store.read(LOG, since=writer.store.head(LOG).size - 1)[0]


@pytest.fixture
def dispatched(writer):
    """A writer on a county with a case that may be acted on."""
    writer.append_now([register(1), accept(1), dispatch(1)])
    return writer


def test_the_recording_time_is_the_clocks_and_its_date_is_local(writer, clock):
    clock.set("2026-03-02T16:00:00.000Z")
    answer = say(writer, register(1))

    assert answer.at == "2026-03-02T16:00:00.000Z"
    assert last(writer).recorded_on == "2026-03-03"
    assert last(writer).occurred is UNSET
    assert last(writer).occurred_on is UNSET


def test_times_do_not_go_back_when_the_clock_steps_back(writer, clock):
    say(writer, register(1))
    clock.advance(hours=-23)
    assert say(writer, register(2)).at == NOON
    clock.advance(hours=23, seconds=1)
    assert say(writer, register(3)).at == "2026-03-02T04:00:01.000Z"
    whole(writer.store)


def test_local_dates_do_not_go_back_when_summer_time_ends(store):
    clock = SimulatedClock("2026-11-01T03:30:00.000Z")
    with writer_on(store, clock) as writer:
        found(writer, time_zone="America/Havana")  # at 01:00 it becomes 00:00 again
        clock.set("2026-11-01T04:30:00.000Z")
        say(writer, register(1))
        clock.set("2026-11-01T05:30:00.000Z")
        say(writer, register(2))
        whole(store)


def test_a_clock_more_than_a_day_behind_is_refused_with_advice(writer, clock):
    clock.advance(days=-1, seconds=-1)
    error = refused(writer, register(1), ClockRefused)

    assert "--accept-clock" in str(error)
    assert error.head_at == NOON
    assert error.clock_at == "2026-03-01T03:59:59.000Z"
    clock.advance(seconds=1)
    say(writer, register(1))


def test_a_clock_more_than_a_year_ahead_is_refused_with_advice(writer, clock):
    clock.advance(days=365, seconds=1)
    error = refused(writer, register(1), ClockRefused)

    assert "ahead" in str(error)
    clock.advance(seconds=-1)
    say(writer, register(1))


def test_accepting_a_jumped_clock_is_recorded_before_the_command(writer, clock):
    clock.advance(days=400)
    answer = say(writer, register(1, accept_clock=True))
    entries = whole(writer.store)[-2:]

    assert [entry.type for entry in entries] == ["clock-accepted.v1", "case-registered.v1"]
    assert entries[0].data == {"head_at": NOON, "clock_at": clock.now()}
    assert answer.events == ("clock-accepted.v1", "case-registered.v1")
    assert (answer.stream, answer.rev, answer.seq) == (case(1), 0, entries[0].seq)
    say(writer, register(2))


def test_an_accepted_clock_is_trusted_until_the_log_catches_up(writer, clock):
    clock.advance(days=-30)
    say(writer, register(1, accept_clock=True))
    clock.advance(hours=1)
    assert say(writer, register(2)).at == NOON
    clock.advance(days=29)
    assert say(writer, register(3)).at == NOON
    clock.advance(days=2)
    assert say(writer, register(4)).at > NOON
    clock.advance(days=-30)
    refused(writer, register(5), ClockRefused)
    assert sum(entry.type == "clock-accepted.v1" for entry in whole(writer.store)) == 1


def test_an_accepted_clock_is_known_to_the_next_process(writer, clock):
    clock.advance(days=-30)
    say(writer, register(1, accept_clock=True))
    with writer_on(writer.store, clock) as other:
        say(other, register(2))


def test_an_accepted_clock_of_a_refused_command_is_not_recorded(writer, clock):
    clock.advance(days=-30)
    refused(writer, accept(7, accept_clock=True), Refused)


def test_a_claimed_instant_is_stored_with_its_local_date(dispatched):
    say(dispatched, act(1, occurred="2026-03-01T20:30:00.000Z"))
    entry = last(dispatched)

    assert (entry.occurred, entry.occurred_on) == ("2026-03-01T20:30:00.000Z", "2026-03-02")
    assert recorded(entry).occurred == "2026-03-01T20:30:00.000Z"
    assert recorded(entry).recorded_on == "2026-03-02"


def test_a_claimed_date_is_stored_without_an_hour(dispatched):
    say(dispatched, act(1, occurred_on="2026-03-01"))
    entry = last(dispatched)

    assert (entry.occurred, entry.occurred_on) == (UNSET, "2026-03-01")
    assert (recorded(entry).occurred, recorded(entry).occurred_on) == ("", "2026-03-01")


def test_a_claim_equal_to_the_recording_time_is_not_stored(dispatched):
    say(dispatched, act(1, occurred=NOON))
    entry = last(dispatched)

    assert (entry.occurred, entry.occurred_on) == (UNSET, UNSET)
    assert (recorded(entry).occurred, recorded(entry).occurred_on) == (NOON, "2026-03-02")


@pytest.mark.parametrize(
    "claim",
    [
        {"occurred": "2026-03-01"},
        {"occurred": "2026-03-01T08:00:00Z"},
        {"occurred": "2026-13-01T08:00:00.000Z"},
        {"occurred_on": "01.03.2026"},
        {"occurred_on": "2026-02-30"},
        {"device": Device(captured="yesterday", sent=NOON)},
    ],
)
def test_a_malformed_claimed_time_is_refused(dispatched, claim):
    refused(dispatched, act(1, **claim), Refused)


def test_a_devices_elapsed_time_counts_even_if_its_clock_is_wrong(dispatched):
    device = Device(captured="2019-01-01T08:00:00.000Z", sent="2019-01-01T10:30:00.000Z", id="phone-7")
    say(dispatched, act(1, device=device))
    entry = last(dispatched)

    assert entry.occurred == "2026-03-02T01:30:00.000Z"  # two and a half hours before noon in Shanghai
    assert entry.occurred_on == "2026-03-02"
    assert entry.device == device


def test_a_stated_time_is_not_shifted_by_a_devices_clock(dispatched):
    device = Device(captured="2026-03-02T03:00:00.000Z", sent="2026-03-02T03:59:00.000Z")
    say(dispatched, act(1, occurred="2026-03-01T02:00:00.000Z", device=device))

    assert last(dispatched).occurred == "2026-03-01T02:00:00.000Z"
    assert last(dispatched).device == device


def test_the_envelope_states_actor_principal_source_and_operator(dispatched):
    say(dispatched, act(1, for_="cadre/wang", source="cli", operator="root"))
    entry = last(dispatched)

    assert (entry.actor, entry.role, entry.unit, entry.for_) == ("cadre/li", "cadre", "roads", "cadre/wang")
    assert (entry.source, entry.operator) == ("cli", "root")
    assert recorded(entry).counts_for == "cadre/wang"


def test_instants_are_normalized_to_utc_milliseconds():
    assert instant("2026-03-01T08:00:00+08:00") == "2026-03-01T00:00:00.000Z"
    assert instant("2026-03-01T00:00:00.1239Z") == "2026-03-01T00:00:00.123Z"
    with pytest.raises(ValueError, match="offset"):
        instant("2026-03-01T08:00:00")
    assert instant(SystemClock().now()) <= SystemClock().now()
    assert local_date("2026-03-01T16:00:00.000Z", "Asia/Shanghai") == "2026-03-02"
