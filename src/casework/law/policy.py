"""The policy of a county: every number that the law needs, with its unit."""

from __future__ import annotations

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


class PolicyNumbers(Policy, frozen=True, kw_only=True, omit_defaults=False, forbid_unknown_fields=True):
    """The policy as it is asked for: the members of `Policy`, and none beside them (政策参数)."""
