"""Merging a case into another about the same thing, and taking it out again."""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import force_setattr as put

from casework.law.cases import names as called
from casework.law.cases.refusals import refused
from casework.law.cases.rules import ANY, OPEN, RESTORED, Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import ended, not_ended, taken_up_again
from casework.law.command import CaseStream, Command, Slug
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_Reason = Annotated[T, meaning("理由", "code")]
_Into = Annotated[T, meaning("并入", "stream of the case that goes on")]
_OutOf = Annotated[T, meaning("拆出自", "stream of the case it was merged into")]


class CaseMerged(Event, frozen=True, kw_only=True):
    name = "case-merged.v1"
    term = Text("并单", "This case goes on in another.")
    into: _Into[str]


class CaseAbsorbed(Event, frozen=True, kw_only=True):
    name = "case-absorbed.v1"
    term = Text("并入", "Another case was merged into this one.")
    merged: Annotated[str, meaning("被并办件", "stream of the case that was merged")]


class CaseUnmerged(Event, frozen=True, kw_only=True):
    name = "case-unmerged.v1"
    term = Text("拆单", "Taken out of the case it was merged into, back to where it stood.")
    out_of: _OutOf[str]
    reason: _Reason[str] = ""


class CaseReleased(Event, frozen=True, kw_only=True):
    name = "case-released.v1"
    term = Text("拆出", "A case merged into this one was taken out again.")
    released: Annotated[str, meaning("拆出办件", "its stream")]


class MergeCase(Command, frozen=True, kw_only=True):
    name = "merge-case"
    term = Text("并单", "Let this case go on in another that is about the same thing.")
    case: CaseStream
    into: _Into[CaseStream]


class UnmergeCase(Command, frozen=True, kw_only=True):
    name = "unmerge-case"
    term = Text("拆单", "Take a case out of the one it was merged into, back to where it stood.")
    case: CaseStream
    out_of: _OutOf[CaseStream]
    reason: _Reason[Slug] = ""


def merge(command: MergeCase, state: CaseState, context: Context) -> Decided:
    """并单."""
    if command.into == command.case:
        raise refused("merged-into-itself", case=command.case)
    target: CaseState = context.others[command.into]
    if not target.status:
        raise refused("no-such-case/into", into=command.into)
    if not target.is_open:
        status = called.status(target.status)
        if survivor := target.merged_into:
            raise refused(
                "target-not-open/merged", into=command.into, status=status, other=survivor, nearest=(survivor,)
            )
        raise refused("target-not-open", into=command.into, status=status)
    return [(command.case, CaseMerged(into=command.into)), (command.into, CaseAbsorbed(merged=command.case))]


def unmerge(command: UnmergeCase, state: CaseState, context: Context) -> Decided:
    """拆单."""
    if command.out_of != state.merged_into:
        raise refused(
            "not-merged-there",
            case=state.number,
            merged_into=state.merged_into,
            out_of=command.out_of,
            nearest=(state.merged_into,),
        )
    target: CaseState = context.others[command.out_of]
    if target.status == "archived":
        raise refused("target-archived", out_of=command.out_of, status=called.status(target.status))
    return [
        (command.case, CaseUnmerged(out_of=command.out_of, reason=command.reason)),
        (command.out_of, CaseReleased(released=command.case)),
    ]


def merged(s: CaseState, r: Recorded, event: CaseMerged) -> None:
    put(s, "before_merge", s.status)
    put(s, "merged_into", event.into)
    ended(s, r, "merged", "merged")


def absorbed(s: CaseState, r: Recorded, event: CaseAbsorbed) -> None:
    put(s, "absorbed", (*s.absorbed, event.merged))


def unmerged(s: CaseState, r: Recorded, event: CaseUnmerged) -> None:
    put(s, "status", s.before_merge)
    put(s, "parked", int(s.before_merge == "parked"))
    put(s, "merged_into", "")
    put(s, "before_merge", "")
    not_ended(s)
    taken_up_again(s, r)


def released(s: CaseState, r: Recorded, event: CaseReleased) -> None:
    put(s, "absorbed", tuple(stream for stream in s.absorbed if stream != event.released))


def merged_already(command: MergeCase, state: CaseState, context: Context) -> bool:
    """Whether it is merged into that very case."""
    return state.status == "merged" and state.merged_into == command.into


RULES: tuple[Rule, ...] = (
    rule(
        MergeCase, merge, OPEN, "dispatcher", "case-merged → merged",
        resource="merge", reads=("into",), done=merged_already,
    ),
    rule(
        UnmergeCase, unmerge, ("merged",), "dispatcher", f"case-unmerged → {RESTORED}",
        resource="unmerge", reads=("out_of",),
    ),
)  # fmt: skip
EFFECTS: Effects = {CaseMerged: merged, CaseAbsorbed: absorbed, CaseUnmerged: unmerged, CaseReleased: released}
#: what may happen to a case because another case's command names it: event → states in which it may
ON_THE_OTHER: dict[str, tuple[str, ...]] = {
    CaseAbsorbed.name: OPEN,
    CaseReleased.name: tuple(status for status in ANY if status != "archived"),
}
