"""Events of the county's log (`county/<log>`): opened, policy changed, clock accepted, data erased."""

from __future__ import annotations

from casework.law import members as m
from casework.law.county.privacy_events import PRIVACY_EVENTS
from casework.law.event import Event
from casework.law.policy import Policy
from casework.text import Text


class LogOpened(Event, frozen=True, kw_only=True):
    name = "log-opened.v1"
    term = Text("开账", "Entry 0 of every log.")
    origin: m.Origin[str]
    county: m.County[str]
    time_zone: m.TimeZone[str]
    law: m.LawVersion[int]
    clock: m.ClockKind[str]
    policy: m.PolicyInForce[Policy]


class PolicyChanged(Event, frozen=True, kw_only=True):
    name = "policy-changed.v1"
    term = Text("政策变更", "The numbers the law needs changed.")
    policy: m.PolicyInForce[Policy]
    basis: m.PolicyBasis[str]


class LawChanged(Event, frozen=True, kw_only=True):
    name = "law-changed.v1"
    term = Text("规则变更", "A new version of the law is in force; the old tables stay.")
    law: m.LawVersion[int]


class ClockAccepted(Event, frozen=True, kw_only=True):
    name = "clock-accepted.v1"
    term = Text("确认时钟", "An operator vouched for a clock that stood far from the log's.")
    head_at: m.HeadAt[str]
    clock_at: m.ClockAt[str]


class PersonalDataErased(Event, frozen=True, kw_only=True):
    name = "personal-data-erased.v1"
    term = Text("个人信息删除", "Keys and sealed parts were destroyed; entries, proofs and counts stay.")
    kids: m.Kids[tuple[str, ...]]
    basis: m.ErasureBasis[str]
    kept: m.KeptKids[tuple[str, ...]] = ()


class AccountLocked(Event, frozen=True, kw_only=True):
    name = "account-locked.v1"
    term = Text(
        "账号锁定", "Somebody tried to come in as this cadre so often that the account has to wait; once a day at most."
    )
    cadre: m.LockedCadre[str]


COUNTY_EVENTS: dict[str, type[Event]] = {
    event.name: event
    for event in (LogOpened, PolicyChanged, LawChanged, ClockAccepted, PersonalDataErased, AccountLocked)
} | PRIVACY_EVENTS
