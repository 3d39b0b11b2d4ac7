"""API routes of auditors' findings: the list, and one."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from casework.application.cases.find_case import find_case
from casework.application.findings import findings as audit_findings
from casework.application.findings.findings import MOST, Findings, Shown, find_finding
from casework.http.api.queries import Query, asked, private, who


class FindingsController(Controller):
    """Findings that the caller may see."""

    path = "/findings"
    tags = ["findings"]

    @get(needs="finding.read", summary="审计发现  What auditors found, of what I may see")
    async def findings(
        self,
        request: Query,
        status: FromQuery[str] = "",
        kind: FromQuery[str] = "",
        unit: FromQuery[str] = "",
        case: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = 50,
        after: FromQuery[str] = "",
    ) -> Response[Findings]:
        """The latest first. `status` is open (overdue ones among them), overdue, answered or closed, as of today;
        `case` a number. `after` is `next` of the page before."""
        reader = who(request)
        stream = await asked(request, find_case, case, reader) if case else ""
        question = {"status": status, "kind": kind, "unit": unit, "case": stream, "limit": limit, "after": after}
        return private(await asked(request, audit_findings.findings, reader, **question))

    @get(
        "/{finding:str}",
        needs="finding.read",
        summary="一项审计发现  One finding: about what, its evidence, what was said to it",
    )
    async def finding(self, request: Query, finding: FromPath[str]) -> Response[Shown]:
        """By id. Its texts are open for those who may read what is sealed. `ETag` is its revision, for closing it."""
        stream = await asked(request, find_finding, finding)
        found = await asked(request, audit_findings.finding, stream, who(request))
        return private(found, headers={"ETag": f'"{found.line.rev}"'})
