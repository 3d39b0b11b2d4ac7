"""API routes of personal data: find, copy, hold, erase, and who read it."""

from __future__ import annotations

from typing import Annotated, Literal

from litestar import Controller, Response, get
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import Meta, Struct

from casework.application.privacy.copy import Copy, copy, page
from casework.application.privacy.forget import Decision, Forgotten, forget
from casework.application.privacy.holds import Held, Placed, holds, place, release
from casework.application.privacy.personal_data_of import Traces, Whom, find
from casework.application.privacy.retention import Due, due
from casework.application.read_audit.query import MOST, AccessPage, accesses
from casework.http.api.queries import Query, asked, post, private, who
from casework.log.submission import Answer

CommandId = Annotated[str, Meta(pattern=r"^[!-~]{1,200}$(?!\n)")]


class HoldBody(Whom, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose cases are held, why, and until when.

    command  id made by the client: sent again, one hold is placed
    basis    code
    until    first day on which it no longer holds
    """

    command: CommandId
    basis: Literal["court", "petition_review", "investigation", "audit", "archive_law", "other"]
    until: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]


class ErasureBody(Whom, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is forgotten, why, and what becomes of the texts of others that mention them.

    command    id made by the client
    basis      code
    decisions  key → keep or erase
    others     what holds for every text that `decisions` does not name; without it each needs a decision
    """

    command: CommandId
    basis: Literal["resident_asked", "purpose_met", "retention_over", "unlawful", "other"]
    decisions: dict[str, Decision] = {}
    others: Decision | None = None


class Release(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a hold ends before its day."""

    reason: Literal["settled", "placed_in_error", "other"]


class PrivacyController(Controller):
    """Personal data, for the privacy officer."""

    path = "/privacy"
    tags = ["privacy"]

    @post("/find", needs="privacy.find", summary="查找个人信息  What is held on a person, and where")
    async def find_person(self, request: Query, data: JSONBody[Whom]) -> Response[Traces]:
        """By phone or identity number (compared by keyed token, stored nowhere), or by cases. Opens what is sealed."""
        return private(await asked(request, find, who(request), data))

    @post("/copies", needs="privacy.export", summary="个人信息副本  A copy of what is held on a person, for them")
    async def copy_for_person(
        self, request: Query, data: JSONBody[Whom], format: FromQuery[Literal["json", "html"]] = "json"
    ) -> Response[Copy] | Response[str]:
        """Without the texts of others. `format=html` is a page to be read or printed, as a file."""
        made = await asked(request, copy, who(request), data)
        if format == "json":
            return private(made)
        headers = {"X-Content-Type-Options": "nosniff"}
        return private(page(made), file="copy.html", media_type="text/html; charset=utf-8", headers=headers)

    @get("/holds", needs="privacy.hold", summary="依法留存清单  Legal holds that were not released")
    async def holds(self, request: Query) -> Response[list[Held]]:
        """Which cases, on what basis, until when. `POST …/holds/{hold}/release` ends one before its day."""
        return private(await asked(request, holds, who(request)))

    @post(
        "/holds",
        needs="privacy.hold",
        acts="place-hold",
        summary="依法留存  Have nothing of these cases erased until a day",
    )
    async def place_hold(self, request: Query, data: JSONBody[HoldBody]) -> Response[Placed]:
        """Erasure and retention are refused while it holds."""
        made = await asked(
            request, place, who(request), data, basis=data.basis, until=data.until, command_id=data.command
        )
        return private(made)

    @post(
        "/holds/{hold:str}/release",
        needs="privacy.hold",
        acts="release-hold",
        summary="解除留存  End a legal hold before its day",
    )
    async def release_hold(self, request: Query, hold: FromPath[str], data: JSONBody[Release]) -> Response[Answer]:
        """`hold` without its `hold/`, as the list has it after the stroke."""
        return private(await asked(request, release, who(request), hold, reason=data.reason))

    @post(
        "/erasures",
        needs="privacy.erase",
        acts="erase-personal-data",
        summary="删除个人信息  Forget a person: keys and photos are destroyed, entries and counts stay",
    )
    async def erase_person(self, request: Query, data: JSONBody[ErasureBody]) -> Response[Forgotten]:
        """It cannot be undone. Every text of others that mentions them needs a decision: 409 says which wait for one.

        Sent again by the same `command`, or for cases of which all was erased, it is answered with the entry of then.
        """
        made = await asked(
            request,
            forget,
            who(request),
            data,
            basis=data.basis,
            decisions=data.decisions,
            others=data.others,
            command_id=data.command,
        )
        return private(made)

    @get("/due", needs="privacy.find", summary="保存期满清单  Cases whose retention is over")
    async def retention_due(self, request: Query) -> Response[list[Due]]:
        """By the county's retention rules (`POST …/privacy/retention`); the clock erases them, but for those on
        hold."""
        return private(await asked(request, due, who(request)))


class AccessLedgerController(Controller):
    """The ledger of readings, for auditors and privacy officers."""

    path = "/access"
    tags = ["privacy"]

    @get(needs="access-ledger.read", summary="查阅台账  Who read what is sealed, when, and why")
    async def access(
        self,
        request: Query,
        case: FromQuery[str] = "",
        actor: FromQuery[str] = "",
        day: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = 100,
        after: FromQuery[str] = "",
    ) -> Response[AccessPage]:
        """The latest first; of a case, of a reader, of a county-local day. A token for an area sees its cases alone."""
        found = await asked(request, accesses, who(request), case=case, actor=actor, day=day, limit=limit, after=after)
        return private(found)
