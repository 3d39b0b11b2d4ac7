"""Sentences in Chinese and English for each refusal of the law of the county."""

from __future__ import annotations

from casework.law.context import Refused
from casework.text import Refusals

refused = Refusals(
    Refused,
    """
another-log  命令写明县账{named}，却送到了{log}：请送到所写的县账。
    The command names log {named}, and was sent to {log}: send it there.
hold-ends-before-it-begins  留存截止日期 {until} 不晚于今天 {today}：请写明以后的日期。
    The hold would end on {until}, and today is {today}: name a later day.
hold-exists  留存{hold}已经有了：请换用新的留存代号。
    There is a hold {hold} already: use another id.
law-goes-forward  现行规则是第 {law} 版，要求改为第 {asked} 版：旧规则只存档备查，请改用比第 {law} 版更新的规则。
    Law {law} is in force, and {asked} is asked for: old laws stay on record, and only a later one than {law} can follow.
log-not-open  县账{log}尚未开账：请先【开账】。
    Log {log} is not open yet: open it first (casework init).
log-open-already  本账已经开账（{origin}）：请直接使用。
    This log is open already as {origin}: go on with it.
no-such-hold  没有留存{hold}，或者已经解除：请核对留存代号。
    There is no hold {hold}, or it was released: look at the holds first.
not-a-date  {until}不是日期：请写成 2027-01-31 这样的日期。
    {until} is no date: write it like 2027-01-31.
not-to-be-digested  {day} 的查阅台账不能日结：已结至“{digested_on}”，今天是 {today}；请依次结已过去的日子。
    The readings of {day} cannot be fixed: they are up to {digested_on}, and today is {today}; take the days that are over, in turn.
nothing-to-erase  没有指明密钥：请写明要销毁的密钥编号。
    No key is named: name the keys that are destroyed.
number-out-of-range  政策参数应在 0 至 {largest} 之间，而{listed}：请改正。
    A policy's numbers are 0 to {largest}, and {listed}: correct them.
on-legal-hold  {cases} 件办件依法留存至 {until}（不含当日），依据是{basis}（{hold}），在此之前不得删除：请到期后再办，或先依法解除留存。
    {cases} of these cases are on legal hold before {until}, because {basis} ({hold}): erase them once it has ended, or have it released first.
two-rules  类别{category}、知悉范围{level}有两条规则：请只留一条。
    There are two rules for category {category} and level {level}: keep one of them.
unknown-time-zone  {time_zone}不是时区名：请使用标准时区名，如“Asia/Shanghai”。
    {time_zone} is no time zone: use an IANA name such as Asia/Shanghai.
""",
)
