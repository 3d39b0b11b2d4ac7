"""Looks up the roster as declared for a day, with the nearest codes."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches

from casework.law.context import Answering, Area, Cadre, Category, Post, Unit
from casework.law.event import Recorded
from casework.law.roster.events import (
    AreaDeclared,
    CadreDeclared,
    CategoryDeclared,
    ResponsibilityAssigned,
    UnitDeclared,
)
from casework.law.roster.state import Declared, Timeline, evolve

_KINDS = ("area", "unit", "cadre", "category", "responsibility")
#: duties whose holders answer for a place, those bound by contract first; co-handlers and links stand beside them
ANSWERING = ("contract", "grid")
_EMPTY = Timeline()
_SUGGESTED = 3
_CUTOFF = 0.5
#: remembered answers are dropped when there are more: an import asks for few places on many days
_REMEMBERED = 65_536


class Directory:
    """Areas, units, cadres, categories and responsibilities of one log, fed entry by entry in the log's order.

    What was applied can be dropped again (`rollback`), until `settle` says that it is committed.
    Belongs to one thread; copies of single answers may go anywhere.
    """

    def __init__(self) -> None:
        self._things: dict[str, dict[str, Timeline]] = {kind: {} for kind in _KINDS}
        self._answering: dict[str, tuple[str, ...]] = {}
        self._journal: list[tuple[str, str, Timeline | None]] = []
        #: entries taken in: the edition of the roster, by which one sees that it has moved on
        self.edition = 0
        self._townships: dict[tuple[str, str], str] = {}
        self._meant: dict[tuple[str, str], tuple[str, ...]] = {}
        self._below: dict[str, dict[str, frozenset[str]]] = {}
        self._merged: dict[str, dict[str, list[str]]] = {}

    def apply(self, recorded: Recorded) -> None:
        """Take in one entry; entries of other kinds of stream are passed over."""
        kind, _, rest = recorded.stream.partition("/")
        things = self._things.get(kind)
        if things is None:
            return
        code = recorded.stream if kind == "cadre" else rest
        before = things.get(code)
        event = recorded.event
        if isinstance(event, ResponsibilityAssigned) and code not in self._answering.get(event.area, ()):
            # left in place at a rollback: what the responsibility says for a day decides, not this index
            self._answering[event.area] = (*self._answering.get(event.area, ()), code)
        self._journal.append((kind, code, before))
        things[code] = evolve(before or _EMPTY, recorded)
        self.edition += 1
        self._forget()

    def rollback(self) -> None:
        """Drop everything applied since the last `settle`."""
        while self._journal:
            kind, code, before = self._journal.pop()
            if before is None:
                del self._things[kind][code]
            else:
                self._things[kind][code] = before
            self.edition -= 1
            self._forget()

    def settle(self) -> None:
        """What was applied is committed."""
        self._journal.clear()

    def area(self, code: str, on: str) -> Area | None:
        match self._things["area"].get(code, _EMPTY).holding(on):
            case (_, AreaDeclared() as said):
                return Area(code, said.label, said.level, said.parent)
            case _:
                return None

    def unit(self, code: str, on: str) -> Unit | None:
        match self._things["unit"].get(code, _EMPTY).holding(on):
            case (_, UnitDeclared() as said):
                return Unit(code, said.label, said.parent, said.area, said.level, said.kind)
            case _:
                return None

    def cadre(self, cadre: str, on: str) -> Cadre | None:
        match self._things["cadre"].get(cadre, _EMPTY).holding(on):
            case (_, CadreDeclared() as said):
                also = tuple(Post(held.unit, held.post, held.roles) for held in said.also)
                roles = tuple(dict.fromkeys((*said.roles, *(role for held in also for role in held.roles))))
                return Cadre(cadre, said.unit, said.post, roles, also, said.reporter)
            case _:
                return None

    def posts(self, cadre: str, on: str) -> tuple[Post, ...]:
        """Every post of a cadre on a day, the main one first; none where they are not declared."""
        match self._things["cadre"].get(cadre, _EMPTY).holding(on):
            case (_, CadreDeclared() as said):
                main = Post(said.unit, said.post, said.roles)
                return (main, *(Post(held.unit, held.post, held.roles) for held in said.also))
            case _:
                return ()

    def category(self, code: str, on: str) -> Category | None:
        match self._things["category"].get(code, _EMPTY).holding(on):
            case (int() as rev, CategoryDeclared() as said):
                return Category(code, said.label, said.topics, said.due_days, said.evidence_required, said.results, rev)
            case _:
                return None

    def township_of(self, area: str, on: str) -> str:
        """Code of the township an area lies in (itself included); '' when there is none."""
        township = self._townships.get((area, on))
        if township is None:
            above = self._upward(area, on)
            township = next((place.code for place in above if place.level == "township"), "")
            if len(self._townships) >= _REMEMBERED:
                self._townships.clear()
            self._townships[area, on] = township
        return township

    def below(self, area: str, on: str) -> frozenset[str]:
        """The area with everything that lies in it, as declared for a day; itself alone where it is not declared."""
        found = self._below.setdefault(on, {})
        if area not in found:
            inside: dict[str, list[str]] = {}
            for code in self._things["area"]:
                if place := self.area(code, on):
                    inside.setdefault(place.parent, []).append(code)
            reached, next_ = {area}, [area]
            while next_:
                lower = [code for code in inside.get(next_.pop(), ()) if code not in reached]
                reached.update(lower)
                next_ += lower
            found[area] = frozenset(reached)
        return found[area]

    def answering(self, area: str, on: str) -> Answering | None:
        """Cadres in post who answer for the area, or for the nearest area above it that anyone answers for.

        Those bound by contract (包保) come first, then grid workers; of each, the longest first.
        """
        for place in self._upward(area, on):
            found = sorted(
                (ANSWERING.index(said.duty), said.from_, said.cadre)
                for _, said in self._given(place.code, on)
                if said.duty in ANSWERING and self.cadre(said.cadre, on)
            )
            if found:
                return Answering(place.code, tuple(dict.fromkeys(cadre for _, _, cadre in found)))
        return None

    def responsible_for(self, area: str, on: str) -> tuple[str, ...]:
        """The cadres of `answering`; none where nobody answers for the place."""
        found = self.answering(area, on)
        return found.cadres if found else ()

    def responsibilities(self, on: str, *, cadre: str = "", area: str = "") -> dict[str, ResponsibilityAssigned]:
        """What holds on a day, by its stream: of one cadre, of one area, or all."""
        if area:
            found = dict(self._given(area, on))
        else:
            found = {code: said for code in self._things["responsibility"] if (said := self._responsibility(code, on))}
        return {f"responsibility/{code}": said for code, said in found.items() if cadre in ("", said.cadre)}

    def successor(self, thing: str, code: str, on: str) -> str:
        """The area or unit itself while it is declared, then that which took its place; '' where none did."""
        seen: set[str] = set()
        while code and code not in seen:
            seen.add(code)
            timeline = self._things[thing].get(code, _EMPTY)
            if timeline.holding(on) is not None:
                return code
            said = timeline.told(on)
            code = said.event.successor if said and isinstance(said.event, AreaDeclared | UnitDeclared) else ""
        return ""

    def predecessors(self, thing: str, code: str, on: str) -> frozenset[str]:
        """Areas or units that ended by that day and whose place this one took, by way of others too."""
        if not self._merged:
            self._merged = {thing: self._ended_into(thing) for thing in ("area", "unit")}
        ended = self._merged[thing]
        found: set[str] = set()
        next_ = [code]
        while next_:
            before = [old for old in ended.get(next_.pop(), ()) if old not in found]
            before = [old for old in before if old != code and self._things[thing][old].holding(on) is None]
            found.update(before)
            next_ += before
        return frozenset(found)

    def codes(self, thing: str, on: str) -> tuple[str, ...]:
        """Codes of the areas, units, cadres or categories that are declared for a day."""
        return tuple(code for code, timeline in self._things[thing].items() if timeline.holding(on) is not None)

    def nearest(self, thing: str, code: str) -> tuple[str, ...]:
        """Up to three declared codes of that kind of thing whose code or name is closest to `code`."""
        meant = self._meant.get((thing, code))
        if meant is None:
            written = {_plain(known): known for known in self._things.get(thing, ())}
            for known, label in self.labels(thing).items():
                written.setdefault(_plain(label), known)
            if thing == "cadre":
                written |= {_plain(known.removeprefix("cadre/")): known for known in self._things["cadre"]}
            close = get_close_matches(_plain(code), written, n=2 * _SUGGESTED, cutoff=_CUTOFF)
            meant = tuple(dict.fromkeys(written[words] for words in close))[:_SUGGESTED]
            if len(self._meant) >= _REMEMBERED:
                self._meant.clear()
            self._meant[thing, code] = meant
        return meant

    def labels(self, thing: str, on: str = "9999-12-31") -> dict[str, str]:
        """Code → name of every area, unit or category, as last declared up to a day; names of cadres are sealed."""
        labels: dict[str, str] = {}
        for code, timeline in self._things.get(thing, {}).items():
            said = timeline.told(on)
            if said and isinstance(said.event, AreaDeclared | UnitDeclared | CategoryDeclared):
                labels[code] = said.event.label
        return labels

    def declared(self, thing: str, on: str) -> dict[str, Declared]:
        """Code → what holds on a day, of every area, unit, cadre, category or responsibility, by code."""
        held = {code: timeline.holding(on) for code, timeline in sorted(self._things.get(thing, {}).items())}
        return {code: found[1] for code, found in held.items() if found}

    def timeline(self, stream: str) -> Timeline:
        """Every declaration of one stream."""
        kind, _, rest = stream.partition("/")
        return self._things.get(kind, {}).get(stream if kind == "cadre" else rest, _EMPTY)

    def _given(self, area: str, on: str) -> list[tuple[str, ResponsibilityAssigned]]:
        """The responsibilities for that very area on a day."""
        return [(code, said) for code in self._answering.get(area, ()) if (said := self._responsibility(code, on))]

    def _ended_into(self, thing: str) -> dict[str, list[str]]:
        into: dict[str, list[str]] = {}
        for code, timeline in self._things[thing].items():
            for said in timeline.said:
                if isinstance(said.event, AreaDeclared | UnitDeclared) and said.event.successor:
                    into.setdefault(said.event.successor, []).append(code)
        return into

    def _responsibility(self, code: str, on: str) -> ResponsibilityAssigned | None:
        match self._things["responsibility"].get(code, _EMPTY).holding(on):
            case (_, ResponsibilityAssigned() as said):
                return said
            case _:
                return None

    def _upward(self, area: str, on: str) -> list[Area]:
        """The area and those it lies in, as declared for a day; declarations that came to form a circle end it."""
        path: list[Area] = []
        seen: set[str] = set()
        while area and area not in seen and (place := self.area(area, on)):
            path.append(place)
            seen.add(area)
            area = place.parent
        return path

    def _forget(self) -> None:
        self._below.clear()
        self._merged.clear()
        self._townships.clear()
        self._meant.clear()


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold().strip()
