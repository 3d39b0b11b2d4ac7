"""Simulates single requests (困难问题), each with its own course."""

from __future__ import annotations

from collections.abc import Iterator

from casework.demo.county import words
from casework.demo.county.cast import Station
from casework.demo.county.closing import called_back, ended, handled, reviewed, submitted
from casework.demo.county.intake import asked, dispatched, handed_over, registered, signed_for, taken_up, who
from casework.demo.county.life import Act, Life
from casework.demo.county.year import HOUR, end_of_day, local_day

#: share of solved requests about which the hotline calls
_CALLS = 0.45


def days_of(life: Life) -> float:
    """Days that the work takes: mostly within the days allowed, sometimes more."""
    return max(0.3, life.due_days * life.chance.choice((0.15, 0.3, 0.4, 0.5, 0.6, 0.8, 1.1, 1.7)))


def _solved(life: Life, calls: float = _CALLS) -> Iterator[Act]:
    yield submitted(life)
    yield from ended(life, calls)


def _handled_and_solved(life: Life) -> Iterator[Act]:
    yield from handled(life, days_of(life))
    yield from _solved(life)


def done(life: Life, result: str = "solved") -> Iterator[Act]:
    """From registration to the submission of a result."""
    yield from handed_over(life)
    yield from handled(life, days_of(life))
    yield submitted(life, result)


def plain(life: Life) -> Iterator[Act]:
    """Registered, handled, solved."""
    yield from handed_over(life)
    yield from _handled_and_solved(life)


def on_the_spot(life: Life) -> Iterator[Act]:
    """即办件: registered and solved by a cadre of the station in one command."""
    yield in_one_go(life)
    yield from ended(life, 0.2)


def in_one_go(life: Life, result: str = "solved") -> Act:
    """The one command of a 即办件."""
    asked(life)
    chance, station = life.chance, life.station
    life.due_days = 0
    life.led_by(station.unit, life.somebody_of(station))
    action = chance.choice(("visit", "phone_call", "repair", "coordination", "material", "other"))
    return life.as_lead(
        "record-handled",
        category=life.category,
        topic=life.topic,
        channel=chance.choice(("counter", "visit", "hotline")),
        area=life.village.area,
        action=action,
        result=result,
        summary=words.asked(chance, life.topic, life.village.name),
        **who(life),
        **life.note(0.25, "note", words.done(chance, action)),
        **life.note(0.15, "answer", words.answer(chance, result == "solved")),
    )


# ── turns ───────────────────────────────────────────────────────────────────────────────────────────────────────


def returned(life: Life) -> Iterator[Act]:
    """退单: the first station returns it within the day, another one handles it."""
    asked(life)
    yield from taken_up(life)
    life.wait(0.2, 4)
    others = [one for one in life.stations if one.unit != life.station.unit]
    yield dispatched(life, life.chance.choice(others))
    life.now += 2 * HOUR
    yield life.as_lead("request-return", reason="not_our_duty", explanation=words.why(life.chance, "return"))
    life.wait(0.5, 6)
    if life.happens(0.2):
        yield life.as_dispatcher("refuse-return", final=True, explanation=words.why(life.chance, "refuse"))
    else:
        yield life.as_dispatcher("approve-return")
        life.wait(0.2, 4)
        yield dispatched(life, life.station)
    life.wait(0.5, 8)
    yield signed_for(life)
    yield from _handled_and_solved(life)


def transferred(life: Life) -> Iterator[Act]:
    """转办: the station asks the county's department to take it; the department accepts or refuses."""
    yield from handed_over(life)
    life.wait(1, 12)
    head = _station(life).head
    department = life.cast.department(life.category)
    yield life.act(
        "request-transfer", head, "unit_lead",
        to_unit=department.unit, reason="needs_department", explanation=words.why(life.chance, "transfer"),
    )  # fmt: skip
    life.wait(2, 20)
    if life.happens(0.25):
        note = words.why(life.chance, "refuse")
        yield life.act("refuse-transfer", department.head, "unit_lead", explanation=note)
    else:
        lead = life.chance.choice(department.people)
        yield life.act("accept-transfer", department.head, "unit_lead", lead=lead)
        life.led_by(department.unit, lead)
        life.wait(0.5, 12)
        yield signed_for(life)
    yield from _handled_and_solved(life)


def _station(life: Life) -> Station:
    """The township's station that handles the case."""
    return next(one for one in life.stations if one.unit == life.unit)


def extended(life: Life) -> Iterator[Act]:
    """延期: an extension is requested before the due date, and mostly granted."""
    yield from handed_over(life)
    life.wait(4, 20 * life.due_days)
    if life.now < life.due:
        more = life.chance.randint(3, 20)
        later = end_of_day(life.due, more)
        yield life.as_lead(
            "request-extension",
            due_on=local_day(later),
            reason=life.chance.choice(("weather", "material", "coordination")),
            explanation=words.why(life.chance, "extension"),
        )
        asked_at = life.now
        life.wait(1, 20)
        if life.happens(0.85):
            yield life.as_supervisor("grant-extension")
            life.due = later
        else:
            life.now = max(asked_at, life.now)
            yield life.as_supervisor("refuse-extension", explanation=words.why(life.chance, "refuse"))
    yield from _handled_and_solved(life)


def paused(life: Life) -> Iterator[Act]:
    """暂停: the clock is paused while the resident looks for papers."""
    yield from handed_over(life)
    life.wait(1, 12)
    yield life.as_lead("pause-clock", reason=life.chance.choice(("awaiting_resident", "force_majeure")))
    since = life.now
    life.wait(20, 8 * 24)
    yield life.as_lead("resume-clock")
    life.due += life.now - since
    yield from _handled_and_solved(life)


def shelved(life: Life) -> Iterator[Act]:
    """挂账: parked."""
    yield from handed_over(life)
    life.wait(4, 20)
    yield life.work()
    life.wait(4, 20)
    yield life.as_supervisor(
        "park-case",
        reason=life.chance.choice(("funding", "policy", "ownership", "season")),
        review_on=life.on(life.chance.randint(30, 80)),
        plan=words.why(life.chance, "park"),
    )


def parked_and_solved(life: Life) -> Iterator[Act]:
    """挂账后办结: resumed later, and solved."""
    yield from shelved(life)
    since = life.now
    life.wait(15 * 24, 60 * 24)
    yield life.as_supervisor("unpark-case")
    life.due += life.now - since
    yield from _handled_and_solved(life)


def joint(life: Life) -> Iterator[Act]:
    """协办: a department helps, from the dispatch on or at the station's request."""
    asked(life)
    yield from taken_up(life)
    life.wait(0.2, 5)
    department = life.cast.department(life.category)
    helper = life.chance.choice(department.people)
    together = life.happens(0.4)
    if together:
        yield dispatched(life, co_handlers=[{"unit": department.unit, "cadre": helper}])
    else:
        yield dispatched(life)
    life.wait(0.5, 8)
    yield signed_for(life)
    if not together:
        life.wait(1, 10)
        yield life.as_lead("add-co-handler", unit=department.unit, cadre=helper)
    life.wait(3, 30)
    yield life.act("log-action", helper, "cadre", action="visit", note=words.done(life.chance, "visit"))
    if life.happens(0.15):
        yield life.as_lead("remove-co-handler", unit=department.unit, cadre=helper)
    yield from _handled_and_solved(life)


def sent_back(life: Life) -> Iterator[Act]:
    """审核退回: the reviewer sends it back once."""
    yield from done(life)
    life.wait(1, 20)
    yield life.as_reviewer("send-back-resolution", reason="incomplete")
    life.wait(3, 40)
    yield life.work()
    life.wait(1, 10)
    yield from _solved(life)


def supervised(life: Life) -> Iterator[Act]:
    """督办: a leader supervises it until the unit has replied."""
    yield from handed_over(life)
    life.wait(20, 60)
    yield life.as_supervisor("open-supervision", reply_due_on=life.on(5), note=words.why(life.chance, "supervise"))
    life.wait(5, 60)
    yield life.as_lead("reply-supervision", note=words.why(life.chance, "reply"))
    yield from handled(life, days_of(life))
    yield submitted(life)
    life.wait(0.5, 10)
    yield life.as_supervisor("close-supervision")
    yield from ended(life, _CALLS)


def reassigned(life: Life) -> Iterator[Act]:
    """改派: the head of the station assigns another cadre."""
    yield from handed_over(life)
    life.wait(3, 30)
    station = _station(life)
    other = life.chance.choice([one for one in station.people if one != life.lead])
    yield life.act("assign-officer", station.head, "unit_lead", lead=other, reason="leave")
    life.led_by(station.unit, other)
    yield from _handled_and_solved(life)


def said_unsolved(life: Life) -> Iterator[Act]:
    """回访未解决: at the callback the resident says no, and it is reopened before it was closed."""
    yield from done(life)
    life.wait(1, 15)
    yield reviewed(life)
    life.wait(2, 30)
    yield called_back(life, solved=False)
    life.wait(0.1, 2)
    yield from _again(life, "not_solved")
    yield from _solved(life, calls=1)


def reopened(life: Life) -> Iterator[Act]:
    """重办: closed as solved, reopened within the month, and solved again."""
    yield from plain(life)
    life.wait(24, 20 * 24)
    yield from _again(life, "came_back")
    yield from _solved(life)


def _again(life: Life, reason: str) -> Iterator[Act]:
    """A new round with the same unit."""
    yield back_on_a_desk(life, reason)
    life.wait(0.5, 12)
    yield signed_for(life)
    yield from handled(life, 0.5 * days_of(life))


def back_on_a_desk(life: Life, reason: str) -> Act:
    """重办: a new round with the same unit."""
    life.round += 1
    life.due_from_now()
    explanation = words.called(life.chance, solved=False)
    return life.as_caller("reopen-case", to="same_unit", reason=reason, explanation=explanation)


def told_twice(life: Life) -> Iterator[Act]:
    """并单: a neighbour's case about the same is merged into the first one, which is solved."""
    yield from handed_over(life)
    life.wait(1, 30)
    twin = Life(life.cast, life.year, life.chance, life.now)
    twin.until, twin.township, twin.village, twin.dispatcher = life.until, life.township, life.village, life.dispatcher
    twin.category, twin.topic = life.category, life.topic
    yield registered(twin)
    twin.wait(0.3, 6)
    yield twin.as_dispatcher("merge-case", into=life.stream)
    life.now = twin.now
    yield from _handled_and_solved(life)
