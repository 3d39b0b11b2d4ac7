"""What a result code means for the outcome of a case: the category says so, else the plain codes."""

from __future__ import annotations

from casework.case.context import Category
from casework.case.guards import close_to, named, refuse

#: plain result → outcome; solved is never assumed: what is partly solved is not
PLAIN_RESULTS: dict[str, str] = {
    "solved": "solved",
    "explained": "explained",
    "partly_solved": "not_solved",
    "not_solved": "not_solved",
}
RESOLVED_OUTCOMES: frozenset[str] = frozenset(PLAIN_RESULTS.values())


def outcome_of(result: str, category: Category | None) -> str:
    """The outcome that a result stands for; refused when neither the category nor the law knows it."""
    results = PLAIN_RESULTS | (category.results if category else {})
    outcome = results.get(result, "")
    if outcome not in RESOLVED_OUTCOMES:
        of = f"category {category.code}" if category else "a case without a category"
        nearest = close_to(result, tuple(results))
        refuse("unknown-result", f"{named(result)} is no result of {of}: use one of {', '.join(nearest)}.", nearest)
    return outcome
