"""Answer a register: a page of cases, now or as of a size."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, func, select, tuple_

from casework.change.tables import case_change, case_now
from casework.database.engine import reading
from casework.law.cases.facts import FACTS
from casework.projection.checkpoint import head
from casework.projection.projection import Projection
from casework.projection.question import Listing, NotAnswerable, Question
from casework.projection.reader import any_of
from casework.projection.refusals import sentence
from casework.projection.register import Register
from casework.text import listed

#: what tells one case from another, shown in every list
_IDENTITY = ("number", "stream")
#: fact of the past → column with the same as it is today
_TODAY = {"confidentiality": "confidentiality_today"}


_ANYTHING = Question()


def listing(engine: Engine, projection: Projection, log: str, question: Question = _ANYTHING) -> Listing:
    """One page of a register. Raises NotAnswerable."""
    register: Register = projection.definition
    limit, as_of = question.limit, question.as_of
    if isinstance(as_of, str):
        if as_of:
            raise NotAnswerable(*sentence("size-wanted"))
        as_of = None
    if limit < 1:
        raise NotAnswerable(*sentence("page-length", limit=limit))
    wanted: dict[str, tuple[str | int, ...]] = {}
    if queue := question.queue:
        if queue not in register.queues:
            raise NotAnswerable(
                *sentence("unknown-queue", name=projection.name, queue=queue, queues=listed(register.queues))
            )
        wanted |= register.queues[queue]
    for fact, values in question.where.items():
        if fact not in (*FACTS, *_IDENTITY):
            raise NotAnswerable(*sentence("unknown-fact", fact=fact))
        given = (values,) if isinstance(values, str | int) else tuple(values)
        wanted[fact] = tuple(v for v in wanted[fact] if v in given) if fact in wanted else given
    with reading(engine) as db:
        size = head(db, log)
        if as_of is not None and as_of > size:
            raise NotAnswerable(*sentence("not-so-long/list", size=size, as_of=as_of))
        rows = _now(log) if as_of is None else _then(log, as_of)
        conditions: list[ColumnElement[bool]] = [rows.c[fact].in_(values) for fact, values in wanted.items()]
        if question.visible is not None:
            conditions.append(any_of(question.visible, lambda fact: rows.c[fact]))
            if as_of is not None:  # what was made confidential since is not shown as it was before
                conditions.append(any_of(question.visible, lambda fact: rows.c[_TODAY.get(fact, fact)]))
        total = db.scalar(select(func.count()).select_from(rows).where(*conditions)) or 0
        keys = [rows.c[fact] for fact in register.order] + [rows.c.stream]
        if question.after is not None:
            if len(question.after) != len(keys):
                raise NotAnswerable(*sentence("no-such-place"))
            conditions.append(tuple_(*keys) > tuple_(*question.after))
        shown = [*_IDENTITY, *register.columns]
        query = select(*(rows.c[c] for c in shown), *(k.label(f"_key{i}") for i, k in enumerate(keys)))
        page = db.execute(query.where(and_(*conditions)).order_by(*keys).limit(limit + 1)).all()
    more = page[limit:]
    page = page[:limit]
    return Listing(
        name=projection.name,
        log=log,
        columns=shown,
        rows=[dict(zip(shown, row, strict=False)) for row in page],
        size=size if as_of is None else as_of,
        after=list(page[-1][len(shown) :]) if more else None,
        total=total,
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
