"""The queues that people work from: which cases stand in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from casework.law.cases.facts import OPEN_STATUSES


class Queue(NamedTuple):
    """A queue.

    facts  fact → values: a case stands in it while each fact has one of its values
    """

    zh: str
    en: str
    facts: Mapping[str, tuple[str | int, ...]]


QUEUES: dict[str, Queue] = {
    "to_accept": Queue("待受理", "Waiting to be accepted", {"status": ("registered",)}),
    "to_dispatch": Queue("待派单", "Waiting to be dispatched", {"status": ("accepted",)}),
    "to_sign": Queue("待签收", "Waiting for the unit to sign", {"status": ("dispatched",)}),
    "in_progress": Queue("办理中", "Being handled", {"status": ("in_progress",)}),
    "parked": Queue("挂账", "Parked", {"status": ("parked",)}),
    "to_review": Queue("待审核", "Waiting to be reviewed", {"status": ("resolved",)}),
    "to_call_back": Queue("待回访", "Waiting for a callback", {"status": ("callback",)}),
    "supervised": Queue("督办中", "Under supervision", {"supervised": (1,)}),
    "open": Queue("全部未办结", "Everything still open", {"status": OPEN_STATUSES}),
}
