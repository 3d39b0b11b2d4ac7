"""Calling the resident back, or hearing from them, whether the case is solved."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import force_setattr as put

from casework.law.cases import names as called
from casework.law.cases.guards import check_answers_not_for_it, check_asked, check_outside, refuse
from casework.law.cases.rules import Effects
from casework.law.cases.state import CaseState
from casework.law.command import CaseStream, Command, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import Text


class CallbackRecorded(Event, frozen=True, kw_only=True):
    """A caller outside the handling unit asked the resident, or the resident came and said so (回访).

    reached — 是否接通 — an attempt that reached nobody is recorded too
    solved — 是否解决 — yes, no, or '' when not said
    satisfaction — 满意度 — 1 … 5; 0 when not said
    attempt — 第几次 — 1 and up, within the round
    note — 回访情况 — (sealed)
    """

    name: ClassVar[str] = "callback-recorded.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"satisfaction", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    reached: bool
    solved: str = ""
    satisfaction: int = 0
    attempt: int = 1


class RecordCallback(Command, frozen=True, kw_only=True):
    """Record what the resident said, or that nobody was reached (回访).

    case — 案件 — its stream
    reached — 是否接通 — whether the resident answered
    solved — 是否解决 — yes, no, or '' when not said
    satisfaction — 满意度 — 1 (very dissatisfied) … 5 (very satisfied); 0 when not said
    note — 回访情况 — (sealed)
    """

    name: ClassVar[str] = "record-callback"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    reached: bool
    solved: Literal["yes", "no", ""] = ""
    satisfaction: Annotated[int, Meta(ge=0, le=5)] = 0
    note: Words = ""


_SOLVED = {"yes": "是", "no": "否", "": "未填"}


def call_back(command: RecordCallback, state: CaseState, context: Context) -> Decided:
    """回访: by somebody outside the units that handle the case or led it before; or by whoever asked."""
    check_asked(command.case, state, context)
    check_outside(state, context, "caller-of-the-unit", Text("回访", "call"))
    if context.role == "resident" and (command.solved == "yes" or command.satisfaction):
        _check_receipt_of_others(state, context)
    check_answers_not_for_it(state, context, Text("回访本案", "call back about it"))
    if not command.reached and (command.solved or command.satisfaction):
        refuse(
            "nobody-reached",
            f"未联系上群众，却填了是否解决（{_SOLVED[command.solved]}）和满意度（{command.satisfaction}）：请删去这两项，"
            "或注明已联系上群众。",
            f"Nobody was reached, and yet solved is {called.value(command.solved).en} and satisfaction"
            f" {command.satisfaction}:"
            " leave both out, or say that the resident was reached.",
        )
    event = CallbackRecorded(
        reached=command.reached,
        solved=command.solved,
        satisfaction=command.satisfaction,
        attempt=state.attempts + 1,
    )
    return [(command.case, event)]


def _check_receipt_of_others(state: CaseState, context: Context) -> None:
    """Refuse praise by a receipt that went through the hands of those whom it praises."""
    if state.receipt_unit and state.receipt_unit in {state.unit, *(holder.unit for holder in state.co_handlers)}:
        unit = called.unit(state.receipt_unit, context)
        refuse(
            "receipt-of-the-unit",
            f"案件 {state.number} 的回执由承办单位{unit.zh}开出，不能凭它确认已解决或评价：将由其他单位的人员电话回访；"
            "如未解决，请如实选择“未解决”。",
            f"The receipt of case {state.number} was issued by {unit.en}, which handles it, and cannot confirm or rate:"
            " somebody of another unit will call; if it is not solved, say so here.",
        )


def called_back(s: CaseState, r: Recorded, event: CallbackRecorded) -> None:
    put(s, "attempts", s.attempts + 1)
    if not event.reached:
        put(s, "unreached", s.unreached + 1)
        return
    put(s, "called", True)
    if event.solved:
        put(s, "solved_word", event.solved)
        put(s, "said_no", s.said_no or event.solved == "no")
    if event.satisfaction:
        put(s, "satisfaction", event.satisfaction)


RULES: tuple[Rule, ...] = (
    rule(
        RecordCallback, call_back, ("callback", "closed"), "caller resident", "callback-recorded",
        resource="callbacks",
    ),
)  # fmt: skip
EFFECTS: Effects = {CallbackRecorded: called_back}
