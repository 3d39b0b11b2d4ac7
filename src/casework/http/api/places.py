"""The roster over HTTP where it changes: townships merged or split, a hand-over, what is left open."""

from __future__ import annotations

from typing import Annotated, Any

from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import Response
from msgspec import Meta, Struct, field

from casework.application.desk.handover import Handover, handover
from casework.application.roster.gaps import Finding, findings
from casework.application.roster.merge_township import Merger, merge, plan
from casework.application.roster.split_township import Split, split
from casework.application.roster.split_township import plan as plan_split
from casework.http.api.queries import Query, asked, get, post, private, who
from casework.http.caller import acts_as
from casework.log.submission import Answer

Code = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]*$(?!\n)", max_length=64)]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$(?!\n)")]


class Merging(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which township goes into which, and from which day on.

    township  area code of the one that ends
    into      area code of the one that takes its place
    from      first day
    units     units of it that go into others: old → new; all others stay as they are, and move with it
    """

    township: Code
    into: Code
    from_: Day = field(name="from")
    units: dict[Code, Code] = {}


class Splitting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which villages of a township form a new one, and from which day on.

    township  area code of the one that there is
    new       area code of the one that is to be
    label     its name
    from      first day
    areas     villages of the first that go over, at least one
    units     units of the first that go with them
    """

    township: Code
    new: Code
    label: Annotated[str, Meta(min_length=1, max_length=100)]
    from_: Day = field(name="from")
    areas: Annotated[list[Code], Meta(min_length=1, max_length=500)]
    units: Annotated[list[Code], Meta(max_length=500)] = []


@post(
    "/{log:str}/mergers/preview",
    operation_id="preview-merger",
    needs="roster.merge",
    summary="乡镇合并预览  What merging one township into another takes, and what it finds",
    status_code=200,
    tags=["roster"],
)
async def look(request: Query, data: JSONBody[Merging]) -> Merger:
    """Changes nothing. For the administrator."""
    return await asked(request, plan, data.township, data.into, data.from_, data.units)


@post(
    "/{log:str}/mergers",
    operation_id="merge-township",
    needs="roster.merge",
    summary="乡镇合并  Merge one township into another: its declarations, each by the law",
    status_code=200,
    tags=["roster"],
    guards=[acts_as("declare-area")],
)
async def go_through_with(request: Query, data: JSONBody[Merging]) -> list[Answer]:
    """The township ends last: stopped half-way, it is gone through with by asking for it again."""
    return await asked(request, merge, who(request), data.township, data.into, data.from_, data.units)


@post(
    "/{log:str}/splits/preview",
    operation_id="preview-split",
    needs="roster.split",
    summary="乡镇拆分预览  What taking a new township out of another takes, and what it finds",
    status_code=200,
    tags=["roster"],
)
async def look_at_split(request: Query, data: JSONBody[Splitting]) -> Split:
    """Changes nothing. For the administrator."""
    return await asked(request, plan_split, *_of(data))


@post(
    "/{log:str}/splits",
    operation_id="split-township",
    needs="roster.split",
    summary="乡镇拆分  Take a new township out of another: its declarations, each by the law",
    status_code=200,
    tags=["roster"],
    guards=[acts_as("declare-area")],
)
async def go_through_with_split(request: Query, data: JSONBody[Splitting]) -> list[Answer]:
    """The new township comes first: stopped half-way, it is gone through with by asking for it again."""
    return await asked(request, split, who(request), *_of(data))


@get(
    "/{log:str}/cadres/{cadre:str}/handover",
    operation_id="handover",
    needs="roster.handover",
    summary="交接清单  What a cadre who moves, retires or is suspended leaves behind",
    tags=["roster"],
)
async def leaving(request: Query, cadre: FromPath[str]) -> Response[Handover]:
    """Open cases led and shared, and places answered for. `cadre` is the id without `cadre/`."""
    return private(await asked(request, handover, f"cadre/{cadre}", who(request)))


@get(
    "/{log:str}/roster/findings",
    operation_id="roster-findings",
    needs="roster.findings",
    summary="花名册待办  Places nobody answers for, and work that lies with whoever is no longer there",
    tags=["roster"],
)
async def left_open(request: Query, on: FromQuery[str] = "") -> Response[list[Finding]]:
    """Of what the caller sees, by the roster of a day (today)."""
    return private(await asked(request, findings, who(request), on))


def _of(data: Splitting) -> tuple[Any, ...]:
    return data.township, data.new, data.label, data.from_, data.areas, data.units


def handlers() -> list[Any]:
    """The routes of this file."""
    return [look, go_through_with, look_at_split, go_through_with_split, leaving, left_open]
