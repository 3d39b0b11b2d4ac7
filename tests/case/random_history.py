"""Makes random histories of a county that the law allows.

    random_histories(7, cases=5, steps=200)            the same history for the same seed
    @given(histories(cases=3, steps=80))               hypothesis draws and shrinks them

Several cases, ledger cases and activities lie interleaved in one log, with acts entered late, out of order, by date
only and for somebody else, with corrections and corrections of corrections. Refused commands leave no trace.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import fields

from casework.law.activities.activity import CorrectActivity, LinkActivity, RecordActivity
from casework.law.cases.correcting import CorrectRecord
from casework.law.cases.corrections import RecordCorrected
from casework.law.cases.deadlines import written
from casework.law.cases.rules import UNBORN
from casework.law.command import Command
from casework.law.context import Refused
from casework.law.county.commands import ChangePolicy, OpenLog
from casework.law.event import Recorded
from casework.law.kinds import KINDS
from casework.law.lifecycle import LIFECYCLE, commands_from
from casework.law.policy import PolicyNumbers
from casework.law.surveys.commands import CloseSurvey, ReviseSurvey
from casework.testing import LOG, PEOPLE, SURVEY, Do, Story, case, do, later
from casework.testing.hamlet import CADRES
from tests.case.random_commands import ACTS, AREAS, UNITS, random_command
from tests.case.random_survey import REVISED, opened_survey, random_answer

#: commands that a case takes before it exists
BIRTHS = tuple(name for name, row in LIFECYCLE.items() if row.states == UNBORN)
_REQUESTS = ("request-return", "request-extension", "request-transfer")
_ANSWERS = {
    "return": ("approve-return", "refuse-return"),
    "transfer": ("accept-transfer", "refuse-transfer"),
    "extension": ("grant-extension", "refuse-extension"),
}
#: what is passed over how often: the ends, or cases would not live long, and what says little
_SELDOM = {
    "merge-case": 0.7, "withdraw-case": 0.95, "void-case": 0.97, "record-ledger-closing": 0.8, "reject-case": 0.8,
    "archive-case": 0.7, "change-confidentiality": 0.8, "record-ledger-action": 0.7, "correct-record": 0.9,
    "record-ledger-case": 0.5, "record-handled": 0.5, "park-case": 0.3, "submit-resolution": 0,
    "accept-transfer": 0.7, "refuse-transfer": 0.8, "approve-return": 0.8, "refuse-return": 0.8,
    "escalate-case": 0.6, "reply-supervision": 0.5, "close-supervision": 0.3,
}  # fmt: skip
#: facts from the field: they may be claimed for any day
_FIELD = ("log-action", "contact-resident", "reach-milestone", "record-activity", "record-ledger-action")
#: members of several types, and what a correction may say of them
_CORRECTIONS: dict[str, tuple[Any, ...]] = {
    "kind": ("matter", "difficulty"), "category": ("road", "water", "quarrel"), "topic": ("pothole", "leak", ""),
    "channel": ("counter", "hotline", "courier"), "reporter": ("resident", "courier"), "area": AREAS[:-1],
    "township": ("pine", "reed"), "urgency": ("normal", "urgent", "emergency"), "reason": ("other",),
    "planned_beneficiaries": (10, 250), "beneficiaries": (0, 3, 40), "action": ACTS, "reached": (True, False),
    "satisfaction": (1, 2, 3, 4, 5), "told": ("phone", "visit"), "unit": UNITS, "outcome": ("solved", "explained"),
    "households": (1, 9), "participants": (2, 30), "activity": ("patrol", "household_visit"), "station": ("pine-stop",),
    "planned_on": ("2026-04-15",), "due_on": ("2026-03-20", "2026-05-01"), "due": ("2026-03-20T08:00:00.000Z",),
}  # fmt: skip


class Wanderer:
    """Somebody who puts one command after another to the law, most of them sensible."""

    def __init__(self, random: Random, *, cases: int = 4, corrections: bool = True, offline: bool = True) -> None:
        self.random = random
        self.cases = tuple(case(n + 1) for n in range(cases))
        self.activities = tuple(f"activity/00000000-0000-4000-8000-{n + 1:012x}" for n in range(2))
        self.survey, self.respondents = SURVEY, tuple(f"resident/{n:08x}" for n in range(6))
        self.corrections = corrections
        self.offline = offline
        self.story = Story()
        opened = OpenLog(log=LOG, origin="example.test/casework/000000", county="云雀县")
        self.story.ask(do(opened))

    def step(self) -> list[Recorded]:
        """Time passes, a command is put; what it caused, nothing when it was refused."""
        self.story.tell(self.pause())
        try:
            return self.story.ask(self.next())
        except Refused:
            return []

    def next(self) -> Do:
        """The next command, as a rule one that this state allows."""
        chance = self.random.random()
        if chance < 0.04:
            return self._beside()
        stream = self._one_of_the_cases()
        state = self.story.state(stream)
        if self.corrections and chance < 0.1 and state.status:
            return self._correction(stream)
        if chance < 0.16:
            return self.asked(self.random.choice(tuple(KINDS["case"].commands)), stream)
        if state.pending is not None and self.random.random() < 0.4:
            return self.asked(self.random.choice(_ANSWERS[state.pending.what]), stream)
        if state.stopped is not None and state.status == "in_progress" and self.random.random() < 0.3:
            return self.asked("resume-clock", stream)
        if state.status in ("dispatched", "in_progress") and self.random.random() < 0.15:
            return self.asked(self.random.choice(_REQUESTS), stream)
        possible = [n for n in commands_from(state.status) if self.random.random() >= _SELDOM.get(n, 0.0)]
        leading = [n for n in possible if any(effect.to for effect in LIFECYCLE[n].effects)]
        leads_on = leading and self.random.random() < (0.3 if state.status == "in_progress" else 0.55)
        return self.asked(self.random.choice(leading if leads_on else possible or BIRTHS), stream)

    def _one_of_the_cases(self) -> str:
        """Any; but what has ended, seldom: there is little left to be done."""
        stream = self.random.choice(self.cases)
        for _ in range(3):
            if self.story.state(stream).closed_on and self.random.random() < 0.6:
                stream = self.random.choice(self.cases)
        return stream

    def asked(self, name: str, stream: str) -> Do:
        command = random_command(self, name, stream)
        role = self.random.choice(LIFECYCLE[name].roles)
        if self.random.random() < 0.03:
            role = self.random.choice(tuple(PEOPLE))
        actor = self._actor(role, stream)
        occurred, occurred_on = self._claim(name)
        for_ = self.random.choice(CADRES)[0] if role == "cadre" and self.random.random() < 0.08 else ""
        return do(
            command, role=role, actor=actor, for_=f"cadre/{for_}" if for_ else "", occurred=occurred,
            occurred_on=occurred_on, sealed=sorted(name for name in command.seals if self.random.random() < 0.5),
        )  # fmt: skip

    def _actor(self, role: str, stream: str) -> str:
        state = self.story.state(stream)
        if role in ("cadre", "unit_lead") and self.random.random() < 0.9:
            wanted = state.unit
            pending = getattr(state, "pending", None)
            if pending is not None and pending.what == "transfer" and self.random.random() < 0.5:
                wanted = pending.to_unit
            if role == "cadre" and state.lead and state.unit == wanted and self.random.random() < 0.8:
                return state.lead
            here = [name for name, unit, roles in CADRES if unit == wanted and role in roles.split()]
            if here:
                return f"cadre/{self.random.choice(here)}"
        if role == "resident" and self.random.random() < 0.8:
            return state.resident or PEOPLE[role]
        if role == "supervisor":
            return self.random.choice(("cadre/eagle", "cadre/kite"))
        if role == "dispatcher":
            return self.random.choice(("cadre/owl", "cadre/nightjar"))
        return PEOPLE[role]

    def pause(self) -> Any:
        chance = self.random.random()
        if chance < 0.02:
            return later(days=self.random.randint(10, 45))
        if chance < 0.1:
            return later(days=self.random.randint(0, 3), hours=self.random.randint(0, 23))
        return later(minutes=self.random.randint(0, 300))

    def _claim(self, name: str) -> tuple[str, str]:
        """When it is said to have happened: mostly now, else earlier, seldom ahead."""
        chance = self.random.random()
        ledger = name.startswith("record-ledger")
        if not self.offline or chance > (0.9 if ledger else 0.3):
            return "", ""
        now: datetime = self.story.clock
        back = timedelta(hours=self.random.randint(0, 60))
        if name in _FIELD and self.random.random() < 0.2:
            back = timedelta(days=self.random.randint(3, 60))
        if chance < 0.01:
            back = -timedelta(minutes=self.random.randint(1, 30))
        then = now - back
        if self.random.random() < 0.4:
            return "", (then + timedelta(hours=8)).date().isoformat()
        return written(then), ""

    def day(self, least: int, most: int) -> str:
        today: date = (self.story.clock + timedelta(hours=8)).date()
        return (today + timedelta(days=self.random.randint(least, most))).isoformat()

    def due(self) -> dict[str, str]:
        return {"due_on": self.day(1, 20)} if self.random.random() < 0.25 else {}

    def cadre(self, unit: str) -> str:
        here = [name for name, of, roles in CADRES if of == unit and "cadre" in roles.split()]
        return f"cadre/{self.random.choice(here)}" if here else ""

    def _correction(self, stream: str) -> Do:
        history = self.story.stream(stream)
        cited = self.random.choice(history)
        if self.random.random() < 0.4:  # corrections of corrections would hardly ever come by chance
            cited = self.random.choice([r for r in history if isinstance(r.event, RecordCorrected)] or history)
        member, value = self._correctable(cited, history)
        command = CorrectRecord(case=stream, rev=cited.rev, member=member, value=value, reason="typing_error")
        importer = cited.event.name.startswith("ledger-") and self.random.random() < 0.5
        return do(command, role="importer" if importer else "supervisor")

    def _correctable(self, cited: Recorded, history: list[Recorded]) -> tuple[str, Any]:
        members = sorted(type(cited.event).correctable) or ["outcome"]
        member = self.random.choice(members)
        about = member
        event: Any = cited.event
        while isinstance(event, RecordCorrected):
            about = event.member
            event = history[event.rev].event
        if about in ("occurred", "occurred_on") and cited.occurred_on:
            moved = datetime.fromisoformat(f"{cited.occurred_on}T04:00:00+00:00") - timedelta(
                hours=self.random.randint(-20, 90)
            )
            return member, written(moved) if about == "occurred" else moved.date().isoformat()
        if about == "due":
            return member, written(self.story.clock + timedelta(days=self.random.randint(0, 9)))
        return member, self.random.choice(_CORRECTIONS.get(about, ("other",)))

    def _beside(self) -> Do:
        activity = self.random.choice(self.activities)
        stream = self.random.choice(self.cases)
        numbers = PolicyNumbers(**{field.name: self.random.randint(1, 40) for field in fields(PolicyNumbers)})
        state = self.story.state(activity)
        occurred, occurred_on = self._claim("record-activity")
        options: list[Do] = [
            do(ChangePolicy(log=LOG, policy=numbers, basis="doc-1")),
            do(LinkActivity(activity=activity, case=stream), actor=self.cadre("pine-office")),
            do(
                RecordActivity(
                    activity=activity, what=self.random.choice(("patrol", "household_visit", "survey")),
                    area=self.random.choice(AREAS), households=self.random.randint(0, 9),
                    participants=self.random.randint(0, 30),
                    cases=tuple(s for s in self.cases if self.random.random() < 0.2),
                ),
                actor=self.cadre(self.random.choice(UNITS)), occurred=occurred, occurred_on=occurred_on,
            ),
        ]  # fmt: skip
        options += [do(about, role="unit_lead", actor="cadre/badger") for about in self._of_the_survey()]
        if state.rev >= 0 and self.corrections:
            cited = self.story.stream(activity)[0]
            member, value = self._correctable(cited, self.story.stream(activity))
            wrong = CorrectActivity(activity=activity, rev=0, member=member, value=value, reason="checked_on_site")
            options.append(do(wrong, role="supervisor"))
        return self.random.choice(options)

    def _of_the_survey(self) -> tuple[Command, ...]:
        """Once it is open: seldom revised, often answered, and closed at last."""
        if self.story.state(self.survey).rev < 0:
            return (opened_survey(),)
        form: dict[str, Any] = {name: getattr(opened_survey(), name) for name in REVISED}
        return (
            ReviseSurvey(**form, asked=self.random.randint(0, 60)),
            *(random_answer(self) for _ in range(4)),
            *(() if self.random.random() < 0.9 else (CloseSurvey(survey=self.survey),)),
        )


def random_histories(
    seed: int | Random = 0, *, cases: int = 4, steps: int = 120, corrections: bool = True, offline: bool = True
) -> list[Recorded]:
    """One log of cases, ledger cases and activities as the law allowed them, interleaved; by seed, always the same."""
    wanderer = Wanderer(
        seed if isinstance(seed, Random) else Random(seed), cases=cases, corrections=corrections, offline=offline
    )
    for _ in range(steps):
        wanderer.step()
    return wanderer.story.log


def histories(
    *, cases: int = 3, steps: int = 60, corrections: bool = True, offline: bool = True
) -> st.SearchStrategy[list[Recorded]]:
    """The same, drawn by hypothesis: the size from small to `steps`."""
    return st.builds(
        lambda seed, size: random_histories(seed, cases=cases, steps=size, corrections=corrections, offline=offline),
        st.integers(0, 2**32 - 1),
        st.integers(0, steps),
    )
