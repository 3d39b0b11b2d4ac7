"""Read a register: a page of cases as they stand, or as they stood at a size of the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Engine, and_, func, select, tuple_

from casework.change.tables import case_change, case_now
from casework.database.engine import reading
from casework.law.cases.facts import FACTS
from casework.projection.ask import NotAnswerable
from casework.projection.checkpoint import head
from casework.projection.reader import Scope, any_of
from casework.projection.register import Register

#: what tells one case from another, shown in every list
_IDENTITY = ("number", "stream")
#: fact of the past → column with the same as it is today
_TODAY = {"confidentiality": "confidentiality_today"}


class Listing(Struct, kw_only=True):
    """A page of a register; `after` fetches the next one, '' when this was the last."""

    name: str
    log: str
    columns: list[str]
    rows: list[dict[str, Any]]
    size: int
    after: list[Any] | None = None
    total: int | None = None


def listing(
    engine: Engine,
    name: str,
    register: Register,
    log: str,
    *,
    queue: str = "",
    where: Mapping[str, str | int | Sequence[str | int]] | None = None,
    as_of: int | None = None,
    limit: int = 50,
    after: Sequence[Any] | None = None,
    scope: Scope | None = None,
    total: bool = False,
) -> Listing:
    """One page of the list: by queue, by facts, as of a size of the log.

    Raises NotAnswerable.
    """
    if limit < 1:
        raise NotAnswerable(
            f"清单每页至少 1 行，要求的是 {limit} 行：请改大", f"a list has at least one row, and {limit} are asked for"
        )
    wanted: dict[str, tuple[str | int, ...]] = {}
    if queue:
        if queue not in register.queues:
            raise NotAnswerable(
                f"{name} 没有队列 {queue}：有 {'、'.join(register.queues)}",
                f"{name} has no queue {queue!r}; it has {', '.join(register.queues)}",
            )
        wanted |= register.queues[queue]
    for fact, values in (where or {}).items():
        if fact not in (*FACTS, *_IDENTITY):
            raise NotAnswerable(f"案件没有 {fact} 这一项：请改用已有的项", f"a case has no fact {fact!r}")
        given = (values,) if isinstance(values, str | int) else tuple(values)
        wanted[fact] = tuple(v for v in wanted[fact] if v in given) if fact in wanted else given
    with reading(engine) as db:
        size = head(db, log)
        if as_of is not None and as_of > size:
            raise NotAnswerable(
                f"账上只有 {size} 条，还没有 {as_of} 条：请改小", f"the log has {size} entries, not yet {as_of}"
            )
        rows = _now(log) if as_of is None else _then(log, as_of)
        conditions: list[ColumnElement[bool]] = [rows.c[fact].in_(values) for fact, values in wanted.items()]
        if scope is not None:
            conditions.append(any_of(scope, lambda fact: rows.c[fact]))
            if as_of is not None:  # what was made confidential since is not shown as it was before
                conditions.append(any_of(scope, lambda fact: rows.c[_TODAY.get(fact, fact)]))
        found = db.scalar(select(func.count()).select_from(rows).where(*conditions)) if total else None
        keys = [rows.c[fact] for fact in register.order] + [rows.c.stream]
        if after is not None:
            if len(after) != len(keys):
                raise NotAnswerable(
                    "清单中没有这个位置：请用上一页给出的 after",
                    "that is no place in this list: take `after` from the page before",
                )
            conditions.append(tuple_(*keys) > tuple_(*after))
        shown = [*_IDENTITY, *register.columns]
        query = select(*(rows.c[c] for c in shown), *(k.label(f"_key{i}") for i, k in enumerate(keys)))
        page = db.execute(query.where(and_(*conditions)).order_by(*keys).limit(limit + 1)).all()
    more = page[limit:]
    page = page[:limit]
    return Listing(
        name=name,
        log=log,
        columns=shown,
        rows=[dict(zip(shown, row, strict=False)) for row in page],
        size=size if as_of is None else as_of,
        after=list(page[-1][len(shown) :]) if more else None,
        total=found,
    )


def _now(log: str) -> Any:
    return select(case_now).where(case_now.c.log == log).subquery("cases")


def _then(log: str, size: int) -> Any:
    """The last change row of each case among the first `size` entries."""
    t = case_change
    last = func.row_number().over(partition_by=t.c.stream, order_by=(t.c.seq.desc(), t.c.line.desc()))
    ranked = select(t, last.label("nth")).where(t.c.log == log, t.c.seq < size).subquery("ranked")
    level = case_now.c.confidentiality.label(_TODAY["confidentiality"])
    number = select(case_now.c.stream, case_now.c.number, level).where(case_now.c.log == log).subquery("numbers")
    facts = [ranked.c[fact] for fact in FACTS]
    return (
        select(number.c.number, number.c[level.name], ranked.c.stream, *facts)
        .join(number, number.c.stream == ranked.c.stream)
        .where(ranked.c.nth == 1)
        .subquery("cases")
    )
