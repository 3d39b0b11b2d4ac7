"""Maps a result code to the outcome of a case."""

from __future__ import annotations

from casework.law.cases import names as called
from casework.law.cases.facts import OUTCOMES
from casework.law.cases.guards import close_to
from casework.law.cases.refusals import refused
from casework.law.context import Category
from casework.text import Text

#: plain result → outcome; solved is never assumed: what is partly solved is not
PLAIN_RESULTS: dict[str, str] = {
    "solved": "solved",
    "explained": "explained",
    "partly_solved": "not_solved",
    "not_solved": "not_solved",
}
#: plain result → Chinese term
_TERMS: dict[str, str] = OUTCOMES | {"partly_solved": "部分解决"}
RESOLVED_OUTCOMES: frozenset[str] = frozenset(PLAIN_RESULTS.values())


def outcome_of(result: str, category: Category | None) -> str:
    """The outcome that a result stands for; refused when neither the category nor the law knows it."""
    results = PLAIN_RESULTS | (category.results if category else {})
    outcome = results.get(result, "")
    if outcome not in RESOLVED_OUTCOMES:
        of = (
            Text(f"类别“{category.label}”（{category.code}）", f"category {category.code}")
            if category
            else Text("未定类别的办件", "a case without a category")
        )
        nearest = close_to(result, tuple(results))
        raise refused(
            "unknown-result",
            result=called.value(result),
            of=of,
            choices=called.choices(nearest, _TERMS),
            nearest=nearest,
        )
    return outcome
