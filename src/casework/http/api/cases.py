"""API routes of cases: the desk, lists, search, one case, its steps, duplicates."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import Controller, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec.structs import replace

from casework.application.cases.duplicates import Hints, likely_duplicates
from casework.application.cases.find_case import find_case
from casework.application.cases.labels import labels
from casework.application.cases.open_case import Opened, open_case
from casework.application.cases.replay import Replayed, replay
from casework.application.cases.search import MOST, MOST_IN_FILE, Counts, Order, Page, Search, count, search
from casework.application.desk.desk import Desk, desk
from casework.application.figures.answers import with_names
from casework.exchange.csv_rows import MEDIA_TYPE
from casework.http.api.envelope import parted
from casework.http.api.queries import Query, asked, filters, post, private, who

_WHICH = frozenset("queue place number since until mine".split())
_LIST = _WHICH | frozenset("order limit after total format".split())


class SearchBody(Search, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is looked for, and which page of it.

    limit  rows of a page, 1 to 200
    after  `next` of the page before
    total  whether to count all there are
    """

    limit: int = 50
    after: str = ""
    total: bool = False


def which_cases(
    queue: FromQuery[str] = "",
    place: FromQuery[str] = "",
    number: FromQuery[str] = "",
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    mine: FromQuery[bool] = False,
) -> Search:
    """Which cases an address asks for, but for its filters by facts."""
    return Search(queue=queue, place=place, number=number, since=since, until=until, mine=mine)


class CasesController(Controller):
    """Cases and the desk, of what the caller may see."""

    path = "/"
    tags = ["cases"]
    dependencies = {"which": Provide(which_cases, sync_to_thread=False)}

    @get("/desk", needs="desk.read", summary="我的待办  My desk: what waits for me")
    async def desk(self, request: Query, rows: Annotated[int, QueryParameter(ge=0, le=100)] = 20) -> Response[Desk]:
        """Heaps in the order of the day; of each how many, and the first `rows` of them."""
        return private(await asked(request, desk, who(request), rows))

    @get("/cases", needs="case.list", summary="办件清单  Cases that I may see, page by page")
    async def list_cases(
        self,
        request: Query,
        which: NamedDependency[Search],
        order: FromQuery[Order] = "newest",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST_IN_FILE)] = 50,
        after: FromQuery[str] = "",
        total: FromQuery[bool] = False,
        format: FromQuery[Literal["json", "csv"]] = "json",
    ) -> Response[Page] | Response[bytes]:
        """By queue, by place and everything below it, by how the number begins, by day of registration.

        Any fact is a filter too (`status=in_progress&unit=…`, repeated for several values); one that does not exist is
        refused. `after` is `next` of the page before. A person's number never stands in an address: POST
        …/cases/search. A file (`format=csv`) has up to 20,000 rows and nothing sealed; where there are more,
        `Casework-Next` leads on."""
        wanted = replace(which, where=filters(request, _LIST), order=order)
        if format == "csv":
            return await asked(request, _file, who(request), wanted, limit, after)
        page = await asked(request, search, who(request), wanted, limit=min(limit, MOST), after=after, total=total)
        return private(page)

    @get("/cases/count", needs="case.count", summary="办件计数  How many there are of the same list, by any fact")
    async def count_cases(self, request: Query, which: NamedDependency[Search], by: FromQuery[str]) -> Response[Counts]:
        """Takes what the list takes: `queue=overdue&by=township` says where how many wait, as things stand today.

        Each number is that of the list with its value as one more filter.
        """
        wanted = replace(which, where=filters(request, _WHICH | {"by"}))
        return private(await asked(request, count, who(request), wanted, by))

    @post(
        "/cases/search",
        needs="case.search",
        summary="查找办件  The same, and by a person's own phone or identity number",
    )
    async def search_cases(self, request: Query, data: JSONBody[SearchBody]) -> Response[Page]:
        """Phone and identity number are compared exactly, by a keyed token; they are stored nowhere and logged
        nowhere."""
        found = await asked(request, search, who(request), data, limit=data.limit, after=data.after, total=data.total)
        return private(found)

    @post(
        "/cases/likely-duplicates",
        needs="case.hints",
        summary="登记前查重  Which cases may be the same as the one about to be registered",
    )
    async def likely_duplicates(self, request: Query, data: JSONBody[dict[str, Any]]) -> Response[Hints]:
        """Takes what registering takes, and stores nothing; register, or link (`follows`, merge), as you see fit."""
        parted(data)
        return private(await asked(request, likely_duplicates, who(request), data))

    @get(
        "/cases/{case:str}",
        needs="case.open",
        summary="办件  One case: facts, who has it, what may be done, and its steps",
    )
    async def case(self, request: Query, case: FromPath[str]) -> Response[Opened]:
        """By number, id or a ledger's id. Sealed parts are open for those who may read them. `ETag` is its revision."""
        found = await asked(request, _opened, case, who(request))
        return private(found, headers={"ETag": f'"{found.rev}"'})

    @get(
        "/cases/{case:str}/timeline",
        needs="case.replay",
        summary="办件经过  A case step by step, and what each step made of the facts",
    )
    async def case_timeline(
        self, request: Query, case: FromPath[str], until: FromQuery[str] = ""
    ) -> Response[list[Replayed]]:
        """`until` shows it as it was known at the end of a day, or when the log had so many entries."""
        return private(await asked(request, _replayed, case, until, who(request)))


def _file(runtime: Any, log: str, reader: Any, wanted: Search, limit: int, after: str) -> Response[bytes]:
    page = search(runtime, log, reader, wanted, limit=limit, after=after, to_file=True)
    names = labels(runtime, runtime.county(log), page.columns, page.rows)
    headers = {"Casework-Size": str(page.size)} | ({"Casework-Next": page.next} if page.next else {})
    content = with_names(page.columns, page.rows, names)
    return private(content, file=f"cases-{log}-{page.size}.csv", media_type=MEDIA_TYPE, headers=headers)


def _opened(runtime: Any, log: str, name: str, reader: Any) -> Opened:
    return open_case(runtime, log, find_case(runtime, log, name, reader), reader, must_see=True)


def _replayed(runtime: Any, log: str, name: str, until: str, reader: Any) -> list[Replayed]:
    return replay(runtime, log, find_case(runtime, log, name, reader), until, reader, must_see=True)
