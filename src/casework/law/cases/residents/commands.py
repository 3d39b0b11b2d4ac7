"""Commands of whoever asked: add to it, say how it stands with their data and messages; and of who serves them."""

from __future__ import annotations

from typing import ClassVar, Literal

from casework.law.command import CaseStream, Command, Digest, Words

DataRequest = Literal["correction", "erasure", "copy"]


class AddInformation(Command, frozen=True, kw_only=True):
    """Add to what was asked (补充情况).

    case — 案件 — its stream
    evidence — 佐证 — SHA-256 (hex) of attachments
    details — 补充内容 — in words (sealed)
    """

    name: ClassVar[str] = "add-information"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"details": (0, "details")}
    case: CaseStream
    evidence: tuple[Digest, ...] = ()
    details: Words = ""


class AskAboutData(Command, frozen=True, kw_only=True):
    """Ask that personal data be corrected or erased, or for a copy of it (个人信息请求).

    case — 案件 — its stream
    what — 事项 — correction, erasure or copy
    details — 说明 — in words (sealed)
    """

    name: ClassVar[str] = "ask-about-data"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"details": (0, "details")}
    case: CaseStream
    what: DataRequest
    details: Words = ""


class AnswerDataRequest(Command, frozen=True, kw_only=True):
    """Say what became of such a request (答复个人信息请求).

    case — 案件 — its stream
    what — 事项 — correction, erasure or copy
    result — 结果 — done, partly or refused
    explanation — 答复 — what the resident is told (sealed)
    """

    name: ClassVar[str] = "answer-data-request"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    what: DataRequest
    result: Literal["done", "partly", "refused"]
    explanation: Words = ""


class IssueReceipt(Command, frozen=True, kw_only=True):
    """Hand out a new secret, which takes the place of the one before (补发回执).

    case — 案件 — its stream
    reason — 理由代码 — lost, exposed, or first where there was none
    """

    name: ClassVar[str] = "issue-receipt"
    case: CaseStream
    reason: Literal["lost", "exposed", "first"]


class ChooseMessages(Command, frozen=True, kw_only=True):
    """Say whether messages about the case are wanted (消息意愿).

    case — 案件 — its stream
    wanted — 是否接收 — no: none is sent from here on
    """

    name: ClassVar[str] = "choose-messages"
    case: CaseStream
    wanted: bool
