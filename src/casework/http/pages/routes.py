"""Page routes of a county: desk, projections, cases, surveys, findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from litestar import Controller, Response, get
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec.structs import replace

from casework.application.access.actor import Actor
from casework.application.access.permissions import may
from casework.application.cases.search import MOST_IN_FILE
from casework.application.desk.desk import FindingPile, Pile, desk
from casework.application.figures.answers import CountyQuestion, in_csv
from casework.application.figures.ask import figures
from casework.application.runtime.runtime import Runtime
from casework.exchange import csv_rows
from casework.http.api.blobs import as_file, shown
from casework.http.api.queries import Query, asked, filters, private, who
from casework.http.app_router import AppRouter
from casework.http.caller import caller_of, except_options
from casework.http.language import language_of
from casework.http.pages import oidc_sign_in, own_account, receipts
from casework.http.pages.case_view import case_page
from casework.http.pages.finding_view import FindingLine, finding_page, findings_page, lines_of
from casework.http.pages.render import HEADERS, page, style
from casework.http.pages.signing_in import again, front, sign_in, sign_out, with_cookie
from casework.http.pages.survey_view import survey_page, surveys_page
from casework.http.pages.trouble import HANDLERS
from casework.http.pages.views import Frame, dotted, frame, projection_page, shelf_lines, term
from casework.http.pages.words import Words

_PLAIN = ("since", "until", "axis", "as_of", "place", "rollup", "tree", "queue", "after")
#: cases of each heap on the desk, and of one that is looked at alone
_FIRST, _ALL = 8, 200


class HomePage(Frame, frozen=True, kw_only=True):
    """The desk, or one heap of it, and the shelf."""

    only: str
    piles: list[tuple[Pile, list[dict[str, Any]]]]
    findings: list[tuple[FindingPile, list[FindingLine]]]
    reads_findings: bool
    shelf: list[dict[str, str]]


class PagesController(Controller):
    """Pages of a county, for somebody who is signed in."""

    path = "/{log:str}"
    guards = [except_options(with_cookie)]

    @get("/", needs="desk.read")
    async def home(self, request: Query) -> Response[Any]:
        """What waits, or one heap of it; and what can be asked. A number that is looked for leads to its case."""
        wanted = request.query_params
        if number := wanted.get("case", "").strip():
            case = f"/{caller_of(request).log}/cases/{quote(number, safe='')}"
            return Redirect(case, status_code=303, headers=HEADERS)
        return await _page(request, "home.html", _home, wanted.get("pile", ""))

    @get("/projections/{name:str}", needs="figure.ask")
    async def projection(self, request: Query, name: FromPath[str]) -> Response[Any]:
        """A projection as a page; its name with `.csv` is the same as a file."""
        plain, by, where = _question(request)
        if name.endswith(".csv"):
            question = replace(CountyQuestion(by=by, where=where, limit=MOST_IN_FILE), **plain)
            found = await asked(request, figures, name.removesuffix(".csv"), question, who(request))
            file = f"{found.name}-{found.log}-{found.size}.csv"
            return private(in_csv(found), file=file, media_type=csv_rows.MEDIA_TYPE)
        question = replace(CountyQuestion(by=by, where=where), **plain)
        told = {**plain, "where": where, **({} if by is None else {"by": by or [""]})}
        return await _page(request, "projection.html", projection_page, name, question, told)

    @get("/cases/{case:str}", needs="case.replay")
    async def one_case(self, request: Query, case: FromPath[str]) -> Response[str]:
        """A case and its steps."""
        return await _page(request, "case.html", case_page, case, request.query_params.get("until", ""))

    @get("/surveys", needs="survey.read")
    async def surveys(self, request: Query) -> Response[str]:
        """Needs surveys."""
        return await _page(request, "surveys.html", surveys_page)

    @get("/surveys/{survey:str}", needs="survey.read")
    async def one_survey(self, request: Query, survey: FromPath[str]) -> Response[str]:
        """A survey with its figures and the needs raised."""
        return await _page(request, "survey.html", survey_page, survey)

    @get("/findings", needs="finding.read")
    async def findings(self, request: Query) -> Response[str]:
        """What auditors found."""
        of = request.query_params
        return await _page(request, "findings.html", findings_page, of.get("status", ""), of.get("after", ""))

    @get("/findings/{finding:str}", needs="finding.read")
    async def one_finding(self, request: Query, finding: FromPath[str]) -> Response[str]:
        """A finding with its evidence and what was said to it."""
        return await _page(request, "finding.html", finding_page, finding)

    @get("/cases/{case:str}/attachments/{sha256:str}", needs="attachment.read")
    async def attachment(self, request: Query, case: FromPath[str], sha256: FromPath[str]) -> Response[bytes]:
        """An attachment, as a file to be saved."""
        return as_file(await asked(request, shown, who(request), case, sha256))


@get("/assets/{name:str}", needs="page.sign-in")
async def asset(name: FromPath[str]) -> Response[bytes]:
    """The style sheet; a name of an earlier one gives the one of today."""
    current, text = style()
    kept = "public, max-age=31536000, immutable" if name == current else "no-store"
    return Response(text, media_type="text/css", headers={"Cache-Control": kept, "X-Content-Type-Options": "nosniff"})


async def _page(request: Query, template: str, view: Callable[..., Any], *args: Any) -> Response[str]:
    """The page TEMPLATE of what VIEW (runtime, log, reader, words, …) makes in a thread."""
    language = language_of(request)
    return page(template, language, await asked(request, view, who(request), Words(language), *args))


def _question(request: Query) -> tuple[dict[str, str], list[str] | None, dict[str, list[str]]]:
    """What the address asks: its own words, the columns to count by, and filters."""
    params = request.query_params
    plain = {name: value for name, value in params.multi_items() if name in _PLAIN and value}
    by = [column for column in params.getall("by") if column] if "by" in params else None
    return plain, by, filters(request, {*_PLAIN, "by"})


def _home(runtime: Runtime, log: str, reader: Actor, w: Words, only: str) -> HomePage:
    def told(row: dict[str, Any]) -> str:
        return dotted(term(w, "status", row["status"], {}), row["due_on"])

    found = desk(runtime, log, reader, rows=_ALL if only else _FIRST, only=only)
    return HomePage(
        **frame(runtime, log, reader, w),
        only=only,
        piles=[(pile, [{**row, "told": told(row)} for row in pile.rows]) for pile in found.piles],
        findings=[(pile, lines_of(runtime, log, w, pile.rows)) for pile in found.findings],
        reads_findings=may(reader.role, "finding.read"),
        shelf=shelf_lines(runtime, log, w, reader),
    )


def router() -> AppRouter:
    """All pages, with the trouble they may have shown as pages too."""
    handlers = [front, again, sign_in, sign_out, oidc_sign_in.begin, oidc_sign_in.answer, asset, PagesController]
    handlers += [own_account.own, own_account.change]
    handlers += [receipts.form, receipts.shown, receipts.done, receipts.new, receipts.file]
    return AppRouter(path="/", route_handlers=handlers, exception_handlers=HANDLERS, include_in_schema=False)
