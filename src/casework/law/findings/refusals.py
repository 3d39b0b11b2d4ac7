"""Sentences in Chinese and English for each refusal of the law of findings."""

from __future__ import annotations

from casework.law.context import Refused
from casework.text import Refusals

refused = Refusals(
    Refused,
    """
about-two-things  一项审计发现只针对一个对象，这里既有办件又有统计“{figure}”：请分两项记录。
    A finding is about one thing, and this names a case and the figure {figure}: record two.
as-of-missing  没有说明统计“{figure}”截至账上多少条：请填写截至条数（as_of）。
    It is not said at which size of the log {figure} was published: give as_of, a number of entries.
both-sides  {who} {did}，不得再{what}：须由他人办理。
    {who} {did}, and may not {what}: somebody else must.
due-out-of-range  答复期限 {due_on} 应在 {today} 至 {latest} 之间：请改填日期。
    The answer would be due on {due_on}; it has to be from {today} to {latest}: state another day.
figure-missing  填写了筛选或截至条数，却没有说明是哪项统计：请填写统计（projection），或去掉这两项。
    where and as_of tell of a figure, and none is named: give its projection, or leave them out.
finding-closed  这项审计发现已于 {closed_on} 销号（{outcome}）：另有问题请另行【审计发现】。
    The finding was closed on {closed_on} ({outcome}): record another one (record-finding).
finding-exists  审计发现 {finding} 已经记录：请换用新的标识。
    {finding} is recorded already: use another id.
no-such-case  没有办件 {case}：请核对编号。
    There is no case {case}: check its number.
no-such-finding  没有审计发现 {stream}：请先【审计发现】。
    There is no finding {stream}: record it first (record-finding).
not-answered  这项审计发现尚无整改答复，不能以“已整改”销号：请等待【整改答复】。
    The finding has no answer yet, so nothing says that it was remedied: have it answered first (answer-finding).
not-heard  责任单位尚未答复，期限 {due_on} 未过，不能认定“问题属实”：请听取答复，或等期限届满。
    The unit concerned has not answered, and has until {due_on}: hear it before upholding the finding.
not-your-unit  这项审计发现的责任单位是{unit}，您所在的单位是{own_unit}：须由责任单位负责人或督办领导答复。
    The finding concerns {unit}, and you act for {own_unit}: its head or a supervisor must answer.
own-unit  责任单位是{unit}，{actor} 也属于该单位：须由其他单位的审计员办理。
    The finding concerns {unit}, and {actor} is of it: an auditor of another unit must do this.
words-missing  没有填写{member}：请用文字写明，文字加密保存。
    {member} is missing: say it in words; they are sealed.
""",
)
