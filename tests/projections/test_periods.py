"""Tests figures by day, month and year: every period has its row, under any filter."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from casework.change.rows import hook
from casework.projection.ask import ask
from casework.projection.catch_up import catch_up
from casework.projection.question import Question
from casework.projection.tally import Tally
from tests.change.book import LOG, random_book
from tests.databases import LATER
from tests.projections.test_upkeep import TALLIES, start_over


@pytest.mark.parametrize("database_url", ["sqlite", LATER], indirect=True)
@pytest.mark.parametrize("period", ["day", "month", "year"])
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_a_filter_loses_no_row_of_any_period_in_any_tally(engine: Engine, period: str, seed: int) -> None:
    start_over(engine)
    random_book(Random(seed), 70).append_to(engine, hook=hook)
    compared = 0
    for projection in TALLIES:
        assert isinstance(projection.definition, Tally)
        catch_up(engine, projection, LOG)
        by = [period, *projection.definition.dims]
        for axis in ("occurred", "recorded"):
            whole = ask(engine, projection, LOG, Question(by=by, axis=axis)).rows
            for column in projection.definition.dims:
                for value in sorted({row[column] for row in whole})[:3]:
                    one = ask(engine, projection, LOG, Question(by=by, axis=axis, where={column: value})).rows
                    assert one == [row for row in whole if row[column] == value], projection.name
                    compared += len(one)
    assert compared > 20


@pytest.mark.parametrize("period", ["day", "month"])
def test_a_period_that_the_entries_do_not_reach_has_no_row(engine: Engine, period: str) -> None:
    resolved = next(p for p in TALLIES if p.name == "resolved_by_township")
    random_book(Random(4), 60).append_to(engine, hook=hook)
    catch_up(engine, resolved, LOG)
    rows = ask(engine, resolved, LOG, Question(by=[period])).rows

    assert ask(engine, resolved, LOG, Question(by=[period], until="2999-01-01")).rows == rows
    assert ask(engine, resolved, LOG, Question(by=[period], until=f"{rows[0][period]}-01"[:10])).rows == []
