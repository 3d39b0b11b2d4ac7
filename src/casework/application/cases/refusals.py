"""Sentences in Chinese and English for each refusal of cases."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
attachment-gone  附件尚未上传，或已删除
    the attachment was not brought yet, or was erased
attachment-too-large  附件有 {size} 字节，上限 {limit}：请压缩后再传
    the attachment has {size} bytes, and at most {limit} are kept: make it smaller
digest-differs  内容与地址中的 SHA-256 不符：可能没有传完，请重传
    the content has another SHA-256 than the address: it may be cut short, send it again
no-such-attachment  该办件没有附件 {sha256}…
    the case refers to no attachment {sha256}…
not-a-number  {column} 应为整数
    {column} is a whole number
not-a-time  {until} 既不是日期（YYYY-MM-DD）也不是条数
    {until} is neither a date (YYYY-MM-DD) nor a number of entries
not-this-kind  只收 {endings}：以内容为准，不看文件名
    only {endings} are kept, as the bytes say and not the name
not-yet  到 {until} 为止，账上还没有这件事
    up to {until} the log knew nothing of it
outside-your-area  您只能看本人的办件：请加 mine=true
    you see your own cases only: ask with mine=true
page-length  每页 1 至 {most} 行
    a page has between 1 and {most} rows
unknown-case  没有办件 {name}{hint}
    there is no case {name}{hint}
unknown-case/no-number  没有这样的办件编号
    no case is called like that
unknown-column  没有这个列：{name}{hint}
    there is no column {name!r}{hint}
unknown-filter  没有这个筛选项：{name}{hint}
    there is no filter {name!r}{hint}
unknown-member  没有这个项：{name}{hint}
    there is no member {name!r}{hint}
unknown-queue  没有这个队列：{name}{hint}
    there is no queue {name!r}{hint}
unknown-value  {column} 没有 {value!r}{choices}
    there is no {column} {value!r}{choices}
""",
)
