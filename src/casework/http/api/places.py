"""API routes that merge and split townships, list hand-overs and roster gaps."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, get
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import Response
from msgspec import Meta, Struct, field

from casework.application.desk.handover import Handover, handover
from casework.application.roster.gaps import Finding, findings
from casework.application.roster.merge_township import Merger, plan
from casework.application.roster.redraw import go_through
from casework.application.roster.split_township import Split
from casework.application.roster.split_township import plan as plan_split
from casework.http.api.queries import Query, asked, post, private, who
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


class RosterChangesController(Controller):
    """Townships merged or split, hand-overs and gaps."""

    path = "/"
    tags = ["roster"]

    @post(
        "/mergers/preview",
        needs="roster.merge",
        summary="乡镇合并预览  What merging one township into another takes, and what it finds",
    )
    async def preview_merger(self, request: Query, data: JSONBody[Merging]) -> Merger:
        """Changes nothing. For the administrator."""
        return await asked(request, plan, data.township, data.into, data.from_, data.units)

    @post(
        "/mergers",
        needs="roster.merge",
        acts="declare-area",
        summary="乡镇合并  Merge one township into another: its declarations, each by the law",
    )
    async def merge_township(self, request: Query, data: JSONBody[Merging]) -> list[Answer]:
        """The township ends last: stopped half-way, it is gone through with by asking for it again."""
        merger = await asked(request, plan, data.township, data.into, data.from_, data.units)
        return await asked(request, go_through, who(request), merger.steps)

    @post(
        "/splits/preview",
        needs="roster.split",
        summary="乡镇拆分预览  What taking a new township out of another takes, and what it finds",
    )
    async def preview_split(self, request: Query, data: JSONBody[Splitting]) -> Split:
        """Changes nothing. For the administrator."""
        return await asked(request, plan_split, *_of(data))

    @post(
        "/splits",
        needs="roster.split",
        acts="declare-area",
        summary="乡镇拆分  Take a new township out of another: its declarations, each by the law",
    )
    async def split_township(self, request: Query, data: JSONBody[Splitting]) -> list[Answer]:
        """The new township comes first: stopped half-way, it is gone through with by asking for it again."""
        made = await asked(request, plan_split, *_of(data))
        return await asked(request, go_through, who(request), made.steps)

    @get(
        "/cadres/{cadre:str}/handover",
        needs="roster.handover",
        summary="交接清单  What a cadre who moves, retires or is suspended leaves behind",
    )
    async def handover(self, request: Query, cadre: FromPath[str]) -> Response[Handover]:
        """Open cases led and shared, and places answered for. `cadre` is the id without `cadre/`."""
        return private(await asked(request, handover, f"cadre/{cadre}", who(request)))

    @get(
        "/roster/findings",
        needs="roster.findings",
        summary="花名册待办  Places nobody answers for, and work that lies with whoever is no longer there",
    )
    async def roster_findings(self, request: Query, on: FromQuery[str] = "") -> Response[list[Finding]]:
        """Of what the caller sees, by the roster of a day (today)."""
        return private(await asked(request, findings, who(request), on))


def _of(data: Splitting) -> tuple[Any, ...]:
    return data.township, data.new, data.label, data.from_, data.areas, data.units
