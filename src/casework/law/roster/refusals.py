"""Sentences in Chinese and English for each refusal of the law of the roster."""

from __future__ import annotations

from casework.law.context import Refused
from casework.text import Refusals

refused = Refusals(
    Refused,
    """
another-responsibility  {responsibility} 是 {cadre} 对区域“{area}”的责任，不是 {other_cadre} 对区域“{other_area}”的：请用新的责任编号另行登记。
    {responsibility} makes {cadre} answer for {area}, not {other_cadre} for {other_area}: assign a new one, with an id of its own.
circle/above  {thing}“{code}”在 {on} 会隶属于自己（{path}）：请另选上级。
    {thing} {code} would lie in itself on {on}: {path}: choose another parent.
circle/category  类别“{category}”不能以自己为上级：请选择其他类别。
    category {category} cannot be its own parent: choose another.
circle/successor  {thing}“{code}”不能并入自己：请另选并入的{thing}。
    {thing} {code} cannot go into itself: name another.
not-a-date  {member}“{day}”不是有效日期：请按“2026-03-01”的格式填写。
    {member} is {day}, which is no day: write it as 2026-03-01.
not-a-reporter  {cadre} 填了上报人身份“{reporter}”，却没有“反映人”（reporter）角色：请补上角色，或去掉上报人身份。
    {cadre} is said to report as {reporter}, but has not the role reporter: add the role, or leave `reporter` out.
not-assigned  {responsibility} 不能在 {start} 解除，{why}：请核对责任编号和日期。
    {responsibility} cannot end on {start}: it {why}; check its id and the day.
parent-not-above  区域“{area}”是{level}，不能隶属于{parent_level}的{parent}：请选择级别更高的上级区域。
    area {area} ({level}) cannot lie in {parent}, which is a {parent_level}: name a parent of a higher level.
post-twice  {cadre} 在“{unit}”的任职写了两次：一个单位只写一项，把角色写在一起。
    {cadre} is given two posts in {unit}: write one for each unit, with all its roles.
successor-without-until  {thing}“{code}”填了并入“{successor}”，却没有失效日期：请写明自何日起并入。
    {thing} {code} is to go into {successor}, but no `until` is stated: say from which day on.
unknown-area  {on} 没有区域“{code}”：请先登记，或改正代码。
    area {code} is not declared on {on}: declare it first, or correct the code.
unknown-area/then  区域“{code}”在 {on} 尚未登记，到 {today} 才有：请从更早的日期起登记，或把生效日期推后。
    area {code} is not declared on {on}, though it is on {today}: declare it from an earlier day, or use a later `from`.
unknown-cadre  {on} 没有干部“{code}”：请先登记，或改正代码。
    cadre {code} is not declared on {on}: declare it first, or correct the code.
unknown-cadre/then  干部“{code}”在 {on} 尚未登记，到 {today} 才有：请从更早的日期起登记，或把生效日期推后。
    cadre {code} is not declared on {on}, though it is on {today}: declare it from an earlier day, or use a later `from`.
unknown-category  {on} 没有类别“{code}”：请先登记，或改正代码。
    category {code} is not declared on {on}: declare it first, or correct the code.
unknown-category/then  类别“{code}”在 {on} 尚未登记，到 {today} 才有：请从更早的日期起登记，或把生效日期推后。
    category {code} is not declared on {on}, though it is on {today}: declare it from an earlier day, or use a later `from`.
unknown-unit  {on} 没有单位“{code}”：请先登记，或改正代码。
    unit {code} is not declared on {on}: declare it first, or correct the code.
unknown-unit/then  单位“{code}”在 {on} 尚未登记，到 {today} 才有：请从更早的日期起登记，或把生效日期推后。
    unit {code} is not declared on {on}, though it is on {today}: declare it from an earlier day, or use a later `from`.
until-not-after-from  失效日期 {until} 不晚于生效日期 {start}，等于从未生效：请改正其中之一。
    until is {until}, which is not after from, {start}: it would never hold; correct one of them.
wrong-role  {command}须由“管理员”或“导入员”办理，您的身份是{own_role}：请联系管理员。
    {command} is for the roles administrator and importer, not for {own_role}: ask an administrator.
""",
)
