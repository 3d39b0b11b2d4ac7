"""Commands from the officer's “done” to the archive, and back: resolution, review, callback, closing, reopening."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from casework.law.command import (
    CaseStream,
    Command,
    Count,
    Day,
    Digest,
    Instant,
    Slug,
    Words,
)


class SubmitResolution(Command, frozen=True, kw_only=True):
    """Say that it is done (提交办结).

    case — 案件 — its stream
    result — 办理结果代码 — solved, explained, partly_solved, not_solved, or a code of the category
    beneficiaries — 实际受益人数 — people helped
    evidence — 佐证 — SHA-256 (hex) of attachments
    answer — 办理答复 — what was done, in words (sealed)
    """

    name: ClassVar[str] = "submit-resolution"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"answer": (0, "answer")}
    case: CaseStream
    result: Slug
    beneficiaries: Count = 0
    evidence: tuple[Digest, ...] = ()
    answer: Words = ""


class ApproveResolution(Command, frozen=True, kw_only=True):
    """Agree that it is done (审核通过).

    case — 案件 — its stream
    note — 审核意见 — (sealed)
    """

    name: ClassVar[str] = "approve-resolution"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    note: Words = ""


class SendBackResolution(Command, frozen=True, kw_only=True):
    """Send it back to be done properly (审核退回).

    case — 案件 — its stream
    reason — 理由代码 — no_evidence, incomplete, wrong_result or other
    note — 审核意见 — (sealed)
    """

    name: ClassVar[str] = "send-back-resolution"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    reason: Literal["no_evidence", "incomplete", "wrong_result", "other"]
    note: Words = ""


class RecordCallback(Command, frozen=True, kw_only=True):
    """Record what the resident said, or that nobody was reached (回访).

    case — 案件 — its stream
    reached — 是否接通 — whether the resident answered
    solved — 是否解决 — yes, no, or '' when not said
    satisfaction — 满意度 — 1 (very dissatisfied) … 5 (very satisfied); 0 when not said
    note — 回访情况 — (sealed)
    """

    name: ClassVar[str] = "record-callback"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    reached: bool
    solved: Literal["yes", "no", ""] = ""
    satisfaction: Annotated[int, Meta(ge=0, le=5)] = 0
    note: Words = ""


class CloseCase(Command, frozen=True, kw_only=True):
    """Close the case (办结).

    case — 案件 — its stream
    outcome — 结果 — '' as submitted; not_solved when the resident's word is to stand
    waiver — 免回访理由 — why no callback is needed; sample only for a matter
    override — 否决理由 — why `solved` stands against the resident's word; supervisors only
    """

    name: ClassVar[str] = "close-case"
    case: CaseStream
    outcome: Literal["", "solved", "explained", "not_solved"] = ""
    waiver: Literal["", "anonymous", "sample", "declined", "collective", "other"] = ""
    override: Slug = ""


class ReopenCase(Command, frozen=True, kw_only=True):
    """Take the case up again (重办).

    case — 案件 — its stream
    to — 去向 — same_unit (back to the unit) or dispatch (back to be dispatched)
    reason — 理由类别 — not_solved, came_back, false_closing, appeal or other
    override — 越期理由 — code, by which a supervisor reopens after the window
    due — 办理期限 — instant, when it is stated
    due_on — 期限日期 — or the local date by whose end it is due
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "reopen-case"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    to: Literal["same_unit", "dispatch"]
    reason: Literal["not_solved", "came_back", "false_closing", "appeal", "other"]
    override: Slug = ""
    due: Instant = ""
    due_on: Day = ""
    explanation: Words = ""


class ArchiveCase(Command, frozen=True, kw_only=True):
    """Put the case into the archive once its reopen window is over (归档).

    case — 案件 — its stream
    """

    name: ClassVar[str] = "archive-case"
    case: CaseStream


class CorrectRecord(Command, frozen=True, kw_only=True):
    """Say what a recorded value should have been (更正).

    case — 案件 — its stream
    rev — 所更正的记录 — revision of the entry in that stream
    member — 所更正的项 — a member that may be corrected, or occurred, occurred_on
    value — 更正后的值 — text, whole number or yes/no, of the member's own type
    reason — 理由代码 — typing_error, wrong_place, wrong_date, checked_on_site, ledger_changed, other
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "correct-record"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    needs_history: ClassVar[bool] = True
    case: CaseStream
    rev: Annotated[int, Meta(ge=0)]
    member: Slug
    value: bool | int | str
    reason: Literal["typing_error", "wrong_place", "wrong_date", "checked_on_site", "ledger_changed", "other"]
    explanation: Words = ""
