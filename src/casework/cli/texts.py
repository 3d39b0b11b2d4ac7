"""Labels of the command line in Chinese and English."""

from __future__ import annotations

from casework.application.cases.labels import fact_names
from casework.text import Text

FAILED = Text("出错", "error")
STEP = Text("序号", "position")
RECORDED = Text("记录时间", "recorded")
OCCURRED = Text("发生时间", "occurred")
WHO = Text("何人", "who")
ROLE = Text("身份", "role")
WHAT = Text("事项", "what")
CHANGED = Text("变化", "changed")
SEALED = Text("〔已封存〕", "[sealed]")
ERASED = Text("〔已依法删除〕", "[erased]")
MISSING = Text("〔密钥或密文缺失〕", "[key or text missing]")
NOTHING = Text("（无记录）", "(nothing)")
YES = Text("是", "yes")
NO = Text("否", "no")
NAME = Text("名称", "name")
QUESTION = Text("问题", "question")
TITLE = Text("标题", "title")
POSITION = Text("已算至", "counted to")
LAG = Text("落后条数", "entries behind")
STATE = Text("状况", "state")
CHECK = Text("检查", "check")
FOUND = Text("结果", "found")
REQUIRED = Text("必填", "required")
SEALED_MEMBER = Text("封存", "sealed")


def fact(name: str) -> Text:
    """What a fact is called."""
    return Text(*fact_names().get(name, (name, name)))
