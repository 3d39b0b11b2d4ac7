"""Sentences in Chinese and English for each refusal of outbox."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
bad-outbox/address  设置 outbox.url 应是 http:// 或 https:// 开头的地址
    outbox.url is an address that begins with http:// or https://
bad-outbox/channel  设置 outbox.channel 为 {channel}：只能是 file、webhook 或 gateway
    outbox.channel is set to {channel}: it is file, webhook or gateway
bad-outbox/secret-file  设置 outbox.{name} 应指明一个内有密钥的文件
    outbox.{name} names a file that holds the secret
no-such-message  没有消息 {seq} {kind}
    there is no message {seq} {kind}
not-to-be-sent-again  消息 {seq} {kind} 现在是“{state}”，只有“发送失败”或“结果不明”的才能重发
    message {seq} {kind} is {state}: only what failed or is unknown is sent again
unknown-value/state  没有这个状态：{name}{hint}
    there is no state {name!r}{hint}
""",
)
