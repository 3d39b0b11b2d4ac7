"""Tests dispatching a case to a unit, and the unit's signing for it (派单、签收)."""

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


def test_a_case_is_dispatched_to_the_cadre_responsible_for_its_place():
    given(*ACCEPTED).when(DISPATCH, role="dispatcher").then(dispatched).leaves(
        status="dispatched", unit=UNIT, lead=LEAD, due_on="2026-03-07"
    )


def test_dispatch_finds_who_is_responsible_at_the_time_of_dispatch():
    moved = (
        step(ResponsibilityAssigned(cadre="cadre/heron", area="pine-1", from_="2026-03-02", duty="contract"),
             stream="responsibility/00000000-0000-4000-8000-000000000009"),
        step(CadreDeclared(unit="pine-office", from_="2026-03-02", until="2026-03-02"), stream="cadre/squirrel"),
    )  # fmt: skip
    given(*ACCEPTED, *moved).when(DISPATCH).then(like(CaseDispatched, lead="cadre/heron", unit="reed-office"))


def test_a_late_dispatch_finds_who_was_responsible_on_its_day():
    later_on = step(
        ResponsibilityEnded(from_="2026-03-03", reason="redrawn"),
        stream="responsibility/00000000-0000-4000-8000-000000000001",
    )
    told = given(*ACCEPTED, later(days=3), later_on)
    told.when(DISPATCH_TO, role="dispatcher", occurred_on="2026-03-02").then(like(CaseDispatched, lead=LEAD))
    told.when(DISPATCH_TO, role="dispatcher").then(like(CaseDispatched, lead="", lead_basis="uncovered", lead_area=""))


def test_a_dispatch_to_a_unit_not_responsible_leaves_the_lead_open():
    elsewhere = DispatchCase(case=CASE, unit="pine-water")
    given(*ACCEPTED).when(elsewhere, role="dispatcher").then(like(CaseDispatched, lead="", lead_basis="other_unit"))


def test_a_cadre_with_two_posts_leads_in_either_unit():
    both = step(
        CadreDeclared(unit="pine-office", from_="2026-03-02", also=(PostHeld(unit="pine-water"),)),
        stream="cadre/squirrel",
    )
    elsewhere = DispatchCase(case=CASE, unit="pine-water")
    given(*ACCEPTED, both).when(elsewhere, role="dispatcher").then(like(CaseDispatched, lead=LEAD, unit="pine-water"))


def test_a_successor_unit_takes_over_the_cases_of_its_predecessor():
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


def test_the_due_date_is_counted_from_dispatch_and_not_from_signing():
    given(*ACCEPTED, later(days=3)).when(DISPATCH).leaves(due_on="2026-03-10").leaves(status="dispatched")
    given(*DISPATCHED, later(days=3)).when(AcknowledgeCase(case=CASE), role="cadre").leaves(due_on="2026-03-07")


def test_a_due_date_stated_at_acceptance_is_kept_at_dispatch():
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


def test_a_dispatch_to_a_unit_alone_leaves_the_lead_to_the_unit():
    story = given(*ACCEPTED).when(DispatchCase(case=CASE, unit="reed-office")).leaves(lead="").story
    assert [(h.role, h.unit, h.cadre) for h in holders(story.state(CASE))] == [("lead", "reed-office", "")]


def test_a_category_without_days_gives_no_due_date():
    quarrel = type(accepted)(category="quarrel", category_rev=0)
    given(*REGISTERED, quarrel).when(DISPATCH).then(like(CaseDispatched, due="", due_on="", due_basis=""))


def test_the_unit_of_a_dispatch_must_be_declared_and_exist_on_that_day():
    refused = given(*ACCEPTED).when(DispatchCase(case=CASE, unit="pine-ofice")).refused("unknown-unit")
    assert refused.said.nearest[0] == "pine-office"
    gone = step(
        UnitDeclared(label="松果镇水管站", area="pine", from_="2020-01-01", until="2026-03-01"),
        stream="unit/pine-water",
    )
    given(*ACCEPTED, gone).when(DispatchCase(case=CASE, unit="pine-water")).refused("unknown-unit")


def test_the_lead_of_a_dispatch_must_be_declared_and_of_that_unit():
    given(*ACCEPTED).when(DispatchCase(case=CASE, unit=UNIT, lead="cadre/squirel")).refused("unknown-cadre")
    given(*ACCEPTED).when(DispatchCase(case=CASE, unit=UNIT, lead="cadre/frog")).refused("not-of-that-unit")


def test_a_person_cannot_lead_and_co_handle_the_same_case():
    command = DispatchCase(case=CASE, unit=UNIT, lead=LEAD, co_handlers=(CoHandling(unit=UNIT, cadre=LEAD),))
    given(*ACCEPTED).when(command).refused("already-leads")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s != "accepted"])
def test_only_an_accepted_case_is_dispatched(status):
    given(*EVERY_STATUS[status]).when(DISPATCH).refused("not-in-this-state")


def test_only_a_dispatcher_dispatches_a_case():
    given(*ACCEPTED).when(DISPATCH, role="unit_lead").refused("role-not-allowed")


def test_the_lead_signs_for_a_dispatched_case():
    given(*DISPATCHED).when(AcknowledgeCase(case=CASE), actor=LEAD).then(CaseAcknowledged()).leaves(
        status="in_progress", lead=LEAD
    )


def test_the_cadre_who_signs_for_a_case_without_a_lead_leads_it():
    nobody = CaseDispatched(unit=UNIT)
    given(*ACCEPTED, nobody).when(AcknowledgeCase(case=CASE), actor="cadre/hedgehog").then(
        CaseAcknowledged(lead="cadre/hedgehog")
    ).leaves(lead="cadre/hedgehog")


def test_the_head_of_the_unit_signs_and_names_the_lead():
    given(*DISPATCHED).when(AcknowledgeCase(case=CASE, lead="cadre/hedgehog"), role="unit_lead").leaves(
        lead="cadre/hedgehog", status="in_progress"
    )


def test_another_unit_cannot_sign_for_a_case():
    given(*DISPATCHED).when(AcknowledgeCase(case=CASE), actor="cadre/frog").refused("not-your-unit")


def test_signing_for_a_case_twice_is_refused():
    given(*DISPATCHED, CaseAcknowledged()).when(AcknowledgeCase(case=CASE)).refused("not-in-this-state")
