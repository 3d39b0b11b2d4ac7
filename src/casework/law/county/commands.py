"""Commands beside the cases: acts without a case (`activity/…`), and the county's log as a whole (`county/…`)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from casework.law.command import (
    ActivityStream,
    CadreId,
    CaseStream,
    Code,
    Command,
    Count,
    Instant,
    Reference,
    Slug,
    Words,
)
from casework.law.policy import PolicyNumbers


class RecordActivity(Command, frozen=True, kw_only=True):
    """Record something done for the people that belongs to no case (日常服务).

    activity — 活动 — `activity/<uuid>`, made by whoever records
    what — 活动种类 — household_visit, patrol, station_service, study_session, survey, volunteering or other
    area — 地点 — area code
    households — 户数 — households visited
    participants — 人次 — people who took part
    station — 驿站 — code of a service point
    cases — 引出的案件 — streams of cases it led to
    note — 记录 — (sealed)
    """

    name: ClassVar[str] = "record-activity"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    activity: ActivityStream
    what: Literal["household_visit", "patrol", "station_service", "study_session", "survey", "volunteering", "other"]
    area: Code = ""
    households: Count = 0
    participants: Count = 0
    station: Reference = ""
    cases: tuple[CaseStream, ...] = ()
    note: Words = ""


class LinkActivity(Command, frozen=True, kw_only=True):
    """Say that an activity led to a case (转为案件).

    activity — 活动 — its stream
    case — 案件 — stream of the case
    """

    name: ClassVar[str] = "link-activity"
    activity: ActivityStream
    case: CaseStream


class CorrectActivity(Command, frozen=True, kw_only=True):
    """Say what a recorded value of an activity should have been (更正日常服务).

    activity — 活动 — its stream
    rev — 所更正的记录 — revision of the entry in that stream
    member — 所更正的项 — a member that may be corrected, or occurred, occurred_on
    value — 更正后的值 — text, whole number or yes/no, of the member's own type
    reason — 理由代码 — typing_error, wrong_place, wrong_date, checked_on_site, ledger_changed, other
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "correct-activity"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    needs_history: ClassVar[bool] = True
    activity: ActivityStream
    rev: Annotated[int, Meta(ge=0)]
    member: Slug
    value: bool | int | str
    reason: Literal["typing_error", "wrong_place", "wrong_date", "checked_on_site", "ledger_changed", "other"]
    explanation: Words = ""


class OpenLog(Command, frozen=True, kw_only=True):
    """Open a county's log: its entry 0 (开账).

    log — 账册 — the county's code
    origin — 来源 — schema-less URL that names this log in checkpoints
    county — 县 — its name
    time_zone — 时区 — IANA name
    law — 规则版本 — version of the law
    clock — 时钟 — real or simulated
    policy — 政策参数 — every number the law needs
    """

    name: ClassVar[str] = "open-log"
    log: Code
    origin: Code
    county: Code
    time_zone: Code = "Asia/Shanghai"
    law: Annotated[int, Meta(ge=1)] = 1
    clock: Literal["real", "simulated"] = "real"
    policy: PolicyNumbers = PolicyNumbers()


class ChangePolicy(Command, frozen=True, kw_only=True):
    """Change the numbers the law needs, from here on (政策变更).

    log — 账册 — the county's code
    policy — 政策参数 — the whole policy
    basis — 依据 — number of the document that ordered it
    """

    name: ClassVar[str] = "change-policy"
    log: Code
    policy: PolicyNumbers
    basis: Code


class ChangeLaw(Command, frozen=True, kw_only=True):
    """Put a new version of the law in force (规则变更).

    log — 账册 — the county's code
    law — 规则版本 — version from here on
    """

    name: ClassVar[str] = "change-law"
    log: Code
    law: Annotated[int, Meta(ge=1)]


class AcceptClock(Command, frozen=True, kw_only=True):
    """Vouch for a machine clock that stands far from the log's (确认时钟).

    log — 账册 — the county's code
    head_at — 账上最后时刻 — `at` of the last entry
    clock_at — 机器时刻 — what the machine's clock says
    """

    name: ClassVar[str] = "accept-clock"
    log: Code
    head_at: Instant
    clock_at: Instant


class RecordLockOut(Command, frozen=True, kw_only=True):
    """Record that somebody tried an account so often that it has to wait (记录账号锁定).

    log — 账册 — the county's code
    cadre — 账号所属 — `cadre/<id>` whose account was tried
    """

    name: ClassVar[str] = "record-lock-out"
    log: Code
    cadre: Annotated[CadreId, Meta(min_length=1)]
