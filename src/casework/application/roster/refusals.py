"""Sentences in Chinese and English for each refusal of roster."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
code-taken  代码“{new}”已有登记：请为新乡镇另取代码，并核对名称
    the code {new} is declared already: choose another for the new township, and check its name
declared-later  “{code}”已另有自 {later} 起的登记：变更日期须在最后一次登记之后，且不得为同一天
    {code} is declared anew from {later}: name a later day than that of its last declaration
not-a-roster  不是花名册：{why}
    {why}
not-a-township  {on} 没有乡镇“{code}”：请核对代码和日期
    {code} is no township on {on}: check the code and the day
not-your-role/export  花名册只供本县工作人员导出
    the roster is exported by those who work for the county
not-your-role/names  姓名已封存：只有审计员和个人信息保护员可以连同姓名导出
    names are sealed: only an auditor or a privacy officer exports them
nothing-left  至少一个村划走、一个村留在“{township}”：全部划走的，请用合并
    at least one village goes and one stays with {township}: where all of them go, merge it into the other
outside-your-area  {actor} 以{role}身份不能查看花名册待办
    {actor} as {role} may not see what the roster leaves open
roster-moved  预览之后花名册又有变动（预览时是第 {path} 版，现在是第 {now} 版），没有登记：请重新预览再确认
    the roster has moved on since the preview (edition {path} then, {now} now), and nothing was declared: look at a new preview, and confirm that
same-township  不能并入自己：请另选乡镇
    a township cannot go into itself: name another
unknown-area  没有这个{township} 直属的村：{name}{hint}
    there is no village of {township} {name!r}{hint}
unknown-unit  没有这个{township} 的单位：{name}{hint}
    there is no unit of {township} {name!r}{hint}
unknown-unit/successor  单位“{old}”或“{new}”在 {start} 未登记，或本身也要撤并：请核对
    unit {old} or {new} is not declared on {start}, or goes into another itself: check both
""",
)
