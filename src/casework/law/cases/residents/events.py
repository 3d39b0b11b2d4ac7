"""What can happen between a case and the resident whose it is: added to, asked about, told.

Documented as `case/events.py` says.
"""

from __future__ import annotations

from typing import ClassVar

from casework.law.event import Event


class InformationAdded(Event, frozen=True, kw_only=True):
    """Whoever asked, or an office on their word, added to what was asked (补充情况).

    evidence — 佐证 — SHA-256 (hex) of attachments
    details — 补充内容 — in words (sealed)
    """

    name: ClassVar[str] = "information-added.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"details"})
    evidence: tuple[str, ...] = ()


class DataRequestMade(Event, frozen=True, kw_only=True):
    """Whoever asked wants their personal data corrected, erased, or a copy of it (个人信息请求).

    what — 事项 — correction, erasure or copy
    details — 说明 — in words (sealed)
    """

    name: ClassVar[str] = "data-request-made.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"details"})
    what: str


class DataRequestAnswered(Event, frozen=True, kw_only=True):
    """The privacy officer answered such a request (答复个人信息请求).

    what — 事项 — correction, erasure or copy
    result — 结果 — done, partly or refused
    explanation — 答复 — what the resident is told (sealed)
    """

    name: ClassVar[str] = "data-request-answered.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    what: str
    result: str


class ReceiptIssued(Event, frozen=True, kw_only=True):
    """A new secret was handed out for the case; the one before it opens nothing more (补发回执).

    reason — 理由代码 — lost, exposed or first
    """

    name: ClassVar[str] = "receipt-issued.v1"
    reason: str


class MessagesChosen(Event, frozen=True, kw_only=True):
    """Whoever asked said whether they want to be sent messages about the case (消息意愿).

    wanted — 是否接收 — false: none is sent from here on
    """

    name: ClassVar[str] = "messages-chosen.v1"
    wanted: bool
