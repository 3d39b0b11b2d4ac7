"""The policy of a county: every number that the law needs, with its unit."""

from __future__ import annotations

from typing import Annotated

from casework.law.event import Event
from casework.text import meaning


class Policy(Event, frozen=True, kw_only=True, omit_defaults=False):
    """Every number the law needs (政策参数), each with its unit; the policy in force at a `seq` decides there.

    Stored whole, so that a later change of a default here changes no county's past.
    """

    returns_allowed: Annotated[int, meaning("每轮可退单次数", "returns per round")] = 2
    return_window_hours: Annotated[int, meaning("退单时限", "hours from dispatch")] = 24
    reopen_window_days: Annotated[int, meaning("重办时限", "days from closing")] = 30
    clock_skew_minutes: Annotated[int, meaning("时钟误差", "minutes an occurrence may lie ahead of the recording")] = 10
    backdating_days: Annotated[int, meaning("补录期限", "days an act, not a fact from the field, may be backdated")] = (
        30
    )
    extensions_allowed: Annotated[int, meaning("每轮可延期次数", "extensions per round")] = 2
    extension_days: Annotated[int, meaning("每次延期上限", "days one extension may add")] = 30
    callback_attempts: Annotated[int, meaning("回访尝试次数", "failed attempts after which a case may be closed")] = 3
    response_hours: Annotated[int, meaning("首次联系时限", "hours from dispatch")] = 24
    park_review_days: Annotated[int, meaning("挂账复核上限", "days until a parked case must be looked at again")] = 90
    pause_days: Annotated[
        int, meaning("暂停上限", "days that officers may pause in a round; longer needs a supervisor")
    ] = 15
    due_days: Annotated[int, meaning("默认办理天数", "calendar days when the category has none; 0 is no due date")] = 0


class PolicyNumbers(Policy, frozen=True, kw_only=True, omit_defaults=False, forbid_unknown_fields=True):
    """The policy as it is asked for: the members of `Policy`, and none beside them (政策参数)."""
