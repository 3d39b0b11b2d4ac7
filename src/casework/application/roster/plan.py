"""Plans a roster import: each row is decided on a copy of the roster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.roster.cadre_names import names, to_seal
from casework.application.roster.losses import Losses, losses
from casework.application.roster.refusals import refused
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.application.runtime.time_input import day as day_of
from casework.clock import SystemClock
from casework.exchange.ledger import Reject
from casework.exchange.roster_files import Brought, read
from casework.exchange.roster_rows import RosterError, RosterReject, RosterRow
from casework.exchange.roster_sheets import SHEETS
from casework.law.context import Context, Refused
from casework.law.event import Event, Recorded
from casework.law.kinds import decide, streams
from casework.law.roster.commands import RosterCommand
from casework.law.roster.directory import Directory
from casework.law.roster.events import ROSTER_EVENTS, ResponsibilityEnded
from casework.log import codec
from casework.log.submission import Check
from casework.text import Text

_CLOCK = SystemClock()
_THINGS = {sheet.command: sheet.thing for sheet in SHEETS}

#: code of a refusal → the column that it concerns
_COLUMN_OF: dict[str, str] = {
    "circle": "parent",
    "parent-not-above": "parent",
    "until-not-after-from": "until",
    "successor-without-until": "successor",
    "not-a-date": "from",
    "post-twice": "also",
    "not-a-reporter": "reporter",
}

What = Literal["new", "changed", "ended"]


class Change(Struct, frozen=True, kw_only=True):
    """One thing that a row declares anew, otherwise than before, or with an end.

    thing    area, unit, cadre, category or responsibility
    from_    first day on which it holds as the row says
    members  member → [before, after], of what changes; `name` is never shown, only that it changes
    """

    thing: str
    code: str
    label: str
    what: What
    from_: str = msgspec.field(name="from")
    members: dict[str, list[Any]]
    file: str
    line: int


class Step(Struct, frozen=True):
    """A change, the command that makes it, and how many entries it causes."""

    change: Change
    row: RosterRow
    command: RosterCommand
    entries: int


class Plan(Struct, kw_only=True):
    """Everything that the files would do to the roster as it stands at an edition."""

    edition: int
    rows: int = 0
    unchanged: dict[str, int] = {}
    steps: list[Step] = []
    rejects: list[RosterReject] = []
    losses: Losses


def plan(
    runtime: Runtime, log: str, who: Actor, files: Sequence[Brought], *, since: str = "", check: Check | None = None
) -> Plan:
    """Put every row to the law, in order; nothing is stored. CHECK says where WHO may act.

    Raises Problem where the files are no roster.
    """
    since = day_of(since) if since else ""
    entries = runtime.store.by_type(log, tuple(ROSTER_EVENTS))
    before, after = _directory(entries), _directory(entries)
    made = Plan(edition=before.edition, losses=Losses())
    planning = _Planning(runtime, log, who, check, after, names(runtime, log, entries))
    try:
        rows = list(read(files, since))
    except RosterError as why:
        raise refused("not-a-roster", why=why) from None
    planning.parents = _parents(rows)
    for row in rows:
        made.rows += 1
        done = row if isinstance(row, RosterReject) else planning.put(row)
        if isinstance(done, RosterReject):
            made.rejects.append(done)
        elif isinstance(done, Step):
            made.steps.append(done)
        else:
            made.unchanged[done] = made.unchanged.get(done, 0) + 1
    days = {step.change.from_ for step in made.steps} | {getattr(step.command, "until", "") for step in made.steps}
    made.losses = losses(runtime, log, who, before, after, days)
    return made


def _directory(entries: Sequence[Any]) -> Directory:
    directory = Directory()
    for entry in entries:
        directory.apply(codec.recorded(entry))
    directory.settle()
    return directory


Parents = dict[tuple[str, str], tuple[str, RosterRow]]


def _parents(rows: Sequence[RosterRow | RosterReject]) -> Parents:
    """(thing, code) → the parent that a row puts it under, and that row."""
    found: Parents = {}
    for row in rows:
        if isinstance(row, RosterRow) and (parent := getattr(row.command, "parent", "")):
            thing = _THINGS[type(row.command)]
            found[thing, getattr(row.command, thing)] = parent, row
    return found


class _Planning:
    """One pass over the rows."""

    def __init__(
        self, runtime: Runtime, log: str, who: Actor, check: Check | None, roster: Directory, known: dict[str, Any]
    ) -> None:
        self.parents: Parents = {}
        self._check, self._roster, self._names = check, roster, dict(known)
        self._said: dict[tuple[str, str], RosterRow] = {}
        self._numbers = {
            (thing, code.lstrip("0")): code
            for thing in _THINGS.values()
            for code in roster.labels(thing)
            if code.isdecimal()
        }
        now, day = _CLOCK.now(), runtime.county(log).today
        self._context = Context(log=log, at=now, today=day, actor=who.actor, role=who.role, roster=roster)

    def put(self, row: RosterRow) -> Step | RosterReject | str:
        """The step that a row is; why it is none; or, where it says what holds already, the thing that it is of."""
        thing = _THINGS[type(row.command)]
        stream = streams(row.command)[0]
        command, sealed = self._with_name(row.command)
        context = msgspec.structs.replace(self._context, sealed=sealed)
        state = self._roster.timeline(stream)
        day = command.from_ or context.today
        if twice := self._twice(row, stream, day):
            return twice
        if lost := self._lost_zero(row, thing):
            return lost
        try:
            if self._check is not None:
                self._check(command, state, context)
            events = decide(command, state, context)
        except (Refused, Problem) as no:
            return self._rejected(row, thing, no)
        if not events:
            return thing
        told = state.told(day)
        change = _change(thing, stream, events[0][1], told.event if told else None, bool(state.said), row, bool(sealed))
        for of, event in events:
            self._roster.apply(_recorded(of, self._roster.timeline(of).rev + 1, event, context))
        return Step(change, row, command, len(events))

    def _with_name(self, command: Any) -> tuple[Any, frozenset[str]]:
        """The command without a name that is known already; what of it is to be sealed."""
        person = getattr(command, "person", None)
        if person is None:
            return command, frozenset()
        new = to_seal(self._names.get(command.cadre), msgspec.to_builtins(person))
        if new is None:
            return msgspec.structs.replace(command, person=None), frozenset()
        self._names[command.cadre] = new
        return msgspec.structs.replace(command, person=msgspec.convert(new, type(person))), frozenset({"person"})

    def _twice(self, row: RosterRow, stream: str, day: str) -> RosterReject | None:
        """Reject a row that contradicts an earlier row about the same thing and day."""
        first = self._said.setdefault((stream, day), row)
        if first is row or first.command == row.command:
            return None
        return _reject(
            row,
            _THINGS[type(row.command)],
            f"与 {first.file} 第 {first.line} 行说的是同一天的同一项，内容却不同：请只留一行",
            f"says otherwise of the same thing and day than line {first.line} of {first.file}: keep one of them",
        )

    def _lost_zero(self, row: RosterRow, thing: str) -> RosterReject | None:
        """Reject a code that differs from another by leading zeros only: cells drop them."""
        code = getattr(row.command, thing)
        if not code.isdecimal() or self._roster.timeline(f"{thing}/{code}").said:
            return None
        same = self._numbers.setdefault((thing, code.lstrip("0")), code)
        if same == code:
            return None
        return _reject(
            row,
            thing,
            f"已有“{same}”，只差开头的 0：请把该列设为文本后补上；确是另一项的，请另取代码",
            f"differs from {same}, which is declared, by leading zeros alone: make the column text and add them,"
            " or choose another code",
        )

    def _rejected(self, row: RosterRow, thing: str, no: Refused | Problem) -> RosterReject:
        column = _column(row, thing, no.code)
        if column == "parent" and (ring := self._ring(row, thing)):
            rows_zh = "、".join(f"{one.file} 第 {one.line} 行" for one in ring)
            rows_en = ", ".join(f"{one.file} line {one.line}" for one in ring)
            path = [getattr(one.command, thing) for one in ring]
            path.append(path[0])
            return _reject(
                row,
                column,
                f"上级绕成了圈：{' → '.join(path)}（{rows_zh}），请改正其中一行",
                f"lies in itself: {' in '.join(path)} ({rows_en}); correct one of these rows",
            )
        zh, en = no.zh.rstrip("。"), no.en.rstrip(".")
        if no.nearest:
            zh, en = f"{zh}；相近的有：{'、'.join(no.nearest)}", f"{en}; nearest: {', '.join(no.nearest)}"
        return _reject(row, column, zh, en)

    def _ring(self, row: RosterRow, thing: str) -> list[RosterRow]:
        """The rows that put a thing under itself, beginning with ROW; none where they do not."""
        ring: list[RosterRow] = []
        code = start = getattr(row.command, thing)
        while (thing, code) in self.parents and len(ring) <= len(self.parents):
            code, of = self.parents[thing, code]
            ring.append(of)
            if code == start:
                return ring
        return []


def _column(row: RosterRow, thing: str, code: str) -> str:
    """The column that the refusal concerns."""
    if code in _COLUMN_OF:
        return _COLUMN_OF[code]
    named = code.removeprefix("unknown-")
    if named == code:
        return thing
    return ("parent" if row.cells.get("parent") else "successor") if named == thing else named


def _reject(row: RosterRow, column: str, zh: str, en: str) -> RosterReject:
    return RosterReject(row.file, Reject(row.line, column, Text(zh, en), row.cells.get(column, "")))


def _change(
    thing: str, stream: str, event: Event, before: Event | None, known: bool, row: RosterRow, name: bool
) -> Change:
    after = msgspec.structs.asdict(event)
    was = {} if before is None or isinstance(before, ResponsibilityEnded) else msgspec.structs.asdict(before)
    members = {
        member.rstrip("_"): [was.get(member), value]
        for member, value in after.items()
        if known and member != "from_" and member not in event.restamped and was.get(member) != value
    }
    if name and known:
        members["name"] = ["", ""]
    until = after.get("until", "")
    what: What = "new" if not known else "ended" if until and until != was.get("until") else "changed"
    return Change(
        thing=thing,
        code=stream if thing == "cadre" else stream.partition("/")[2],
        label=after.get("label", "") or (f"{event.cadre} {event.area}" if thing == "responsibility" else ""),  # type: ignore[attr-defined]
        what=what,
        from_=after["from_"],
        members=members,
        file=row.file,
        line=row.line,
    )


def _recorded(stream: str, rev: int, event: Event, context: Context) -> Recorded:
    return Recorded(
        seq=-1,
        stream=stream,
        rev=rev,
        at=context.at,
        recorded_on=context.today,
        occurred="",
        occurred_on=context.today,
        actor=context.actor,
        role=context.role,
        unit="",
        counts_for=context.actor,
        event=event,
    )


def summed(made: Plan) -> Iterator[tuple[str, dict[str, int]]]:
    """Thing → how many rows are new, changed, ended, unchanged; of the things that the files speak of."""
    for thing in _THINGS.values():
        counts = {"new": 0, "changed": 0, "ended": 0, "unchanged": made.unchanged.get(thing, 0)}
        for step in made.steps:
            if step.change.thing == thing:
                counts[step.change.what] += 1
        if any(counts.values()):
            yield thing, counts
