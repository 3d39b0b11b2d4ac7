"""Tests callbacks to residents and closing a case (回访、办结)."""

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


def test_a_caller_records_what_the_resident_said():
    given(*CALLBACK).when(YES, role="caller").then(called).leaves(status="callback", solved_word="yes", satisfaction=5)


def test_a_call_that_reached_nobody_is_recorded_as_an_attempt():
    given(*CALLBACK).when(NOBODY).then(CallbackRecorded(reached=False, attempt=1)).leaves(
        solved_word="", satisfaction=0
    )
    given(*CALLBACK, nobody).when(NOBODY).then(CallbackRecorded(reached=False, attempt=2))


def test_a_callback_may_leave_each_answer_out():
    given(*CALLBACK).when(RecordCallback(case=CASE, reached=True)).then(CallbackRecorded(reached=True)).leaves(
        solved_word="", satisfaction=0
    )


def test_a_call_that_reached_nobody_cannot_carry_answers():
    given(*CALLBACK).when(RecordCallback(case=CASE, reached=False, solved="yes")).refused("nobody-reached")


def test_a_unit_that_handled_the_case_cannot_make_the_callback():
    given(*CALLBACK).when(YES, role="caller", actor="cadre/hedgehog").refused("caller-of-the-unit")
    with_co = (*IN_PROGRESS, CoHandlerAdded(unit="pine-water"), *CALLBACK[len(IN_PROGRESS) :])
    given(*with_co).when(YES, role="caller", actor="cadre/newt").refused("caller-of-the-unit")


def test_a_callback_entered_for_the_handling_unit_is_refused():
    given(*CALLBACK).when(YES, role="caller", for_="cadre/hedgehog").refused("caller-of-the-unit")


def test_a_unit_lead_cannot_record_a_callback():
    given(*CALLBACK).when(YES, role="unit_lead").refused("role-not-allowed")


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_a_callback_is_recorded_only_after_approval_or_closing(status):
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


def test_the_clock_closes_a_case_after_its_callback():
    given(*CALLED).when(CLOSE, role="clock").then(closed)


def test_a_case_without_a_callback_is_not_closed():
    given(*CALLBACK).when(CLOSE).refused("callback-missing")


def test_an_anonymous_case_is_closed_with_the_anonymous_waiver():
    anonymous = (replace(CALLBACK[0], resident=""), *CALLBACK[1:])
    given(*anonymous).when(CLOSE).refused("nobody-to-call")
    given(*anonymous).when(CLOSE, role="clock").refused("nobody-to-call")
    given(*anonymous).when(CloseCase(case=CASE, waiver="anonymous")).leaves(status="closed", outcome="solved")
    # the holder of the receipt has said how it went: no waiver is needed
    given(*anonymous, called).when(CLOSE).leaves(status="closed")


def test_a_case_is_closed_without_a_callback_when_a_waiver_says_why():
    given(*CALLBACK).when(CloseCase(case=CASE, waiver="declined")).then(
        CaseClosed(outcome="solved", basis="waived", waiver="declined", timeliness="on_time")
    )


def test_the_clock_cannot_waive_a_callback():
    given(*CALLBACK).when(CloseCase(case=CASE, waiver="declined"), role="clock").refused("waiver-by-a-person")


def test_a_case_is_closed_after_the_allowed_attempts_reached_nobody():
    given(*CALLBACK, nobody, nobody).when(CLOSE).refused("callback-missing")
    given(*CALLBACK, nobody, nobody, nobody).when(CLOSE).then(like(CaseClosed, basis="attempts_exhausted"))
    given(*CALLBACK, nobody, policy=Policy(callback_attempts=1)).when(CLOSE).then(like(CaseClosed, outcome="solved"))


def test_a_residents_no_blocks_closing_as_solved():
    given(*CALLBACK, said_no).when(CLOSE).refused("resident-says-not-solved")
    given(*CALLBACK, said_no).when(CLOSE, role="clock").refused("resident-says-not-solved")


def test_a_case_with_a_residents_no_may_be_closed_as_not_solved():
    given(*CALLBACK, said_no).when(CloseCase(case=CASE, outcome="not_solved")).leaves(
        outcome="not_solved", solved_word="no"
    )


def test_a_supervisor_may_override_a_residents_no_with_a_reason():
    override = CloseCase(case=CASE, override="checked_on_site")
    given(*CALLBACK, said_no).when(override, role="supervisor").then(
        CaseClosed(outcome="solved", basis="callback", override="checked_on_site", timeliness="on_time")
    )
    given(*CALLBACK, said_no).when(override, role="dispatcher").refused("override-by-supervisor")
    given(*CALLBACK, said_no).when(override, role="clock").refused("override-by-supervisor")


def test_a_waiver_does_not_override_a_residents_no():
    given(*CALLBACK, said_no).when(CloseCase(case=CASE, waiver="other")).refused("resident-says-not-solved")


def test_a_later_call_without_an_answer_does_not_override_a_no():
    unsaid = CallbackRecorded(reached=True, attempt=2)
    given(*CALLBACK, said_no, unsaid).when(CLOSE).refused("resident-says-not-solved")


def test_a_case_submitted_as_explained_is_not_closed_as_solved():
    explained = ResolutionSubmitted(result="told", outcome="explained", timeliness="on_time")
    scene = (*ACTED, explained, approved, called)
    given(*scene).when(CLOSE).leaves(outcome="explained")
    given(*scene).when(CloseCase(case=CASE, outcome="solved")).refused("not-as-submitted")


def test_only_a_matter_may_waive_its_callback_by_sampling():
    given(*MATTER).when(CloseCase(case=CASE, waiver="sample")).then(like(CaseClosed, waiver="sample"))
    given(*CALLBACK).when(CloseCase(case=CASE, waiver="sample")).refused("sample-of-a-difficulty")


@pytest.mark.parametrize("role", ["cadre", "unit_lead", "caller", "auditor", "resident"])
def test_other_roles_cannot_close_a_case(role):
    given(*CALLED).when(CLOSE, role=role).refused("role-not-allowed")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s != "callback"])
def test_only_a_case_in_callback_can_be_closed(status):
    given(*EVERY_STATUS[status]).when(CLOSE).refused("not-in-this-state")


def test_closing_a_case_twice_is_refused():
    given(*CLOSED).when(CLOSE).refused("not-in-this-state")
