"""Sentences in Chinese and English for each refusal of surveys."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
no-such-answer  受访人代号以 {name} 开头的答卷有 {count} 份：请写全代号
    {count} answers are of somebody whose id begins like {name}: give the whole id
no-such-survey  没有需求调查“{name}”
    there is no survey {name!r}
page-length  每页 1 至 {most} 行
    a page has between 1 and {most} rows
which-survey  有 {count} 项调查都叫“{name}”：请用标识指明，如 {example}
    {count} surveys are called {name!r}: name one by its id, as in {example}
""",
)
