"""Sentences in Chinese and English for each refusal of the law of activities."""

from __future__ import annotations

from casework.law.context import Refused
from casework.text import Refusals

refused = Refusals(
    Refused,
    """
activity-exists  活动 {activity} 已经录入（{kind}）：请换用新的标识。
    {activity} is recorded already ({kind}): use another id.
no-such-activity  没有活动 {stream}：请先录入【日常服务】。
    There is no activity {stream}: record it first (record-activity).
no-such-case  没有办件 {case}：请先【登记】。
    There is no case {case}: register it first.
unknown-code  没有{activity}这种活动：请从{choices}中选择。
    {activity} is no kind of activity: use {choices}.
""",
)
