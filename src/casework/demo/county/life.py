"""Writes one case's commands: who acts next, when, and what."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from casework.demo.county import words
from casework.demo.county.cast import Cast, Station, Township, Village, station_of
from casework.demo.county.year import DAY, SECOND, Year, at_work, end_of_day, instant, local_day
from casework.log.entry import Device

#: actions of a cadre; frequent ones several times
_ACTIONS = ("visit", "visit", "visit", "phone_call", "repair", "coordination", "material", "photo")


class Act(NamedTuple):
    """A planned command: when (milliseconds since 1970), what, and as whom."""

    at: int
    command: str
    members: dict[str, Any]
    actor: str
    role: str
    for_: str = ""
    device: Device | None = None
    id: str = ""


class Life:
    """State of one simulated case or activity: place, lead, current time."""

    def __init__(self, cast: Cast, year: Year, chance: Random, start: int) -> None:
        self.cast, self.year, self.chance = cast, year, chance
        self.now = start
        #: end of this life: some time in the last working hours of the year
        self.until = year.ends - chance.randrange(9 * 3600) * SECOND
        self.id = _uuid(chance, start)
        self.stream = f"case/{self.id}"
        self.township: Township = cast.a_township(chance)
        self.village: Village = chance.choice(self.township.villages)
        self.dispatcher = chance.choice(self.township.dispatchers)
        self.category = ""
        self.topic = ""
        self.unit = ""
        self.lead = ""
        #: when it is due; 0 for never
        self.due = 0
        self.due_days = 0
        self.round = 1
        #: since when the lead has it; no action is earlier
        self.since = start

    # -- time ----------------------------------------------------------------------------------------------------

    def wait(self, low: float, high: float) -> None:
        """Advance by LOW to HIGH hours, then to the next working hours."""
        then = at_work(self.now + int(self.chance.uniform(low, high) * 3600) * SECOND)
        self.now = max(self.now, min(then, self.until))

    def days_left(self) -> int:
        """Whole days until the year is over."""
        return max(0, (self.until - self.now) // DAY)

    def on(self, days: int) -> str:
        """The local date so many days from now."""
        return local_day(self.now, days)

    # -- chance --------------------------------------------------------------------------------------------------

    def happens(self, share: float) -> bool:
        """True with the probability SHARE."""
        return self.chance.random() < share

    def note(self, share: float, member: str, text: str) -> dict[str, str]:
        """The member with its text with the probability SHARE, else nothing."""
        return {member: text} if self.chance.random() < share else {}

    # -- commands ------------------------------------------------------------------------------------------------

    def act(self, command: str, actor: str, role: str, /, **members: Any) -> Act:
        """A command about this case, now."""
        members["case"] = self.stream
        return Act(self.now, command, members, actor, role)

    def as_lead(self, command: str, /, **members: Any) -> Act:
        """A command by the cadre who leads."""
        return self.act(command, self.lead, "cadre", **members)

    def as_dispatcher(self, command: str, /, **members: Any) -> Act:
        """A command by the township's dispatcher."""
        return self.act(command, self.dispatcher, "dispatcher", **members)

    def as_supervisor(self, command: str, /, **members: Any) -> Act:
        """A command by a leader of the township or the county."""
        among = self.township.leaders if self.happens(0.7) else self.cast.supervisors
        return self.act(command, self.chance.choice(among), "supervisor", **members)

    def as_reviewer(self, command: str, /, **members: Any) -> Act:
        """A command by the township's reviewer."""
        return self.act(command, self.chance.choice(self.township.reviewers), "reviewer", **members)

    def as_caller(self, command: str, /, **members: Any) -> Act:
        """A command by the county's hotline."""
        return self.act(command, self.chance.choice(self.cast.callers), "caller", **members)

    def by_clock(self) -> Act:
        """The clock's entry that the due instant passed; its fixed command id makes it idempotent."""
        due = instant(self.due)
        act = self.act("mark-due-passed", "system/clock", "clock", due=due)
        return act._replace(id=f"clock/{self.stream}/due-passed/{self.round}/{due}")

    def of_field(self, act: Act) -> Act:
        """The act as an offline phone recorded it hours ago, by its own clock."""
        skew = self.chance.randint(-200, 200) * SECOND
        ago = min(int(self.chance.uniform(0.2, 30.0) * 3600) * SECOND, act.at - self.since)
        device = Device(
            captured=instant(act.at - ago + skew),
            sent=instant(act.at + skew),
            id=f"phone-{act.actor.rpartition('/')[2]}",
        )
        return act._replace(device=device)

    # -- places --------------------------------------------------------------------------------------------------

    def asks_for(self, category: str) -> None:
        """Set the category, and choose a topic."""
        self.category = category
        of = self.cast.categories[category]
        self.topic = of.topics[int(self.chance.random() * len(of.topics))]
        self.due_days = of.due_days

    @property
    def station(self) -> Station:
        """The township's station for the category."""
        return station_of(self.township, self.category)

    @property
    def stations(self) -> list[Station]:
        """Every station of the township."""
        return list(self.township.stations.values())

    def somebody_of(self, station: Station) -> str:
        """One of a unit's people."""
        return self.chance.choice(station.people)

    def led_by(self, unit: str, lead: str) -> None:
        """Set unit and lead from now on."""
        self.unit, self.lead, self.since = unit, lead, self.now

    def due_from_now(self) -> None:
        """Start the handling period, if the category has one."""
        self.due = end_of_day(self.now, self.due_days) if self.due_days else 0

    def work(self) -> Act:
        """One action of the lead: sometimes from a phone, sometimes entered by the dispatcher, often with a note."""
        action = "mediation" if self.category == "disputes" and self.happens(0.6) else self.chance.choice(_ACTIONS)
        members = {"action": action, **self.note(0.4, "note", words.done(self.chance, action))}
        if self.happens(0.04):
            return self.as_dispatcher("log-action", **members)._replace(for_=self.lead)
        act = self.as_lead("log-action", **members)
        return self.of_field(act) if action in ("visit", "repair", "photo") and self.happens(0.08) else act


def _uuid(chance: Random, moment: int) -> str:
    """A UUID of version 8 that begins with its time, so that cases of one time share pages on disk."""
    time, rest = f"{moment:012x}", f"{chance.getrandbits(76):019x}"
    return f"{time[:8]}-{time[8:]}-8{rest[:3]}-a{rest[3:6]}-{rest[6:18]}"
