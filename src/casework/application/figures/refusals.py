"""Sentences in Chinese and English for each refusal of figures."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
broken-projection  统计 {name} 的文件有误：{error}
    the file of {name} is broken: {error}
day-ahead  {as_of} 还没有到，今天是 {today}：只能回看今天及以前
    {as_of} has not come yet, today is {today}: only today and earlier days can be looked back to
not-a-date  {date} 不是日期（YYYY-MM-DD）
    {date} is no date (YYYY-MM-DD)
not-a-time  {text} 既不是日期（YYYY-MM-DD）也不是条数
    {text} is neither a date (YYYY-MM-DD) nor a number of entries
not-answerable  {name} 答不了：{why}
    {name} cannot answer that: {why}
not-answerable/list  {name} 是清单，没有 {member}
    {name} is a list: it has no {member}
not-answerable/no-list  {name} 不是清单，没有 {member}
    {name} is no list: it has no {member}
not-answerable/recount  {name} 是清单或文件有误，没有可核对的数字
    {name} is a list, or its file is broken: it has no figures to recount
not-answerable/township  {name} 只统计到乡镇，不能按 {place} 查询
    {name} is counted by township: it cannot be asked for {place} alone
not-so-long  账上只有 {size} 条，还没有 {at_least} 条
    the log has {size} entries, not yet {at_least}
outside-your-area/figures  {actor} 以{role}身份只能看本人的办件，不能看统计和清单
    {actor} as {role} sees their own cases only, no counts and no lists
outside-your-area/village  {name} 统计到乡镇为止，不能只统计您所在的村：请看清单，或用办件计数（cases/count）
    {name} is kept by township and cannot be counted for your village alone: ask for the list, or count the cases of the list (cases/count)
size-wanted  清单只能按账上条数回看
    a list looks back to a size of the log (a number of entries), not a day
unknown-column  没有这个列：{name}{hint}
    there is no column {name!r}{hint}
unknown-level  没有这个级别：{name}{hint}
    there is no level {name!r}{hint}
unknown-tree  没有这个区划口径：{name}{hint}
    there is no tree {name!r}{hint}
""",
)
