"""Base class of events, and an entry as the law reads it."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar, TypeVar

from msgspec import Struct

from casework.text import Text

NO_MEMBERS: frozenset[str] = frozenset()
T = TypeVar("T", bound=Struct)


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A fact that happened; `name` is what is stored, forever.

    The class may be renamed freely, the name never. Members are only ever added, each with a default.
    Unknown members of a stored event are ignored when read: a newer process may have written them.
    """

    name: ClassVar[str] = ""
    #: its Chinese term, and in English a sentence that says what it is
    term: ClassVar[Text] = Text("", "")
    #: members whose recorded value may be corrected; never one that moves the state
    correctable: ClassVar[frozenset[str]] = NO_MEMBERS
    #: members that follow from others and are corrected along with them, never by themselves
    restamped: ClassVar[frozenset[str]] = NO_MEMBERS
    #: member → the codes that it may hold, each with its Chinese term
    code_terms: ClassVar[dict[str, dict[str, str]]] = {}
    #: members whose values exist once in a log, each the kind of claim it makes
    unique: ClassVar[tuple[str, ...]] = ()
    #: whether it changes how earlier entries of its stream are read
    corrects: ClassVar[bool] = False
    #: personal parts: not in the entry, only their commitments; member as in `sealed` of the envelope → meaning
    sealed: ClassVar[dict[str, Any]] = {}

    def claims(self) -> tuple[tuple[str, str], ...]:
        """What it takes for itself alone in its log: (kind, key)."""
        return tuple((kind, key) for kind in self.unique if (key := getattr(self, kind)))


class Recorded(Struct, frozen=True, kw_only=True, gc=False):
    """One entry as the law and the fold read it.

    at           instant of recording, `YYYY-MM-DDTHH:MM:SS.mmmZ`, never decreasing within a log
    recorded_on  county-local date of `at`
    occurred     instant at which it happened; '' when only a local date was claimed
    occurred_on  county-local date on which it happened (never empty)
    counts_for   whose act it was: the envelope's `for`, else its `actor`
    """

    seq: int
    stream: str
    rev: int
    at: str
    recorded_on: str
    occurred: str
    occurred_on: str
    actor: str
    role: str
    unit: str
    counts_for: str
    event: Event


@cache
def _names(source: type[Struct], kind: type[Struct]) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if name in source.__struct_fields__)


def shared(source: Struct, kind: type[Struct]) -> dict[str, Any]:
    """The members of SOURCE that KIND has under the same name."""
    return {name: getattr(source, name) for name in _names(type(source), kind)}


def stated(kind: type[T], source: Struct, **own: Any) -> T:
    """A KIND with the members that SOURCE, as a rule a command, has under the same name; OWN members win."""
    return kind(**shared(source, kind) | own)
