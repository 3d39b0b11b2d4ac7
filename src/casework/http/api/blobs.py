"""API routes of attachments, stored under the SHA-256 of their content."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, Response, get, put
from litestar.params import FromPath, JSONBody, PathParameter
from msgspec import Meta, Struct

from casework.application.access.actor import Actor
from casework.application.cases.attachments import Brought, Shown, bring, lacking, show
from casework.application.cases.find_case import find_case
from casework.application.runtime.runtime import Runtime
from casework.http.api.queries import Query, asked, post, private, who
from casework.law.command import Digest

Sha256 = Annotated[str, PathParameter(pattern=r"^[0-9a-f]{64}$")]
#: bytes beyond the setting that are read, so that the refusal can say what the limit is
MARGIN = 1_000


class Digests(Struct, frozen=True, forbid_unknown_fields=True):
    """Digests that a device has photos for."""

    sha256: Annotated[list[Digest], Meta(max_length=500)]


class Missing(Struct, frozen=True):
    """Those of them that were not brought yet."""

    missing: list[str]


class AttachmentsController(Controller):
    """Which attachments are missing, and one of a case."""

    path = "/"
    tags = ["attachments"]

    @post("/blobs/missing", needs="attachment.bring", summary="尚缺附件  Which of these attachments are not here yet")
    async def missing_attachments(self, request: Query, data: JSONBody[Digests]) -> Missing:
        """For a device that comes back online: it sends only what is missing."""
        return Missing(await asked(request, lacking, data.sha256))

    @get(
        "/cases/{case:str}/attachments/{sha256:str}",
        needs="attachment.read",
        media_type="application/octet-stream",
        summary="查看附件  An attachment to which a case refers, for whoever may read that case",
    )
    async def attachment(self, request: Query, case: FromPath[str], sha256: Sha256) -> Response[bytes]:
        """Comes as a file to be saved, under a name that says nothing of anybody."""
        found = await asked(request, shown, who(request), case, sha256)
        return as_file(found)


class AttachmentUploadController(Controller):
    """Takes attachments; the router that it stands in limits their bytes."""

    path = "/blobs/{sha256:str}"
    tags = ["attachments"]

    @put(
        needs="attachment.bring",
        acts="log-action",
        summary="上传附件  Bring an attachment, under the SHA-256 of its content",
    )
    async def bring_attachment(self, request: Query, sha256: Sha256) -> Response[Brought]:
        """The body is the file itself. Bringing it again changes nothing: 200; the first time 201."""
        found = await asked(request, bring, who(request), sha256, await request.body())
        return private(found, status_code=201 if found.new else 200)


def as_file(found: Shown) -> Response[bytes]:
    """An attachment as a file to be saved: a browser neither guesses its type nor runs it."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return private(found.content, file=found.file_name, media_type=found.media_type, headers=headers)


def shown(runtime: Runtime, log: str, reader: Actor, case: str, sha256: str) -> Shown:
    """The attachment SHA256 of the case called CASE, for READER."""
    return show(runtime, log, reader, find_case(runtime, log, case, reader), sha256)
