"""API routes that import and export the roster as files, after a preview."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from litestar import Controller, Response, get
from litestar.datastructures import UploadFile
from litestar.params import FromQuery, HeaderParameter, MultipartBody
from msgspec import Meta, Struct

from casework.application.roster.export import Exported, export, packed
from casework.application.roster.import_files import Imported, Preview, preview, run
from casework.exchange.roster_files import Brought
from casework.exchange.roster_writing import XLSX, ZIP
from casework.exchange.workbook import MOST_BYTES
from casework.http.api.queries import Query, asked, post, private, who
from casework.http.caller import caller_of
from casework.http.language import language_of
from casework.http.refusals import refused

_EDITION = re.compile(r'"(0|[1-9][0-9]{0,14})"\Z')
#: files of one import: as many as a roster has sheets, and their bytes with what stands around them
_FILES = 5
_BYTES = 2 * MOST_BYTES + 100_000

Seen = Annotated[str | None, HeaderParameter(name="If-Match", pattern=r'^(\*|"(0|[1-9][0-9]{0,14})")$')]


class RosterFiles(Struct, frozen=True, forbid_unknown_fields=True):
    """Workbooks, or CSV files that are named after their sheets; several are read as one."""

    file: Annotated[list[UploadFile], Meta(min_length=1, max_length=_FILES)]


class RosterFilesController(Controller):
    """The roster as files."""

    path = "/roster"
    tags = ["roster"]

    @post(
        "/preview",
        needs="roster.import",
        request_max_body_size=_BYTES,
        summary="花名册预览  What these files would change, and which open cases lose by it",
    )
    async def preview_roster(
        self, request: Query, data: MultipartBody[RosterFiles], since: FromQuery[str] = ""
    ) -> Response[Preview]:
        """Changes nothing. The form's field `file`, once for each file; `since` dates rows that state no day.

        `ETag` is the edition of the roster that was looked at: state it (`If-Match`) to go through with the change.
        """
        files, reach = await _brought(data), caller_of(request).reach
        found = await asked(request, preview, who(request), files, since=since, check=reach.check)
        return private(found, headers={"ETag": f'"{found.edition}"'})

    @post(
        "/import",
        needs="roster.import",
        acts="declare-area",
        request_max_body_size=_BYTES,
        summary="花名册导入  Declare what these files say",
    )
    async def import_roster(
        self, request: Query, data: MultipartBody[RosterFiles], seen: Seen = None, since: FromQuery[str] = ""
    ) -> Response[Imported]:
        """The files that were looked at, with `If-Match: "edition"` of the preview: 412 where the roster moved on
        since.

        Each row goes in or is rejected on its own; sent again, nothing is declared twice. `*` is any edition.
        """
        edition, files, reach = _edition(seen), await _brought(data), caller_of(request).reach
        done = await asked(request, run, who(request), files, seen=edition, since=since, check=reach.check)
        return private(done, headers={"ETag": f'"{done.edition}"'})

    @get(
        needs="roster.export",
        media_type=XLSX,
        summary="花名册导出  The roster of a day as files, which can be imported again",
    )
    async def export_roster(
        self,
        request: Query,
        format: FromQuery[Literal["xlsx", "csv"]] = "xlsx",
        on: FromQuery[str] = "",
        names: FromQuery[bool] = False,
    ) -> Response[bytes]:
        """A workbook, or CSV files in a ZIP; `on` is a day, today if left out.

        Names of cadres are sealed: only an auditor or a privacy officer gets them, with `names=true`.
        """
        found: Exported = await asked(
            request, export, who(request), kind=format, on=on, with_names=names, language=language_of(request)
        )
        name, content, kind = f"roster-{found.on}.xlsx", next(iter(found.files.values())), XLSX
        if format == "csv":
            name, content, kind = f"roster-{found.on}.zip", packed(found), ZIP
        headers = {"X-Content-Type-Options": "nosniff", "ETag": f'"{found.edition}"'}
        return private(content, file=name, media_type=kind, headers=headers)


async def _brought(data: RosterFiles) -> list[Brought]:
    return [Brought(one.filename or "?", await one.read()) for one in data.file]


def _edition(seen: str | None) -> int | None:
    if seen is None:
        raise refused("version-wanted/edition")
    if seen == "*":
        return None
    match = _EDITION.match(seen)
    if match is None:
        raise refused("bad-header/edition")
    return int(match[1])
