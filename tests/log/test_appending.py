"""Tests appending to every store: locking, idempotent answers, gapless numbers, separate logs."""

from msgspec.structs import replace

from casework.law.context import Refused
from casework.log.errors import ClaimTaken, CommandReused, EntryTooLarge, LogUnknown, VersionMoved
from tests.log.contract import refused, say, whole
from tests.log.county import (
    ADMINISTRATOR,
    CADRE,
    LOG,
    OTHER,
    SUPERVISOR,
    accept,
    act,
    case,
    declarations,
    dispatch,
    found,
    ledger,
    opening,
    register,
    submission,
    writer_on,
)


def test_entry_0_opens_the_log_with_every_policy_number(writer):
    first = whole(writer.store)[0]

    assert (first.stream, first.rev, first.type) == (f"county/{LOG}", 0, "log-opened.v1")
    assert first.data["origin"] == f"casework.example/{LOG}"
    assert first.data["policy"]["returns_allowed"] == 2
    assert first.data["policy"]["due_days"] == 0


def test_a_command_to_a_log_that_is_not_open_is_refused(store):
    with writer_on(store) as writer:
        for one in (register(1), *declarations()):
            refused(writer, one, LogUnknown)
        assert store.head(LOG).size == 0
        assert store.logs() == []


def test_opening_an_open_log_is_refused(writer):
    refused(writer, opening(), Refused)


def test_commands_of_one_batch_see_each_other(writer):
    size = writer.store.head(LOG).size
    outcomes = writer.append_now([register(1), accept(1), accept(1), dispatch(1), act(1)])

    assert [type(one).__name__ for one in outcomes] == ["Answer", "Answer", "Refused", "Answer", "Answer"]
    assert [entry.type for entry in whole(writer.store)[size:]] == [
        "case-registered.v1", "case-accepted.v1", "case-dispatched.v1", "action-logged.v1",
    ]  # fmt: skip


def test_an_answer_states_where_its_entries_are_stored(writer):
    size = writer.store.head(LOG).size
    answer = say(writer, register(1, command_id="r-1"))

    assert (answer.log, answer.command, answer.stream, answer.rev) == (LOG, "r-1", case(1), 0)
    assert (answer.seq, answer.size, answer.events) == (size, size + 1, ("case-registered.v1",))
    assert answer.number == f"{LOG}-2026-000001"
    assert writer.store.find(LOG, "number", answer.number) == case(1)
    assert not answer.repeated


def test_a_command_with_an_outdated_revision_is_refused(writer):
    say(writer, register(1))
    moved = refused(writer, accept(1, expected=3), VersionMoved)
    say(writer, accept(1, expected=0))
    again = refused(writer, dispatch(1, expected=0), VersionMoved)

    assert (moved.expected, moved.actual) == (3, 0)
    assert (again.expected, again.actual) == (0, 1)
    assert str(again.actual) in str(again)


def test_expected_revisions_are_compared_within_a_batch(writer):
    say(writer, register(1))
    first, second = writer.append_now([accept(1, expected=0), dispatch(1, expected=0)])

    assert first.rev == 1
    assert isinstance(second, VersionMoved)


def test_one_command_may_add_to_several_streams(writer):
    writer.append_now([register(1), register(2)])
    size = writer.store.head(LOG).size
    answer = say(writer, submission("merge-case", members={"case": case(1), "into": case(2)}))
    added = whole(writer.store)[size:]

    assert {entry.stream for entry in added} == {case(1), case(2)}
    assert len({entry.command for entry in added}) == 1
    assert (answer.stream, answer.seq, answer.size) == (case(1), size, size + len(added))


def test_a_repeated_command_gets_its_first_answer(writer):
    first = say(writer, register(1, command_id="r-1"))
    writer.append_now([accept(1), register(2)])
    head = writer.store.head(LOG)
    again = say(writer, register(1, command_id="r-1"))

    assert again.repeated
    assert replace(again, repeated=False) == first
    assert writer.store.head(LOG) == head


def test_a_command_sent_twice_in_one_batch_is_stored_once(writer):
    first, second = writer.append_now([register(1, command_id="r-1"), register(1, command_id="r-1")])

    assert not first.repeated
    assert second.repeated
    assert second.seq == first.seq
    assert len(writer.store.read_stream(LOG, case(1))) == 1


def test_a_repeated_command_is_answered_even_if_now_unlawful(writer):
    writer.append_now([register(1), accept(1, command_id="a-1"), dispatch(1)])

    assert say(writer, accept(1, command_id="a-1")).repeated


def test_a_command_id_cannot_be_reused_for_another_command(writer):
    say(writer, register(1, command_id="r-1"))
    error = refused(writer, register(2, command_id="r-1"), CommandReused)

    assert "r-1" in str(error)


def test_a_command_id_cannot_be_reused_by_another_actor(writer):
    writer.append_now([register(1), accept(1), dispatch(1), act(1, command_id="a-1")])
    same = replace(act(1, command_id="a-1"), actor="cadre/wang", role="dispatcher")

    error = refused(writer, same, CommandReused)

    assert "cadre/wang" in str(error)


def test_another_process_repeats_the_first_answer(writer, clock):
    first = say(writer, register(1, command_id="r-1"))
    with writer_on(writer.store, clock) as other:
        again = say(other, register(1, command_id="r-1"))
        refused(other, register(2, command_id="r-1"), CommandReused)

    assert again.repeated
    assert again.seq == first.seq


def test_a_command_that_changes_nothing_is_answered_and_not_stored(writer):
    head = writer.store.head(LOG)
    equal = declarations()[0]
    answer = say(writer, equal)

    assert (answer.seq, answer.events, answer.size) == (-1, (), head.size)
    assert writer.store.head(LOG) == head
    assert not say(writer, equal).repeated


def test_a_refusal_in_a_batch_fails_only_its_own_command(writer):
    outcomes = writer.append_now([register(1), dispatch(1), register(2), accept(7), register(3)])

    assert [type(one).__name__ for one in outcomes] == ["Answer", "Refused", "Answer", "Refused", "Answer"]
    assert [outcomes[place].number[-6:] for place in (0, 2, 4)] == ["000001", "000002", "000003"]
    whole(writer.store)


def test_case_numbers_restart_with_the_local_year(writer, clock):
    clock.set("2026-12-31T15:59:59.999Z")  # the last millisecond of the year in Shanghai
    old = say(writer, register(1))
    refused(writer, register(1), Refused)
    clock.advance(seconds=0.001)
    new = [say(writer, register(number)) for number in (2, 3)]

    assert old.number == f"{LOG}-2026-000001"
    assert [answer.number for answer in new] == [f"{LOG}-2027-000001", f"{LOG}-2027-000002"]
    whole(writer.store)


def test_a_refused_command_takes_no_number(writer):
    unknown = submission(
        "register-case", members={"case": case(9), "kind": "difficulty", "category": "nothing", "area": "town",
                                  "channel": "hotline"},
    )  # fmt: skip
    outcomes = writer.append_now([register(1), unknown, register(2)])

    assert isinstance(outcomes[1], Refused)
    assert outcomes[2].number == f"{LOG}-2026-000002"


def test_a_ledgers_external_id_is_accepted_only_once(writer):
    say(writer, ledger(1, "row-7"))
    error = refused(writer, ledger(2, "row-7"), ClaimTaken)
    inside = writer.append_now([ledger(3, "row-8"), ledger(4, "row-8"), ledger(5, "row-7"), ledger(6, "row-9")])

    assert error.stream == case(1)
    assert [type(one).__name__ for one in inside] == ["Answer", "ClaimTaken", "ClaimTaken", "Answer"]
    assert writer.store.find(LOG, "external_ref", "hotline:row-7") == case(1)
    assert writer.store.find(LOG, "external_ref", "hotline:nowhere") is None
    whole(writer.store)


def test_an_entry_too_large_to_prove_is_refused_before_writing(writer):
    labels = {f"member_{place}": "道" * 5_000 for place in range(5)}
    large = submission(
        "record-ledger-case", {"actor": "system/import", "role": "importer"},
        members={"case": case(2), "external_ref": "hotline:2", "labels": labels},
    )  # fmt: skip
    outcomes = writer.append_now([register(1), large, register(3)])

    assert [type(one).__name__ for one in outcomes] == ["Answer", "EntryTooLarge", "Answer"]
    assert "65535" in str(outcomes[1])
    assert isinstance(outcomes[1], EntryTooLarge)
    assert writer.store.find(LOG, "external_ref", "hotline:2") is None
    assert [entry.type for entry in whole(writer.store)][-2:] == ["case-registered.v1"] * 2


def test_the_logs_of_two_counties_never_mix(writer):
    found(writer, OTHER)
    outcomes = writer.append_now(
        [register(1), register(1, log=OTHER), accept(1), register(2, log=OTHER), dispatch(1, log=OTHER)]
    )

    assert [type(one).__name__ for one in outcomes] == ["Answer", "Answer", "Answer", "Answer", "Refused"]
    assert [outcomes[place].number for place in (0, 1, 3)] == [
        f"{LOG}-2026-000001", f"{OTHER}-2026-000001", f"{OTHER}-2026-000002",
    ]  # fmt: skip
    assert [entry.type for entry in writer.store.read_stream(OTHER, case(1))] == ["case-registered.v1"]
    assert len(writer.store.read_stream(LOG, case(1))) == 2
    assert writer.store.logs() == [LOG, OTHER]
    assert writer.store.find(OTHER, "number", f"{LOG}-2026-000001") is None
    whole(writer.store, LOG)
    whole(writer.store, OTHER)


def test_a_command_id_may_be_used_once_in_each_county(writer):
    found(writer, OTHER)
    say(writer, register(1, command_id="r-1"))

    assert not say(writer, register(2, log=OTHER, command_id="r-1")).repeated


def test_entries_of_another_process_are_read_before_the_next_decision(writer, clock):
    say(writer, register(1))
    with writer_on(writer.store, clock) as other:
        other.append_now([accept(1), register(2)])
        say(other, submission("declare-unit", ADMINISTRATOR, members={
            "unit": "water", "label": "水务组", "area": "town", "from_": "2020-01-01"}))  # fmt: skip
        to_new_unit = submission("dispatch-case", members={"case": case(1), "unit": "water"})
        refused(writer, accept(1), Refused)
        say(writer, to_new_unit)
        say(other, submission("log-action", CADRE, members={"case": case(1), "action": "visit"}))
        numbered = say(writer, register(3))

    assert numbered.number == f"{LOG}-2026-000003"
    whole(writer.store)


def test_a_state_evicted_from_the_cache_is_read_again(store, clock):
    with writer_on(store, clock, states=2) as writer:
        found(writer)
        for step in (register, accept, dispatch, act):
            for number in range(1, 6):
                say(writer, step(number))
        entries = whole(store)

    assert sum(entry.type == "action-logged.v1" for entry in entries) == 5


def test_a_correction_is_decided_on_the_whole_stream(writer):
    writer.append_now([register(1), accept(1)])
    wrong = {"case": case(1), "rev": 0, "member": "channel", "value": "visit", "reason": "typing_error"}
    answer = say(writer, submission("correct-record", SUPERVISOR, members=wrong))

    assert answer.events[0] == "record-corrected.v1"
    whole(writer.store)
