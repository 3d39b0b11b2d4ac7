"""Tests reading times as people write them."""

import pytest

from casework.application.runtime.problem import Problem
from casework.application.runtime.time_input import moment

SHANGHAI = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ("", "")),
        ("2026-11-20", ("", "2026-11-20")),
        ("2026-11-20 09:30", ("2026-11-20T01:30:00.000Z", "")),
        ("2026-11-20T09:30:15", ("2026-11-20T01:30:15.000Z", "")),
        ("2026-11-20T01:30:00Z", ("2026-11-20T01:30:00.000Z", "")),
        ("2026-11-20T01:30:00.123+00:00", ("2026-11-20T01:30:00.123Z", "")),
    ],
)
def test_a_date_stays_a_date_and_a_time_is_read_as_local(text, found):
    assert moment(text, SHANGHAI) == found


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "20/11/2026", "2026-02-30"])
def test_an_unreadable_time_is_refused_with_examples(text):
    with pytest.raises(Problem, match="2026-11-20"):
        moment(text, SHANGHAI)
