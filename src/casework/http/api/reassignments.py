"""API routes of bulk reassignment: a preview, then the cases that were previewed."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller
from litestar.params import JSONBody
from msgspec import Meta, Struct, field

from casework.application.desk.reassign import MOST, Outcome, Preview, preview, reassign
from casework.http.api.queries import Query, asked, post, who
from casework.law.command import CaseStream, Slug

Cadre = Annotated[str, Meta(pattern=r"^cadre/[!-~]{1,110}$(?!\n)")]


class Look(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose cases are to go to whom."""

    from_: Cadre = field(name="from")
    to: Cadre


class Reassignment(Look, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The cases that were looked at, and why they change hands.

    command  id made by the client: sent again, nothing happens twice
    reason   code: moved, on_leave, workload, …
    cases    streams, of those that the preview showed
    """

    command: Annotated[str, Meta(pattern=r"^[!-~]{1,200}$(?!\n)")]
    reason: Annotated[Slug, Meta(min_length=1)]
    cases: Annotated[list[CaseStream], Meta(min_length=1, max_length=MOST)]


class Reassigned(Struct, frozen=True, kw_only=True):
    """What became of each case."""

    assigned: int
    stayed: int
    cases: list[Outcome]


class ReassignmentsController(Controller):
    """Bulk reassignment."""

    path = "/reassignments"
    tags = ["reassignments"]

    @post("/preview", needs="case.reassign", summary="批量改派预览  Which cases of one cadre can go to another")
    async def preview_reassignment(self, request: Query, data: JSONBody[Look]) -> Preview:
        """Changes nothing. For the head of the unit."""
        return await asked(request, preview, who(request), data.from_, data.to)

    @post(needs="case.reassign", acts="assign-officer", summary="批量改派  Give these cases of one cadre to another")
    async def reassign(self, request: Query, data: JSONBody[Reassignment]) -> Reassigned:
        """An ordinary `assign-officer` for each; a case that somebody else leads by now is left alone."""
        found = await asked(
            request,
            reassign,
            who(request),
            data.from_,
            data.to,
            reason=data.reason,
            cases=data.cases,
            command_id=data.command,
        )
        assigned = sum(one.answer is not None for one in found)
        return Reassigned(assigned=assigned, stayed=len(found) - assigned, cases=found)
