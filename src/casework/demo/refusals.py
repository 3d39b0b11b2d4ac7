"""Sentences in Chinese and English for each refusal of the demo."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
not-as-counted  有数字与真值不符
    a figure differs from the outside count
not-as-planned  与计划不符：计划 {matters_completed} 件和 {difficulties_solved} 件
    not as planned: {matters_completed} and {difficulties_solved} were
not-the-demo  {log} 里有演示以外的记录，不能接着演：请换一个文件夹
    the log {log} holds entries that are not the demo's, so it cannot go on: take another folder
""",
)
