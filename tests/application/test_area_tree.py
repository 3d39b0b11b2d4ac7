"""Tests counting under the townships and units of today."""

from random import Random

import pytest

from casework.application.figures.area_tree import as_of_today
from casework.change.rows import hook
from casework.database.engine import engine_for
from casework.database.metadata import metadata
from casework.law.roster.directory import Directory
from casework.projection.ask import ask
from casework.projection.catch_up import catch_up
from casework.projection.question import Question
from casework.projection.shelf import shipped
from casework.projection.tally import Tally
from tests.change.book import LOG, random_book

#: tallies of which rows can move to another township or unit
MOVING = [p for p in shipped() if isinstance(p.definition, Tally) and {"township", "unit"} & set(p.definition.dims)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = engine_for(f"sqlite:///{tmp_path_factory.mktemp('tree')}/casework.db")
    metadata.create_all(engine)
    random_book(Random(11), 120).append_to(engine, hook=hook)
    for projection in MOVING:
        catch_up(engine, projection, LOG)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("period", [None, "day", "month"])
@pytest.mark.parametrize("projection", MOVING, ids=lambda p: p.name)
def test_without_a_merger_the_tree_of_today_gives_the_rows_of_then(engine, projection, period):
    asked = Question(by=[*projection.definition.dims, *([period] if period else [])])

    def asking(question):
        return ask(engine, projection, LOG, question)

    then = asking(asked).rows
    assert then
    assert as_of_today(Directory(), "2026-11-01", projection.definition, asked, asking).rows == then
