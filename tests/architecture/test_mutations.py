"""Tests that every fault of `make mutants` still fits the code."""

from tests.mutants import unfit
from tests.mutations import FORTY


def test_each_of_the_forty_faults_replaces_text_that_is_there_exactly_once():
    assert len(FORTY) >= 40
    assert unfit() == []
