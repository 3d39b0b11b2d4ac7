"""Sentences in Chinese and English for each refusal of read audit."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
page-length  每页 1 至 {most} 行
    a page has between 1 and {most} rows
""",
)
