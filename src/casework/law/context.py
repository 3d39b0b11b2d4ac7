"""What a decision may read beside its own stream: time, actor, policy, roster."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from msgspec import Struct

from casework.law.policy import Policy
from casework.text import Spoken

#: the closed list of roles a person, or the machine, acts in
ROLES: dict[str, str] = {
    "resident": "群众",
    "reporter": "反映人",
    "cadre": "干部",
    "unit_lead": "单位负责人",
    "dispatcher": "派单员",
    "caller": "回访员",
    "reviewer": "审核人",
    "supervisor": "督办领导",
    "auditor": "审计员",
    "privacy_officer": "个人信息保护员",
    "administrator": "管理员",
    "importer": "导入员",
    "clock": "时钟",
}


#: key under which `Context.others` holds the command's own stream as stored, for a command that needs its history
HISTORY = "history"


class Refused(Spoken):
    """The law says no.

    code     stable slug, e.g. `unknown-unit`, `not-in-this-state`
    zh, en   one sentence each: what happened, with both values, and what to do next
    nearest  valid names close to what was asked for, if any
    """

    def __init__(self, code: str, zh: str, en: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(zh, en)
        self.code = code
        self.nearest = nearest


class Area(Struct, frozen=True):
    """An area as declared for a day."""

    code: str
    label: str
    level: str
    parent: str


class Unit(Struct, frozen=True):
    """A unit as declared for a day."""

    code: str
    label: str
    parent: str
    area: str
    level: str
    kind: str = ""


class Post(Struct, frozen=True):
    """One of the posts that a cadre holds on a day."""

    unit: str
    post: str
    roles: tuple[str, ...]


class Cadre(Struct, frozen=True):
    """A cadre as declared for a day.

    unit, post  of the main post
    roles       of all posts together
    also        the other posts
    reporter    as whom they report; '' when as nobody in particular
    """

    id: str
    unit: str
    post: str
    roles: tuple[str, ...]
    also: tuple[Post, ...] = ()
    reporter: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """The units they are of, that of the main post first."""
        return tuple(dict.fromkeys((self.unit, *(post.unit for post in self.also))))


class Answering(Struct, frozen=True):
    """Who answers for a place: cadres in the order in which they do, and the area that they were given."""

    area: str
    cadres: tuple[str, ...]


class Category(Struct, frozen=True):
    """A category as declared for a day; `rev` is the revision of its stream that said so."""

    code: str
    label: str
    topics: tuple[str, ...]
    due_days: int
    evidence_required: bool
    results: dict[str, str]
    rev: int


class RosterView(Protocol):
    """Places and people as declared for a day (`on`, county-local date). Unknown gives None."""

    def area(self, code: str, on: str) -> Area | None: ...
    def unit(self, code: str, on: str) -> Unit | None: ...
    def cadre(self, cadre: str, on: str) -> Cadre | None: ...
    def category(self, code: str, on: str) -> Category | None: ...

    def township_of(self, area: str, on: str) -> str:
        """Code of the township an area lies in (itself included); '' when there is none."""
        ...

    def answering(self, area: str, on: str) -> Answering | None:
        """Who answers for the area, or for the nearest above it that anyone answers for; None where nobody does."""
        ...

    def successor(self, thing: str, code: str, on: str) -> str:
        """The area or unit itself while it is declared, then that which took its place; '' where none did."""
        ...

    def nearest(self, thing: str, code: str) -> tuple[str, ...]:
        """Up to three declared codes of that kind of thing (`area`, `unit`, `cadre`, `category`) closest to `code`."""
        ...


class Context(Struct, frozen=True, kw_only=True):
    """Everything that a decision is given.

    at          instant with which the events will be recorded
    today       its county-local date
    occurred    claimed instant ('' when not claimed, or claimed only as a date)
    occurred_on claimed local date ('' when not claimed; set whenever `occurred` is)
    captured    whether `occurred` was taken by a device away from the server, and not stated by a person
    time_zone   IANA name of the county's zone
    number      the case number that a registration would take
    sealed      names of the command's personal members that were given
    others      states of the other streams the command named, by stream name; under HISTORY the command's own
                stream as stored, when its class says `needs_history`
    """

    log: str
    at: str
    today: str
    occurred: str = ""
    occurred_on: str = ""
    captured: bool = False
    time_zone: str = "Asia/Shanghai"
    actor: str
    role: str
    unit: str = ""
    for_: str = ""
    policy: Policy = Policy()
    roster: RosterView
    number: str = ""
    sealed: frozenset[str] = frozenset()
    others: Mapping[str, Any] = {}

    @property
    def counts_for(self) -> str:
        """Whose act it is."""
        return self.for_ or self.actor

    @property
    def happened_at(self) -> str:
        """Instant at which it happened: claimed, else recorded; '' when only a date was claimed."""
        return self.occurred or ("" if self.occurred_on else self.at)

    @property
    def happened_on(self) -> str:
        """Local date on which it happened."""
        return self.occurred_on or self.today

    @property
    def windows_at(self) -> str:
        """Instant by which windows and clocks go: when a device captured it, else when it is entered, never a claim."""
        return self.occurred if self.captured and self.occurred else self.at

    @property
    def windows_on(self) -> str:
        """Local date by which windows go."""
        return self.occurred_on if self.captured and self.occurred_on else self.today
