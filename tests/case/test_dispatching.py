"""Sending a case to the unit that must handle it, which signs for it (派单、签收)."""

import pytest

from casework.law.cases.co_handling import CoHandler, CoHandling
from casework.law.cases.dispatching import AcknowledgeCase, CaseAcknowledged, CaseDispatched, DispatchCase
from casework.law.cases.state import holders
from casework.law.cases.transferring import AssignOfficer, OfficerAssigned
from casework.law.roster.events import (
    CadreDeclared,
    PostHeld,
    ResponsibilityAssigned,
    ResponsibilityEnded,
    UnitDeclared,
)
from casework.testing import CASE, given, later, like, step
from tests.case.scenes import (
    ACCEPTED,
    DISPATCHED,
    EVERY_STATUS,
    IN_PROGRESS,
    LEAD,
    REGISTERED,
    UNIT,
    accepted,
    dispatched,
)

DISPATCH = DispatchCase(case=CASE)
DISPATCH_TO = DispatchCase(case=CASE, unit=UNIT)


def test_it_goes_to_whoever_answers_for_the_place():
    given(*ACCEPTED).when(DISPATCH, role="dispatcher").then(dispatched).leaves(
        status="dispatched", unit=UNIT, lead=LEAD, due_on="2026-03-07"
    )


def test_whoever_answers_for_it_at_the_time_of_dispatch():
    moved = (
        step(ResponsibilityAssigned(cadre="cadre/heron", area="pine-1", from_="2026-03-02", duty="contract"),
             stream="responsibility/00000000-0000-4000-8000-000000000009"),
        step(CadreDeclared(unit="pine-office", from_="2026-03-02", until="2026-03-02"), stream="cadre/squirrel"),
    )  # fmt: skip
    given(*ACCEPTED, *moved).when(DISPATCH).then(like(CaseDispatched, lead="cadre/heron", unit="reed-office"))


def test_it_goes_to_whoever_answered_on_the_day_of_dispatch_also_where_it_is_entered_later():
    later_on = step(
        ResponsibilityEnded(from_="2026-03-03", reason="redrawn"),
        stream="responsibility/00000000-0000-4000-8000-000000000001",
    )
    told = given(*ACCEPTED, later(days=3), later_on)
    told.when(DISPATCH_TO, role="dispatcher", occurred_on="2026-03-02").then(like(CaseDispatched, lead=LEAD))
    told.when(DISPATCH_TO, role="dispatcher").then(like(CaseDispatched, lead="", lead_basis="uncovered", lead_area=""))


def test_a_place_that_nobody_of_the_unit_answers_for_is_dispatched_and_says_so():
    elsewhere = DispatchCase(case=CASE, unit="pine-water")
    given(*ACCEPTED).when(elsewhere, role="dispatcher").then(like(CaseDispatched, lead="", lead_basis="other_unit"))


def test_a_cadre_with_two_posts_leads_in_either_unit():
    both = step(
        CadreDeclared(unit="pine-office", from_="2026-03-02", also=(PostHeld(unit="pine-water"),)),
        stream="cadre/squirrel",
    )
    elsewhere = DispatchCase(case=CASE, unit="pine-water")
    given(*ACCEPTED, both).when(elsewhere, role="dispatcher").then(like(CaseDispatched, lead=LEAD, unit="pine-water"))


def test_the_unit_that_took_the_place_of_another_takes_its_cases():
    merged = (
        step(UnitDeclared(label="松果镇政府", area="pine", from_="2020-01-01", until="2026-03-02",
                          successor="pine-water"),
             stream="unit/pine-office"),
        step(CadreDeclared(unit="pine-water", roles=("cadre",), from_="2026-03-02"), stream="cadre/squirrel"),
    )  # fmt: skip
    told = given(*IN_PROGRESS, *merged)
    told.when(
        AssignOfficer(case=CASE, lead="cadre/newt", reason="merged"),
        actor="cadre/otter",
        role="unit_lead",
        unit="pine-water",
    ).then(OfficerAssigned(lead="cadre/newt", before=LEAD, reason="merged", unit="pine-water")).leaves(
        unit="pine-water", lead="cadre/newt"
    )
    told.when(
        AssignOfficer(case=CASE, lead="cadre/frog"), actor="cadre/otter", role="unit_lead", unit="pine-water"
    ).refused("not-of-that-unit")
    told.when(AssignOfficer(case=CASE, lead="cadre/frog"), role="unit_lead", unit="reed-office").refused(
        "not-your-unit"
    )


def test_the_handling_clock_starts_at_dispatch_and_not_at_signing():
    given(*ACCEPTED, later(days=3)).when(DISPATCH).leaves(due_on="2026-03-10").leaves(status="dispatched")
    given(*DISPATCHED, later(days=3)).when(AcknowledgeCase(case=CASE), role="cadre").leaves(due_on="2026-03-07")


def test_a_due_date_stated_at_acceptance_stands():
    stated = type(accepted)(
        category="road", due="2026-03-20T15:59:59.999Z", due_on="2026-03-20", due_basis="stated", category_rev=0
    )
    given(*REGISTERED, stated).when(DISPATCH).then(
        like(CaseDispatched, due="2026-03-20T15:59:59.999Z", due_on="2026-03-20", due_basis="stated")
    )


def test_a_dispatcher_may_state_unit_lead_co_handlers_and_due_date():
    given(*ACCEPTED).when(
        DispatchCase(
            case=CASE, unit="pine-water", lead="cadre/otter", due_on="2026-03-04",
            co_handlers=(CoHandling(unit="pine-office", cadre="cadre/hedgehog"),),
        )
    ).then(
        CaseDispatched(
            unit="pine-water", lead="cadre/otter", lead_basis="stated", due="2026-03-04T15:59:59.999Z",
            due_on="2026-03-04", due_basis="stated",
            co_handlers=(CoHandler(unit="pine-office", cadre="cadre/hedgehog"),),
        )
    )  # fmt: skip


def test_a_unit_alone_may_be_named_and_decides_who():
    story = given(*ACCEPTED).when(DispatchCase(case=CASE, unit="reed-office")).leaves(lead="").story
    assert [(h.role, h.unit, h.cadre) for h in holders(story.state(CASE))] == [("lead", "reed-office", "")]


def test_a_category_without_days_takes_the_policys_default_none():
    quarrel = type(accepted)(category="quarrel", category_rev=0)
    given(*REGISTERED, quarrel).when(DISPATCH).then(like(CaseDispatched, due="", due_on="", due_basis=""))


def test_the_unit_must_be_declared_and_stand_on_that_day():
    refused = given(*ACCEPTED).when(DispatchCase(case=CASE, unit="pine-ofice")).refused("unknown-unit")
    assert refused.said.nearest[0] == "pine-office"
    gone = step(
        UnitDeclared(label="松果镇水管站", area="pine", from_="2020-01-01", until="2026-03-01"),
        stream="unit/pine-water",
    )
    given(*ACCEPTED, gone).when(DispatchCase(case=CASE, unit="pine-water")).refused("unknown-unit")


def test_the_lead_must_be_declared_and_of_that_unit():
    given(*ACCEPTED).when(DispatchCase(case=CASE, unit=UNIT, lead="cadre/squirel")).refused("unknown-cadre")
    given(*ACCEPTED).when(DispatchCase(case=CASE, unit=UNIT, lead="cadre/frog")).refused("not-of-that-unit")


def test_nobody_leads_and_co_handles_the_same_case():
    command = DispatchCase(case=CASE, unit=UNIT, lead=LEAD, co_handlers=(CoHandling(unit=UNIT, cadre=LEAD),))
    given(*ACCEPTED).when(command).refused("already-leads")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s != "accepted"])
def test_only_an_accepted_case_is_dispatched(status):
    given(*EVERY_STATUS[status]).when(DISPATCH).refused("not-in-this-state")


def test_only_a_dispatcher_dispatches():
    given(*ACCEPTED).when(DISPATCH, role="unit_lead").refused("role-not-allowed")


def test_the_lead_signs_for_it():
    given(*DISPATCHED).when(AcknowledgeCase(case=CASE), actor=LEAD).then(CaseAcknowledged()).leaves(
        status="in_progress", lead=LEAD
    )


def test_where_nobody_leads_yet_whoever_signs_does():
    nobody = CaseDispatched(unit=UNIT)
    given(*ACCEPTED, nobody).when(AcknowledgeCase(case=CASE), actor="cadre/hedgehog").then(
        CaseAcknowledged(lead="cadre/hedgehog")
    ).leaves(lead="cadre/hedgehog")


def test_the_units_head_signs_and_names_who_takes_it():
    given(*DISPATCHED).when(AcknowledgeCase(case=CASE, lead="cadre/hedgehog"), role="unit_lead").leaves(
        lead="cadre/hedgehog", status="in_progress"
    )


def test_another_unit_does_not_sign():
    given(*DISPATCHED).when(AcknowledgeCase(case=CASE), actor="cadre/frog").refused("not-your-unit")


def test_it_is_signed_for_once():
    given(*DISPATCHED, CaseAcknowledged()).when(AcknowledgeCase(case=CASE)).refused("not-in-this-state")
