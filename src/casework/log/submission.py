"""What the writer takes and gives: submissions, answers, the law, hooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from casework.law.command import Command
from casework.law.context import Context
from casework.law.event import Recorded
from casework.log.entry import Commitment, Device, Entry

#: kind of claim that holds case numbers; they are given under the lock of the log, so no other process can take one
NUMBER = "number"
#: called with the command, the state of its own stream, and the context of the decision; raises to refuse
Check = Callable[[Command, Any, Context], None]


class Submission(Struct, frozen=True, kw_only=True):
    """A command with everything that its entries record about it.

    streams       streams whose states deciding needs, the command's own first
    digest        HMAC of the command's full content and actor, made before sealing
    expected      revision that the command's first stream must still have (If-Match)
    commitments   what its entries hold of sealed parts: (index among the command's events, commitment)
    beside        rows committed in the same transaction: sealed parts, their keys and tokens
    accept_clock  an operator confirms a clock that is far from the log's last instant
    check         called before the law decides
    """

    log: str
    command_id: str
    command: Command
    streams: tuple[str, ...]
    actor: str
    role: str
    unit: str = ""
    for_: str = ""
    source: str
    operator: str = ""
    occurred: str = ""
    occurred_on: str = ""
    device: Device | None = None
    digest: bytes
    expected: int | None = None
    commitments: tuple[tuple[int, Commitment], ...] = ()
    beside: tuple[tuple[Any, tuple[dict[str, Any], ...]], ...] = ()
    accept_clock: bool = False
    check: Check | None = None


class Answer(Struct, kw_only=True, omit_defaults=True):
    """The result of a command.

    stream, rev  the command's own stream and where it stands now
    seq          place of the first entry; -1 when nothing had to be stored
    events       stored names of its events, in order
    size         size of the log after it: a reader at this size sees it
    repeated     the command was answered before; this is the first answer
    """

    log: str
    command: str
    stream: str
    rev: int
    seq: int
    events: tuple[str, ...]
    number: str = ""
    size: int
    at: str
    repeated: bool = False


class Appended(Struct, frozen=True, kw_only=True, gc=False):
    """One new entry, with the state of its stream before and after.

    history  for a correction: the whole stream as stored, up to and including this entry
    """

    entry: Entry
    recorded: Recorded
    before: Any
    after: Any
    history: Sequence[Recorded] | None = None


#: called inside a transaction: (connection, log, what is appended)
Hook = Callable[[Any, str, Sequence[Appended]], None]
