"""What happens to the county's log as a whole (`county/<log>`): opened, policy changed, clock accepted, data erased."""

from __future__ import annotations

from typing import ClassVar

from casework.law.county.privacy_events import PRIVACY_EVENTS
from casework.law.event import Event


class Policy(Event, frozen=True, kw_only=True, omit_defaults=False):
    """Every number the law needs (政策参数), each with its unit; the policy in force at a `seq` decides there.

    Stored whole, so that a later change of a default here changes no county's past.

    returns_allowed — 每轮可退单次数 — returns per round
    return_window_hours — 退单时限 — hours from dispatch
    reopen_window_days — 重办时限 — days from closing
    clock_skew_minutes — 时钟误差 — minutes an occurrence may lie ahead of the recording
    backdating_days — 补录期限 — days an act (not a fact from the field) may lie before its recording
    extensions_allowed — 每轮可延期次数 — extensions per round
    extension_days — 每次延期上限 — days one extension may add
    callback_attempts — 回访尝试次数 — attempts that reached nobody after which a case may be closed
    response_hours — 首次联系时限 — hours from dispatch
    park_review_days — 挂账复核上限 — days until a parked case must be looked at again
    pause_days — 暂停上限 — days officers may pause in a round; longer needs a supervisor
    due_days — 默认办理天数 — calendar days when the category has none; 0 for no due instant
    """

    returns_allowed: int = 2
    return_window_hours: int = 24
    reopen_window_days: int = 30
    clock_skew_minutes: int = 10
    backdating_days: int = 30
    extensions_allowed: int = 2
    extension_days: int = 30
    callback_attempts: int = 3
    response_hours: int = 24
    park_review_days: int = 90
    pause_days: int = 15
    due_days: int = 0


class LogOpened(Event, frozen=True, kw_only=True):
    """Entry 0 of every log (开账).

    origin — 来源 — schema-less URL that names this log in checkpoints
    county — 县 — its name
    time_zone — 时区 — IANA name
    law — 规则版本 — version of the law
    clock — 时钟 — real or simulated
    policy — 政策参数 — every number the law needs
    """

    name: ClassVar[str] = "log-opened.v1"
    origin: str
    county: str
    time_zone: str
    law: int
    clock: str
    policy: Policy


class PolicyChanged(Event, frozen=True, kw_only=True):
    """The numbers the law needs changed (政策变更).

    policy — 政策参数 — the whole policy from here on
    basis — 依据 — number of the document that ordered it
    """

    name: ClassVar[str] = "policy-changed.v1"
    policy: Policy
    basis: str


class LawChanged(Event, frozen=True, kw_only=True):
    """A new version of the law is in force (规则变更); the old tables stay.

    law — 规则版本 — version from here on
    """

    name: ClassVar[str] = "law-changed.v1"
    law: int


class ClockAccepted(Event, frozen=True, kw_only=True):
    """An operator vouched for a clock that stood far from the log's (确认时钟).

    head_at — 账上最后时刻 — `at` of the entry before
    clock_at — 机器时刻 — what the machine's clock said
    """

    name: ClassVar[str] = "clock-accepted.v1"
    head_at: str
    clock_at: str


class PersonalDataErased(Event, frozen=True, kw_only=True):
    """Keys and sealed parts were destroyed; entries, proofs and counts stay (个人信息删除).

    kids — 销毁的密钥 — ids of the destroyed keys (random; they name nobody)
    basis — 依据代码 — resident_asked, purpose_met, retention_over, unlawful, other
    kept — 决定保留的密钥 — ids of the keys of others' texts that mention the person, looked at and kept
    """

    name: ClassVar[str] = "personal-data-erased.v1"
    kids: tuple[str, ...]
    basis: str
    kept: tuple[str, ...] = ()


class AccountLocked(Event, frozen=True, kw_only=True):
    """Somebody tried to come in as this cadre so often that the account has to wait (账号锁定); once a day at most.

    cadre — 账号所属 — whose account was tried
    """

    name: ClassVar[str] = "account-locked.v1"
    cadre: str


COUNTY_EVENTS: dict[str, type[Event]] = {
    event.name: event
    for event in (LogOpened, PolicyChanged, LawChanged, ClockAccepted, PersonalDataErased, AccountLocked)
} | PRIVACY_EVENTS
