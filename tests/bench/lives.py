"""Courses of made-up cases: events as the law would store them, with days.

Each step is (hours since the one before, role, event). The mix is that of a township service: most requests are solved
within days, some are returned, extended or reopened, some still wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from casework.clock import local_date, written
from casework.law.activities.activity import ActivityRecorded
from casework.law.cases.accepting import CaseAccepted, CaseRejected
from casework.law.cases.acting import ActionLogged, ResidentContacted
from casework.law.cases.calling_back import CallbackRecorded
from casework.law.cases.closing import CaseClosed
from casework.law.cases.corrections import RecordCorrected
from casework.law.cases.dispatching import CaseAcknowledged, CaseDispatched
from casework.law.cases.ledger import LedgerCaseRecorded, LedgerClosingRecorded
from casework.law.cases.registering import CaseRegistered
from casework.law.cases.reopening import CaseReopened
from casework.law.cases.resolving import ResolutionApproved, ResolutionSubmitted
from casework.law.cases.returning import ReturnApproved, ReturnRequested
from casework.law.event import Event
from tests.bench.place import CADRES, CATEGORIES, CHANNELS, TOWNSHIPS, VILLAGES, cadre

ZONE = "Asia/Shanghai"
ACTIONS = ("visit", "phone_call", "mediation", "repair", "coordination", "material", "photo", "other")


class Step(NamedTuple):
    """One entry to come: when, by whom, what."""

    at: datetime
    actor: str
    role: str
    unit: str
    event: Event


def life(random: Random, begin: datetime, number: str, stream: str) -> list[Step]:
    """The whole course of one case."""
    return list(_Life(random, begin, number, stream).steps())


def activity(random: Random, at: datetime) -> Step:
    """A visit to households."""
    place = random.choice(TOWNSHIPS)
    who = cadre(place, random.randrange(1, CADRES))
    area = f"{place}-{random.randrange(VILLAGES)}"
    visit = ActivityRecorded(
        activity="household_visit", area=area, township=place, unit=place, households=random.randrange(1, 9)
    )
    return Step(at, who, "cadre", place, visit)


class _Life:
    def __init__(self, random: Random, begin: datetime, number: str, stream: str) -> None:
        self.random, self.at, self.number, self.stream = random, begin, number, stream
        self.place = random.choice(TOWNSHIPS)
        self.area = f"{self.place}-{random.randrange(VILLAGES)}"
        self.lead = cadre(self.place, random.randrange(1, CADRES))
        self.category = random.choice(CATEGORIES)
        self.due = ""
        self.due_on = ""
        self.round = 1

    def steps(self) -> Iterator[Step]:
        chance = self.random.random()
        if chance < 0.15:
            yield from self._of_ledger(closed=chance < 0.12)
            return
        yield self._register()
        if chance < 0.20:
            yield self._office(20, "dispatcher", CaseRejected(reason="out_of_scope", told="phone"))
            return
        yield self._office(3, "dispatcher", CaseAccepted(category=self.category, due_days=10, category_rev=0))
        yield self._dispatch()
        if chance < 0.25:
            asked = ReturnRequested(unit=self.place, reason="wrong_place")
            yield self._by(5, self.lead, "cadre", self.place, asked)
            yield self._office(8, "dispatcher", ReturnApproved())
            yield self._dispatch()
        yield self._field(6, CaseAcknowledged(lead=self.lead))
        yield self._act(20)
        if chance < 0.40:
            return  # still being worked on
        if chance < 0.75:
            reached = self.random.random() < 0.8
            contact = ResidentContacted(channel="phone", reached=reached, **self._held())
            yield self._field(4, contact)
            yield self._act(30)
        yield from self._resolve(called=chance < 0.85)
        if 0.75 <= chance < 0.79:
            self.round = 2
            self._set_due(7)
            again = CaseReopened(
                to="same_unit", reason="not_solved", round=2, due=self.due, due_on=self.due_on, due_basis="stated"
            )
            yield self._office(90, "dispatcher", again)
            yield self._field(6, CaseAcknowledged(lead=self.lead))
            yield self._act(20)
            yield from self._resolve(called=True)
        if 0.79 <= chance < 0.80:
            wrong = RecordCorrected(
                stream=self.stream, rev=0, member="channel", value="visit", value_before="counter",
                reason="typing_error",
            )  # fmt: skip
            yield self._office(30, "dispatcher", wrong)

    def _register(self) -> Step:
        matter = self.random.random() < 0.12
        told = CaseRegistered(
            number=self.number,
            kind="matter" if matter else "difficulty",
            category=self.category,
            channel=self.random.choice(CHANNELS),
            resident="" if matter else f"resident/{self.random.getrandbits(128):032x}",
            area=self.area,
            township=self.place,
            planned_beneficiaries=self.random.randrange(50, 900) if matter else 0,
        )
        return self._office(0, "dispatcher", told)

    def _dispatch(self) -> Step:
        self._set_due(10)
        sent = CaseDispatched(
            unit=self.place, lead=self.lead, lead_basis="stated", due=self.due, due_on=self.due_on,
            due_basis="calendar_days",
        )  # fmt: skip
        return self._office(2, "dispatcher", sent)

    def _resolve(self, *, called: bool) -> Iterator[Step]:
        late = self.random.random() < 0.15
        self.at += timedelta(days=self.random.randrange(11, 20) if late else self.random.randrange(1, 6))
        timeliness = "late" if late else "on_time"
        outcome = "solved" if self.random.random() < 0.85 else "explained"
        done = ResolutionSubmitted(
            result=outcome, outcome=outcome, beneficiaries=self.random.randrange(1, 40), timeliness=timeliness,
            due=self.due, due_basis="calendar_days",
        )  # fmt: skip
        yield self._field(1, done)
        yield self._office(15, "reviewer", ResolutionApproved())
        if called:
            yield self._office(
                20, "caller", CallbackRecorded(reached=True, solved="yes", satisfaction=self.random.randrange(3, 6))
            )
        closing = CaseClosed(
            outcome=outcome, basis="callback" if called else "waived", waiver="" if called else "public_works",
            timeliness=timeliness,
        )  # fmt: skip
        yield self._office(1, "caller", closing)

    def _of_ledger(self, *, closed: bool) -> Iterator[Step]:
        stated = LedgerCaseRecorded(
            number=self.number, external_ref=f"bench:{self.number}", row_hash=f"{self.random.getrandbits(128):032x}",
            category=self.category, channel="hotline", area=self.area, township=self.place, unit=self.place,
        )  # fmt: skip
        yield self._by(0, "system/import", "importer", "", stated)
        if closed:
            yield self._by(50, "system/import", "importer", "", LedgerClosingRecorded(reason="done"))

    def _held(self) -> dict[str, Any]:
        return {"round": self.round, "held_by": self.lead, "held_unit": self.place}

    def _act(self, hours: int) -> Step:
        return self._field(hours, ActionLogged(action=self.random.choice(ACTIONS), **self._held()))

    def _set_due(self, days: int) -> None:
        self.due = written(self.at + timedelta(days=days))
        self.due_on = local_date(self.due, ZONE)

    def _field(self, hours: int, event: Event) -> Step:
        return self._by(hours, self.lead, "cadre", self.place, event)

    def _office(self, hours: int, role: str, event: Event) -> Step:
        return self._by(hours, cadre(self.place, 0), role, self.place, event)

    def _by(self, hours: int, actor: str, role: str, unit: str, event: Event) -> Step:
        self.at += timedelta(seconds=self.random.randrange(hours * 2700, hours * 4500 + 1))
        return Step(self.at, actor, role, unit, event)
