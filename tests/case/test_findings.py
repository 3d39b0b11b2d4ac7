"""Tests auditors' findings: recording, answering, closing (审计发现)."""

from typing import Any

import pytest
from msgspec.structs import replace

from casework.law.findings.commands import AnswerFinding, CloseFinding, RecordFinding
from casework.law.findings.events import FindingAnswered, FindingClosed, FindingRecorded
from casework.law.findings.state import FindingState
from casework.testing import CASE, FINDING, case, given, later, like
from tests.case.scenes import IN_PROGRESS, REGISTERED

DETAILS, ANSWER, WHY = ["details"], ["answer"], ["explanation"]
FOUND = RecordFinding(finding=FINDING, kind="fake_closure", case=CASE, evidence=(9, 4, 9), due_on="2026-03-20")
FIGURE = replace(FOUND, case="", projection="requests_by_category", where={"township": "pine"}, as_of=40)
REPLY = AnswerFinding(finding=FINDING)
CLOSE = CloseFinding(finding=FINDING, outcome="remedied")
recorded = FindingRecorded(
    kind="fake_closure", case=CASE, unit="pine-office", area="pine-1", township="pine", due_on="2026-03-20"
)
OTHER_AUDITOR = "cadre/kite"


def record(*history: Any, sealed: Any = DETAILS, **changed: Any):
    return given(*(history or IN_PROGRESS)).when(replace(FOUND, **changed), role="auditor", sealed=sealed)


def test_a_finding_about_a_case_takes_its_unit_and_township():
    record().then(
        like(FindingRecorded, unit="pine-office", township="pine", evidence=(4, 9), kind="fake_closure")
    ).leaves(about="case", due_on="2026-03-20", outcome="", answered_on="")


def test_a_finding_may_concern_a_figure_or_the_whole_county():
    given().when(replace(FIGURE, unit="pine-water"), role="auditor", sealed=DETAILS).then(
        like(FindingRecorded, unit="pine-water", area="pine", township="pine", as_of=40)
    ).leaves(about="figure")
    whole = replace(FOUND, case="", unit="")
    given().when(whole, role="auditor", sealed=DETAILS).then(
        like(FindingRecorded, unit="", area="", township="")
    ).leaves(about="county")


@pytest.mark.parametrize("role", ["supervisor", "unit_lead", "administrator", "cadre", "privacy_officer"])
def test_only_auditors_record_and_close_findings(role):
    given(*IN_PROGRESS).when(FOUND, role=role, sealed=DETAILS).refused("role-not-allowed")
    given(*IN_PROGRESS, recorded, FindingAnswered()).when(CLOSE, role=role, sealed=WHY).refused("role-not-allowed")


@pytest.mark.parametrize("role", ["auditor", "cadre", "dispatcher", "reviewer"])
def test_other_roles_cannot_answer_a_finding(role):
    given(*IN_PROGRESS, recorded).when(REPLY, role=role, sealed=ANSWER).refused("role-not-allowed")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"case": case(7)}, "no-such-case"),
        ({"projection": "requests_by_category", "as_of": 3}, "about-two-things"),
        ({"where": {"township": "pine"}}, "figure-missing"),
        ({"as_of": 3}, "figure-missing"),
        ({"case": "", "projection": "requests_by_category"}, "as-of-missing"),
        ({"unit": "nobody"}, "unknown-unit"),
        ({"due_on": "2026-03-01"}, "due-out-of-range"),
        ({"due_on": "2028-03-01"}, "due-out-of-range"),
        ({"due_on": "2026-02-30"}, "not-a-date"),
        ({"sealed": []}, "words-missing"),
        ({"unit": "county-office"}, "own-unit"),
    ],
)
def test_an_invalid_finding_is_refused_by_name(changed, code):
    record(**changed).refused(code)


def test_recording_a_finding_twice_is_refused():
    record(*IN_PROGRESS, recorded).refused("finding-exists")


def test_a_cadre_who_led_a_case_cannot_audit_it():
    given(*IN_PROGRESS).when(FOUND, role="auditor", actor="cadre/squirrel", sealed=DETAILS).refused("own-case")


def test_the_head_of_the_unit_or_a_supervisor_answers_a_finding():
    for role in ("unit_lead", "supervisor"):
        given(*IN_PROGRESS, recorded).when(REPLY, role=role, sealed=ANSWER).then(like(FindingAnswered)).leaves(
            answered_on="2026-03-02"
        )
    given(*IN_PROGRESS, recorded).when(REPLY, role="unit_lead", actor="cadre/otter", sealed=ANSWER).refused(
        "not-your-unit"
    )
    given(*IN_PROGRESS, recorded).when(REPLY, role="unit_lead").refused("words-missing")


def test_a_finding_that_concerns_no_unit_is_answered_by_supervisors():
    nobodys = replace(recorded, unit="", case="")
    given(nobodys).when(REPLY, role="unit_lead", sealed=ANSWER).refused("not-your-unit")
    given(nobodys).when(REPLY, role="supervisor", sealed=ANSWER).then(like(FindingAnswered))


def test_a_second_answer_keeps_the_date_of_the_first():
    given(recorded, FindingAnswered(), later(days=3)).when(REPLY, role="unit_lead", sealed=ANSWER).then(
        like(FindingAnswered)
    ).leaves(answered_on="2026-03-02")


def test_one_person_cannot_act_on_both_sides_of_a_finding():
    both = "cadre/badger"
    given(recorded, FindingAnswered()).when(CLOSE, role="auditor", actor=both, sealed=WHY).refused("both-sides")
    given(recorded).when(REPLY, role="supervisor", actor="cadre/magpie", sealed=ANSWER).refused("both-sides")


def test_the_unit_concerned_cannot_close_a_finding():
    given(recorded, FindingAnswered()).when(CLOSE, role="auditor", actor="cadre/hedgehog", sealed=WHY).refused(
        "own-unit"
    )


@pytest.mark.parametrize("outcome", ["upheld", "unfounded", "remedied"])
def test_any_auditor_closes_an_answered_finding(outcome):
    for actor in ("cadre/magpie", OTHER_AUDITOR):
        given(recorded, FindingAnswered()).when(
            replace(CLOSE, outcome=outcome), role="auditor", actor=actor, sealed=WHY
        ).then(like(FindingClosed, outcome=outcome)).leaves(outcome=outcome, closed_on="2026-03-02")


def test_a_finding_is_upheld_only_after_the_unit_could_answer():
    upheld, late = replace(CLOSE, outcome="upheld"), (recorded, later(days=19))
    given(recorded).when(upheld, role="auditor", sealed=WHY).refused("not-heard")
    given(*late).when(upheld, role="auditor", sealed=WHY).then(like(FindingClosed))
    given(*late).when(CLOSE, role="auditor", sealed=WHY).refused("not-answered")
    given(recorded).when(replace(CLOSE, outcome="unfounded"), role="auditor", sealed=WHY).then(like(FindingClosed))
    given(recorded).when(replace(CLOSE, outcome="unfounded"), role="auditor").refused("words-missing")


@pytest.mark.parametrize(("command", "role"), [(REPLY, "unit_lead"), (CLOSE, "auditor")])
def test_commands_to_a_closed_or_unknown_finding_are_refused(command, role):
    closed = (recorded, FindingAnswered(), FindingClosed(outcome="remedied"))
    given(*closed).when(command, role=role, sealed=[*ANSWER, *WHY]).refused("finding-closed")
    given().when(command, role=role, sealed=[*ANSWER, *WHY]).refused("no-such-finding")


def test_recording_a_finding_leaves_its_case_unchanged():
    found = record(*REGISTERED).then(like(FindingRecorded, unit=""))
    assert [entry.stream for entry in found.entries] == [FINDING]


def test_the_status_of_a_finding_follows_from_the_day():
    state = FindingState(rev=0, recorded_on="2026-03-02", due_on="2026-03-20")
    assert [state.stands(day) for day in ("2026-03-20", "2026-03-21")] == ["open", "overdue"]
    assert replace(state, answered_on="2026-03-25").stands("2026-04-01") == "answered"
