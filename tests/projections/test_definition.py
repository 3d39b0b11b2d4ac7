"""The digest of a definition changes with its meaning alone."""

from casework.projection import Tally, case, count, entered, hold, stock
from casework.projection.source import Term


def tally(**measures: object) -> Tally:
    return Tally(
        version=1,
        over=case,
        by=[case.township],
        measures=measures,  # type: ignore[arg-type]
        titles={"zh": "某数", "en": "a figure"},
        definitions=dict.fromkeys(measures, ("口径", "definition")),
    )


FIGURE = tally(figure=stock(case.outcome == "solved"))


def test_another_meaning_is_another_definition() -> None:
    others = [
        tally(figure=stock(case.outcome == "explained")),
        tally(figure=stock(case.outcome != "solved")),
        tally(figure=stock(~(case.outcome == "solved"))),
        tally(figure=stock((case.outcome == "solved") & (case.kind == "matter"))),
        tally(figure=stock((case.outcome == "solved") | (case.kind == "matter"))),
        tally(figure=stock(case.outcome.among(("solved",)))),
        tally(figure=stock(case.outcome == "solved", sum=case.beneficiaries)),
        tally(figure=stock(case.outcome == "solved", township=case.area.named("township"))),
        tally(figure=count(entered("closed"))),
        tally(figure=stock(hold.hold_role == "lead")),
        tally(other=stock(case.outcome == "solved")),
    ]
    digests = {FIGURE.digest(), *(other.digest() for other in others)}

    assert len(digests) == 1 + len(others)


def test_the_same_meaning_is_the_same_definition() -> None:
    assert tally(figure=stock(case.outcome == "solved")).digest() == FIGURE.digest()


def test_a_definition_speaks_in_our_own_words() -> None:
    condition: Term = (case.outcome == "solved") & ~(case.round > 1)

    assert condition.says == "((case.outcome = 'solved') and not (case.round > 1))"
