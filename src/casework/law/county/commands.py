"""Commands of the county's log."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from casework.law import members as m
from casework.law.command import (
    CadreId,
    Code,
    Command,
    Instant,
)
from casework.law.policy import PolicyNumbers
from casework.text import Text


class OpenLog(Command, frozen=True, kw_only=True):
    name = "open-log"
    term = Text("开账", "Open a county's log: its entry 0.")
    log: m.Log[Code]
    origin: m.Origin[Code]
    county: m.County[Code]
    time_zone: m.TimeZone[Code] = "Asia/Shanghai"
    law: m.LawVersion[Annotated[int, Meta(ge=1)]] = 1
    clock: m.ClockKind[Literal["real", "simulated"]] = "real"
    policy: m.PolicyInForce[PolicyNumbers] = PolicyNumbers()


class ChangePolicy(Command, frozen=True, kw_only=True):
    name = "change-policy"
    term = Text("政策变更", "Change the numbers the law needs, from here on.")
    log: m.Log[Code]
    policy: m.PolicyInForce[PolicyNumbers]
    basis: m.PolicyBasis[Code]


class ChangeLaw(Command, frozen=True, kw_only=True):
    name = "change-law"
    term = Text("规则变更", "Put a new version of the law in force.")
    log: m.Log[Code]
    law: m.LawVersion[Annotated[int, Meta(ge=1)]]


class AcceptClock(Command, frozen=True, kw_only=True):
    name = "accept-clock"
    term = Text("确认时钟", "Vouch for a machine clock that stands far from the log's.")
    log: m.Log[Code]
    head_at: m.HeadAt[Instant]
    clock_at: m.ClockAt[Instant]


class RecordLockOut(Command, frozen=True, kw_only=True):
    name = "record-lock-out"
    term = Text("记录账号锁定", "Record that somebody tried an account so often that it has to wait.")
    log: m.Log[Code]
    cadre: m.LockedCadre[Annotated[CadreId, Meta(min_length=1)]]
