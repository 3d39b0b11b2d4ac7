"""Count under the townships and units of today, after mergers and splits.

The past is not rewritten: what is kept says where it happened then. Rows that belong together today are counted
together in one query, so that distinct things and quantiles stay exact and no sum is made of sums.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from casework.law.roster.directory import Directory
from casework.projection.question import Answer, Question
from casework.projection.tally import Tally

#: then: as it was when it happened; today: as it has become
TREES = ("then", "today")
#: column → the kind of thing that it names
_THINGS = {"township": "area", "unit": "unit"}
Asking = Callable[[Question], Answer]


def as_of_today(roster: Directory, day: str, tally: Tally, question: Question, ask: Asking) -> Answer:
    """The answer with townships and units as they are on DAY; a filter on one takes in what was merged into it.

    Of a tally that keeps areas, a place is counted under the township in which it lies on DAY.
    """
    where = {column: _with_former(roster, day, column, values) for column, values in question.where.items()}
    question = replace(question, where=where)
    by = question.by or ()
    moved = [column for column in by if column in _THINGS]
    answer = ask(question)
    if not moved:
        return answer
    groups: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for codes in _pairs(tally, moved, question, answer, ask):
        now = tuple(_now(roster, day, column, codes) for column in moved)
        group = groups.setdefault(now, {})
        for column, code in codes.items():
            group.setdefault(column, set()).add(code)
    rest = [column for column in by if column not in moved]
    rows: list[dict[str, Any]] = []
    for now, among in groups.items():
        chosen = {column: tuple(sorted(codes)) for column, codes in among.items()}
        for row in ask(replace(question, by=rest, where={**where, **chosen})).rows:
            rows.append({**dict(zip(moved, now, strict=True)), **row})
    rows.sort(key=lambda row: tuple(row[column] for column in by))
    return replace(answer, rows=[{name: row[name] for name in answer.columns} for row in rows])


def _pairs(tally: Tally, moved: list[str], question: Question, answer: Answer, ask: Asking) -> list[dict[str, str]]:
    """Every combination of codes that stands in the answer, with the area where the tally keeps it."""
    columns = [*moved, "area"] if "area" in tally.kept and "township" in moved else moved
    rows = answer.rows if columns == moved else ask(replace(question, by=columns)).rows
    return list({tuple(row[c] for c in columns): {c: row[c] for c in columns} for row in rows}.values())


def _now(roster: Directory, day: str, column: str, codes: Mapping[str, str]) -> str:
    """What a code stands for today: itself, or what took its place; what nothing took the place of keeps its name."""
    area = codes.get("area", "")
    if column == "township" and area and (found := roster.township_of(roster.successor("area", area, day), day)):
        return found
    return roster.successor(_THINGS[column], codes[column], day) or codes[column]


def _with_former(roster: Directory, day: str, column: str, values: Any) -> Any:
    thing = _THINGS.get(column)
    if thing is None:
        return values
    given = (values,) if isinstance(values, str) else tuple(values)
    return tuple(dict.fromkeys(code for one in given for code in (one, *sorted(roster.predecessors(thing, one, day)))))
