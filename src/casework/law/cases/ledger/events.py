"""What a ledger kept elsewhere says of a case, taken over as it says it.

Documented as `case/events.py` says.
"""

from __future__ import annotations

from typing import ClassVar

from casework.law.event import Event


class LedgerCaseRecorded(Event, frozen=True, kw_only=True):
    """A ledger states this case (台账登记).

    number — 编号 — our own number
    external_ref — 外部编号 — `<ledger>:<row id>`, claimed once
    row_hash — 行摘要 — keyed digest of the row as read; tells whether a later import brings something else
    kind — 种类 — matter or difficulty
    category — 类别 — slug of the ledger's code
    topic — 主题 — slug of the ledger's finer code
    channel — 渠道 — slug of the ledger's source
    area — 地点 — slug of the ledger's place; blank stays ''
    township — 乡镇 — township of the place; blank stays ''
    unit — 主办单位 — slug of the ledger's unit; '' when it has none
    urgency — 紧急程度 — as stated
    confidentiality — 密级 — as mapped
    due — 办理期限 — instant; '' when the ledger has none
    due_on — 期限日期 — its local date
    due_basis — 期限依据 — ledger
    labels — 台账原文 — the ledger's own words for its channel and topic codes: member → words
    summary — 摘要 — (sealed)
    details — 详情 — (sealed)
    address — 详细地址 — (sealed)
    coordinates — 坐标 — (sealed)
    """

    name: ClassVar[str] = "ledger-case-recorded.v1"
    correctable: ClassVar[frozenset[str]] = frozenset(
        {
            "kind",
            "category",
            "topic",
            "channel",
            "area",
            "township",
            "unit",
            "urgency",
            "due",
            "due_on",
            "occurred",
            "occurred_on",
        }
    )
    restamped: ClassVar[frozenset[str]] = frozenset({"due_basis"})
    sealed: ClassVar[frozenset[str]] = frozenset({"summary", "details", "address", "coordinates"})

    number: str
    external_ref: str
    row_hash: str = ""
    kind: str = "difficulty"
    category: str = ""
    topic: str = ""
    channel: str = ""
    area: str = ""
    township: str = ""
    unit: str = ""
    urgency: str = "normal"
    confidentiality: str = "internal"
    due: str = ""
    due_on: str = ""
    due_basis: str = ""
    labels: dict[str, str] = {}


class LedgerClosingRecorded(Event, frozen=True, kw_only=True):
    """A ledger states that the case was closed (台账办结).

    outcome — 结果 — as the map says; unstated otherwise
    reason — 办结原因代码 — slug of the ledger's code
    timeliness — 是否按时 — computed from the closing's time against the due instant
    published — 台账所载是否按时 — what the ledger itself says: on_time, late or ''
    labels — 台账原文 — the ledger's own words for its reason code: member → words
    answer — 办理答复 — the ledger's words (sealed)
    """

    name: ClassVar[str] = "ledger-closing-recorded.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"outcome", "reason", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"answer"})
    outcome: str = "unstated"
    reason: str = ""
    timeliness: str = "no_due"
    published: str = ""
    labels: dict[str, str] = {}


class LedgerActionRecorded(Event, frozen=True, kw_only=True):
    """A ledger states an action (台账办理记录).

    action — 办理方式 — slug of the ledger's code
    labels — 台账原文 — the ledger's own words for its action code: member → words
    note — 办理情况 — the ledger's words (sealed)
    """

    name: ClassVar[str] = "ledger-action-recorded.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"action", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    action: str
    labels: dict[str, str] = {}
