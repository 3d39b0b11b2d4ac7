"""What can happen to a case as it ends: resolved, reviewed, called back, closed, reopened, taken out of the books.

Documented as `case/events.py` says.
"""

from __future__ import annotations

from typing import ClassVar

from casework.law.event import Event


class ResolutionSubmitted(Event, frozen=True, kw_only=True):
    """The officer says that it is done (提交办结).

    result — 办理结果代码 — solved, explained, partly_solved, not_solved, or a code of the category
    outcome — 对应结果 — outcome the result maps to: solved, explained or not_solved
    beneficiaries — 实际受益人数 — people helped
    timeliness — 是否按时 — on_time, late or no_due: submit time against the due instant in force
    due — 办理期限 — the due instant it was measured against; '' without
    due_basis — 期限依据 — of that instant
    evidence — 佐证 — SHA-256 (hex) of attachments
    answer — 办理答复 — what was done, in words (sealed)
    """

    name: ClassVar[str] = "resolution-submitted.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"beneficiaries"})
    sealed: ClassVar[frozenset[str]] = frozenset({"answer"})
    result: str
    outcome: str
    beneficiaries: int = 0
    timeliness: str = "no_due"
    due: str = ""
    due_basis: str = ""
    evidence: tuple[str, ...] = ()


class ResolutionApproved(Event, frozen=True, kw_only=True):
    """A reviewer other than the submitter agrees (审核通过).

    note — 审核意见 — (sealed)
    """

    name: ClassVar[str] = "resolution-approved.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})


class ResolutionSentBack(Event, frozen=True, kw_only=True):
    """A reviewer sends it back to be done properly (审核退回).

    reason — 理由代码 — no_evidence, incomplete, wrong_result, other
    note — 审核意见 — (sealed)
    """

    name: ClassVar[str] = "resolution-sent-back.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    reason: str


class CallbackRecorded(Event, frozen=True, kw_only=True):
    """A caller outside the handling unit asked the resident, or the resident came and said so (回访).

    reached — 是否接通 — an attempt that reached nobody is recorded too
    solved — 是否解决 — yes, no, or '' when not said
    satisfaction — 满意度 — 1 … 5; 0 when not said
    attempt — 第几次 — 1 and up, within the round
    note — 回访情况 — (sealed)
    """

    name: ClassVar[str] = "callback-recorded.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"satisfaction", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    reached: bool
    solved: str = ""
    satisfaction: int = 0
    attempt: int = 1


class CaseClosed(Event, frozen=True, kw_only=True):
    """The case is closed (办结).

    outcome — 结果 — solved, explained or not_solved
    basis — 办结依据 — callback, waived or attempts_exhausted
    waiver — 免回访理由 — code, when waived
    override — 否决理由 — code, when `solved` stands against the resident's word by a named person
    timeliness — 是否按时 — on_time, late or no_due, of the approved submission
    """

    name: ClassVar[str] = "case-closed.v1"
    outcome: str
    basis: str
    waiver: str = ""
    override: str = ""
    timeliness: str = "no_due"


class CaseReopened(Event, frozen=True, kw_only=True):
    """The case is taken up again (重办).

    to — 去向 — same_unit (back to the unit) or dispatch (back to be dispatched)
    reason — 理由类别 — not_solved, came_back, false_closing, appeal, other
    round — 轮次 — the new round
    override — 越期理由 — code, when after the window by a supervisor
    due — 办理期限 — instant in force from here; '' without
    due_on — 期限日期 — its local date
    due_basis — 期限依据 — stated or calendar_days
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "case-reopened.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    to: str
    reason: str
    round: int
    override: str = ""
    due: str = ""
    due_on: str = ""
    due_basis: str = ""


class CaseWithdrawn(Event, frozen=True, kw_only=True):
    """The resident took it back (撤单).

    on_word_of — 依据 — resident (did it themselves) or told (on their word)
    reason — 理由代码 — settled, mistake, no_longer_wanted, other
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "case-withdrawn.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    on_word_of: str
    reason: str


class CaseArchived(Event, frozen=True, kw_only=True):
    """Put into the archive; only facts from the field, corrections and erasure still reach it (归档)."""

    name: ClassVar[str] = "case-archived.v1"


class CaseVoided(Event, frozen=True, kw_only=True):
    """Registered in error; counts nowhere but there (登记有误).

    reason — 理由代码 — test_entry, typed_twice, wrong_county, other
    """

    name: ClassVar[str] = "case-registered-in-error.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str
