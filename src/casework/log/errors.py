"""Errors of the log: what happened, with both values, and what to do next."""

from __future__ import annotations

from casework.text import Spoken, Text

#: what may exist only once → Chinese term
_CLAIMS = {"number": "案件编号", "external_ref": "外部编号"}


class LogError(Spoken):
    """The log could not do what was asked."""


class EntryRefused(LogError, ValueError):
    """The entry has no canonical bytes; names the member and its fault."""


class EntryTooLarge(EntryRefused):
    """The entry is longer than MAX_ENTRY_BYTES; nothing was written."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            f"条目需要 {length} 字节，最多 {limit} 字节：请把长文字放入封存项，它存放在条目之外",
            f"the entry would take {length} bytes and {limit} is the most that can be proven: "
            f"put long text into a sealed member, which is stored beside the entry",
        )
        self.length = length
        self.limit = limit


class EntryUnknown(LogError):
    """A stored entry has a type that this version does not know: a newer version wrote it."""


class LogUnknown(LogError):
    """The log does not exist yet."""

    def __init__(self, log: str) -> None:
        super().__init__(
            f"这里没有县账 {log}：请先用 casework init 或【开账】命令开账",
            f"there is no log {log!r} here: open it first, with `casework init` or the command open-log",
        )
        self.log = log


class LogDamaged(LogError):
    """Stored data contradicts itself; nothing was written. Verify before going on."""


class VersionMoved(LogError):
    """The stream is no longer at the revision that the client saw."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(
            f"{stream} 现在的修订号是 {actual}，不是 {expected}，已有人先办理：请重新查看后再定",
            f"{stream} is at revision {actual}, not {expected}: somebody was quicker; look again, then decide again",
        )
        self.stream = stream
        self.expected = expected
        self.actual = actual


class CommandReused(LogError):
    """A command id was reused with other content, or by another actor."""

    def __init__(self, command: str, how: Text) -> None:
        super().__init__(
            f"命令编号 {command} {how.zh}：新的命令要用新的编号",
            f"command id {command!r} was already used {how.en}: a new command needs a new id",
        )
        self.command = command


class ClaimTaken(LogError):
    """A value that exists once in a log is taken."""

    def __init__(self, kind: str, key: str, stream: str) -> None:
        named = _CLAIMS.get(kind, "标识")
        super().__init__(
            f"{named}“{key}”已属于 {stream}：请用那一件，或换一个{named}",
            f"{kind} {key!r} already belongs to {stream}: use that one, or another {kind}",
        )
        self.kind = kind
        self.key = key
        self.stream = stream


class ClockRefused(LogError):
    """The machine's clock is too far from the log's last instant."""

    def __init__(self, clock_at: str, head_at: str, why: Text) -> None:
        super().__init__(
            f"机器时钟为 {clock_at}，比账上最后一条（{head_at}）{why.zh}：请校准时钟（casework doctor 列出两者），"
            "时钟若无误，请用 --accept-clock 确认一次",
            f"the clock says {clock_at}, {why.en} the log's last entry of {head_at}: set the machine's clock "
            f"(`casework doctor` shows both), or, if the clock is right, vouch for it once with --accept-clock",
        )
        self.clock_at = clock_at
        self.head_at = head_at


class QueueFull(LogError):
    """Too many commands are queued; nothing was stored: retry the same command."""

    def __init__(self, waiting: int, limit: int, retry_after: int = 1) -> None:
        super().__init__(
            f"排队的命令已有 {waiting} 条，最多 {limit} 条：请 {retry_after} 秒后重试",
            f"{waiting} commands are waiting and {limit} may: try again in {retry_after} s",
        )
        self.retry_after = retry_after


class OutcomeUnknown(LogError):
    """COMMIT failed, so the entries may be stored or not: retrying the same command id tells which."""


class StoreUnavailable(LogError):
    """The database refused every retry; nothing was stored: retry the same command later."""


class WriterClosed(LogError):
    """The writer is closing; nothing was stored: retry the same command after the restart."""
