"""Exports the roster of a day in files that can be imported again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.access.permissions import may
from casework.application.access.reading_note import note
from casework.application.roster.cadre_names import Person as Named
from casework.application.roster.cadre_names import names
from casework.application.roster.refusals import refused
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.application.runtime.time_input import day as day_of
from casework.exchange import roster_files, roster_writing
from casework.exchange.roster_rows import RosterError, RosterRow
from casework.exchange.roster_sheets import SHEETS
from casework.law.roster.directory import Directory
from casework.law.roster.events import ROSTER_EVENTS
from casework.log import codec

Kind = Literal["xlsx", "csv"]

#: the two workbooks of a county: places, and people
BOOKS: dict[str, tuple[str, ...]] = {
    "places.xlsx": ("areas", "units", "categories"),
    "people.xlsx": ("cadres", "responsibilities"),
}


class Exported(Struct, frozen=True):
    """A roster as files: their names and contents; the day that it is of, and the edition."""

    files: dict[str, bytes]
    on: str
    edition: int


def export(
    runtime: Runtime,
    log: str,
    who: Actor | None,
    *,
    kind: Kind = "xlsx",
    on: str = "",
    with_names: bool = False,
    language: str = "zh-CN",
) -> Exported:
    """The roster on a day ('' is today) as one workbook or as CSV files; WHO is None for the machine's operator.

    Names of cadres are sealed: they come along only where they are asked for, by a role that reads everything.
    """
    _check(who, with_names)
    county = runtime.county(log)
    day = day_of(on) if on else county.today
    roster, told = Directory(), []
    for entry in runtime.store.by_type(log, tuple(ROSTER_EVENTS)):
        recorded = codec.recorded(entry)
        roster.apply(recorded)
        if with_names and getattr(recorded.event, "from_", "") <= day:
            told.append(entry)
    known = names(runtime, log, told)
    if who is not None and known:
        note(runtime, county, who, "roster", shown=len(known))
    rows = {sheet.name: _rows(roster, sheet.thing, day, known) for sheet in SHEETS}
    if kind == "csv":
        files = roster_writing.csv_files(rows, language)
    else:
        files = {f"roster-{log}-{day}.xlsx": roster_writing.workbook(rows, language)}
    return Exported(files, day, roster.edition)


def packed(exported: Exported) -> bytes:
    """The files of an export as one."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in exported.files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def example(name: str, language: str) -> dict[str, bytes]:
    """A roster that comes with the program, as the two workbooks in which a county would bring it."""
    try:
        found = roster_files.read(roster_files.brought([roster_files.example(name)]))
        rows: dict[str, list[Any]] = {sheet.name: [] for sheet in SHEETS}
        of = {sheet.command: sheet for sheet in SHEETS}
        for row in found:
            if isinstance(row, RosterRow):
                members = msgspec.to_builtins(row.command)
                members.pop("responsibility", None)  # made again of what the row says
                rows[of[type(row.command)].name].append(members)
    except RosterError as why:
        raise Problem("no-such-example", why.zh, why.en) from None
    return {
        book: roster_writing.workbook({sheet: rows[sheet] for sheet in held}, language) for book, held in BOOKS.items()
    }


def _check(who: Actor | None, with_names: bool) -> None:
    if who is not None and not may(who.role, "roster.export"):
        raise refused("not-your-role/export")
    if with_names and (who is None or not may(who.role, "roster.names")):
        raise refused("not-your-role/names")


def _rows(roster: Directory, thing: str, day: str, known: Mapping[str, Named]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for code, event in roster.declared(thing, day).items():
        row = {member.rstrip("_"): value for member, value in msgspec.structs.asdict(event).items()}
        row |= {"also": [msgspec.structs.asdict(held) for held in row["also"]]} if "also" in row else {}
        name = known.get(code, {}).get("full_name", "") if thing == "cadre" else ""
        row |= {"name": name} if name else {}
        row[thing] = f"{thing}/{code}" if thing == "responsibility" else code
        rows.append(row)
    return rows
