"""Answers equal a count by hand, now, on any day and at any size."""

from collections import Counter
from random import Random
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from casework.change.rows import hook
from casework.projection.ask import ask
from casework.projection.catch_up import catch_up
from casework.projection.question import Question
from casework.projection.shelf import shipped
from tests.change.book import LOG, Book, random_book
from tests.change.plain_count import Plain, is_action, open_now, solved
from tests.databases import LATER
from tests.projections.test_upkeep import start_over

SHELF = {p.name: p for p in shipped()}
RESOLVED, WORK, HELPED = (SHELF[n] for n in ("resolved_by_township", "cadre_workload", "livelihood_figures"))
again = settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
seeds = st.integers(0, 10**6)


def told(engine: Engine, seed: int) -> tuple[Book, Plain]:
    start_over(engine)
    book = random_book(Random(seed), 80)
    book.append_to(engine, hook=hook)
    for projection in (RESOLVED, WORK, HELPED):
        catch_up(engine, projection, LOG, window=23)
    return book, Plain.of(book.stored)


def figures(engine: Engine, projection: Any, measure: str, by: list[str], **asked: Any) -> Counter[Any]:
    rows = ask(engine, projection, LOG, Question(by=by, **asked)).rows
    return +Counter({tuple(row[c] for c in by): row[measure] for row in rows})


def nonzero(counted: Counter[Any]) -> Counter[Any]:
    return Counter({key if isinstance(key, tuple) else (key,): n for key, n in counted.items() if n})


@pytest.mark.parametrize("database_url", ["sqlite", LATER], indirect=True)
@again
@given(seed=seeds)
def test_stocks_equal_a_count_by_hand_on_every_day_and_at_every_size(engine: Engine, seed: int) -> None:
    book, plain = told(engine, seed)
    by = ["township", "kind"]
    sizes = [None, 0, 1, len(book.appended) // 2]
    days: list[Any] = [None, *plain.days()[::4]]
    for known in sizes:
        asked = {} if known is None else {"as_of": known}
        assert figures(engine, RESOLVED, "open", by, **asked) == nonzero(
            plain.stock(lambda s: (s.township, s.kind), open_now, known=known)
        )
    for day in days[1:]:
        for measure, where in (("open", open_now), ("solved", solved)):
            assert figures(engine, RESOLVED, measure, by, as_of=day) == nonzero(
                plain.stock(lambda s: (s.township, s.kind), where, on=day)
            )
            assert figures(engine, RESOLVED, measure, by, as_of=day, axis="recorded") == nonzero(
                plain.stock(lambda s: (s.township, s.kind), where, known=plain.size_on(day))
            )
    helped = plain.stock(
        lambda s: s.township, lambda s: solved(s) and s.kind == "matter", sum=lambda s: s.beneficiaries
    )
    assert figures(engine, HELPED, "people_helped", ["township"]) == nonzero(helped)


@pytest.mark.parametrize("database_url", ["sqlite", LATER], indirect=True)
@again
@given(seed=seeds)
def test_no_stock_is_negative_on_any_day_of_either_axis(engine: Engine, seed: int) -> None:
    _, plain = told(engine, seed)
    for axis in ("occurred", "recorded"):
        rows = ask(engine, RESOLVED, LOG, Question(by=["day", "township", "kind"], axis=axis)).rows
        for row in rows:
            assert min(row[m] for m in ("registered", "closed", "solved", "open")) >= 0, row
    for row in ask(engine, WORK, LOG, Question(by=["day", "cadre"])).rows:
        assert min(row[m] for m in ("held", "co_held", "solved", "closed")) >= 0, row
    by_day = ask(engine, RESOLVED, LOG, Question(by=["day"])).rows
    for row in by_day[::3]:
        assert row["open"] == sum(plain.stock(lambda s: "", open_now, on=row["day"]).values())


@again
@given(seed=seeds)
def test_the_workload_of_each_cadre_equals_a_count_by_hand(engine: Engine, seed: int) -> None:
    book, plain = told(engine, seed)
    by = ["cadre"]
    held = plain.held(lambda holder, state: (holder.cadre, holder.role))
    pairs = cast("dict[tuple[str, str], int]", held)
    lead = Counter({(cadre,): n for (cadre, role), n in pairs.items() if role == "lead"})
    assert figures(engine, WORK, "held", by) == lead
    assert figures(engine, WORK, "actions", by) == nonzero(plain.acts(lambda a: a.recorded.counts_for, is_action))
    assert figures(engine, WORK, "touched", by) == nonzero(plain.cases_touched())
    half = len(book.appended) // 2
    assert figures(engine, WORK, "touched", by, as_of=half) == nonzero(plain.cases_touched(known=half))
    days = plain.days()
    since, until = days[len(days) // 4], days[3 * len(days) // 4]
    inside = {"since": since, "until": until}
    last = max(day for day in days if day < until) if until > days[0] else since
    if since <= last:
        assert figures(engine, WORK, "touched", by, **inside) == nonzero(plain.cases_touched(since=since, until=last))
        assert figures(engine, WORK, "actions", by, **inside) == nonzero(
            plain.acts(lambda a: a.recorded.counts_for, is_action, since=since, until=last)
        )
    # over all cadres a case that two touched is one case
    touched = {a.recorded.stream for a in plain.each() if type(a.recorded.event).__name__ in TOUCHING}
    assert figures(engine, WORK, "touched", []) == +Counter({(): len(touched)})


TOUCHING = ("ActionLogged", "ResidentContacted", "LedgerActionRecorded")
