"""Sentences in Chinese and English for each refusal of projections."""

from __future__ import annotations

from casework.text import Sentences

sentence = Sentences("""
a-list  {projection} 是清单：请按清单查询
    {projection} is a list: ask it with `listing`
bad-name  {name!r} 不能作维度或指标的名称：请另取名称
    {name!r} cannot name a dimension or a measure
day-as-filter  {column} 不能作筛选条件：请用起止日期
    {column} is no filter: say since which day and until which
definition-changed  统计 {projection} 的口径变了，版本却仍是 {version}：请在 {source} 中把版本改为 {next}，以便重算
    {projection} counts something else than before under the same version {version}: raise it to {next} in {source}, so that it is counted anew
dimension-and-measure  {name} 既是维度又是指标：请改其中一个的名称
    {name!r} names a dimension and a measure
dimension-twice  两个维度同名：请用 .named(…) 给其中一个另取名称
    two dimensions have one name: give one another with .named(…)
distribution-without-value  分布统计缺少数值：请写明按哪个数值分布
    a distribution needs a value
file-name  {path} 的名称要作表名和地址：请改名
    rename {path}: its name becomes a table and an address
folder-missing  没有统计文件夹 {folder}：请建立，或改正设置
    the projection folder {folder} is not there
folder-not-absolute  统计文件夹 {folder} 须写绝对路径：请改写
    the projection folder {folder} must be named by its absolute path
folder-open-to-others  {path} 可被属主以外的人改写：请执行 chmod go-w {path}
    {path} may be written by others than its owner: chmod go-w {path}
measure-undefined  指标 {missing} 没有说明：请用 zh 和 en 写明究竟统计什么
    the measure {missing!r} has no definition: say in zh and en what exactly is counted
name-twice  有两个统计同名 {projection}（{source} 和 {other}）：请给其中一个改名
    two projections are called {projection}: {source} and {other}; rename one
negative-size  账目没有 {as_of} 条这种大小：请写 0 或更大的数
    a log has no size {as_of}
no-such-place  清单中没有这个位置：请用上一页给出的 after
    that is no place in this list: take `after` from the page before
not-a-date  {day!r} 不是日期：请按“2026-03-01”的格式填写
    {day!r} is no date (YYYY-MM-DD)
not-in-scope  {name} 不含 {column}：不能只统计其中一部分
    {name} keeps no {column!r}: it cannot be counted for a part of it alone
not-so-long  账上只有 {entries} 条，还没有 {size} 条：请改小
    the log has {entries} entries, not yet {size}
not-so-long/list  账上只有 {size} 条，还没有 {as_of} 条：请改小
    the log has {size} entries, not yet {as_of}
page-length  清单每页至少 1 行，要求的是 {limit} 行：请改大
    a list has at least one row, and {limit} are asked for
projection-failed  统计 {projection} 算不了 {log} 的第 {failed_at} 条（{error}）：对外的数字保持原样，请改正后重算
    {projection} cannot count entry {failed_at} of {log}: {error}; what is served stays as it was
question-missing  {source} 的第一行须是它的问题，以“?”结尾：请改写
    the first line of {source} must be its question, ending in '?'
queue-undefined  队列 {missing} 没有说明：请用 zh 和 en 写明其中有哪些办件
    the queue {missing!r} has no definition: say in zh and en what is in it
rate-of-unknown  比率 {name} 用到了 {part}，它不是本统计的指标：请先定义
    the rate {name!r} divides {part!r}, which is no measure of this tally
several-projections  {source} 中有 {count} 个统计：一个文件只问一个问题，请拆开
    {source} defines {count} projections; one file asks one question
size-wanted  清单只能按账上条数回看
    a list looks back to a size of the log, not a day
stock-by-entry  存量 {name} 不能按 {dim} 统计，它只属于单条记录：请去掉这个维度
    the stock {name!r} cannot be counted by {dim!r}, which belongs to one entry
stock-of-entries  存量不能按单条记录的项（{columns}）统计，否则只增不减：请统计行为，或把它做成办件的项
    a stock cannot be counted by what belongs to one entry ({columns}): it would never leave again; count the acts, or make it a fact
title-missing  标题缺 {missing} 一种语言：请补上
    the title in {missing} is missing
two-days  截止日期和回看日期只能写一个：请去掉其中一个
    say either until which day, or as of which day
two-sources  {source} 和 {other} 不能写在同一个条件里：请分开统计
    {source} and {other} cannot stand in one condition
unknown-axis  没有时间轴 {axis}：请用 occurred（发生时间）或 recorded（记录时间）
    there is no axis {axis!r}: occurred or recorded
unknown-column  {source} 没有 {name}：有 {known}
    {source} has no {name!r}; it has {known}
unknown-dimension  {name} 不含 {column}：有 {known}
    {name} keeps no {column!r}; it keeps {known}
unknown-fact  办件没有 {fact} 这一项：请改用已有的项
    a case has no fact {fact!r}
unknown-filter  {name} 不含 {column}：有 {kept}
    {name} keeps no {column!r}; it keeps {kept}
unknown-queue  {name} 没有队列 {queue}：有 {queues}
    {name} has no queue {queue!r}; it has {queues}
""")
