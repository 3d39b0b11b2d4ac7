"""Sentences in Chinese and English for each refusal of the command line."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
address-taken  无法在 {where} 监听：{strerror}；请换端口（--port）或先停掉占用者
    cannot listen on {where}: {strerror}; choose another --port, or stop who has it
bad-outbox  没有设置 outbox.channel，不发送消息
    outbox.channel is not set: nothing is sent
file-exists  {path} 已经存在，没有覆盖：请另取文件名
    {path} is there already and was left alone: name another
not-a-roster  不是花名册：{why}
    {why}
unknown-command  没有这个命令：{name}{hint}
    there is no command {name!r}{hint}
""",
)
