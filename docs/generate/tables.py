"""`docs/reference/tables.md` and `facts.md`: columns, facts, measures and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import fields
from sqlalchemy import Column

from casework.application.access import receipts
from casework.application.accounts import tables as account_tables
from casework.application.accounts import tokens
from casework.application.outbox import table as outbox_table
from casework.change import tables as change_tables
from casework.change.case_lines import NUMBER_MEASURES, TEXT_MEASURES
from casework.law.cases import facts as codes
from casework.law.cases.facts import FACTS, Facts
from casework.law.context import ROLES
from casework.log import schema
from casework.projection import tables as projection_tables
from casework.seal import reading_ledger as access_table
from casework.seal import tables as seal_tables
from casework.text import Text, meaning_of
from docs.generate.markdown import page
from docs.generate.markdown import table as grid

#: rooms in the order of the flow: heading → module that defines its tables
ROOMS: dict[str, Any] = {
    "The log 账": schema,
    "Sealed parts 密封": seal_tables,
    "Changes 变动": change_tables,
    "Projections 统计": projection_tables,
    "Who may come in 凭证": tokens,
    "Receipts 回执": receipts,
    "Messages 消息": outbox_table,
    "Who read 查阅台账": access_table,
    "Accounts 账号": account_tables,
}
_CODES: dict[str, tuple[str, Mapping[str, str]]] = {
    "status": ("状态", codes.STATUSES),
    "outcome": ("结果", codes.OUTCOMES),
    "kind": ("种类", codes.KINDS),
    "urgency": ("紧急程度", codes.URGENCIES),
    "confidentiality": ("知悉范围", codes.CONFIDENTIALITIES),
    "timeliness": ("是否按时", codes.TIMELINESS),
    "due_basis": ("期限依据", codes.DUE_BASES),
}


def tables_of(room: Any) -> list[Any]:
    """The tables that a room defines, in its order."""
    found = [
        value
        for value in getattr(room, "DERIVED", vars(room).values())
        if hasattr(value, "primary_key") and hasattr(value, "comment")
    ]
    return list(dict.fromkeys(found))


def facts_of() -> dict[str, Text]:
    """Fact → Chinese term and meaning."""
    return {field.name: meaning_of(field.type) for field in fields(Facts)}


def meaning(column: Column[Any]) -> str:
    """What a column holds: its `doc`, or what is said of the fact or measure that it is named after."""
    if column.doc:
        return column.doc
    told, fact = facts_of(), column.name.removeprefix("before_")
    if column.nullable:
        return f"{told[fact][0]}, before the entry; NULL where it did not change"
    if fact in told:
        zh, more = told[fact]
        return f"{zh}: {more}" if more else zh
    zh, more = (TEXT_MEASURES | NUMBER_MEASURES)[column.name]
    return f"{zh}: {more}"


def tables() -> str:
    """`tables.md`: every table and column."""
    parts = [
        "Tables 数据表",
        "All text sorts by code point; `log` leads every key, so that counties never mix. **Key** marks the primary "
        "key. The log and the sealed parts are all that must be kept: changes and projections follow from the log and "
        "come back equal when they are dropped (`casework projections rebuild --from-entries`).",
    ]
    for heading, room in ROOMS.items():
        parts.append(f"## {heading}")
        for table in tables_of(room):
            parts += [f"### `{table.name}`", table.comment or ""]
            keys = {column.name for column in table.primary_key}
            shown = [c for c in table.columns if not (c.name.startswith("before_") and c.name[7:] in FACTS)]
            rows = [(f"`{c.name}`" + (" **key**" if c.name in keys else ""), _type(c), meaning(c)) for c in shown]
            parts.append(grid(("column", "type", "meaning"), rows))
            if len(shown) < len(table.columns):
                before = ", ".join(f"`before_{name}`" for name in FACTS)
                parts.append(
                    f"Each fact again as it was before the entry, NULL where the entry did not change it: {before}."
                )
    parts += [
        "### The tables of a tally",
        "Made by the kit for each projection that counts, named after it and its version (on PostgreSQL in the schema "
        "`shelf`): `<name>_v<version>` holds the counts by dimension, `day` (occurred; for stocks effective), "
        "`recorded_on` and `slice` (`seq` ÷ 65,536); `<name>_v<version>_now` the running totals; where it has a "
        "distribution, `…_spread` and `…_spread_now` hold the buckets. `generation` tells a rebuild from what is "
        "served.",
    ]
    return page(*parts)


def facts() -> str:
    """`facts.md`: what can be counted by and summed, and the codes in use."""
    parts = [
        "Facts and measures 事实与度量",
        "A **fact** is true of a case after an entry, and stays until another entry changes it: cases are counted by "
        "it, as stocks (`stock(case.outcome == \"solved\")`). What is missing is '' or 0, never null.",
        "## Facts 事实",
        grid(("fact", "中文", "meaning"), [(f"`{n}`", zh, more) for n, (zh, more) in facts_of().items()]),
        "## Measures of an entry 记录的度量",
        "A **measure** belongs to one entry: acts are counted by it or summed (`count(case.is_action == 1)`). Beside "
        f"them each entry has {', '.join(f'`{c}`' for c in ('type', 'actor', 'role', 'actor_unit', 'counts_for'))} and "
        "its three dates: see [tables](tables.md).",
        grid(
            ("measure", "中文", "meaning"),
            [(f"`{n}`", *told) for n, told in (TEXT_MEASURES | NUMBER_MEASURES).items()],
        ),
        "## Codes 代码",
        "Stored codes are English; what is shown is the reader's language.",
    ]
    for name, (zh, terms) in _CODES.items():
        parts += [f"### `{name}` {zh}", grid(("code", "中文"), [(f"`{code}`", term) for code, term in terms.items()])]
    parts += [
        "### Roles 身份",
        "The closed list of roles in which somebody, or the machine, acts. What each may do stands in "
        "[the life of a case](lifecycle.md).",
        grid(("role", "中文"), [(f"`{role}`", term) for role, term in ROLES.items()]),
    ]
    return page(*parts)


def _type(column: Any) -> str:
    named = type(column.type).__name__
    return {"Text": "text", "LargeBinary": "bytes"}.get(named, "whole number")
