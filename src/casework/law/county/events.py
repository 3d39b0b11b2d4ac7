"""What happens to the county's log as a whole (`county/<log>`): opened, policy changed, clock accepted, data erased."""

from __future__ import annotations

from typing import ClassVar

from casework.law.county.privacy_events import PRIVACY_EVENTS
from casework.law.event import Event
from casework.law.policy import Policy


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
