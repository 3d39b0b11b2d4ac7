"""A ledger's own commands: they store what the ledger states, and no act that it does not."""

from __future__ import annotations

from typing import ClassVar, Literal

from casework.law.command import (
    CaseStream,
    Code,
    Command,
    Confidentiality,
    Coordinates,
    Day,
    Instant,
    Kind,
    Line,
    Slug,
    Urgency,
    Words,
)


class RecordLedgerCase(Command, frozen=True, kw_only=True):
    """Enter a case as a ledger states it (台账登记).

    case — 案件 — stream made from ledger and row id
    external_ref — 外部编号 — `<ledger>:<row id>`
    row_hash — 行摘要 — keyed digest of the row as read
    kind — 种类 — matter or difficulty
    category — 类别 — slug of the ledger's code
    topic — 主题 — slug of the ledger's finer code
    channel — 渠道 — slug of the ledger's source
    area — 地点 — slug of the ledger's place; '' when blank
    township — 乡镇 — where the roster knows no township of the area; '' when blank
    unit — 主办单位 — slug of the ledger's unit; '' when it has none
    urgency — 紧急程度 — as stated
    confidentiality — 密级 — as mapped
    due — 办理期限 — instant, when the ledger has one
    due_on — 期限日期 — or the local date by whose end it is due
    labels — 台账原文 — the ledger's own words: member → words
    summary — 摘要 — (sealed)
    details — 详情 — (sealed)
    address — 详细地址 — (sealed)
    coordinates — 坐标 — latitude and longitude, WGS 84, integer microdegrees (sealed)
    """

    name: ClassVar[str] = "record-ledger-case"
    seals: ClassVar[dict[str, tuple[int, str]]] = {
        "summary": (0, "summary"),
        "details": (0, "details"),
        "address": (0, "address"),
        "coordinates": (0, "coordinates"),
    }
    case: CaseStream
    external_ref: Code
    row_hash: Code = ""
    kind: Kind = "difficulty"
    category: Code = ""
    topic: Code = ""
    channel: Slug = ""
    area: Code = ""
    township: Code = ""
    unit: Code = ""
    urgency: Urgency = "normal"
    confidentiality: Confidentiality = "internal"
    due: Instant = ""
    due_on: Day = ""
    labels: dict[str, str] = {}
    summary: Line = ""
    details: Words = ""
    address: Line = ""
    coordinates: Coordinates | None = None


class RecordLedgerClosing(Command, frozen=True, kw_only=True):
    """Enter a closing as a ledger states it (台账办结).

    case — 案件 — its stream
    outcome — 结果 — as the map says; unstated otherwise
    reason — 办结原因代码 — slug of the ledger's code
    published — 台账所载是否按时 — on_time, late or ''
    labels — 台账原文 — the ledger's own words: member → words
    answer — 办理答复 — the ledger's words (sealed)
    """

    name: ClassVar[str] = "record-ledger-closing"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"answer": (0, "answer")}
    case: CaseStream
    outcome: Literal["solved", "explained", "not_solved", "unstated"] = "unstated"
    reason: Code = ""
    published: Literal["", "on_time", "late"] = ""
    labels: dict[str, str] = {}
    answer: Words = ""


class RecordLedgerAction(Command, frozen=True, kw_only=True):
    """Enter an action as a ledger states it (台账办理记录).

    case — 案件 — its stream
    action — 办理方式 — slug of the ledger's code
    labels — 台账原文 — the ledger's own words: member → words
    note — 办理情况 — the ledger's words (sealed)
    """

    name: ClassVar[str] = "record-ledger-action"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    action: Slug
    labels: dict[str, str] = {}
    note: Words = ""
