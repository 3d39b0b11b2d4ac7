"""Sentences in Chinese and English for each refusal of access."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
no-such-receipt  编号或回执码不对：请对照回执逐字核对；回执遗失的，请到受理窗口补发
    number or secret is not right: compare them with the receipt; if it is lost, ask for a new one
not-in-scope  此令牌只能用于：{scopes}；此处需要 {wanted}
    this token is for {scopes}, and this takes {wanted}
not-your-role  “{permission}”只供{roles}使用，您的身份是{role}
    only {roles} may {permission}, and you act as {role}
not-your-role/own-roles  {actor} 没有{role}身份，只有：{roles}
    {actor} may not act as {role}, only as {roles}
outside-your-area/case-unseen  {actor} 以{role}身份不能查看{thing}：不在其辖区、单位或知悉范围之内
    {actor} as {role} may not see {thing}: outside their area, unit or level of secrecy
outside-your-area/finding-unseen  {actor} 以{role}身份不能查看{thing}：不在其辖区之内，其单位也不是责任单位
    {actor} as {role} may not see {thing}: outside their area, and it does not concern their unit
outside-your-area/survey-unseen  {actor} 以{role}身份不能查看{thing}：不在其辖区之内，其单位也不在开展单位之列
    {actor} as {role} may not see {thing}: outside their area, and not run by their unit
outside-your-area/token  {place} 不在令牌的范围 {area} 之内
    {place} lies outside {area}, which the token is for
outside-your-area/whole  “{action}”须看全县，您的范围是 {area}
    to {action} one has to see the whole county, and your area is {area}
too-many-attempts  尝试次数过多：请 {seconds} 秒后再试
    too many attempts: try again in {seconds} seconds
too-many-requests  请求过于频繁，没有办理：请 {seconds} 秒后重发
    too many requests, this one was not carried out: send it again in {seconds} s
unknown-area  没有区域 {area}{hint}
    there is no area {area!r}{hint}
unknown-cadre  花名册里 {day} 没有 {cadre}{hint}
    the roster has no {cadre} on {day}{hint}
unknown-role  没有 {role} 这一身份：{roles}
    there is no role {role}: {roles}
unknown-scope  没有这个令牌范围：{name}{hint}
    there is no scope {name!r}{hint}
unknown-scope/none  请至少写一项：{scopes}
    name at least one: {scopes}
which-post  {actor} 以{role}身份任职于：{units}；请写明以哪个单位办理（as_unit；登录和令牌为 unit）
    {actor} is {role} of {units}: say for which unit they act (as_unit; unit of a session or token)
""",
)
