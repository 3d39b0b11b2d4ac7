"""Random counties: plausible histories with everything that makes counting hard."""

from datetime import timedelta
from random import Random
from typing import Any

from casework.law.activities.activity import ActivityLed, ActivityRecorded
from casework.law.cases.accepting import CaseAccepted, CaseRejected
from casework.law.cases.acting import ActionLogged, ResidentContacted
from casework.law.cases.archiving import CaseArchived
from casework.law.cases.calling_back import CallbackRecorded
from casework.law.cases.closing import CaseClosed
from casework.law.cases.co_handling import CoHandler, CoHandlerAdded, CoHandlerRemoved
from casework.law.cases.confidentiality import ConfidentialityChanged
from casework.law.cases.corrections import RecordCorrected
from casework.law.cases.dispatching import CaseAcknowledged, CaseDispatched
from casework.law.cases.escalating import DuePassed
from casework.law.cases.ledger import LedgerActionRecorded, LedgerCaseRecorded, LedgerClosingRecorded
from casework.law.cases.merging import CaseMerged, CaseUnmerged
from casework.law.cases.parking import CaseParked, CaseUnparked
from casework.law.cases.registering import CaseRegistered
from casework.law.cases.reopening import CaseReopened
from casework.law.cases.resolving import ResolutionApproved, ResolutionSentBack, ResolutionSubmitted
from casework.law.cases.returning import ReturnApproved
from casework.law.cases.state import OPEN, CaseState, held_at, round_at
from casework.law.cases.supervising import ReminderSent
from casework.law.cases.transferring import OfficerAssigned, TransferAccepted
from casework.law.cases.voiding import CaseVoided
from casework.law.cases.withdrawing import CaseWithdrawn
from casework.law.event import Event
from casework.law.findings.events import FindingAnswered, FindingClosed, FindingRecorded
from casework.law.roster.events import AreaDeclared
from casework.law.surveys.events import (
    NeedRaised,
    Question,
    Reply,
    SurveyAnswered,
    SurveyClosed,
    SurveyOpened,
    SurveyRevised,
)
from tests.change.made_by_hand import LOG, Book, local_day, written

__all__ = ["LOG", "Book", "random_book"]

TOWNSHIPS = ("menglang", "shangyun", "")
CATEGORIES = ("roads", "water", "housing")
UNITS = ("roads_office", "water_office")
CADRES = ("cadre/1", "cadre/2", "cadre/3")


def random_book(random: Random, steps: int, log: str = LOG) -> Book:
    """A random, plausible county: late and early dates, corrections of corrections, merges, activities and surveys."""
    book = Book(log)
    book.add("area/menglang", AreaDeclared(label="勐朗镇", level="township", from_="2026-01-01"))
    cases: list[str] = []
    for step in range(steps):
        if not cases or random.random() < 0.08:
            cases.append(f"case/{random.getrandbits(64):016x}{step}")
            _register(book, random, cases[-1], step)
        elif random.random() < 0.06:
            _activity(book, random, step)
        elif random.random() < 0.04:
            _survey(book, random, step)
        else:
            _move(book, random, random.choice(cases), cases)
        audit = Random(step)  # of its own: the rest of the county goes on as it would without
        if audit.random() < 0.08:
            _finding(book, audit, step, cases)
    return book


def _claim(book: Book, random: Random) -> dict[str, Any]:
    """When it occurred: mostly now; else up to three weeks ago, or a little ahead, as instant or as date only."""
    hours = random.choice((0, 0, 0, 0.3, 1, 5, 30))
    if random.random() < 0.6:
        return {"hours": hours}
    happened = book.now + timedelta(hours=hours) - timedelta(hours=random.choice((-1, 2, 26, 100, 500)))
    day = {"occurred_on": local_day(happened), "hours": hours}
    return day if random.random() < 0.4 else {**day, "occurred": written(happened)}


def _who(random: Random) -> dict[str, Any]:
    who = {"actor": random.choice(CADRES), "unit": random.choice(("", *UNITS))}
    return {**who, "for_": random.choice(CADRES)} if random.random() < 0.2 else who


def _register(book: Book, random: Random, stream: str, step: int) -> None:
    place: dict[str, Any] = {
        "number": f"{book.log}-2026-{step:06d}",
        "kind": random.choice(("difficulty", "difficulty", "matter")),
        "category": random.choice(CATEGORIES),
        "township": random.choice(TOWNSHIPS),
        "urgency": random.choice(("normal", "urgent")),
    }
    surveys = [s for s in book._streams if s.startswith("survey/")]
    if random.random() < 0.3:
        event: Event = LedgerCaseRecorded(**place, external_ref=f"l:{step}", unit=random.choice(("", *UNITS)))
        book.add(stream, event, role="importer", actor="system/import", **_claim(book, random))
    else:
        survey = random.choice(("", *surveys))
        event = CaseRegistered(**place, planned_beneficiaries=3, survey=survey)
        book.add(stream, event, role="reporter", **_claim(book, random))
        if survey:
            book.add(
                survey,
                NeedRaised(case=stream, respondent=f"resident/{step:08x}"),
                **_who(random),
                **_claim(book, random),
            )


def _activity(book: Book, random: Random, step: int) -> None:
    known = [s for s in book._streams if s.startswith("activity/")]
    if known and random.random() < 0.6:
        stream = random.choice(known)
        if random.random() < 0.5:
            book.add(stream, ActivityLed(case="case/x"), **_who(random), **_claim(book, random))
        else:
            member, value = random.choice((("households", random.randrange(9)), ("township", "shangyun")))
            book.correct(stream, 0, member, value)
        return
    event = ActivityRecorded(
        activity="patrol", township=random.choice(TOWNSHIPS), unit=UNITS[0], households=random.randrange(5)
    )
    book.add(f"activity/{step}", event, **_who(random), **_claim(book, random))


def _survey(book: Book, random: Random, step: int) -> None:
    known = [s for s in book._streams if s.startswith("survey/")]
    form: dict[str, Any] = {
        "title": "骑手缺什么", "units": random.choice((UNITS, UNITS[:1])), "starts": "2026-01-01", "ends": "2026-12-31",
        "asked": random.randrange(90), "questions": (Question(code="hours", label="每天几小时", kind="number"),),
    }  # fmt: skip
    if not known or random.random() < 0.2:
        township = random.choice(TOWNSHIPS)
        event: Event = SurveyOpened(**form, group="riders", area=township or "530828", township=township)
        book.add(f"survey/{step}", event, **_who(random), **_claim(book, random))
        return
    chance, stream = random.random(), random.choice(known)
    lacks = Reply(question="lacks", choices=random.choice((("rest",), ("rest", "water"))))
    replies = (lacks, Reply(question="hours", number=random.randrange(15)))
    if chance < 0.8:
        event = SurveyAnswered(respondent=f"resident/{step:08x}", version=1, replies=replies[: random.choice((1, 2))])
    else:
        event = SurveyRevised(**form) if chance < 0.95 else SurveyClosed()
    book.add(stream, event, **_who(random), **_claim(book, random))


def _finding(book: Book, random: Random, step: int, cases: list[str]) -> None:
    """One more, or a move of one that is not closed: answered once or more, in time or late, or never."""
    known = [s for s in book._streams if s.startswith("finding/") and not book.state(s).closed_on]
    if not known or random.random() < 0.4:
        unit, township = random.choice((("", ""), (UNITS[0], TOWNSHIPS[0])))
        due_on = local_day(book.now + timedelta(days=random.choice((0, 1, 9))))
        event: Event = FindingRecorded(
            kind="fake_closure", case=random.choice(("", *cases)), unit=unit, township=township, due_on=due_on
        )
        book.add(f"finding/{step}", event, **_who(random), **_claim(book, random))
        return
    answered: tuple[Event, ...] = (FindingAnswered(), FindingAnswered(), FindingClosed(outcome="remedied"))
    book.add(random.choice(known), random.choice(answered), **_who(random), **_claim(book, random))


def _move(book: Book, random: Random, stream: str, cases: list[str]) -> None:
    state: CaseState = book.state(stream)
    chance = random.random()
    claim, who = _claim(book, random), _who(random)
    if chance < 0.12:
        book.add(stream, _field(book, random, state, claim), **who, **claim)
    elif chance < 0.25:
        _correct(book, random, stream)
    elif chance < 0.29:
        level = random.choice(("public", "internal", "secret"))
        book.add(
            stream, ConfidentialityChanged(level=level, before=state.confidentiality, basis="other"), **who, **claim
        )
    elif chance < 0.31:
        rare = CaseVoided(reason="test_entry") if random.random() < 0.2 else ReminderSent()
        book.add(stream, rare, **who, **claim)
    elif chance < 0.34 and state.status in OPEN:
        event = random.choice((LedgerClosingRecorded(), CaseWithdrawn(on_word_of="told", reason="settled")))
        book.add(stream, event, **who, **claim)
    else:
        for event in _next(random, state, [other for other in cases if other != stream]):
            book.add(stream, event, **who, **claim)


def _field(book: Book, random: Random, state: CaseState, claim: dict[str, Any]) -> Event:
    at = claim.get("occurred", "" if "occurred_on" in claim else written(book.now))
    on = claim.get("occurred_on", local_day(book.now))
    unit, lead = held_at(state, at, on)
    stamp: dict[str, Any] = {
        "round": round_at(state, at, on),
        "held_by": lead,
        "held_unit": unit,
        "late": state.status not in OPEN,
    }
    return random.choice(
        (
            ActionLogged(action=random.choice(("visit", "repair")), **stamp),
            ResidentContacted(channel="phone", reached=random.random() < 0.5, **stamp),
            LedgerActionRecorded(action="visit"),
            DuePassed(due="", due_on=on, held_by=lead, held_unit=unit),
        )
    )


def _next(random: Random, state: CaseState, others: list[str]) -> list[Event]:
    """What may come next in the life of the case."""
    unit, cadre = random.choice(UNITS), random.choice(("", *CADRES))
    held = {(holder.unit, holder.cadre) for holder in state.co_handlers} | {(state.unit, state.lead), (state.unit, "")}
    options: dict[str, list[Event]] = {
        "registered": [CaseAccepted(category=random.choice(CATEGORIES)), CaseRejected(reason="in_court", told="phone")],
        "accepted": [CaseDispatched(unit=unit, lead=cadre, co_handlers=(CoHandler(unit="third_office"),))],
        "dispatched": [CaseAcknowledged(lead=cadre), CaseAcknowledged(), ReturnApproved()],
        "in_progress": [
            OfficerAssigned(lead=random.choice(CADRES)),
            TransferAccepted(from_unit=state.unit, to_unit=unit, lead=cadre),
            CaseParked(reason="funding", review_on="2026-05-01"),
            *[ResolutionSubmitted(result="solved", outcome="solved", beneficiaries=random.randrange(9))] * 4,
        ],
        "parked": [CaseUnparked()],
        "resolved": [ResolutionApproved(), ResolutionApproved(), ResolutionSentBack(reason="no_evidence")],
        "callback": [
            CallbackRecorded(reached=True, solved="yes", satisfaction=4),
            CaseClosed(outcome=random.choice(("solved", "explained")), basis="waived"),
        ],
        "closed": [
            CaseReopened(to="same_unit" if state.unit else "dispatch", reason="came_back", round=state.round + 1),
            CaseReopened(to="dispatch", reason="came_back", round=state.round + 1),
            CaseArchived(),
        ],
        "merged": [CaseUnmerged(out_of=state.merged_into)],
    }
    mine = options.get(state.status, [ReminderSent()])
    if state.status in {"dispatched", "in_progress"}:
        if (unit, cadre) not in held:
            mine.append(CoHandlerAdded(unit=unit, cadre=cadre))
        mine += [CoHandlerRemoved(unit=holder.unit, cadre=holder.cadre) for holder in state.co_handlers]
        if others:
            mine.append(CaseMerged(into=random.choice(others)))
    return [random.choice(mine)]


_VALUES: dict[str, tuple[Any, ...]] = {
    "kind": ("matter", "difficulty"),
    "category": CATEGORIES,
    "township": TOWNSHIPS,
    "urgency": ("normal", "urgent", "emergency"),
    "unit": UNITS,
    "planned_beneficiaries": (0, 5, 9),
    "beneficiaries": (0, 5, 9),
    "satisfaction": (1, 5),
    "action": ("visit", "repair"),
    "reached": (True, False),
    "reason": ("other", "settled"),
    "outcome": ("solved", "unstated"),
}


def _correct(book: Book, random: Random, stream: str) -> None:
    """Correct something that this stream says: a fact, a date, or an earlier correction."""
    history = book.history(stream)
    cited = random.choice(history)
    event = cited.event
    if isinstance(event, RecordCorrected):
        if event.member in _VALUES:
            book.correct(stream, cited.rev, "value", random.choice(_VALUES[event.member]))
        return
    members = sorted(event.correctable & (_VALUES.keys() | {"occurred"}))
    if not members:
        return
    member = random.choice(members)
    if member == "occurred":
        happened = book.now - timedelta(hours=random.choice((3, 50, 400, 900)))
        book.correct(stream, cited.rev, "occurred", written(happened))
        book.correct(stream, cited.rev, "occurred_on", local_day(happened))
    else:
        book.correct(stream, cited.rev, member, random.choice(_VALUES[member]))
