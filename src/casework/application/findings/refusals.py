"""Sentences in Chinese and English for each refusal of findings."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
no-such-entry  账上有 {size} 条（0 至 {last}），没有第 {beyond} 条：请核对佐证
    the log has {size} entries, 0 to {last}, and no entry {beyond}: check the evidence
no-such-finding  没有审计发现 {name}
    there is no finding {name}
not-so-long  账上只有 {size} 条，还没有 {as_of} 条
    the log has {size} entries, not yet {as_of}
page-length  每页 1 至 {most} 项
    a page has between 1 and {most} findings
unknown-value/kind  没有这个问题种类：{name}{hint}
    there is no kind {name!r}{hint}
unknown-value/status  没有这个状态：{name}{hint}
    there is no status {name!r}{hint}
""",
)
