"""Sentences in Chinese and English for each refusal of commands."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
command-id  命令编号应为 1 至 200 个可见字符
    a command id has 1 to 200 visible characters
control-character  {name} 含有不可见的控制字符，请删去后重试
    {name} holds control characters: take them out and try again
malformed  {command}不合格式：{what}
    {command} is malformed: {what}
malformed/words  {command}的{member}只能是{words}
    {command}: {member} must be one of {words}
not-an-instant  {instant!r} 不是世界时（YYYY-MM-DDTHH:MM:SS.mmmZ）
    {instant!r} is no instant (YYYY-MM-DDTHH:MM:SS.mmmZ)
not-for-others  您是 {actor}，只能以本人名义办理，不能代 {for_} 录入
    you are {actor} and speak for yourself, not for {for_}
outcome-unknown  {wait:g} 秒内没有答复：请用同一命令编号再发一次，即可得知是否已入账
    no answer within {wait:g} s: ask again with the same command id and learn what became of it
resident-id  群众代号应为 resident/ 加随机十六进制数，不得用电话或证件号码
    a resident's id is resident/ and random hexadecimal digits, never a telephone or identity number
unknown-command  没有这个命令：{name}{hint}
    there is no command {name!r}{hint}
unknown-member  {command}没有“{name}”这一项：可以填{members}
    {command} has no member {name}: it has {members}
unknown-member/near  {command}没有“{name}”这一项：是否为{members}？
    {command} has no member {name}: did you mean {members}?
""",
)
