"""`casework outbox`: lists messages to residents, sends them, and sends failed ones again."""

from __future__ import annotations

from collections import Counter

import rich_click as click

from casework.application.outbox import outbox as messages
from casework.application.outbox.channels import channel_of
from casework.application.outbox.send import send_due
from casework.cli.refusals import refused
from casework.cli.session import Session, with_session

_COLUMNS = ["seq", "kind", "number", "state", "reason", "attempts", "changed_at", "next_at", "sent_at", "read_at"]


@click.group()
def outbox() -> None:
    """发件箱：发给群众的消息。 The outbox: messages to residents; text and address are not stored."""


@outbox.command(name="list")
@click.option("--state", default="", help="只看一种状态。 Only those in this state: ready, sent, failed, unknown, …")
@click.option(
    "--limit", type=click.IntRange(1, messages.MOST), default=50, show_default=True, help="多少条。 How many."
)
@with_session
def list_(session: Session, state: str, limit: int) -> None:
    """列出消息，新的在前。 Messages, the newest first; look at those that failed or are unknown."""
    found = messages.listed(session.runtime, session.log, state, limit)
    if session.shown_as_json(found):
        return
    session.records(found, _COLUMNS)
    for name, count in messages.counts(session.runtime, session.log).items():
        session.note(f"{messages.STATES[name]} {count} 条", f"{count} {name}")


@outbox.command()
@with_session
def send(session: Session) -> None:
    """生成并发送到期的消息；服务运行时自动进行。 Make and send what is due; a running server does it by itself."""
    channel = channel_of(session.settings)
    if channel is None:
        raise refused("bad-outbox")
    made = messages.make(session.runtime, session.log)
    told = Counter[str]()
    while found := send_due(session.runtime, session.log, channel):
        told += found
    session.answer(
        {"made": made, **told},
        "，".join([f"生成 {made} 条", *(f"{messages.STATES[state]} {count} 条" for state, count in told.items())]),
        ", ".join([f"{made} made", *(f"{count} {state}" for state, count in told.items())]),
    )


@outbox.command()
@click.argument("seq", type=int)
@click.argument("kind")
@with_session
def retry(session: Session, seq: int, kind: str) -> None:
    """重发失败或结果不明的一条。 Send again what failed or may not have arrived; SEQ and KIND are in the list.

    Check first whether the receiver has it: it is sent a second time.
    """
    one = messages.retry(session.runtime, session.log, seq, kind)
    session.answer(one, f"消息 {seq} {kind} 将重发", f"message {seq} {kind} will be sent again")


COMMANDS = (outbox,)
