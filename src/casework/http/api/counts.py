"""API routes of projections: the catalogue, answers as JSON or CSV, recounts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import Controller, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from casework.application.cases.search import MOST, MOST_IN_FILE
from casework.application.figures.answers import CountyQuestion, Figures, in_csv
from casework.application.figures.ask import figures, shelf
from casework.application.figures.recount import Recount, recount
from casework.application.figures.upkeep import standings
from casework.exchange.csv_rows import MEDIA_TYPE
from casework.http.api.queries import Query, asked, filters, private, who

_KNOWN = frozenset("by since until axis as_of at_least exact place rollup tree queue limit after format".split())
Axis = Literal["occurred", "recorded"]


class ProjectionsController(Controller):
    """Questions to the projections."""

    path = "/projections"
    tags = ["projections"]

    @get(needs="figure.shelf", summary="统计目录  What can be asked, what each keeps, and how far it has counted")
    async def projections(self, request: Query) -> list[dict[str, Any]]:
        """One line per question, with the definition of each measure (口径)."""
        known = await asked(request, shelf, who(request))
        names = ("counted", "lag", "failed_at", "error")
        far = {one.name: {name: getattr(one, name) for name in names} for one in await asked(request, standings)}
        return [{**one, **far[one["name"]]} for one in known]

    @get("/{name:str}", needs="figure.ask", summary="统计  The answer to one question, of what the caller may see")
    async def projection(
        self,
        request: Query,
        name: FromPath[str],
        by: FromQuery[list[str] | None] = None,
        since: FromQuery[str] = "",
        until: FromQuery[str] = "",
        axis: FromQuery[Axis] = "occurred",
        as_of: FromQuery[str] = "",
        at_least: Annotated[int | None, QueryParameter(ge=0)] = None,
        exact: FromQuery[bool] = False,
        place: FromQuery[str] = "",
        rollup: FromQuery[Literal["", "township", "county"]] = "",
        tree: FromQuery[Literal["then", "today"]] = "then",
        queue: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST_IN_FILE)] = 50,
        after: FromQuery[str] = "",
        format: FromQuery[Literal["json", "csv"]] = "json",
    ) -> Response[Figures] | Response[bytes]:
        """Counts by any columns it keeps, and by day, month or year; over a range, on either axis, as of a day or a
        size.

        `tree=today` counts townships and units that were merged under what took their place; `then` as it was at the
        time.

        Any column it keeps is a filter too (`township=…`, repeated for several values). `by=` (blank) counts all
        together."""
        question = CountyQuestion(
            by=None if by is None else [column for word in by for column in word.split(",") if column],
            where=filters(request, _KNOWN),
            since=since,
            until=until,
            axis=axis,
            as_of=as_of,
            at_least=at_least,
            exact=exact,
            place=place,
            rollup=rollup,
            tree=tree,
            queue=queue,
            limit=limit if format == "csv" else min(limit, MOST),
            after=after,
        )
        found = await asked(request, figures, name, question, who(request))
        if format == "json":
            return private(found)
        name, size = f"{name}-{found.log}-{found.size}.csv", {"Casework-Size": str(found.size)}
        return private(in_csv(found), file=name, media_type=MEDIA_TYPE, headers=size)

    @get(
        "/{name:str}/recount",
        needs="figure.recount",
        summary="核对  A figure counted once more from the first entry, for auditors",
    )
    async def recount(self, request: Query, name: FromPath[str]) -> Response[Recount]:
        """Says whether every row is served as it counts, and which are not. It reads the whole history."""
        return private(await asked(request, recount, who(request), name))
