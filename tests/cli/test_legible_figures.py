"""Tests how the terminal formats figures for readers."""

import pytest

from casework.cli.session import Session


@pytest.mark.parametrize(
    ("value", "reads"),
    [
        ({"numerator": 676, "denominator": 840, "rate": 676 / 840}, "80.5% (676/840)"),
        ({"numerator": 0, "denominator": 0, "rate": None}, "– (0/0)"),
        (210.60000000000002, 211),
        (None, "–"),
        (7, 7),
        ("", ""),
    ],
)
def test_a_figure_is_shown_as_a_person_writes_it(value: object, reads: object) -> None:
    assert Session.legible(value) == reads
