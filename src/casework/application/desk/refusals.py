"""Sentences in Chinese and English for each refusal of desk."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
another-lead  主办干部已不是 {start}，未改派
    it is no longer led by {start}: it was left alone
not-of-that-unit  {to} 不是本单位（{unit}）的干部
    {to} is not of your unit ({unit}): cases go to another unit by a transfer
reason-missing  请写明改派理由（代码）
    say why, in a code: moved, on_leave, workload, …
same-cadre  改派前后是同一人
    that is the same cadre twice
too-many  一次改派 1 至 {most} 件
    between 1 and {most} cases are reassigned at once
unknown-cadre  花名册里没有 {cadre}
    the roster has no {cadre}
""",
)
