"""The pages' addresses: `/{log}`, below it projections, cases, surveys and findings; a cookie opens them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import litestar
from litestar import Response, Router
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from casework.application.access.actor import Actor
from casework.application.access.permissions import may
from casework.application.cases.attachments import Shown, show
from casework.application.cases.find_case import find_case
from casework.application.cases.search import MOST_IN_FILE
from casework.application.desk.desk import desk
from casework.application.figures.answers import CountyQuestion, Figures, in_csv
from casework.application.figures.ask import figures
from casework.application.runtime.runtime import Runtime
from casework.exchange import csv_rows
from casework.http.api.queries import Query, asked, behind, private, who
from casework.http.caller import caller_of
from casework.http.language import language_of
from casework.http.pages import oidc_sign_in as signing_in_there
from casework.http.pages import own_account, receipts
from casework.http.pages.case_view import case_page
from casework.http.pages.finding_view import FindingLine, finding_page, findings_page, lines_of
from casework.http.pages.render import HEADERS, page, style
from casework.http.pages.signing_in import again, front, sign_in, sign_out, with_cookie
from casework.http.pages.survey_view import survey_page, surveys_page
from casework.http.pages.trouble import HANDLERS
from casework.http.pages.views import Frame, ProjectionPage, frame, projection_page, shelf_lines, term
from casework.http.pages.words import Words

get = behind(with_cookie, litestar.get, include_in_schema=False)
_PLAIN = ("since", "until", "axis", "as_of", "place", "rollup", "tree", "queue", "after")
#: cases of each heap on the desk, and of one that is looked at alone
_FIRST, _ALL = 8, 200


class PileView(Struct, frozen=True):
    """A heap of the desk in words."""

    name: str
    title: str
    total: int
    rows: list[dict[str, str]]


class FindingPileView(Struct, frozen=True):
    """A heap of findings in words."""

    title: str
    total: int
    rows: list[FindingLine]


class HomePage(Frame, frozen=True, kw_only=True):
    """The desk, or one heap of it, and the shelf."""

    only: str
    piles: list[PileView]
    findings: list[FindingPileView]
    reads_findings: bool
    shelf: list[dict[str, str]]


@get("/{log:str}", needs="desk.read")
async def home(request: Query) -> Response[Any]:
    """What waits, or one heap of it; and what can be asked. A number that is looked for leads to its case."""
    language, wanted = language_of(request), request.query_params
    if number := wanted.get("case", "").strip():
        return Redirect(f"/{caller_of(request).log}/cases/{quote(number, safe='')}", status_code=303, headers=HEADERS)
    view = await asked(request, _home, who(request), Words(language), wanted.get("pile", ""))
    return page("home.html", language, view)


@get("/{log:str}/projections/{name:str}", needs="figure.ask")
async def projection(request: Query, name: FromPath[str]) -> Response[Any]:
    """A projection as a page; its name with `.csv` is the same as a file."""
    language = language_of(request)
    plain, by, where = _question(request)
    if name.endswith(".csv"):
        question = replace(CountyQuestion(by=by, where=where, limit=MOST_IN_FILE), **plain)
        found = await asked(request, figures, name.removesuffix(".csv"), question, who(request))
        disposition = f'attachment; filename="{found.name}-{found.log}-{found.size}.csv"'
        return private(in_csv(found), media_type=csv_rows.MEDIA_TYPE, headers={"Content-Disposition": disposition})
    question = replace(CountyQuestion(by=by, where=where), **plain)
    told = {**plain, "where": where, **({} if by is None else {"by": by or [""]})}
    view = await asked(request, _projection, who(request), Words(language), name, question, told)
    return page("projection.html", language, view)


@get("/{log:str}/cases/{case:str}", needs="case.replay")
async def one_case(request: Query, case: FromPath[str]) -> Response[str]:
    """A case and its steps."""
    language = language_of(request)
    until = request.query_params.get("until", "")
    return page("case.html", language, await asked(request, case_page, who(request), Words(language), case, until))


@get("/{log:str}/surveys", needs="survey.read")
async def surveys(request: Query) -> Response[str]:
    """Needs surveys."""
    language = language_of(request)
    return page("surveys.html", language, await asked(request, surveys_page, who(request), Words(language)))


@get("/{log:str}/surveys/{survey:str}", needs="survey.read")
async def one_survey(request: Query, survey: FromPath[str]) -> Response[str]:
    """A survey with its figures and the needs raised."""
    language = language_of(request)
    return page("survey.html", language, await asked(request, survey_page, who(request), Words(language), survey))


@get("/{log:str}/findings", needs="finding.read")
async def findings(request: Query) -> Response[str]:
    """What auditors found."""
    language, of = language_of(request), request.query_params
    narrowed = of.get("status", ""), of.get("after", "")
    return page(
        "findings.html", language, await asked(request, findings_page, who(request), Words(language), *narrowed)
    )


@get("/{log:str}/findings/{finding:str}", needs="finding.read")
async def one_finding(request: Query, finding: FromPath[str]) -> Response[str]:
    """A finding with its evidence and what was said to it."""
    language = language_of(request)
    return page("finding.html", language, await asked(request, finding_page, who(request), Words(language), finding))


@get("/{log:str}/cases/{case:str}/attachments/{sha256:str}", needs="attachment.read")
async def attachment(request: Query, case: FromPath[str], sha256: FromPath[str]) -> Response[bytes]:
    """An attachment, as a file to be saved."""
    found = await asked(request, _shown, who(request), case, sha256)
    return private(
        found.content,
        media_type=found.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{found.file_name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@litestar.get("/assets/{name:str}", include_in_schema=False, opt={"needs": "page.sign-in"})
async def asset(name: FromPath[str]) -> Response[bytes]:
    """The style sheet; a name of an earlier one gives the one of today."""
    current, text = style()
    kept = "public, max-age=31536000, immutable" if name == current else "no-store"
    return Response(text, media_type="text/css", headers={"Cache-Control": kept, "X-Content-Type-Options": "nosniff"})


def _question(request: Query) -> tuple[dict[str, str], list[str] | None, dict[str, list[str]]]:
    """What the address asks: its own words, the columns to count by, and filters."""
    plain: dict[str, str] = {}
    by: list[str] | None = None
    where: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name in _PLAIN:
            if value:
                plain[name] = value
        elif name == "by":
            by = [*(by or []), *([value] if value else [])]
        else:
            where.setdefault(name, []).append(value)
    return plain, by, where


def _home(runtime: Runtime, log: str, reader: Actor, w: Words, only: str) -> HomePage:
    found = desk(runtime, log, reader, rows=_ALL if only else _FIRST, only=only)
    return HomePage(
        **frame(runtime, log, reader, w),
        only=only,
        piles=[
            PileView(
                pile.name,
                w.of((pile.zh, pile.en)),
                pile.total,
                [
                    {
                        "number": row["number"],
                        "summary": row["summary"],
                        "told": " · ".join(
                            part for part in (term(w, "status", row["status"], {}), row["due_on"]) if part
                        ),
                    }
                    for row in pile.rows
                ],
            )
            for pile in found.piles
        ],
        findings=[
            FindingPileView(w.of((pile.zh, pile.en)), pile.total, lines_of(runtime, log, w, pile.rows))
            for pile in found.findings
        ],
        reads_findings=may(reader.role, "finding.read"),
        shelf=shelf_lines(runtime, log, w, reader),
    )


def _projection(
    runtime: Runtime, log: str, reader: Actor, w: Words, name: str, question: CountyQuestion, told: dict[str, Any]
) -> ProjectionPage:
    found: Figures = figures(runtime, log, name, question, reader)
    return projection_page(runtime, log, reader, w, found, told)


def _shown(runtime: Runtime, log: str, reader: Actor, case: str, sha256: str) -> Shown:
    return show(runtime, log, reader, find_case(runtime, log, case, reader), sha256)


def handlers() -> list[Any]:
    """The routes of the pages."""
    pages = [asset, home, projection, one_case, surveys, one_survey, findings, one_finding, attachment]
    return [
        *own_account.handlers(),
        *receipts.handlers(),
        *signing_in_there.handlers(),
        front,
        again,
        sign_in,
        sign_out,
        *pages,
    ]


def router() -> Router:
    """All pages, with the trouble they may have shown as pages too."""
    return Router(path="/", route_handlers=handlers(), exception_handlers=HANDLERS)
