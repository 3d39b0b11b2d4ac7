"""The people of the simulated county: townships, villages, departments and their officers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random

from msgspec import Struct

from casework.exchange.roster_files import brought
from casework.exchange.roster_files import read as read_files
from casework.exchange.roster_rows import RosterReject
from casework.law.roster.commands import (
    AssignResponsibility,
    DeclareArea,
    DeclareCadre,
    DeclareCategory,
    DeclareUnit,
    RosterCommand,
)

#: folder of the shipped roster
ROSTER = "lancang-county"
#: category → the township's station, and the county's department, that handle it
_STATION = {
    "water": "water", "roads": "building", "housing": "building", "power": "safety", "farming": "farming",
    "civil": "civil", "medical": "civil", "schooling": "culture", "employment": "civil", "environment": "safety",
    "disputes": "peace", "safety": "safety", "policy": "civil",
}  # fmt: skip
_DEPARTMENT = {
    "water": "water", "roads": "transport", "housing": "housing", "power": "power", "farming": "farming",
    "civil": "civil", "medical": "insurance", "schooling": "education", "employment": "labour",
    "environment": "environment", "disputes": "justice", "safety": "emergency", "policy": "land",
}  # fmt: skip
_LONG = (("社区居民委员会", "社区"), ("村民委员会", "村"))


class Station(Struct):
    """A unit that handles cases, and its people, the head first."""

    unit: str
    people: list[str]

    @property
    def head(self) -> str:
        """The head of the unit."""
        return self.people[0]


class Village(Struct, frozen=True):
    """A village: code, short name, responsible cadre (包保), and that cadre's unit."""

    area: str
    name: str
    answering: str
    unit: str


class Township(Struct):
    """A township with its villages, stations and officers."""

    area: str
    villages: list[Village]
    stations: dict[str, Station]
    dispatchers: list[str]
    reviewers: list[str]
    leaders: list[str]
    collectors: list[str]


class Category(Struct, frozen=True):
    """A category of requests: topics, and days from dispatch until the due date."""

    code: str
    topics: tuple[str, ...]
    due_days: int


class Cast(Struct):
    """All simulated people, and the categories."""

    townships: list[Township]
    departments: dict[str, Station]
    callers: list[str]
    couriers: list[str]
    supervisors: list[str]
    categories: dict[str, Category]
    weights: list[int]

    def a_township(self, chance: Random) -> Township:
        """A township, larger ones more often."""
        return chance.choices(self.townships, cum_weights=self.weights)[0]

    def department(self, category: str) -> Station:
        """The county's department for a category."""
        return self.departments[_DEPARTMENT[category]]


def station_of(township: Township, category: str) -> Station:
    """The township's station for a category."""
    return township.stations[_STATION[category]]


def read(folder: Path) -> Cast:
    """The cast that a roster's CSV files declare."""
    return _Reading(list(_commands(folder))).cast()


def _commands(folder: Path) -> Iterator[RosterCommand]:
    for row in read_files(brought([folder])):
        if isinstance(row, RosterReject):
            raise ValueError(f"{row.file} of the shipped roster, line {row.reject.line}: {row.reject.reason}")
        yield row.command


class _Reading:
    """The commands of a roster by kind."""

    def __init__(self, commands: Sequence[RosterCommand]) -> None:
        self.areas = [one for one in commands if isinstance(one, DeclareArea)]
        self.units = {one.unit: one for one in commands if isinstance(one, DeclareUnit)}
        self.cadres = {one.cadre: one for one in commands if isinstance(one, DeclareCadre)}
        self.categories = {
            one.category: Category(one.category, one.topics, one.due_days)
            for one in commands
            if isinstance(one, DeclareCategory)
        }
        self.answering = {one.area: one.cadre for one in commands if isinstance(one, AssignResponsibility)}

    def cast(self) -> Cast:
        townships = [self._township(area) for area in self.areas if area.level == "township"]
        return Cast(
            townships=townships,
            departments=self._stations("530828"),
            callers=self._with("caller"),
            couriers=[c for c in self._with("reporter") if self.cadres[c].post == "courier"],
            supervisors=self._with("supervisor", "530828"),
            categories=self.categories,
            weights=list(accumulate(len(one.villages) for one in townships)),
        )

    def _township(self, area: DeclareArea) -> Township:
        return Township(
            area=area.area,
            villages=[self._village(one) for one in self.areas if one.parent == area.area],
            stations=self._stations(area.area),
            dispatchers=self._with("dispatcher", area.area),
            reviewers=self._with("reviewer", area.area),
            leaders=self._with("supervisor", area.area),
            collectors=self._with("reporter", area.area),
        )

    def _village(self, area: DeclareArea) -> Village:
        name = area.label
        for long, short in _LONG:
            name = name.replace(long, short)
        answering = self.answering[area.area]
        return Village(area.area, name, answering, self.cadres[answering].unit)

    def _stations(self, area: str) -> dict[str, Station]:
        """Part of the unit's code after the hyphen → unit, for units that have cadres."""
        found: dict[str, Station] = {}
        for cadre in self.cadres.values():
            unit = self.units[cadre.unit]
            if unit.area == area and "cadre" in cadre.roles:
                of = found.setdefault(unit.unit.partition("-")[2], Station(unit.unit, []))
                of.people.insert(0 if "unit_lead" in cadre.roles else len(of.people), cadre.cadre)
        return found

    def _with(self, role: str, area: str = "") -> list[str]:
        return [
            cadre.cadre
            for cadre in self.cadres.values()
            if role in cadre.roles and area in ("", self.units[cadre.unit].area)
        ]
