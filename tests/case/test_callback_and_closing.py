"""Asking the resident, and closing on the resident's word (回访、办结)."""

import pytest
from msgspec.structs import replace

from casework.law.cases.calling_back import CallbackRecorded, RecordCallback
from casework.law.cases.closing import CaseClosed, CloseCase
from casework.law.cases.co_handling import CoHandlerAdded
from casework.law.cases.registering import CaseRegistered
from casework.law.cases.resolving import ResolutionSubmitted
from casework.law.policy import Policy
from casework.testing import CASE, given, like
from tests.case.scenes import (
    ACTED,
    CALLBACK,
    CALLED,
    CLOSED,
    EVERY_STATUS,
    IN_PROGRESS,
    NUMBER,
    accepted,
    approved,
    called,
    closed,
)

YES = RecordCallback(case=CASE, reached=True, solved="yes", satisfaction=5)
NO = RecordCallback(case=CASE, reached=True, solved="no", satisfaction=1)
NOBODY = RecordCallback(case=CASE, reached=False)
CLOSE = CloseCase(case=CASE)
said_no = CallbackRecorded(reached=True, solved="no", satisfaction=1)
nobody = CallbackRecorded(reached=False)
MATTER = (
    CaseRegistered(number=NUMBER, kind="matter", category="road", area="pine-1", township="pine"),
    accepted,
    *CALLBACK[2:],
)


def test_a_caller_writes_down_what_the_resident_said():
    given(*CALLBACK).when(YES, role="caller").then(called).leaves(status="callback", solved_word="yes", satisfaction=5)


def test_an_attempt_that_reached_nobody_is_written_down_too():
    given(*CALLBACK).when(NOBODY).then(CallbackRecorded(reached=False, attempt=1)).leaves(
        solved_word="", satisfaction=0
    )
    given(*CALLBACK, nobody).when(NOBODY).then(CallbackRecorded(reached=False, attempt=2))


def test_each_answer_may_be_missing():
    given(*CALLBACK).when(RecordCallback(case=CASE, reached=True)).then(CallbackRecorded(reached=True)).leaves(
        solved_word="", satisfaction=0
    )


def test_who_was_not_reached_said_nothing():
    given(*CALLBACK).when(RecordCallback(case=CASE, reached=False, solved="yes")).refused("nobody-reached")


def test_the_caller_is_not_of_the_unit_that_handled_it():
    given(*CALLBACK).when(YES, role="caller", actor="cadre/hedgehog").refused("caller-of-the-unit")
    with_co = (*IN_PROGRESS, CoHandlerAdded(unit="pine-water"), *CALLBACK[len(IN_PROGRESS) :])
    given(*with_co).when(YES, role="caller", actor="cadre/newt").refused("caller-of-the-unit")


def test_nor_by_entering_it_for_one_who_is():
    given(*CALLBACK).when(YES, role="caller", for_="cadre/hedgehog").refused("caller-of-the-unit")


def test_nobody_else_calls():
    given(*CALLBACK).when(YES, role="unit_lead").refused("role-not-allowed")


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_after_approval_and_after_closing(status):
    outcome = given(*EVERY_STATUS[status]).when(YES)
    if status in ("callback", "closed"):
        outcome.leaves(status=status)
    else:
        outcome.refused("not-in-this-state")


def test_a_dispatcher_closes_once_the_resident_was_called():
    given(*CALLED).when(CLOSE, role="dispatcher").then(closed).leaves(
        status="closed",
        outcome="solved",
        closed_on="2026-03-02",
        timeliness="on_time",
        timed=1,
        resolve_seconds=5 * 3600,
    )


def test_the_clock_closes_too():
    given(*CALLED).when(CLOSE, role="clock").then(closed)


def test_without_a_callback_it_is_not_closed():
    given(*CALLBACK).when(CLOSE).refused("callback-missing")


def test_where_nobody_can_be_called_that_is_said_and_nothing_else_is_wanted():
    anonymous = (replace(CALLBACK[0], resident=""), *CALLBACK[1:])
    given(*anonymous).when(CLOSE).refused("nobody-to-call")
    given(*anonymous).when(CLOSE, role="clock").refused("nobody-to-call")
    given(*anonymous).when(CloseCase(case=CASE, waiver="anonymous")).leaves(status="closed", outcome="solved")
    # whoever holds the receipt has said how it went: nobody need waive anything
    given(*anonymous, called).when(CLOSE).leaves(status="closed")


def test_unless_it_is_waived_with_a_reason():
    given(*CALLBACK).when(CloseCase(case=CASE, waiver="declined")).then(
        CaseClosed(outcome="solved", basis="waived", waiver="declined", timeliness="on_time")
    )


def test_the_clock_waives_nothing():
    given(*CALLBACK).when(CloseCase(case=CASE, waiver="declined"), role="clock").refused("waiver-by-a-person")


def test_or_enough_attempts_reached_nobody():
    given(*CALLBACK, nobody, nobody).when(CLOSE).refused("callback-missing")
    given(*CALLBACK, nobody, nobody, nobody).when(CLOSE).then(like(CaseClosed, basis="attempts_exhausted"))
    given(*CALLBACK, nobody, policy=Policy(callback_attempts=1)).when(CLOSE).then(like(CaseClosed, outcome="solved"))


def test_the_residents_no_blocks_solved():
    given(*CALLBACK, said_no).when(CLOSE).refused("resident-says-not-solved")
    given(*CALLBACK, said_no).when(CLOSE, role="clock").refused("resident-says-not-solved")


def test_it_may_be_closed_as_not_solved():
    given(*CALLBACK, said_no).when(CloseCase(case=CASE, outcome="not_solved")).leaves(
        outcome="not_solved", solved_word="no"
    )


def test_a_named_person_may_override_with_a_reason():
    override = CloseCase(case=CASE, override="checked_on_site")
    given(*CALLBACK, said_no).when(override, role="supervisor").then(
        CaseClosed(outcome="solved", basis="callback", override="checked_on_site", timeliness="on_time")
    )
    given(*CALLBACK, said_no).when(override, role="dispatcher").refused("override-by-supervisor")
    given(*CALLBACK, said_no).when(override, role="clock").refused("override-by-supervisor")


def test_a_waiver_does_not_get_round_the_residents_no():
    given(*CALLBACK, said_no).when(CloseCase(case=CASE, waiver="other")).refused("resident-says-not-solved")


def test_nor_a_later_call_that_did_not_ask():
    unsaid = CallbackRecorded(reached=True, attempt=2)
    given(*CALLBACK, said_no, unsaid).when(CLOSE).refused("resident-says-not-solved")


def test_what_was_submitted_as_explained_is_not_closed_as_solved():
    explained = ResolutionSubmitted(result="told", outcome="explained", timeliness="on_time")
    scene = (*ACTED, explained, approved, called)
    given(*scene).when(CLOSE).leaves(outcome="explained")
    given(*scene).when(CloseCase(case=CASE, outcome="solved")).refused("not-as-submitted")


def test_a_matter_is_called_back_about_by_sample():
    given(*MATTER).when(CloseCase(case=CASE, waiver="sample")).then(like(CaseClosed, waiver="sample"))
    given(*CALLBACK).when(CloseCase(case=CASE, waiver="sample")).refused("sample-of-a-difficulty")


@pytest.mark.parametrize("role", ["cadre", "unit_lead", "caller", "auditor", "resident"])
def test_others_do_not_close(role):
    given(*CALLED).when(CLOSE, role=role).refused("role-not-allowed")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s != "callback"])
def test_only_what_waits_for_its_callback_is_closed(status):
    given(*EVERY_STATUS[status]).when(CLOSE).refused("not-in-this-state")


def test_closing_twice_is_refused():
    given(*CLOSED).when(CLOSE).refused("not-in-this-state")
