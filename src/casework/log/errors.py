"""Errors of the log: what happened, with both values, and what to do next."""

from __future__ import annotations

from casework.log.refusals import sentence
from casework.text import Spoken, Text

#: what may exist only once → Chinese term
_CLAIMS = {"number": "办件编号", "external_ref": "外部编号"}


class LogError(Spoken):
    """The log could not do what was asked."""


class EntryRefused(LogError, ValueError):
    """The entry has no canonical bytes; names the member and its fault."""


class EntryTooLarge(EntryRefused):
    """The entry is longer than MAX_ENTRY_BYTES; nothing was written."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(*sentence("entry-too-large", length=length, limit=limit))
        self.length = length
        self.limit = limit


class EntryUnknown(LogError):
    """A stored entry has a type that this version does not know: a newer version wrote it."""


class LogUnknown(LogError):
    """The log does not exist yet."""

    def __init__(self, log: str) -> None:
        super().__init__(*sentence("log-unknown", log=log))
        self.log = log


class LogDamaged(LogError):
    """Stored data contradicts itself; nothing was written. Verify before going on."""


class VersionMoved(LogError):
    """The stream is no longer at the revision that the client saw."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(*sentence("version-moved", stream=stream, actual=actual, expected=expected))
        self.stream = stream
        self.expected = expected
        self.actual = actual


class CommandReused(LogError):
    """A command id was reused with other content, or by another actor."""

    def __init__(self, command: str, how: Text) -> None:
        super().__init__(*sentence("command-reused", command=command, how=how))
        self.command = command


class ClaimTaken(LogError):
    """A value that exists once in a log is taken."""

    def __init__(self, kind: str, key: str, stream: str) -> None:
        named = _CLAIMS.get(kind, "标识")
        super().__init__(*sentence("claim-taken", what=Text(named, kind), key=key, stream=stream))
        self.kind = kind
        self.key = key
        self.stream = stream


class ClockRefused(LogError):
    """The machine's clock is too far from the log's last instant."""

    def __init__(self, clock_at: str, head_at: str, why: Text) -> None:
        super().__init__(*sentence("clock-refused", clock_at=clock_at, head_at=head_at, why=why))
        self.clock_at = clock_at
        self.head_at = head_at


class QueueFull(LogError):
    """Too many commands are queued; nothing was stored: retry the same command."""

    def __init__(self, waiting: int, limit: int, retry_after: int = 1) -> None:
        super().__init__(*sentence("queue-full", waiting=waiting, limit=limit, retry_after=retry_after))
        self.retry_after = retry_after


class OutcomeUnknown(LogError):
    """COMMIT failed, so the entries may be stored or not: retrying the same command id tells which."""


class StoreUnavailable(LogError):
    """The database refused every retry; nothing was stored: retry the same command later."""


class WriterClosed(LogError):
    """The writer is closing; nothing was stored: retry the same command after the restart."""
