"""Attachments over HTTP: brought under the digest of their content, asked for by way of a case that refers to them."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Response
from litestar.params import FromPath, JSONBody, PathParameter
from msgspec import Meta, Struct

from casework.application.cases.attachments import Brought, bring, lacking, show
from casework.application.cases.find_case import find_case
from casework.http.api.queries import Query, asked, get, post, private, put, who
from casework.http.caller import acts_as
from casework.law.command import Digest

Sha256 = Annotated[str, PathParameter(pattern=r"^[0-9a-f]{64}$")]
#: bytes beyond the setting that are read, so that the refusal can say what the limit is
_MARGIN = 1_000


class Digests(Struct, frozen=True, forbid_unknown_fields=True):
    """Digests that a device has photos for."""

    sha256: Annotated[list[Digest], Meta(max_length=500)]


class Missing(Struct, frozen=True):
    """Those of them that were not brought yet."""

    missing: list[str]


@post(
    "/{log:str}/blobs/missing",
    operation_id="missing-attachments",
    needs="attachment.bring",
    summary="尚缺附件  Which of these attachments are not here yet",
    status_code=200,
    tags=["attachments"],
)
async def missing(request: Query, data: JSONBody[Digests]) -> Missing:
    """For a device that comes back online: it sends only what is missing."""
    return Missing(await asked(request, lacking, data.sha256))


@get(
    "/{log:str}/cases/{case:str}/attachments/{sha256:str}",
    operation_id="attachment",
    needs="attachment.read",
    summary="查看附件  An attachment to which a case refers, for whoever may read that case",
    media_type="application/octet-stream",
    tags=["attachments"],
)
async def attachment(request: Query, case: FromPath[str], sha256: Sha256) -> Response[bytes]:
    """Comes as a file to be saved, under a name that says nothing of anybody."""
    found = await asked(request, _shown, case, sha256, who(request))
    return private(
        found.content,
        media_type=found.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{found.file_name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _shown(runtime: Any, log: str, case: str, sha256: str, reader: Any) -> Any:
    return show(runtime, log, reader, find_case(runtime, log, case, reader), sha256)


def handlers(max_bytes: int) -> list[Any]:
    """The routes of this file; MAX_BYTES is what one attachment may have."""

    @put(
        "/{log:str}/blobs/{sha256:str}",
        operation_id="bring-attachment",
        needs="attachment.bring",
        summary="上传附件  Bring an attachment, under the SHA-256 of its content",
        request_max_body_size=max_bytes + _MARGIN,
        status_code=200,
        tags=["attachments"],
        guards=[acts_as("log-action")],
    )
    async def brought(request: Query, sha256: Sha256) -> Response[Brought]:
        """The body is the file itself. Bringing it again changes nothing: 200; the first time 201."""
        found = await asked(request, bring, who(request), sha256, await request.body())
        return private(found, status_code=201 if found.new else 200)

    return [brought, missing, attachment]
