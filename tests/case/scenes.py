"""Event histories that bring a case to each stage before a test.

A case is registered on a Monday at 09:00 (2026-03-02), and one step follows the other by an hour.
"""

from typing import Any

from msgspec.structs import replace

from casework.law.cases.accepting import CaseAccepted, CaseRejected
from casework.law.cases.acting import ActionLogged
from casework.law.cases.archiving import CaseArchived
from casework.law.cases.calling_back import CallbackRecorded
from casework.law.cases.closing import CaseClosed
from casework.law.cases.dispatching import CaseAcknowledged, CaseDispatched
from casework.law.cases.merging import CaseAbsorbed, CaseMerged
from casework.law.cases.parking import CaseParked
from casework.law.cases.registering import CaseRegistered
from casework.law.cases.resolving import ResolutionApproved, ResolutionSubmitted
from casework.law.cases.supervising import SupervisionOpened
from casework.law.cases.voiding import CaseVoided
from casework.law.cases.withdrawing import CaseWithdrawn
from casework.testing import CASE, later, step

UNIT, LEAD = "pine-office", "cadre/squirrel"
#: five calendar days after the dispatch, to the last millisecond of the local day
DUE, DUE_ON = "2026-03-07T15:59:59.999Z", "2026-03-07"
NUMBER = "000000-2026-000001"
HELD: dict[str, Any] = {"round": 1, "held_by": LEAD, "held_unit": UNIT}

registered = CaseRegistered(
    number=NUMBER, kind="difficulty", category="road", topic="pothole", channel="counter",
    resident="resident/0f1e2d3c", area="pine-1", township="pine",
)  # fmt: skip
accepted = CaseAccepted(category="road", topic="pothole", due_days=5, category_rev=0)
dispatched = CaseDispatched(
    unit=UNIT, lead=LEAD, lead_basis="responsibility", lead_area="pine-1", due=DUE, due_on=DUE_ON,
    due_basis="calendar_days",
)  # fmt: skip
acknowledged = CaseAcknowledged()
acted = ActionLogged(action="repair", **HELD)
submitted = ResolutionSubmitted(
    result="filled", outcome="solved", timeliness="on_time", due=DUE, due_basis="calendar_days"
)
approved = ResolutionApproved()
called = CallbackRecorded(reached=True, solved="yes", satisfaction=5)
closed = CaseClosed(outcome="solved", basis="callback", timeliness="on_time")

REGISTERED = (registered,)
ACCEPTED = (*REGISTERED, accepted)
DISPATCHED = (*ACCEPTED, dispatched)
IN_PROGRESS = (*DISPATCHED, acknowledged)
ACTED = (*IN_PROGRESS, acted)
RESOLVED = (*ACTED, submitted)
CALLBACK = (*RESOLVED, approved)
CALLED = (*CALLBACK, called)
CLOSED = (*CALLED, closed)
ARCHIVED = (*CLOSED, later(days=40), CaseArchived())
PARKED = (*IN_PROGRESS, CaseParked(reason="funding", review_on="2026-04-01"))
REJECTED = (*REGISTERED, CaseRejected(reason="out_of_scope", told="phone"))
WITHDRAWN = (*REGISTERED, CaseWithdrawn(on_word_of="resident", reason="settled"))
VOIDED = (*REGISTERED, CaseVoided(reason="typed_twice"))
SUPERVISED = (*IN_PROGRESS, SupervisionOpened(reply_due_on="2026-03-05"))

#: one scene for every status that a case can have
EVERY_STATUS: dict[str, tuple[Any, ...]] = {
    "registered": REGISTERED,
    "accepted": ACCEPTED,
    "dispatched": DISPATCHED,
    "in_progress": IN_PROGRESS,
    "parked": PARKED,
    "resolved": RESOLVED,
    "callback": CALLBACK,
    "closed": CLOSED,
    "rejected": REJECTED,
    "withdrawn": WITHDRAWN,
    "archived": ARCHIVED,
}


def also(stream, *events):
    """The same scene on another case."""
    number = f"000000-2026-{int(stream[-12:], 16):06d}"
    numbered = (replace(one, number=number) if isinstance(one, CaseRegistered) else one for one in events)
    return tuple(step(one, stream=stream) for one in numbered)


def merged_into(target):
    """This case, in progress, merged into another that is registered."""
    return (
        *IN_PROGRESS,
        *also(target, registered),
        CaseMerged(into=target),
        step(CaseAbsorbed(merged=CASE), stream=target),
    )


EVERY_STATUS["merged"] = merged_into("case/00000000-0000-4000-8000-000000000002")
