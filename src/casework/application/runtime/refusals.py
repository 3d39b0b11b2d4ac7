"""Sentences in Chinese and English for each refusal of runtime."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
another-wrapping-key  主密钥不对：{log} 是用 {other} 封存的，现在载入的是 {ours}；请换回原来的密钥文件
    the wrapping key is not the log's: {log} was sealed under {other}, and {ours} is loaded; bring back the file it was sealed under
no-log  还没有开账：先运行 casework init <代码> --county <县名>
    no log has been opened: begin with `casework init CODE --county NAME`
no-such-page  这不是本清单的翻页标记：请用上一页给出的 next，筛选条件保持不变
    that is no place in this list: take `next` from the page before, and keep the filters as they were
not-a-date  {text!r} 不是日期（YYYY-MM-DD）
    {text!r} is no date (YYYY-MM-DD)
not-a-time  看不懂时间 {text!r}：请写 2026-11-20、2026-11-20 09:30 或 2026-11-20T01:30:00Z
    cannot read the time {text!r}: write 2026-11-20, 2026-11-20 09:30 or 2026-11-20T01:30:00Z
unknown-log  没有这个县账：{name}{hint}
    there is no log {name!r}{hint}
unknown-projection  没有这个统计：{name}{hint}
    there is no projection {name!r}{hint}
which-log  这里有 {count} 本账（{logs}），请用 --log 指明
    there are {count} logs here ({logs}): say which with --log
""",
)
