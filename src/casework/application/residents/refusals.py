"""Sentences in Chinese and English for each refusal of residents."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
filing-closed  本县未开通网上提交：请到服务站或拨打热线提出
    requests are not taken by page here: come to a station, or call the hotline
""",
)
